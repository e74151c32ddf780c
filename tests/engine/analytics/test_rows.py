"""Lists of what was used for many purposes stay as small as DynamoDB and a screen take them."""

from fractions import Fraction

from stockwarden.analytics.periods import ItemInScope
from stockwarden.analytics.rows import CONSUMPTION, finished, rows_of
from stockwarden.analytics.used_days import DayInWarehouse, Used
from stockwarden.storage.keys.projections import COMPANY

ORDERS = 12_000


def row(item_id, orders):
    """What is listed of an item that was used for work orders, the later the dearer."""
    used = {f"consumption/work order {each}": Used(Fraction(1), each + 1) for each in orders}
    item = ItemInScope({"id": item_id}, COMPANY, Fraction(5), 5, {3: DayInWarehouse(used=used)})
    found = {(name.name, name.days): row for name, row in rows_of(item)}
    return found[CONSUMPTION, 30]


def test_of_many_purposes_those_that_cost_most_are_told():
    rows = [row("item_much", range(150))]
    rows += [row(f"item_{each}", [each, each + 1, each + 2]) for each in range(150, ORDERS, 3)]
    listed, sums = finished(CONSUMPTION, rows)
    (item,) = (each for each in listed if each[0] == "item_much")
    assert (item[4], item[5]) == ("150", sum(range(151)))
    assert list(item[6]) == [f"consumption/work order {each}" for each in range(149, 49, -1)]
    assert item[7] == 50
    assert list(sums["uses"]) == [
        f"consumption/work order {each}" for each in range(ORDERS - 1, ORDERS - 101, -1)
    ]
    assert sums["further_uses"] == ORDERS - 100
    assert sums["amount"] == sum(range(ORDERS + 1))
