"""Imports of items: what becomes of rows, and what is wrong with them."""

import pytest

from stockwarden.bootstrap.repositories import user_repository
from stockwarden.core.errors import Unavailable
from stockwarden.identity.access import Role
from stockwarden.imports.roll_forward import RollForward
from stockwarden.storage.queues import Queue
from sweep import app as sweep
from tests.functions.catalog.importing import _member, imported, post, settle, state, table
from tests.support.gateway import Context
from tests.support.problems import problem
from tests.support.reports import announce_all, deliver, drain, store

__all__ = ["_member"]


@pytest.fixture
def stock(ask):
    """What there is of an item, by its SKU: {(location, lot): quantity}, and the item."""

    def read(sku):
        (item,) = [
            each for each in ask("GET", f"/items?q={sku}").json["items"] if each["sku"] == sku
        ]
        places = ask("GET", f"/items/{item['id']}/stock").json["balances"]
        return {(each["location"], each["lot"]): each["quantity"] for each in places}

    return read


@pytest.fixture
def find(ask):
    def read(sku):
        listed = ask("GET", f"/items?q={sku}").json["items"]
        (item,) = [each for each in listed if each["sku"] == sku]
        return ask("GET", f"/items/{item['id']}").json

    return read


def test_new_items_with_stock(ask, create, find, stock):
    food = create("/categories", name="Food")["id"]
    body = table(
        ("A-1", "Flour", "Food", "kg", 2.85, "A-01", "L-1", "2027-01-31", "6291041500213"),
        ("A-1", None, None, None, 0.1 + 0.2, "A-02", None, None, None),
        ("A-2", "Oil", "food", "l", 3, "A-02", None, None, None),
        ("A-3", "Nuts", None, None, None, None, None, None, None),
    )
    done = imported(body)
    assert done["status"] == "done", done
    assert done["result"] == {
        "created": 3, "changed": 0, "unchanged": 0, "movements": 3, "skipped": 0,
    }  # fmt: skip
    flour = find("A-1")
    assert (flour["name"], flour["category"], flour["unit"]) == ("Flour", food, "kg")
    assert (flour["quantity"], flour["gtin"]) == (3.15, "06291041500213")
    assert stock("A-1") == {("A-01", "L-1"): 2.85, ("A-02", None): 0.3}
    lot = ask("GET", f"/items/{flour['id']}/lots/L-1").json
    assert lot["expiry_date"] == "2027-01-31"
    (receipt, _) = ask("GET", f"/items/{flour['id']}/movements").json["movements"]
    assert (receipt["kind"], receipt["warehouse_id"]) == ("receipt", "wh_main")
    assert find("A-3")["quantity"] == 0
    assert ask("GET", f"/categories/{food}").json["items"] == 2
    assert ask("GET", "/items").json["total"] == 3


def test_what_is_there_is_changed_and_counted(ask, create, find, stock):
    imported(table(("A-1", "Flour", None, "kg", 5, "A-01", None, None, None)))
    header = ("SKU", "Name", "Description", "Quantity", "Location")
    body = table(
        ("A-1", None, "Fine", 4, "A-01"),
        ("A-1", None, None, 2, "A-02"),
        ("A-2", "Oil", None, None, None),
        header=header,
    )
    done = imported(body)
    assert done["result"] == {
        "created": 1, "changed": 1, "unchanged": 0, "movements": 2, "skipped": 0,
    }  # fmt: skip
    flour = find("A-1")
    assert (flour["name"], flour["description"], flour["quantity"]) == ("Flour", "Fine", 6)
    assert stock("A-1") == {("A-01", None): 4, ("A-02", None): 2}
    again = imported(body)
    assert again["counts"]["unchanged"] == 2
    assert again["result"] == {
        "created": 0, "changed": 0, "unchanged": 2, "movements": 0, "skipped": 0,
    }  # fmt: skip
    assert find("A-1")["version"] == flour["version"]


