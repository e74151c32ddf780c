"""Changes of items: versions, merge patches, both or nothing, archive, low stock, audit entries."""

from itertools import count

import pytest

from stockwarden.bootstrap import stores
from stockwarden.storage import clients
from stockwarden.storage.attributes import from_attributes
from tests.functions.catalog.conftest import MANAGER
from tests.functions.catalog.test_audited_catalog import forget_answers
from tests.functions.catalog.test_parts import PART
from tests.support.audit_entries import entries_of
from tests.support.faults import calls_of, fault_at, faults_of
from tests.support.problems import problem
from tests.support.saved import restore, save


@pytest.fixture
def move(ask):
    def post(item_id, kind, quantity, **more):
        body = {"item_id": item_id, "warehouse_id": "wh_main", "kind": kind, "quantity": quantity}
        key = {"Idempotency-Key": f"key-{next(KEYS)}"}
        return ask("POST", "/movements", json={**body, **more}, headers=key)

    return post


KEYS = count(1)


def stored():
    """Everything in the tables that an item is in, by key; without the main warehouse."""
    return {
        (item["pk"], item["sk"]): item
        for table in (stores.catalog_table(), stores.stock_table())
        for page in clients.dynamodb().get_paginator("scan").paginate(TableName=table.name)
        for item in map(from_attributes, page["Items"])
    }


def test_versions(ask, create):
    item = create("/items", name="Flour")
    path = f"/items/{item['id']}"
    problem(ask("PATCH", path, json={"name": "X"}), 428)
    stale = {"If-Match": '"9"'}
    for method, body in (("PATCH", {"name": "X"}), ("PUT", {"name": "X"}), ("DELETE", None)):
        refused = ask(method, path, json=body, headers=stale)
        problem(refused, 412)
        assert refused.version == 1
    problem(ask("PUT", path, json={"quantity": 3}, headers=stale), 412)
    tag = ask("GET", path).headers["etag"]
    changed = ask("PATCH", path, json={"name": "Rye"}, headers={"If-Match": tag})
    assert (changed.json["name"], changed.version) == ("Rye", 2)
    assert changed.json["updated_at"] >= item["updated_at"]
    assert ask("PUT", path, json={"name": "Rye"}).version == 2
    assert ask("PUT", path, json={}).version == 2
    assert ask("GET", path, headers={"If-None-Match": changed.headers["etag"]}).status == 304
    assert ask("DELETE", path, headers={"If-Match": '"2"'}).status == 204


def test_a_movement_changes_the_etag_and_not_the_version(ask, create, move):
    path = f"/items/{create('/items', name='Flour', quantity=5)['id']}"
    before = ask("GET", path)
    move(before.json["id"], "issue", 1)
    after = ask("GET", path)
    assert after.version == before.version
    assert after.headers["etag"] != before.headers["etag"]


def test_a_merge_patch(ask, create):
    item = create("/items", name="Flour", description="White", reorder_point=5, gtin="02345673")
    path, version = f"/items/{item['id']}", {"If-Match": '"1"'}
    for field in ("name", "sku", "status", "unit"):
        refused = problem(ask("PATCH", path, json={field: None}, headers=version), 422)
        assert [error["pointer"] for error in refused["errors"]] == [f"/{field}"]
    problem(ask("PATCH", path, json={"quantity": 5}, headers=version), 422)
    patch = {"description": None, "reorder_point": None, "gtin": None, "shelf_life_days": 3}
    merge = {**version, "Content-Type": "application/merge-patch+json"}
    changed = ask("PATCH", path, json=patch, headers=merge).json
    assert changed.items() >= {**patch, "name": "Flour", "low_stock": False}.items()
    assert ask("PUT", path, json={"shelf_life_days": None}).json["shelf_life_days"] == 3
    create("/items", name="Salt", gtin="02345673")


