"""Lots over HTTP: when they expire, quarantine, versions, and what their changes leave."""

from itertools import count

import pytest

from tests.functions.catalog.conftest import VIEWER
from tests.support.audit_entries import entries_of
from tests.support.gateway import USER
from tests.support.problems import problem

KEYS = count(1)


@pytest.fixture
def receive(ask):
    """`receive(item_id, "L1")` takes five pieces of the lot into the main warehouse."""

    def post(item_id, lot, **more):
        body = {"item_id": item_id, "warehouse_id": "wh_main", "kind": "receipt", "quantity": 5}
        key = {"Idempotency-Key": f"key-{next(KEYS)}"}
        return ask("POST", "/movements", json={**body, "lot": lot, **more}, headers=key)

    return post


@pytest.fixture
def flour(create):
    return create("/items", name="Flour", quantity=1)["id"]


@pytest.fixture
def lot(flour, receive):
    """The path of a lot."""
    answer = receive(flour, " l1 ", expiry_date="2999-01-31")
    assert answer.status == 201, answer.body
    return f"/items/{flour}/lots/L1"


def test_a_receipt_makes_a_lot_that_is_read_and_changed(ask, lot, flour):
    read = ask("GET", lot.replace("L1", "l1"), caller=VIEWER)
    assert read.json == {
        "item_id": flour,
        "lot": "L1",
        "expiry_date": "2999-01-31",
        "status": "available",
        "version": 1,
    }
    changed = ask("PATCH", lot, json={"expiry_date": "2999-02-28", "status": "quarantined"})
    assert changed.json == {
        **read.json,
        "expiry_date": "2999-02-28",
        "status": "quarantined",
        "version": 2,
    }
    assert ask("PATCH", lot, json={"status": "quarantined"}).version == 2
    assert ask("PATCH", lot, json={}).version == 2
    assert ask("PATCH", lot, json={"expiry_date": None}).json["expiry_date"] is None
    assert ask("GET", lot).version == 3


def test_versions(ask, lot):
    problem(ask("PATCH", lot, json={"status": "quarantined"}, headers={"If-Match": '"9"'}), 412)
    tag = ask("GET", lot).headers["etag"]
    assert ask("PATCH", lot, json={"status": "quarantined"}, headers={"If-Match": tag}).version == 2
    problem(ask("PATCH", lot, json={"status": "available"}, headers={"If-Match": tag}), 412)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("status", None),
        ("status", "expired"),
        ("expiry_date", "2027-02-31"),
        ("expiry_date", "soon"),
        ("lot", "L2"),
    ],
)
def test_a_wrong_field_is_named(ask, lot, field, value):
    errors = problem(ask("PATCH", lot, json={field: value}), 422)["errors"]
    assert [error["pointer"] for error in errors] == [f"/{field}"]


def test_an_expiry_is_told_once(ask, flour, lot, receive):
    other = receive(flour, "L1", expiry_date="2999-03-01")
    (error,) = problem(other, 422)["errors"]
    assert error["pointer"] == "/expiry_date"
    assert receive(flour, "L1").status == 201
    assert receive(flour, "L2").status == 201
    assert receive(flour, "L2", expiry_date="2999-03-01").status == 201
    assert ask("GET", f"/items/{flour}/lots/L2").json["expiry_date"] == "2999-03-01"


def test_lots_are_listed_by_code(ask, flour, receive):
    for code in ("C", "a", "B", "a/1", "ä#2"):
        assert receive(flour, code).status == 201
    path, found, cursor = f"/items/{flour}/lots", [], None
    while True:
        query = {"limit": 2, **({"cursor": cursor} if cursor else {})}
        page = ask("GET", path, query=query, caller=VIEWER).json
        found += [each["lot"] for each in page["lots"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert found == ["A", "A/1", "B", "C", "Ä#2"]


def test_what_is_not_there(ask, flour, lot):
    for path in (f"/items/{flour}/lots/L9", "/items/item_none/lots/L1", "/items/x-y/lots/L1"):
        problem(ask("GET", path), 404)
        problem(ask("PATCH", path, json={"status": "quarantined"}), 404)
    problem(ask("GET", "/items/item_none/lots"), 404)
    for method in ("GET", "PATCH"):
        body = {"status": "quarantined"} if method == "PATCH" else None
        problem(ask(method, lot, json=body, caller=USER), 403)
    problem(ask("PATCH", lot, json={"status": "quarantined"}, caller=VIEWER), 403)


def test_changes_leave_their_entries(ask, flour, lot):
    path = lot.replace("L1", "l1")
    change = {"status": "quarantined", "expiry_date": None}
    _, (entry,) = entries_of(lambda: ask("PATCH", path, json=change))
    assert (entry.scope, entry.action, entry.object) == (
        "company",
        "lot.changed",
        f"lot/{flour} L1",
    )
    assert entry.changes == {
        "status": ["available", "quarantined"],
        "expiry_date": ["2999-01-31", None],
    }
    assert entries_of(lambda: ask("PATCH", path, json=change))[1] == []
    stale = {"If-Match": '"1"'}
    refused, entries = entries_of(lambda: ask("PATCH", path, json={}, headers=stale))
    assert (refused.status, entries) == (412, [])