def test_every_fault_of_every_row(ask, create):
    create("/categories", name="Food")
    create("/inventory-types", name="Lots", demands_lot=True, demands_expiry=True)
    header = (
        "SKU",
        "Name",
        "Category",
        "Type",
        "Unit",
        "Quantity",
        "Lot",
        "Best before",
        "GTIN",
        "Cost",
    )
    body = table(
        ("A-1", "Flour", "Fodd", None, "kgs", "many", None, None, "6291041500214", -1),
        ("A-2", "x" * 201, None, None, "box", 2.5, None, None, None, "1.2345678"),
        ("A-3", None, None, None, None, -3, None, None, None, None),
        ("A-4", "Milk", None, "Lots", None, 5, None, None, None, None),
        ("A-5", "Egg", None, "Lots", None, 5, "L-1", None, None, None),
        ("A-6", "Ham", None, None, None, 1.5, None, "soon", None, None),
        ("A-7", "Tea", None, None, None, 1, None, None, None, None),
        ("A-7", "Thé", None, None, None, 2, None, None, None, None),
        (None, None, None, None, None, 2, None, None, None, 7),
        header=header,
    )
    done = imported(body, dry_run="true")
    told = [(each["row"], each["column"], each["field"]) for each in done["errors"]]
    assert told == [
        (2, "Category", "category"),
        (2, "Quantity", "quantity"),
        (2, "GTIN", "gtin"),
        (2, "Cost", "unit_cost"),
        (3, "Name", "name"),
        (3, "Unit", "unit"),
        (3, "Cost", "unit_cost"),
        (4, "Name", "name"),
        (4, "Quantity", "quantity"),
        (5, "Lot", "lot"),
        (6, "Best before", "expiry_date"),
        (7, "Quantity", "quantity"),
        (7, "Best before", "expiry_date"),
        (9, "SKU", "sku"),
        (9, "Name", "name"),
        (10, "SKU", "sku"),
    ]
    assert (done["status"], done["error_total"]) == ("checked", 16)
    assert "“Food”" in done["errors"][0]["detail"]
    assert ask("GET", "/items").json["items"] == []


def test_what_is_wrong_with_items_that_are_there(ask, create, find):
    create("/inventory-types", name="Serial", demands_serial=True)
    imported(
        table(
            ("A-1", "Flour", None, "kg", 5, "A-01", "L-1", "2027-01-31", "6291041500213"),
            ("A-2", "Oil", None, "l", None, None, None, None, None),
        )
    )
    archived = find("A-2")
    path = f"/items/{archived['id']}"
    ask("PATCH", path, json={"status": "archived"}, headers={"If-Match": "*"})
    header = ("SKU", "Name", "Unit", "Quantity", "Lot", "Expiry", "GTIN", "Type", "Status")
    body = table(
        ("A-1", None, "g", 5, "L-1", "2027-02-01", None, None, None),
        ("A-3", "Nut", None, None, None, None, "6291041500213", None, None),
        ("A-2", None, "kg", 3, None, None, None, None, "on"),
        ("A-4", "Phone", None, 3, None, None, None, "serial", None),
        ("A-5", "Old", None, 3, None, None, None, None, "archived"),
        ("A-6", "Bolt", None, 3, None, "2027-02-01", None, None, None),
        header=header,
    )
    done = imported(body)
    assert [(each["row"], each["column"], each["detail"]) for each in done["errors"]] == [
        (2, "Unit", "The item has movements in kg; its unit cannot be changed."),
        (
            2,
            "Quantity",
            "5 kg of the item are at other places of the warehouse: give a row for each of them, "
            "with its location and lot, or leave the quantity out.",
        ),
        (2, "Expiry", "Lot L-1 expires on 2027-01-31."),
        (3, "GTIN", "Another item has this code: Flour (A-1)."),
        (
            4,
            "Unit",
            "The item is kept in l: change its unit by an import without quantities, and then "
            "give these.",
        ),
        (4, "Status", "It is one of 'pending', 'active', 'completed' or 'archived'."),
        (
            5,
            "Quantity",
            "The item has serial numbers: receive it by movements, which name them.",
        ),
        (6, "Status", "An archived item receives nothing."),
        (7, "Expiry", "An expiry date belongs to a lot: name the lot."),
    ]
    assert (done["status"], done["reason"]) == (
        "failed",
        "9 faults in 6 rows; nothing was written.",
    )
    assert ask("GET", "/items").json["total"] == 2


