"""Derived values of a stock."""

from dataclasses import replace

import pytest

from stockwarden.detection.stock import Stock
from tests.engine.detection.inventory import intake, moment

SNAPSHOTS = [
    ("UTC", "2026-03-02T23:30:00Z", "2026-03-02T00:00:00Z", 0),
    ("Europe/Madrid", "2026-03-02T23:30:00Z", "2026-03-01T23:00:00Z", -1),
    ("America/Mexico_City", "2026-03-02T03:00:00Z", "2026-03-01T06:00:00Z", 0),
    ("Europe/Madrid", "2026-03-28T12:00:00Z", "2026-03-29T22:00:00Z", 2),
]


@pytest.mark.parametrize(("zone", "as_of", "expiry", "days"), SNAPSHOTS)
def test_days_to_expiry_are_those_of_the_warehouse(zone, as_of, expiry, days):
    inventory = replace(intake([{"pallet_id": "P1", "expiry_date": expiry}], as_of), timezone=zone)
    inventory.frame["location"] = None
    stock = Stock(inventory, None, moment(as_of))
    assert stock.days_until("expiry_date").tolist() == [days]


def test_the_product_of_a_row_is_its_code_else_its_description():
    rows = [
        {"pallet_id": "P1", "location": "A", "product_code": "A", "description": "Rice"},
        {"pallet_id": "P2", "location": "A", "product_code": None, "description": "Rice"},
        {"pallet_id": "P3", "location": "A", "product_code": "a ", "description": "Oats"},
        {"pallet_id": "P4", "location": "A", "product_code": None, "description": None},
    ]
    products = Stock(intake(rows), None, moment("2026-03-02T00:00:00Z")).products
    names = [products.values[index] if index >= 0 else None for index in products.index]
    assert names == ["A", "RICE", "A", None]
