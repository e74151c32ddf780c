"""The list of items with each of its filters: DynamoDB refuses some that moto takes."""

import pytest

from stockwarden.bootstrap import stores
from stockwarden.stock.item_list import ItemFilter, ItemList
from tests.support.many_records import HALL, items_with_stock, put_many


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        ({}, 40),
        ({"status": "active"}, 40),
        ({"status": "archived"}, 0),
        ({"category": "cat_1"}, 0),
        ({"supplier": "spl_1"}, 0),
        ({"inventory_type": "type_1"}, 0),
        ({"warehouse_id": HALL}, 40),
        ({"low_stock": False}, 40),
        ({"low_stock": True}, 0),
        ({"text": "BOLT m7 "}, 2),
        ({"text": f"item_{12:026}"}, 1),
        ({"text": "bolt m7 ", "status": "active", "warehouse_id": HALL}, 2),
    ],
)
@pytest.mark.parametrize("backwards", [False, True])
def test_every_filter(ledger_tables: None, wanted: dict, count: int, backwards: bool) -> None:
    table = stores.stock_table()
    put_many(table, items_with_stock(40))
    heads, cursor = [], None
    while True:
        page, cursor = ItemList(table).page(
            ItemFilter(**wanted), limit=15, cursor=cursor, backwards=backwards
        )
        heads += page
        if cursor is None:
            break
    assert len({head["id"] for head in heads}) == len(heads) == count