def test_low_stock_follows_movements_and_the_reorder_point(ask, create, move):
    item = create("/items", name="Flour", quantity=10, reorder_point=5)["id"]

    def is_low():
        told = ask("GET", f"/items/{item}").json["low_stock"]
        for wanted in (True, False):
            page = ask("GET", "/items", query={"low_stock": str(wanted).lower()}).json["items"]
            assert [each["low_stock"] for each in page] == ([wanted] if wanted == told else [])
        return told

    assert not is_low()
    move(item, "issue", 5)
    assert is_low()
    move(item, "receipt", 1)
    assert not is_low()
    ask("PUT", f"/items/{item}", json={"reorder_point": 6})
    assert is_low()
    ask("PUT", f"/items/{item}", json={"reorder_point": 7, "quantity": 8})
    assert not is_low()
    ask("PUT", f"/items/{item}", json={"reorder_point": 8.0})
    assert is_low()
    patch = {"reorder_point": None}
    assert ask("PATCH", f"/items/{item}", json=patch, headers={"If-Match": '"4"'}).status == 200
    assert not is_low()


@pytest.mark.parametrize(
    ("change", "issued"), [({"reorder_point": 6}, 5), ({"description": "Rye"}, 6)]
)
@pytest.mark.parametrize(("reader", "reads"), [("get", 2), ("get_many", 1)])
def test_low_stock_is_right_when_both_come_at_once(
    ask, create, move, *, monkeypatch, change, issued, reader, reads
):
    """The change has read the item, by `get`, before the movement is written; or the other way
    round."""
    item = create("/items", name="Flour", quantity=10, reorder_point=4)["id"]
    table = stores.stock_table()
    read, left = getattr(table, reader), [reads]

    def issue():
        return move(item, "issue", issued)

    def put():
        return ask("PUT", f"/items/{item}", json=change)

    first, second = (put, issue) if reader == "get" else (issue, put)

    def read_then_other(*arguments, **options):
        answer = read(*arguments, **options)
        left[0] -= options.get("consistent", False) and "seq" in str(answer)
        if left == [0]:
            left[0] = -1
            assert second().status in {200, 201}
        return answer

    monkeypatch.setattr(table, reader, read_then_other)
    assert first().status in {200, 201}
    assert left[0] < 0
    (listed,) = ask("GET", "/items", query={"low_stock": "true"}).json["items"]
    assert (listed["id"], listed["quantity"]) == (item, 10 - issued)


def test_an_archived_item_keeps_its_history(ask, create, move):
    supplier = create("/suppliers", name="Acme")["id"]
    item = create("/items", name="Flour", quantity=10, supplier=supplier)["id"]
    problem(ask("DELETE", f"/suppliers/{supplier}"), 409)
    before = ask("GET", f"/items/{item}/movements").json
    assert ask("PUT", f"/items/{item}", json={"status": "archived"}).json["status"] == "archived"
    assert ask("GET", f"/items/{item}/movements").json == before
    assert ask("GET", f"/items/{item}/stock").json["quantity"] == 10
    for kind in ("receipt", "issue", "consumption"):
        assert "archived" in problem(move(item, kind, 1), 409)["detail"]
    assert move(item, "adjustment", -10, reason="given away").status == 201
    problem(ask("DELETE", f"/items/{item}"), 409)
    assert ask("GET", "/items?status=archived").json["total"] == 1
    ask("PUT", f"/items/{item}", json={"status": "active"})
    assert move(item, "receipt", 1).status == 201


def test_parts_keep_an_item(ask, create):
    supplier = create("/suppliers", name="Acme")["id"]
    item = create("/items", name="Flour", unit="kg")["id"]
    path = f"/suppliers/{supplier}/parts/{item}"
    assert ask("PUT", path, json=PART).status == 200
    assert "parts" in problem(ask("DELETE", f"/items/{item}"), 409)["detail"]
    assert ask("DELETE", path).status == 204
    assert ask("DELETE", f"/items/{item}").status == 204


ACTS = {
    "post": ("POST", "/items", {"name": "Salt", "sku": "s-1", "quantity": 3}),
    "post without": ("POST", "/items", {"name": "Salt", "sku": "s-1"}),
    "put": ("PUT", "/items/{}", {"status": "completed", "sku": "x-1", "quantity": 18}),
    "delete": ("DELETE", "/items/{1}", None),
}


