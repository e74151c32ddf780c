"""Lists that were exported, and are imported as they are or edited: nothing else changes."""

import csv
import io

import pytest

from tests.functions.catalog.importing import _member, imported, table
from tests.functions.catalog.test_catalog_exports import exported, move
from tests.functions.catalog.test_imports import find, stock
from tests.support.reports import create_warehouse

__all__ = ["_member", "exported", "find", "move", "stock"]
FLOUR = ("A-1", "Flour", None, "kg")
TOTALS = ("SKU", "Name", "Quantity")


@pytest.fixture
def spread():
    """An item at two places, one at a location, and one without any."""
    done = imported(
        table(
            (*FLOUR, 5, "A-01", "L-1", "2027-01-31", None),
            (*FLOUR, 2, "A-02", "L-1", "2027-01-31", None),
            ("A-2", "Oil", None, None, 3, "A-01", None, None, None),
            ("A-3", "Salt", None, None, 4, None, None, None, None),
        )
    )
    assert done["status"] == "done", done["reason"]


@pytest.fixture
def main(create):
    """The main warehouse, with something in it."""
    create("/items", name="Nut", sku="A-0", quantity=1)


def edited(body, column, by_sku):
    """An exported csv file with other values in a column."""
    rows = list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"))))
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, rows[0])
    writer.writeheader()
    writer.writerows({**row, column: by_sku.get(row["SKU"], row[column])} for row in rows)
    return text.getvalue().encode("utf-8-sig")


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("name", ["items", "stock"])
@pytest.mark.usefixtures("spread")
def test_a_list_that_is_imported_as_it_is_changes_nothing(exported, name, form):
    filters = {"warehouse_id": "wh_main"} if name == "stock" else {}
    _, body = exported(name, form, **filters)
    done = imported(body, f"list.{form}")
    assert (done["status"], done["errors"]) == ("done", [])
    assert done["result"] == {
        "created": 0, "changed": 0, "unchanged": 3, "movements": 0, "skipped": 0,
    }  # fmt: skip


@pytest.mark.parametrize("listed", [("items", "csv"), ("items", "xlsx"), ("stock", "csv")])
@pytest.mark.usefixtures("main")
def test_signs_in_names_and_quantities_without_an_end_come_back(
    create, exported, move, find, listed
):
    food = create("/categories", name="Food > Drink")["id"]
    create("/categories", name="Hot>Cold → »", parent_id=food)
    create("/suppliers", name="A>B")
    create("/units", code="six", name="Six", dimension="count", factor="6", decimals=2)
    header = ("SKU", "Name", "Category", "Supplier", "Unit")
    row = ("A-1", "Tea", "Food > Drink > Hot>Cold → »", "A>B", "six")
    assert imported(table(row, header=header))["errors"] == []
    item = find("A-1")
    assert item["category"] != food
    move(kind="receipt", item_id=item["id"], quantity=2, unit="pcs", warehouse_id="wh_main")
    move(kind="receipt", item_id=item["id"], quantity=1, unit="six", warehouse_id="wh_main")
    _, body = exported(*listed, **({"warehouse_id": "wh_main"} if "stock" in listed else {}))
    done = imported(body, f"list.{listed[1]}")
    assert (done["errors"], done["result"]["unchanged"]) == ([], 2)
    assert find("A-1")["quantity_exact"] == "4/3"


@pytest.mark.parametrize("name", ["items", "stock"])
@pytest.mark.usefixtures("main")
def test_what_a_type_demands_of_movements_is_not_demanded_of_a_list(
    create, exported, move, find, name
):
    kind = create("/inventory-types", name="Traced", demands_lot=True, demands_expiry=True)["id"]
    serial = create("/inventory-types", name="Serial", demands_serial=True)["id"]
    milk = create("/items", name="Milk", sku="A-1", inventory_type=kind)["id"]
    phone = create("/items", name="Phone", sku="A-2", inventory_type=serial)["id"]
    into = {"kind": "receipt", "quantity": 2, "warehouse_id": "wh_main"}
    move(**into, item_id=milk, location="A-01", lot="L-1", expiry_date="2027-01-31")
    move(**into, item_id=phone, serials=["S-1", "S-2"])
    _, body = exported(name, **({"warehouse_id": "wh_main"} if name == "stock" else {}))
    done = imported(body, "list.csv")
    assert (done["errors"], done["result"]["unchanged"]) == ([], 3)
    done = imported(edited(body, "Quantity", {"A-2": 3}), "list.csv")
    assert [each["detail"] for each in done["errors"]] == [
        "The item has serial numbers: receive it by movements, which name them."
    ]
    assert find("A-2")["quantity"] == 2


