"""Exports of the catalog's lists and of stock: all that a list shows, as a file, for who asked."""

import csv
import io
from dataclasses import replace
from datetime import date

import openpyxl
import pytest

from stockwarden.bootstrap import stores
from stockwarden.exports import catalog_writer
from stockwarden.identity.access import Role, TokenLimits
from tests.functions.catalog.conftest import MANAGER, VIEWER
from tests.functions.catalog.test_parts import PART
from tests.support.gateway import ADMIN
from tests.support.problems import problem
from tests.support.reports import create_warehouse, drain

PATH = "/items/exports"


@pytest.fixture
def exported(ask):
    """`exported("items", "csv", status="active")` returns the finished export, and its file."""

    def export(name, form="csv", caller=VIEWER, **filters):
        order = {"list": name, "format": form, "filters": filters}
        asked = ask("POST", PATH, json=order, caller=caller)
        assert asked.status == 202, asked.body
        assert drain() == []
        made = ask("GET", f"{PATH}/{asked.json['id']}", caller=caller).json
        assert made["status"] == "ready", made["reason"]
        key = f"exports/catalog/{made['id']}/{made['filename'].replace(' ', '_')}"
        body = stores.objects().read(key, max_bytes=10**7)
        assert made["size"] == len(body)
        return made, body

    return export


@pytest.fixture
def table(exported):
    """The rows of an exported csv file, by heading."""

    def read(name, **options):
        made, body = exported(name, **options)
        rows = list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"))))
        assert (made["rows"], made["truncated"]) == (len(rows), False)
        return rows

    return read


@pytest.fixture
def move(ask):
    def post(**line):
        key = {"Idempotency-Key": f"key-{len(str(line))}-{line.get('quantity')}"}
        answer = ask("POST", "/movements", json=line, headers=key)
        assert answer.status == 201, answer.body
        return answer.json

    return post


def test_items_with_the_names_of_what_they_refer_to(create, table):
    food = create("/categories", name="Food")["id"]
    dairy = create("/categories", name="Dairy", parent_id=food)["id"]
    supplier = create("/suppliers", name="Acme")["id"]
    kind = create("/inventory-types", name="Perishable")["id"]
    facts = {"category": dairy, "supplier": supplier, "inventory_type": kind}
    costs = {"unit_cost": "1.20", "currency": "EUR", "reorder_point": 2.5}
    goods = {"storage_class": "chilled", "shelf_life_days": 30, "gtin": "4006381333931"}
    create("/items", name="Milk", sku="M-1", unit="kg", **facts, **costs, **goods)
    create("/items", name="Bolt", quantity=5, status="pending")
    bolt, milk = table("items")
    assert (bolt["Name"], bolt["Quantity"], bolt["Status"]) == ("Bolt", "5", "pending")
    assert milk["Category"] == "Food > Dairy"
    assert (milk["Supplier"], milk["Inventory type"]) == ("Acme", "Perishable")
    assert (milk["Unit cost"], milk["Currency"], milk["Reorder point"]) == ("1.2", "EUR", "2.5")
    assert (milk["GTIN"], milk["Storage class"]) == ("04006381333931", "chilled")
    assert milk["Shelf life days"] == "30"
    assert [row["Name"] for row in table("items", status="pending")] == ["Bolt"]
    assert [row["Name"] for row in table("items", q="mil")] == ["Milk"]


