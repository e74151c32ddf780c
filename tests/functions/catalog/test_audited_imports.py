"""What people do with imports stands in the audit log, and so does each item that they write."""

from collections import Counter

from tests.functions.catalog.conftest import MANAGER
from tests.functions.catalog.importing import _member, post, settle, state, table
from tests.support.audit_entries import entries_of

__all__ = ["_member"]


def test_an_import_and_its_items_leave_their_entries(ask):
    rows = [(f"A-{number}", "Flour", None, "kg", 1, "A-01", None, None, None) for number in (1, 2)]
    answer, (entry,) = entries_of(lambda: post(table(*rows), dry_run="true"))
    import_id = answer.json["id"]
    assert (entry.action, entry.object) == ("item_import.created", f"item_import/{import_id}")
    assert (entry.scope, entry.actor) == ("company", MANAGER.user_id)
    assert entry.changes["filename"] == [None, "items.xlsx"]
    _, entries = entries_of(settle)
    assert entries == []
    path = f"/items/imports/{import_id}"
    _, (entry,) = entries_of(lambda: ask("PUT", path, json={"dry_run": False}))
    assert (entry.action, entry.changes["dry_run"]) == ("item_import.continued", [True, False])
    _, entries = entries_of(settle)
    assert Counter(entry.action for entry in entries) == {
        "warehouse.created": 1, "item.created": 2, "stock.moved": 1,
    }  # fmt: skip
    assert {entry.actor for entry in entries} == {MANAGER.user_id}
    assert state(import_id)["result"]["created"] == 2
    _, (entry,) = entries_of(lambda: ask("DELETE", path))
    assert (entry.action, entry.object) == ("item_import.deleted", f"item_import/{import_id}")


def test_what_is_refused_leaves_none(ask):
    answer, entries = entries_of(lambda: ask("PUT", "/items/imports/imp_1", json={}))
    assert (answer.status, entries) == (404, [])
    answer, entries = entries_of(
        lambda: ask("POST", "/items/imports", json={"filename": "items.pdf"})
    )
    assert (answer.status, entries) == (422, [])