def test_spanish_headers_and_numbers_in_a_text_file(create, find, stock):
    create("/categories", name="Alimentación")
    body = (
        "Código;Nombre;Categoría;Cantidad;Unidad;Ubicación;Lote;Caducidad;Coste unitario;Moneda;"
        "Stock mínimo;Estado;Conservación\n"
        "h-1;Harina;alimentacion;1.234,5;kilos;a-01;l1;31/01/2027;1,25;eur;100;activo;seco\n"
        "l-1;Leche;ALIMENTACIÓN;12;litros;a-02;l2;28/02/2027;0,8;EUR;;;refrigerado\n"
    )
    done = imported(body.encode("cp1252"), "artículos.csv")
    assert done["errors"] == [
        {
            "row": 2,
            "column": "Categoría",
            "field": "category",
            "value": "alimentacion",
            "detail": "There is no category “alimentacion”; the nearest is “Alimentación”.",
        }
    ]
    done = imported(body.replace("alimentacion", "Alimentación").encode("cp1252"), "a.csv")
    assert done["status"] == "done", done
    flour, milk = find("H-1"), find("L-1")
    assert (flour["unit"], flour["quantity"], flour["unit_cost"]) == ("kg", 1234.5, "1.25")
    assert (flour["currency"], flour["reorder_point"]) == ("EUR", 100)
    assert (milk["unit"], milk["storage_class"], milk["quantity"]) == ("l", "chilled", 12)
    assert stock("H-1") == {("A-01", "L1"): 1234.5}


def test_items_without_a_sku(create, find, ask):
    flour = create("/items", name="Flour", gtin="6291041500213")
    body = table(
        (None, "Fine flour", None, None, 3, "A-01", None, None, "6291041500213"),
        (None, "Salt", None, None, 4, "A-01", None, None, None),
        (None, "Salt", None, None, 5, "A-02", None, None, None),
        header=("SKU", "Name", "Category", "Unit", "Quantity", "Location", "Lot", "Expiry", "GTIN"),
    )
    done = imported(body)
    assert (done["result"]["created"], done["result"]["changed"]) == (1, 1)
    changed = ask("GET", f"/items/{flour['id']}").json
    assert (changed["name"], changed["quantity"]) == ("Fine flour", 3)
    (salt,) = ask("GET", "/items?q=salt").json["items"]
    assert salt["quantity"] == 9
    assert salt["sku"].startswith("SKU-")


def test_a_file_that_is_not_sure_asks_and_goes_on(ask, create, find):
    body = "Alpha,Bestand,Gamma\nA-1,3,Flour\nA-2,4,Oil\n"
    asked = imported(body.encode(), "items.csv")
    assert asked["status"] == "needs_mapping"
    questions = {each["id"] for each in asked["file"]["questions"]}
    assert questions == {"field:sku", "field:quantity"}
    path = f"/items/imports/{asked['id']}"
    wrong = ask("PUT", path, json={"answers": {"field:sku": "Delta"}})
    assert (wrong.status, wrong.json["errors"][0]["pointer"]) == (422, "/answers/field:sku")
    answers = {"field:sku": "Alpha", "field:quantity": "Bestand"}
    given = ask("PUT", path, json={"answers": answers, "column_mapping": {"Gamma": "name"}})
    assert given.status == 202, given.body
    settle()
    done = state(asked["id"])
    assert (done["status"], done["result"]["created"]) == ("done", 2)
    assert done["file"]["column_mapping"] == {
        "Alpha": "sku",
        "Bestand": "quantity",
        "Gamma": "name",
    }
    assert find("A-2")["quantity"] == 4