def test_a_text_that_looks_like_a_formula_stays_a_text(create, exported, table):
    create("/items", name="=1+1")
    (row,) = table("items")
    assert row["Name"] == "'=1+1"
    _, body = exported("items", "xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(body)).active
    assert sheet.title == "Items"
    assert (sheet["B2"].value, sheet["B2"].data_type) == ("=1+1", "s")


def test_movements_of_a_period_and_a_warehouse(create, move, table):
    hall = create_warehouse(name="Hall")["id"]
    item = create("/items", name="Milk", unit="kg")["id"]
    line = {"item_id": item, "warehouse_id": hall, "location": "A-1"}
    move(**line, kind="receipt", quantity=10, unit_cost="2", effective_at="2026-01-10T08:00:00Z")
    move(
        **line,
        kind="transfer",
        quantity=4,
        effective_at="2026-02-10T08:00:00Z",
        to={"warehouse_id": hall, "location": "B-1"},
    )
    received, moved = table("movements")
    assert (received["Happened (UTC)"], received["Kind"]) == ("2026-01-10 08:00:00", "receipt")
    assert (received["Quantity"], received["Value"], received["Unit"]) == ("10", "20", "kg")
    assert (received["Warehouse"], received["Location"], received["To location"]) == (
        "Hall",
        "A-1",
        "",
    )
    assert (moved["To warehouse"], moved["To location"]) == ("Hall", "B-1")
    assert (moved["Person"], moved["Person's id"]) == ("", MANAGER.user_id)
    within = {"from": "2026-01-10T08:00:00Z", "to": "2026-01-10T08:00:00Z"}
    assert [row["Kind"] for row in table("movements", **within)] == ["receipt"]
    assert table("movements", **{"from": "2026-03-01T00:00:00Z"}) == []
    other = create_warehouse(name="Yard")["id"]
    assert table("movements", warehouse_id=other) == []
    assert len(table("movements", warehouse_id=hall)) == 2
    bolt = create("/items", name="Bolt", quantity=1)["id"]
    assert [row["Name"] for row in table("movements", item_id=bolt)] == ["Bolt"]


def test_stock_of_a_warehouse_and_lots(create, move, table):
    hall = create_warehouse(name="Hall")["id"]
    item = create("/items", name="Milk", sku="M-1")["id"]
    line = {"item_id": item, "warehouse_id": hall, "location": "B-1", "lot": "L-1"}
    move(**line, kind="receipt", quantity=10, expiry_date="2030-01-31")
    move(**line | {"location": "A-1"}, kind="receipt", quantity=3)
    create("/items", name="Never moved")
    first, second = table("stock", warehouse_id=hall)
    assert (first["Location"], first["Lot"], first["Quantity"]) == ("A-1", "L-1", "3")
    assert (second["Location"], second["SKU"], second["Unit"]) == ("B-1", "M-1", "pcs")
    assert len(table("stock", warehouse_id=hall, location="a-1")) == 1
    assert len(table("stock", warehouse_id=hall, item_id=item)) == 2
    assert table("stock", warehouse_id=hall, item_id="item_other") == []
    (lot,) = table("lots", item_id=item)
    assert (lot["SKU"], lot["Lot"], lot["Expiry date"]) == ("M-1", "L-1", str(date(2030, 1, 31)))


def test_master_data(create, ask, table):
    food = create("/categories", name="Food")["id"]
    create("/categories", name="Dairy", parent_id=food)
    assert [row["Path"] for row in table("categories")] == ["Food", "Food > Dairy"]
    acme = create("/suppliers", name="Acme", contact={"email": "a@acme.example"})["id"]
    create("/suppliers", name="Bolts & Co", lead_time_days=3)
    first, second = table("suppliers")
    assert (first["Name"], first["E-mail"]) == ("Acme", "a@acme.example")
    assert (second["Name"], second["Lead time days"]) == ("Bolts & Co", "3")
    item = create("/items", name="Nut", sku="N-1", unit="kg")["id"]
    assert ask("PUT", f"/suppliers/{acme}/parts/{item}", json=PART).status == 200
    (part,) = table("parts", supplier=acme)
    assert (part["Supplier"], part["SKU"], part["Part number"]) == (
        "Acme",
        "N-1",
        PART["part_number"],
    )
    create("/units", code="crate", name="Crate", dimension="count", factor="24")
    units = {row["Code"]: row for row in table("units")}
    assert (units["crate"]["Factor"], units["crate"]["Standard"]) == ("24", "false")
    assert units["kg"]["Standard"] == "true"
    create("/inventory-types", name="Food", demands_lot=True)
    (kind,) = table("inventory_types")
    assert (kind["Name"], kind["Demands lot"], kind["Demands serial"]) == ("Food", "true", "false")


def test_quantities_without_a_finite_decimal_are_told_exactly(create, move, table):
    create("/units", code="third", name="Third", dimension="count", factor="1/3")
    item = create("/items", name="Cheese")["id"]
    line = {"item_id": item, "warehouse_id": create_warehouse()["id"], "kind": "receipt"}
    move(**line, quantity=1, unit="third")
    (row,) = table("items")
    assert (row["Quantity"], row["Quantity exactly"]) == ("0.333333333333333", "1/3")


def test_a_file_that_has_no_room_for_all_says_so(create, exported, monkeypatch):
    monkeypatch.setattr(catalog_writer, "MOST_ROWS", 2)
    for name in "ABC":
        create("/items", name=name)
    made, body = exported("items")
    assert (made["rows"], made["truncated"]) == (2, True)
    assert len(body.decode("utf-8-sig").splitlines()) == 3


@pytest.mark.parametrize(
    ("order", "detail"),
    [
        ({"list": "shelves", "format": "csv"}, "list"),
        ({"list": "items", "format": "pdf"}, "format"),
        ({"list": "units", "format": "csv", "filters": {"q": "x"}}, "no filter 'q'"),
        ({"list": "items", "format": "csv", "filters": {"from": "2026-01-01T00:00:00Z"}}, "'from'"),
        ({"list": "stock", "format": "csv"}, "warehouse"),
    ],
)
def test_what_no_list_knows_is_refused(ask, order, detail):
    (error,) = problem(ask("POST", PATH, json=order), 422)["errors"]
    assert detail in error["pointer"] + error["detail"]


def test_only_who_asked_gets_it_and_only_of_warehouses_to_be_seen(ask, create):
    order = {"list": "items", "format": "csv"}
    made = ask("POST", PATH, json=order, caller=VIEWER).json
    somebody = replace(VIEWER, username="somebody", user_id="usr_somebody")
    problem(ask("GET", f"{PATH}/{made['id']}", caller=somebody), 404)
    problem(ask("GET", f"{PATH}/{made['id']}", caller=replace(VIEWER, role=Role.MEMBER)), 403)
    problem(ask("POST", PATH, json=order, caller=replace(VIEWER, role=Role.MEMBER)), 403)
    foreign = {"warehouse_id": create_warehouse(caller=ADMIN)["id"]}
    for name in ("stock", "movements", "items"):
        body = {"list": name, "format": "csv", "filters": foreign}
        problem(ask("POST", PATH, json=body, caller=VIEWER), 404)


def test_a_token_for_some_warehouses_gets_no_export_of_others(ask):
    north, south = (create_warehouse(name=name)["id"] for name in ("North", "South"))
    order = {"list": "movements", "format": "csv"}
    scopes = frozenset({"items:read", "items:write"})

    def bound(*warehouses):
        return replace(VIEWER, limits=TokenLimits("tok_1", scopes, frozenset(warehouses)))

    everything = ask("POST", PATH, json=order, caller=VIEWER).json["id"]
    of_north = ask("POST", PATH, json=order, caller=bound(north)).json["id"]
    problem(ask("GET", f"{PATH}/{everything}", caller=bound(north)), 404)
    problem(ask("GET", f"{PATH}/{of_north}", caller=bound(south)), 404)
    for caller in (VIEWER, bound(north), bound(north, south)):
        assert ask("GET", f"{PATH}/{of_north}", caller=caller).status == 200
    assert ask("GET", f"{PATH}/{everything}", caller=VIEWER).status == 200


@pytest.fixture
def orders(ask, create):
    """A purchase of two items, of which something has come, and a sale that is a draft."""
    salt, oil = (create("/items", name=name, sku=name)["id"] for name in ("SALT", "OIL"))
    acme = create("/suppliers", name="Acme")["id"]

    def post(path, body):
        key = {"Idempotency-Key": f"{path}-{body.get('type')}"}
        answer = ask("POST", path, json=body, headers=key)
        assert answer.status in {200, 201}, answer.body
        return answer.json

    lines = [{"item_id": salt, "quantity": 2, "unit": "dozen", "price": "3"}]
    lines.append({"item_id": oil, "quantity": 5})
    costs = [{"name": "Freight", "amount": "1.50"}]
    bought = {"type": "purchase", "supplier_id": acme, "lines": lines, "costs": costs}
    purchase = post("/orders", bought)
    post(f"/orders/{purchase['id']}/place", {})
    post(f"/orders/{purchase['id']}/receive", {"lines": [{"line_id": "0001", "quantity": 1}]})
    sold = {"type": "sales", "customer": "Bakery", "lines": [{"item_id": oil, "quantity": 1}]}
    return {"purchase": purchase, "sale": post("/orders", sold), "oil": oil, "acme": acme}


def test_orders_and_their_lines(table, orders):
    purchase, sale = orders["purchase"], orders["sale"]
    listed = {row["Order"]: row for row in table("orders")}
    assert list(listed) == [sale["internal_number"], purchase["internal_number"]]
    row = listed[purchase["internal_number"]]
    told = [row[name] for name in ("Type", "Status", "Supplier or customer", "Total", "Costs")]
    assert told == ["purchase", "partially_received", "Acme", "7.5", "1.5"]
    assert (row["Lines"], row["Open lines"], row["Warehouse"]) == ("2", "2", "Main warehouse")
    lines = table("order_lines", type="purchase")
    told = [(row["SKU"], row["Quantity"], row["Ordered in"], row["Moved"]) for row in lines]
    assert told == [("SALT", "2", "dozen", "1"), ("OIL", "5", "pcs", "0")]
    assert [row["Base quantity"] for row in lines] == ["24", "5"]
    assert len(table("orders", order_status="open", supplier=orders["acme"])) == 1
    assert [row["Type"] for row in table("order_lines", item_id=orders["oil"])] == [
        "sales",
        "purchase",
    ]
    assert table("orders", late=True) == []


@pytest.fixture
def used(ask):
    """Logs what was used of an item, with a key of its own."""

    def log(**body):
        key = {"Idempotency-Key": f"used-{len(str(body))}-{body['quantity']}"}
        answer = ask("POST", "/consumption", json=body, headers=key)
        assert answer.status == 201, answer.body
        return answer.json

    return log


def test_kits_with_a_row_for_each_component(ask, create, table):
    bolt, nut = (create("/items", name=name)["id"] for name in ("Bolt", "Nut"))
    for name, parts in (("Zip", [(bolt, 1, None)]), ("Box", [(nut, 2, "dozen"), (bolt, 3, None)])):
        kit = create("/items", name=name)["id"]
        lines = [{"item_id": part, "quantity": each, "unit": unit} for part, each, unit in parts]
        path, any_version = f"/items/{kit}/components", {"If-Match": "*"}
        answer = ask("PUT", path, json={"components": lines}, headers=any_version)
        assert answer.status == 200
    rows = table("kits")
    assert [(row["Kit"], row["Name"], row["Quantity"]) for row in rows] == [
        ("Box", "Nut", "24"),
        ("Box", "Bolt", "3"),
        ("Zip", "Bolt", "1"),
    ]
    assert (rows[0]["Given quantity"], rows[0]["Given unit"]) == ("2", "dozen")


def test_consumption_with_its_corrections(ask, create, move, used, table):
    hall = create_warehouse()["id"]
    flour = create("/items", name="Flour")["id"]
    milk = create("/items", name="Milk")["id"]
    for item_id, quantity in ((flour, 10), (milk, 11)):
        move(item_id=item_id, warehouse_id=hall, kind="receipt", quantity=quantity, unit_cost="2")
    where = {"warehouse_id": hall}
    used(item_id=milk, quantity=1, **where)
    entry = used(item_id=flour, quantity=4, purpose="Cake", **where)
    key = {"Idempotency-Key": "correct"}
    path = f"/consumption/{entry['id']}/correction"
    assert ask("POST", path, json={"quantity": 3}, headers=key).status == 201
    rows = table("consumption", item_id=flour)
    assert [(row["Quantity"], row["Value"], row["Purpose"]) for row in rows] == [
        ("-1", "-2", "Cake"),
        ("4", "8", "Cake"),
    ]
    assert rows[0]["Corrects"] == rows[1]["Id"] == entry["id"]
    assert rows[1]["Corrected by"] == rows[0]["Id"]
    assert {row["Name"] for row in table("consumption", warehouse_id=hall)} == {"Flour", "Milk"}
    assert len(table("consumption", purpose="CAKE")) == 2
    assert table("consumption", to="2020-01-01T00:00:00Z") == []
    bound = replace(
        VIEWER,
        limits=TokenLimits("t", frozenset({"items:read", "items:write"}), frozenset({"wh_x"})),
    )
    assert table("consumption", caller=bound) == []
