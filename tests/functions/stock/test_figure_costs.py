"""What figures cost: as many reads with forty items as with ten, where a page shows the same."""

import pytest

from stockwarden.storage import clients
from tests.support.capacity import measure

PATHS = [
    "/analytics/stock-value?by=warehouse&history_days=0",
    "/analytics/low-stock",
    "/analytics/abc",
    "/analytics/turnover",
    "/analytics/consumption",
    "/analytics/orders",
    "/analytics/suppliers",
]


@pytest.fixture
def add(create, ask, hall):
    """`add(10)` makes items that are used, and low."""

    def make(count):
        for _ in range(count):
            facts = {"currency": "EUR", "unit_cost": "1.00", "reorder_point": 9}
            item = create("/items", name="Thing", **facts)["id"]
            line = {"item_id": item, "warehouse_id": hall}
            for kind, quantity in (("receipt", 10), ("issue", 5)):
                moved = {**line, "kind": kind, "quantity": quantity}
                assert ask("POST", "/movements", json=moved).status == 201

    return make


def costs(ask):
    found = {}
    for path in PATHS:
        with measure(clients.dynamodb()) as units:
            assert ask("GET", path, query={"limit": 5}).status == 200
        found[path] = (units.reads, len(units.calls), units.writes)
    return found


def test_a_page_costs_what_it_shows(add, views, ask):
    add(10)
    views()
    few = costs(ask)
    add(30)
    views()
    many = costs(ask)
    for path in PATHS:
        assert many[path][0] <= 1.5 * few[path][0], path
        assert many[path][1] == few[path][1], path
        assert many[path][2] == 0, path
    assert few["/analytics/stock-value?by=warehouse&history_days=0"][0] <= 4
    assert few["/analytics/abc"][0] <= 6