def test_a_date_order_that_no_value_proves_is_asked(ask):
    body = "SKU,Name,Quantity,Lot,Expiry date\nA-1,Flour,3,L-1,03/04/2027\n"
    asked = imported(body.encode(), "items.csv")
    (question,) = asked["file"]["questions"]
    assert (asked["status"], question["kind"]) == ("needs_mapping", "date_order")
    assert ask("PUT", f"/items/imports/{asked['id']}", json={"date_order": "DMY"}).status == 202
    settle()
    (item,) = ask("GET", "/items").json["items"]
    assert ask("GET", f"/items/{item['id']}/lots/L-1").json["expiry_date"] == "2027-04-03"


def test_columns_that_are_not_read_are_told(create):
    body = table(("A-1", "Flour", "red", 3), header=("SKU", "Name", "Colour of it", "Lot"))
    done = imported(body)
    assert done["warnings"] == [
        "1 column is not read: “Colour of it”.",
        "1 row names a location, a lot or an expiry date without a quantity: it is not used.",
    ]


def test_a_row_that_fails_by_now_is_told_and_the_others_are_written(create, find, monkeypatch):
    write = RollForward.write

    def after_somebody_else(*args, **kwargs):
        create("/items", name="Of somebody else", sku="A-2")
        return write(*args, **kwargs)

    monkeypatch.setattr(RollForward, "write", after_somebody_else)
    rows = [(f"A-{n}", "Flour", None, "kg", n, "A-01", None, None, None) for n in (1, 2, 3)]
    done = imported(table(*rows))
    assert done["status"] == "done"
    assert done["result"] == {
        "created": 2, "changed": 0, "unchanged": 0, "movements": 2, "skipped": 1,
    }  # fmt: skip
    (skipped,) = done["skipped"]
    assert skipped["rows"] == [3]
    assert skipped["detail"].startswith("Another item has the SKU A-2")
    assert done["skipped_url"]
    assert [find(sku)["quantity"] for sku in ("A-1", "A-2", "A-3")] == [1, 0, 3]


def test_an_item_at_many_places_is_several_steps(find, stock):
    rows = [("A-1", "Flour", None, "kg", 1, f"A-{n:02}", None, None, None) for n in range(60)]
    done = imported(table(*rows))
    assert done["result"] == {
        "created": 1, "changed": 0, "unchanged": 0, "movements": 60, "skipped": 0,
    }  # fmt: skip
    assert find("A-1")["quantity"] == 60
    assert len(stock("A-1")) == 60
    # Of an item that is there as well.
    done = imported(table(*((*row[:4], 2, *row[5:]) for row in rows)))
    assert (done["counts"]["to_change"], done["counts"]["unchanged"]) == (1, 0)
    assert done["result"] == {
        "created": 0, "changed": 1, "unchanged": 0, "movements": 60, "skipped": 0,
    }  # fmt: skip
    assert find("A-1")["quantity"] == 120


def test_a_file_by_a_form_of_the_bucket(ask, find):
    announced = ask("POST", "/items/imports", json={"filename": "items.csv", "dry_run": True})
    assert (announced.status, announced.json["status"]) == (201, "awaiting_upload")
    assert announced.json["created_by"] == "alice"
    key = announced.json["upload"]["fields"]["key"]
    import_id = announced.json["id"]
    assert key == f"uploads/items/{import_id}/items.csv"
    assert ask("PUT", f"/items/imports/{import_id}", json={}).status == 409
    assert deliver(store(key, b"SKU,Name\nA-1,Flour\n")) == []
    # Only the first version counts.
    assert deliver(store(key, b"SKU,Name\nA-1,Bread\n")) == []
    assert state(import_id)["counts"]["to_create"] == 1
    assert ask("PUT", f"/items/imports/{import_id}", json={"dry_run": False}).status == 202
    assert drain() == []
    assert find("A-1")["name"] == "Flour"
    assert ask("DELETE", f"/items/imports/{import_id}").status == 204
    assert ask("GET", f"/items/imports/{import_id}").status == 404
    assert announce_all() == []
    late = store(key, b"SKU,Name\nA-2,Late\n")
    assert deliver(late) == []
    assert announce_all() == []