@pytest.mark.parametrize("name", ACTS)
def test_all_or_nothing(ask, create, name):
    """With a fault in each call: what is stored is all of it or none, and a repetition ends it."""
    ids = [create("/items", name=each)["id"] for each in ("Flour", "Rye")]
    ask("PUT", f"/items/{ids[0]}", json={"quantity": 20})
    method, path, body = ACTS[name]
    path = path.format(*ids)

    def act():
        key = {"Idempotency-Key": "once"} if method == "POST" else {}
        return ask(method, path, json=body, headers=key)

    saved, before = save(), stored().keys()
    answer, names = calls_of(act)
    assert answer.status < 300, answer.body
    after = stored().keys()
    shown = ask("GET", "/items").json
    posted = {key for key in after - before if key[0].startswith(("POSTING", "ITEM"))}
    for position, fault in faults_of(names):
        restore(saved)
        with fault_at(position, fault):
            act()
        kept = stored().keys()
        assert len(kept) in {len(before), len(after)}, (names[position], fault)
        forget_answers()
        again = act()
        expected = {answer.status, 404} if name == "delete" else {answer.status}
        assert again.status in expected, (names[position], fault, again.body)
        assert len(stored()) == len(after)
        told = ask("GET", "/items").json
        for one, other in zip(told["items"], shown["items"], strict=True):
            assert (one["name"], one["quantity"], one["status"], one["sku"]) == (
                *(other[field] for field in ("name", "quantity", "status")),
                one["sku"] if one["sku"].startswith("SKU-") else other["sku"],
            )
        assert told["total"] == shown["total"]
    assert posted or name == "delete"


def test_a_repeated_creation_makes_one(ask):
    once = {"Idempotency-Key": "k-1"}
    body = {"name": "Flour", "quantity": 3}
    first = ask("POST", "/items", json=body, headers=once)
    assert ask("POST", "/items", json=body, headers=once).json == first.json
    problem(ask("POST", "/items", json={"name": "Salt"}, headers=once), 422)
    forget_answers()
    assert ask("POST", "/items", json=body, headers=once).json == first.json
    forget_answers()
    problem(ask("POST", "/items", json={"name": "Salt"}, headers=once), 422)
    assert ask("GET", "/items").json["total"] == 1


def test_changes_leave_their_entries(ask, create):
    create("/items", name="Salt", quantity=1)

    def left_by(method, path, body, status):
        answer, entries = entries_of(lambda: ask(method, path, json=body))
        assert answer.status == status, answer.body
        for entry in entries:
            assert entry.actor == MANAGER.user_id
            assert entry.request_id == answer.headers["x-request-id"]
        told = {entry.action: entry for entry in entries}
        assert len(told) == len(entries)
        return answer.json if answer.body else None, told

    item, told = left_by("POST", "/items", {"name": "Flour", "quantity": 3}, 201)
    path, about = f"/items/{item['id']}", f"item/{item['id']}"
    assert told.keys() == {"item.created", "stock.moved"}
    assert told["item.created"].object == about
    assert {"name", "sku", "status", "unit"} <= told["item.created"].changes.keys()
    _, told = left_by("PUT", path, {"description": "White"}, 200)
    assert told["item.changed"].changes.keys() == {"description"}
    _, told = left_by("PUT", path, {"status": "completed", "quantity": 5}, 200)
    assert told.keys() == {"item.status_changed", "stock.moved"}
    assert told["item.status_changed"].changes == {"status": ["active", "completed"]}
    for body in ({"status": "completed", "quantity": 5}, {}):
        assert left_by("PUT", path, body, 200)[1] == {}
    _, told = left_by("PUT", path, {"status": "archived"}, 200)
    assert told.keys() == {"item.archived"}
    assert left_by("DELETE", path, None, 409)[1] == {}
    rye, told = left_by("POST", "/items", {"name": "Rye"}, 201)
    assert told.keys() == {"item.created"}
    _, told = left_by("DELETE", f"/items/{rye['id']}", None, 204)
    assert told.keys() == {"item.deleted"}
