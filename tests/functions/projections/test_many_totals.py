"""An item that adds to more totals than a transaction has room for."""

from decimal import Decimal

import pytest

from stockwarden.analytics.generations import Generations
from stockwarden.analytics.values import ValueProjection
from stockwarden.bootstrap import stores
from stockwarden.storage.keys import stock as keys
from stockwarden.storage.tables import write
from tests.support.ledger import LedgerScenario, place
from tests.support.projections import content, rebuilt, take_in
from tests.support.streams import Stream

WAREHOUSES = [f"wh_{number}" for number in range(40)]


@pytest.fixture
def scenario(aws):
    scenario = LedgerScenario("item_1", version=1, category="cat_1", currency="EUR")
    scenario.add_item("item_2", version=1, currency="EUR")
    for warehouse_id in WAREHOUSES:
        scenario.move("receipt", 2, place(warehouse_id=warehouse_id), unit_cost=Decimal("1.5"))
    scenario.move("receipt", 2, item_id="item_2", unit_cost=Decimal("1.5"))
    return scenario


def regroup() -> None:
    """Everything about it is another."""
    table = stores.stock_table()
    change = "SET #category = :c, #supplier = :s, #currency = :u ADD #version :one"
    write(table.update(keys.head("item_1"), change, c="cat_2", s="spl_1", u="USD", one=1))


def test_it_is_taken_in_part_by_part(scenario):
    stream = Stream(stores.stock_table(), seen={})
    take_in(stream.records())
    first = content(1)
    assert first == rebuilt()
    regroup()
    take_in(stream.records())
    assert content(1) == rebuilt() != first


def test_a_part_that_is_interrupted_is_finished_later(scenario, monkeypatch):
    table = stores.projections_table()
    projection = ValueProjection(table, Generations(table))
    head = stores.stock_table().get(keys.head("item_1"))
    regroup()
    newer = stores.stock_table().get(keys.head("item_1"))
    written = projection.totals._write
    left = [2]

    def write_twice(generation, replacements):
        if not left[0]:
            raise ConnectionError("the sandbox is gone")
        left[0] -= 1
        written(generation, replacements)

    with monkeypatch.context() as patch:
        patch.setattr(projection.totals, "_write", write_twice)
        with pytest.raises(ConnectionError):
            projection.apply_heads(1, {"item_1": head})
    assert projection.apply_heads(1, {"item_1": newer}) == 1
    assert projection.apply_heads(1, {"item_1": head}) == 0
    other = stores.stock_table().get(keys.head("item_2"))
    projection.apply_heads(1, {"item_2": other})
    values = {name: item for name, item in content(1).items() if "USAGE" not in name[0]}
    assert values == {name: item for name, item in rebuilt().items() if "USAGE" not in name[0]}
