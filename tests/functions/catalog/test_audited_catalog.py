"""Each change of master data leaves one entry in the audit log, and what changes nothing none."""

import json

import pytest

from tests.functions.catalog.conftest import MANAGER, VIEWER
from tests.functions.catalog.test_parts import PART
from tests.functions.catalog.test_units import BOX
from tests.support.audit_entries import entries_of
from tests.support.problems import problem

FOOD = {"name": "Food", "demands_lot": True}
# path of the list, noun of the entries, body, change with its fields
NOUNS = [
    ("/units", "unit", BOX, {"factor": "10"}),
    ("/categories", "category", {"name": "Nuts"}, {"name": "Bolts"}),
    ("/suppliers", "supplier", {"name": "Acme"}, {"lead_time_days": 3}),
    ("/inventory-types", "inventory_type", FOOD, {"demands_serial": True}),
]


def left_by(act, status):
    answer, entries = entries_of(act)
    assert answer.status == status, answer.body
    for entry in entries:
        assert (entry.scope, entry.actor) == ("company", MANAGER.user_id)
        assert entry.request_id == answer.headers["x-request-id"]
    return answer, [(entry.action, entry.object, set(entry.changes)) for entry in entries]


@pytest.mark.parametrize(("path", "noun", "body", "change"), NOUNS)
def test_changes_leave_their_entries(ask, path, noun, body, change):
    created, left = left_by(lambda: ask("POST", path, json=body), 201)
    record_id = created.json.get("id") or created.json["code"]
    about, where = f"{noun}/{record_id}", f"{path}/{record_id}"
    ((action, named, fields),) = left
    assert (action, named) == (f"{noun}.created", about)
    assert "name" in fields
    _, left = left_by(lambda: ask("PATCH", where, json=change), 200)
    assert left == [(f"{noun}.changed", about, set(change))]
    assert left_by(lambda: ask("PATCH", where, json=change), 200)[1] == []
    if noun != "unit":
        for archived, verb in ((True, "archived"), (False, "restored")):
            _, left = left_by(
                lambda value=archived: ask("PATCH", where, json={"archived": value}), 200
            )
            assert left == [(f"{noun}.{verb}", about, {"archived"})]
    stale = {"If-Match": '"99"'}
    refused, entries = entries_of(lambda: ask("DELETE", where, headers=stale))
    assert (refused.status, entries) == (412, [])
    refused, entries = entries_of(lambda: ask("DELETE", where, caller=VIEWER))
    assert (refused.status, entries) == (403, [])
    ((action, named, fields),) = left_by(lambda: ask("DELETE", where), 204)[1]
    assert (action, named) == (f"{noun}.deleted", about)
    assert "name" in fields


def test_a_move_says_from_where_to_where(ask, create):
    a, b = (create("/categories", name=name)["id"] for name in "AB")
    _, entries = entries_of(lambda: ask("PATCH", f"/categories/{b}", json={"parent_id": a}))
    assert entries[0].changes == {"parent_id": [None, a]}
    cycle, entries = entries_of(lambda: ask("PATCH", f"/categories/{a}", json={"parent_id": b}))
    assert (cycle.status, entries) == (422, [])


def test_parts(ask, create, item):
    supplier = create("/suppliers", name="Acme")["id"]
    path, about = f"/suppliers/{supplier}/parts/{item()}", f"part/{supplier}/itm_1"
    _, left = left_by(lambda: ask("PUT", path, json=PART), 200)
    assert left == [("part.created", about, {*PART, "currency"})]
    assert left_by(lambda: ask("PUT", path, json=PART), 200)[1] == []
    _, left = left_by(lambda: ask("PUT", path, json={**PART, "price": "13"}), 200)
    assert left == [("part.changed", about, {"price"})]
    _, left = left_by(lambda: ask("DELETE", path), 204)
    assert left == [("part.deleted", about, {*PART, "currency"})]


def test_nobody_is_named_in_the_log(ask):
    contact = {"name": "Jo Doe", "email": "jo@acme.example"}
    body = {"name": "Acme", "contact": contact, "notes": "Ask for Jo Doe."}
    _, (entry,) = entries_of(lambda: ask("POST", "/suppliers", json=body))
    assert {"contact", "notes"} <= entry.changes.keys()
    text = json.dumps(entry.changes)
    assert not any(private in text for private in ("Jo", "acme.example"))


@pytest.mark.parametrize(("path", "noun", "body", "change"), NOUNS)
def test_a_repeated_request_makes_one(ask, path, noun, body, change):
    """Also where the answer was not kept, since the function died before it."""
    once = {"Idempotency-Key": "k-1"}

    def send(sent=body):
        return ask("POST", path, json=sent, headers=once)

    first = send()
    again, entries = entries_of(send)
    assert (again.status, again.json, entries) == (201, first.json, [])
    assert again.headers["idempotent-replayed"] == "true"
    problem(send({**body, "name": "Other"}), 422)
    forget_answers()
    again, entries = entries_of(send)
    assert (again.status, again.json, entries) == (201, first.json, [])
    assert "idempotent-replayed" not in again.headers


def forget_answers():
    from stockwarden.bootstrap import stores
    from stockwarden.storage import clients

    client, name = clients.dynamodb(), stores.settings().idempotency_table
    for item in client.scan(TableName=name)["Items"]:
        client.delete_item(TableName=name, Key={"id": item["id"]})


def test_an_export_leaves_its_entry(ask):
    order = {"list": "items", "format": "csv", "filters": {"status": "active"}}
    _, left = left_by(lambda: ask("POST", "/items/exports", json=order), 202)
    assert left == [("catalog.exported", "catalog/company", {"export", "format", "list", "status"})]