@pytest.mark.usefixtures("spread")
def test_quantities_of_a_list_of_items_are_totals(exported, find, stock):
    _, body = exported("items")
    done = imported(edited(body, "Name", {"A-1": "Fine flour"}), "items.csv")
    assert done["result"]["changed"] == 1, done["errors"]
    assert (find("A-1")["name"], find("A-1")["quantity"]) == ("Fine flour", 7)
    done = imported(edited(body, "Quantity", {"A-3": 6}), "items.csv")
    assert done["result"]["movements"] == 1, done["errors"]
    assert stock("A-3") == {(None, None): 6}
    done = imported(edited(body, "Quantity", {"A-1": 8, "A-2": 1}), "items.csv")
    assert [(each["column"], each["value"], each["detail"]) for each in done["errors"]] == [
        (
            "Quantity",
            value,
            f"{there} of the item are at other places of the warehouse: give a row for each of "
            "them, with its location and lot, or leave the quantity out.",
        )
        for value, there in (("8", "7 kg"), ("1", "3 pcs"))
    ]
    assert find("A-1")["quantity"] == 7


@pytest.mark.usefixtures("spread")
def test_a_total_of_several_warehouses_is_none_of_one(exported, find, move):
    north = create_warehouse(name="North")["id"]
    salt = find("A-3")["id"]
    move(kind="receipt", item_id=salt, quantity=10, warehouse_id=north)
    _, body = exported("items")
    assert imported(body, "items.csv")["result"]["movements"] == 0
    done = imported(table(("A-3", None, 9), header=TOTALS))
    assert [each["detail"] for each in done["errors"]] == [
        "10 pcs of the item are in other warehouses: import the stock of each warehouse by itself, "
        "or leave the quantity out."
    ]
    # Of a warehouse that somebody chose, it is what is there.
    done = imported(table(("A-3", None, 14), header=TOTALS), warehouse_id=north)
    assert (done["result"]["movements"], find("A-3")["quantity"]) == (1, 18)
    done = imported(table(("A-3", None, 14), header=TOTALS), warehouse_id=north)
    assert done["result"]["movements"] == 0


@pytest.mark.usefixtures("spread")
@pytest.mark.parametrize("lot", [None, "L-1"])
def test_a_row_whose_location_is_blank_doubles_nothing(stock, lot):
    header = ("SKU", "Name", "Quantity", "Location", "Lot")
    before = stock("A-1")
    done = imported(table(("A-1", None, 7, None, lot), ("A-3", None, 4, None, None), header=header))
    assert [(each["row"], each["detail"][:30]) for each in done["errors"]] == [
        (2, "7 kg of the item are at other ")
    ]
    assert stock("A-1") == before
    # Beside the other places it is one more.
    rows = [("A-1", None, quantity, at, "L-1") for quantity, at in ((5, "A-01"), (2, "A-02"))]
    done = imported(table(*rows, ("A-1", None, 1, None, lot), header=header))
    assert stock("A-1") == before | {(None, lot): 1}, done["errors"]


@pytest.mark.usefixtures("spread")
def test_a_row_without_its_lot_doubles_nothing(stock):
    header = ("SKU", "Quantity", "Location")
    before = stock("A-1") | stock("A-2")
    done = imported(table(("A-1", 5, "A-01"), ("A-2", 3, "A-01"), header=header))
    assert [(each["row"], each["detail"]) for each in done["errors"]] == [
        (
            2,
            "5 kg of the item are at A-01 in lots: give a row for each lot, or leave the quantity "
            "out.",
        )
    ]
    assert stock("A-1") | stock("A-2") == before
    # Elsewhere, nothing speaks against it.
    done = imported(table(("A-1", 5, "A-09"), ("A-2", 2, "A-09"), header=header))
    assert (done["errors"], done["result"]["movements"]) == ([], 2)
