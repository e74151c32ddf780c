"""The catalog of the made-up company: plausible, and what the product accepts."""

from collections import Counter

import pytest

from stockwarden.catalog.standard_units import STANDARD_UNITS
from stockwarden.catalog.supplier_model import PartRequest, SupplierRequest
from stockwarden.catalog.unit_model import UnitRequest
from stockwarden.stock.item_model import ItemRequest
from tools.sample import PRODUCTS, inventory_rows
from tools.stockroom import catalog
from tools.stockroom.catalog import ARCHIVED_IN_SAMPLE

ITEMS = catalog.items(2000)


def test_there_are_two_thousand_items_and_forty_suppliers():
    assert len(ITEMS) == 2000
    suppliers = {item.supplier for item in ITEMS}
    assert len(suppliers) >= 40
    assert suppliers <= {each["name"] for each in catalog.supplier_requests()}


@pytest.mark.parametrize("field", ["sku", "gtin", "name"])
def test_each_has_its_own(field):
    values = [item.request[field] for item in ITEMS]
    assert len(set(values)) == len(values)


def test_requests_are_valid():
    """Among others a GTIN has its check digit."""
    units = {UnitRequest(**each).code for each in catalog.unit_requests()} | STANDARD_UNITS.keys()
    for each in catalog.supplier_requests():
        SupplierRequest.model_validate(each)
    for item in ITEMS:
        request = ItemRequest.model_validate(item.request)
        assert {request.unit, item.pack} <= units
        for supplier, body in catalog.part_requests(item):
            assert supplier in (item.supplier, item.other_supplier)
            PartRequest.model_validate(body)


def test_few_items_move_most():
    paces = Counter(item.pace for item in ITEMS)
    assert paces["A"] < paces["B"] < paces["C"]


def test_fewer_items_are_the_first_of_them():
    assert catalog.items(60) == ITEMS[:60]


def test_categories_stand_below_each_other():
    paths = catalog.categories(ITEMS)
    assert max(map(len, paths)) == 3
    for path in paths:
        assert len(path) == 1 or paths.index(path[:-1]) < paths.index(path)


def test_the_codes_of_the_sample_are_known_but_for_one_that_was_misread():
    known = {item.sku for item in ITEMS}
    codes = {row["Product Code"] for row in inventory_rows()}
    assert codes - known == {"GR-1O01"}
    assert ARCHIVED_IN_SAMPLE in codes
    assert {product[0] for product in PRODUCTS} <= known


def test_goods_of_the_sample_can_be_as_old_as_they_are():
    """All but one, which is there for years."""
    life = {item.sku: item.request.get("shelf_life_days") for item in ITEMS}
    too_old = [
        row
        for row in inventory_rows()
        if row["Expiry Date"]
        and (row["Expiry Date"] - row["Received At"].date()).days
        > life.get(row["Product Code"], life["GR-1001"])
    ]
    assert [row["Received At"].year for row in too_old] == [2022]