def test_who_is_no_manager_any_more_imports_nothing(ask):
    answer = post(table(("A-1", "Flour", *[None] * 7)))
    users = user_repository()
    users.change_standing("alice", role=Role.OPERATOR)
    settle()
    failed = state(answer.json["id"])
    assert failed["status"] == "failed"
    assert "operator" in failed["reason"]
    assert ask("GET", "/items").json["items"] == []


def test_a_file_whose_event_is_lost_is_found_by_the_sweep(ask):
    announced = ask("POST", "/items/imports", json={"filename": "items.csv"}).json
    store(announced["upload"]["fields"]["key"], b"SKU,Name\nA-1,Flour\n")
    assert sweep.handler({"task": "uploads", "patience_minutes": 0}, Context())["queued"] == 1
    assert drain() == []
    assert state(announced["id"])["status"] == "done"
    assert sweep.handler({"task": "uploads", "patience_minutes": 0}, Context())["queued"] == 0


def test_a_queue_that_cannot_be_reached_changes_nothing(ask, monkeypatch):
    checked = imported(b"SKU,Name\nA-1,Flour\n", "items.csv", dry_run="true")

    def refuse(*_args, **_kwargs):
        raise Unavailable("The queue does not answer.")

    with monkeypatch.context() as patch:
        patch.setattr(Queue, "send", refuse)
        answer = ask("PUT", f"/items/imports/{checked['id']}", json={"dry_run": False})
    assert answer.status == 503
    again = state(checked["id"])
    assert (again["status"], again["counts"], again["dry_run"]) == (
        "checked",
        checked["counts"],
        True,
    )
    assert ask("PUT", f"/items/imports/{checked['id']}", json={"dry_run": False}).status == 202
    settle()
    assert state(checked["id"])["status"] == "done"


def test_an_import_for_a_warehouse(ask, create, stock):
    hall = create("/warehouses", name="Hall")["id"]
    body = b"SKU,Name,Quantity,Location\nA-1,Flour,3,A-01\n"
    assert post(body, "a.csv", warehouse_id="wh_nobody").status == 404
    done = imported(body, "a.csv", warehouse_id=hall)
    assert (done["status"], done["warehouse_id"]) == ("done", hall)
    (item,) = ask("GET", f"/items?warehouse_id={hall}").json["items"]
    assert item["quantity"] == 3


def test_items_that_no_code_names_are_told(ask):
    done = imported(table((None, "Flour"), ("A-2", "Oil"), header=("SKU", "Name")))
    assert (done["status"], done["result"]["created"]) == ("done", 2)
    assert done["warnings"] == [
        "1 item has neither SKU nor GTIN: a new item is made of each, also if the file is imported "
        "again."
    ]


def test_a_description_is_the_name_where_there_is_no_column_of_names(ask, create, find):
    create("/items", name="Flour", sku="A-1")
    rows = [("A-1", "Fine flour"), ("A-2", "Oil"), ("A-3", "Two\nlines")]
    done = imported(table(*rows[:2], header=("SKU", "Description")))
    assert (done["status"], done["result"]["created"]) == ("done", 1)
    assert done["warnings"] == [
        "The file has no column of names: 1 new item gets its description as name."
    ]
    assert [find("A-1")[each] for each in ("name", "description")] == ["Flour", "Fine flour"]
    assert [find("A-2")[each] for each in ("name", "description")] == ["Oil", None]
    refused = imported(table(rows[2], header=("SKU", "Description")))
    assert [error["detail"] for error in refused["errors"]] == ["A new item needs a name."]


def test_a_column_that_the_file_lacks_is_refused_also_beside_its_sheet(ask):
    asked = imported(table(("A-1", "Flour"), header=("SKU", "Name")), dry_run="true")
    file = asked["file"]
    read = {"sheet": file["sheet"], "header_row": file["header_row"]}
    body = {**read, "column_mapping": {"Bezeichnung/2": "name"}}
    refused = ask("PUT", f"/items/imports/{asked['id']}", json=body)
    (error,) = problem(refused, 422)["errors"]
    assert error["pointer"] == "/column_mapping/Bezeichnung~12"
    assert "SKU, Name" in error["detail"]
