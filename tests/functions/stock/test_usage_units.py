"""What kits and consumption cost: bounded by the page and the kit, not by how much there is."""

import pytest

from stockwarden.storage import clients
from tests.support.capacity import measure


@pytest.fixture
def cost(ask):
    """The units of a request that succeeds."""

    def of(method, path, **options):
        with measure(clients.dynamodb()) as units:
            answer = ask(method, path, **options)
        assert answer.status in {200, 201}, answer.body
        return units

    return of


def test_a_page_of_kits(item, kit, cost):
    bolt = item("Bolt")
    for number in range(6):
        kit(f"Kit {number}", (bolt, 1))
    few = cost("GET", "/kits", query={"limit": 3}).reads
    for number in range(6, 18):
        kit(f"Kit {number}", (bolt, 1))
    assert cost("GET", "/kits", query={"limit": 3}).reads == few <= 4


def test_how_many_there_are_of_a_kit(item, kit, moved, cost, hall):
    parts = [item(f"Part {number}") for number in range(10)]
    inner = kit("Inner", *((part, 1) for part in parts[:5]))
    outer = kit("Outer", (inner, 1), *((part, 1) for part in parts[5:]))
    for part in parts:
        moved("receipt", 5, item_id=part)
    units = cost("GET", f"/items/{outer}/availability", query={"warehouse_id": hall})
    # A record and a head of each of twelve items, and a query for each of those in stock.
    assert units.reads <= 12 + 12 + 10 + 3


def test_an_assembly(item, kit, moved, cost, hall):
    parts = [item(f"Part {number}") for number in range(5)]
    box = kit("Box", *((part, 1) for part in parts))
    for part in parts:
        moved("receipt", 50, item_id=part)
    body = {"quantity": 1, "warehouse_id": hall}
    cost("POST", f"/items/{box}/assemble", json=body)
    units = cost("POST", f"/items/{box}/assemble", json=body)
    # Of each item a movement, a balance and its head, twice as it is a transaction, and its index.
    assert units.writes <= 6 * 8 + 10
    assert units.reads <= 60


@pytest.mark.parametrize("of_item", [True, False])
def test_a_page_that_passes_over_many_entries_reads_them_in_few_calls(
    moved, cost, hall, flour, of_item
):
    moved("receipt", 1000)
    for _ in range(30):
        body = {"item_id": flour, "warehouse_id": hall, "quantity": 1, "purpose": "Bread"}
        cost("POST", "/consumption", json=body)
    item = {"item_id": flour} if of_item else {}
    units = cost("GET", "/consumption", query={"purpose": "Cake", "limit": 1, **item})
    # Two or three of each of the four parts of a month at first, then more and more.
    assert [name for name, *_ in units.calls].count("Query") <= (5 if of_item else 1 + 4 * 4)


def test_an_entry_costs_the_same_however_many_there_are(moved, cost, hall, flour):
    moved("receipt", 1000)
    body = {"item_id": flour, "warehouse_id": hall, "quantity": 1, "purpose": "Cake"}
    cost("POST", "/consumption", json=body)
    first = cost("POST", "/consumption", json=body)
    for _ in range(20):
        cost("POST", "/consumption", json=body)
    last = cost("POST", "/consumption", json=body)
    assert last.writes == first.writes <= 26
    assert last.reads == first.reads <= 25


def test_a_page_of_consumption_and_rates(moved, cost, hall, flour):
    moved("receipt", 1000)
    body = {"item_id": flour, "warehouse_id": hall, "quantity": 1, "purpose": "Cake"}
    for _ in range(8):
        cost("POST", "/consumption", json=body)
    queries = ({}, {"item_id": flour}, {"purpose": "Cake"})
    lists = [cost("GET", "/consumption", query={"limit": 5, **query}).reads for query in queries]
    rates = cost("GET", "/consumption/rates", query={"item_id": flour}).reads
    for _ in range(24):
        cost("POST", "/consumption", json=body)
    for query, before in zip(queries, lists, strict=True):
        # A part of the month may have more or fewer entries of a page.
        assert cost("GET", "/consumption", query={"limit": 5, **query}).reads <= before + 1 <= 12
    assert cost("GET", "/consumption/rates", query={"item_id": flour}).reads == rates <= 3
