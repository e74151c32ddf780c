"""Each write to stock leaves its entry in the audit log, and what is refused or repeated none."""

import pytest

from stockwarden.audit.entry import warehouse_scope
from tests.functions.stock.conftest import MANAGER
from tests.support.audit_entries import entries_of


@pytest.fixture
def left_by():
    def run(act, status):
        answer, entries = entries_of(act)
        assert answer.status == status, answer.body
        for entry in entries:
            assert entry.actor == MANAGER.user_id
            assert entry.request_id == answer.headers["x-request-id"]
        return answer.json, entries

    return run


def test_a_movement(left_by, move, hall, flour):
    movement, (entry,) = left_by(lambda: move("receipt", 5, location="A", key="once"), 201)
    assert entry.action == "stock.moved"
    assert entry.object == f"posting/{movement['posting_id']}"
    assert entry.scope == warehouse_scope(hall)
    assert entry.changes == {"kind": [None, "receipt"], f"{flour} A –": ["0", "5"]}
    assert left_by(lambda: move("receipt", 5, location="A", key="once"), 201)[1] == []
    assert left_by(lambda: move("issue", 6, location="A"), 409)[1] == []
    _, (entry,) = left_by(lambda: move("issue", 2, location="A"), 201)
    assert entry.changes[f"{flour} A –"] == ["5", "3"]


def test_lines_are_one_entry_with_the_first_and_the_last(left_by, ask, hall, flour, move):
    move("receipt", 5)
    line = {"item_id": flour, "warehouse_id": hall, "kind": "issue", "quantity": 1}
    lines = [line, {**line, "kind": "receipt", "quantity": 4}, line]
    _, (entry,) = left_by(lambda: ask("POST", "/movements", json={"lines": lines}), 201)
    assert entry.changes == {"kind": [None, "issue, receipt"], f"{flour} – –": ["5", "7"]}


def test_a_transfer_is_told_in_both_warehouses(left_by, create, move, flour):
    yard = create("/warehouses", name="Yard")["id"]
    move("receipt", 5)
    movement, entries = left_by(lambda: move("transfer", 2, to={"warehouse_id": yard}), 201)
    assert {entry.action for entry in entries} == {"stock.moved"}
    assert sorted(entry.changes[f"{flour} – –"] for entry in entries) == [["0", "2"], ["5", "3"]]
    assert len({entry.scope for entry in entries}) == 2
    assert {entry.object for entry in entries} == {f"posting/{movement['posting_id']}"}


def test_a_reversal(left_by, ask, move):
    movement = move("receipt", 5).json
    path = f"/movements/{movement['id']}/reversal"
    _, (entry,) = left_by(lambda: ask("POST", path, json={}), 201)
    assert (entry.action, entry.changes["kind"]) == ("stock.moved", [None, "reversal"])
    assert left_by(lambda: ask("POST", path, json={}), 409)[1] == []


def test_counts(left_by, ask, move, hall, flour):
    move("receipt", 5)
    body = {"lines": [{"item_id": flour, "warehouse_id": hall}]}
    count, (entry,) = left_by(lambda: ask("POST", "/counts", json=body), 201)
    assert (entry.action, entry.object) == ("count.opened", f"count/{count['id']}")
    assert entry.scope == f"warehouse:{hall}"
    posting = {"lines": [{"line": 1, "quantity": 4}]}
    path = f"/counts/{count['id']}/post"
    _, (entry,) = left_by(lambda: ask("POST", path, json=posting), 200)
    assert (entry.action, entry.changes["kind"]) == ("stock.moved", [None, "count"])
    assert left_by(lambda: ask("POST", path, json=posting), 409)[1] == []


@pytest.mark.parametrize("end", ["void", "post"])
def test_reservations(*, left_by, ask, move, hall, flour, end):
    move("receipt", 5)
    body = {"item_id": flour, "warehouse_id": hall, "quantity": 2}
    reservation, (entry,) = left_by(lambda: ask("POST", "/reservations", json=body), 201)
    about = f"reservation/{reservation['id']}"
    assert (entry.action, entry.object) == ("stock.reserved", about)
    path = f"/reservations/{reservation['id']}/{end}"
    _, (entry,) = left_by(lambda: ask("POST", path), 200 if end == "void" else 201)
    assert entry.action == ("stock.released" if end == "void" else "stock.moved")
    if end == "void":
        assert entry.object == about
        assert left_by(lambda: ask("POST", path), 200)[1] == []


def test_kits(*, left_by, ask, move, hall, flour, create):
    box = create("/items", name="Box")["id"]
    path, any_version = f"/items/{box}/components", {"If-Match": "*"}
    body = {"components": [{"item_id": flour, "quantity": 2}]}
    _, (entry,) = left_by(lambda: ask("PUT", path, json=body, headers=any_version), 200)
    assert (entry.action, entry.object, entry.scope) == ("kit.changed", f"item/{box}", "company")
    before, after = entry.changes["components"]
    assert before == "[]"
    assert flour in str(after)
    assert left_by(lambda: ask("PUT", path, json=body, headers=any_version), 200)[1] == []
    move("receipt", 5)
    body = {"quantity": 1, "warehouse_id": hall}
    for verb, kind in (("assemble", "assembly"), ("disassemble", "disassembly")):
        path = f"/items/{box}/{verb}"
        made, (entry,) = left_by(lambda path=path: ask("POST", path, json=body), 201)
        assert (entry.action, entry.object) == ("stock.moved", f"posting/{made['id']}")
        assert (entry.scope, entry.changes["kind"]) == (warehouse_scope(hall), [None, kind])
    assert left_by(lambda: ask("POST", path, json=body), 409)[1] == []


def test_consumption(*, left_by, ask, move, hall, flour):
    move("receipt", 5)
    body = {"item_id": flour, "warehouse_id": hall, "quantity": 2, "purpose": "Cake"}
    used, (entry,) = left_by(lambda: ask("POST", "/consumption", json=body), 201)
    assert (entry.action, entry.changes["kind"]) == ("stock.moved", [None, "consumption"])
    path = f"/consumption/{used['id']}/correction"
    _, (entry,) = left_by(lambda: ask("POST", path, json={"quantity": 1}), 201)
    assert entry.changes["kind"] == [None, "consumption, reversal"]
    assert entry.changes[f"{flour} – –"] == ["3", "4"]
    assert left_by(lambda: ask("POST", path, json={}), 409)[1] == []
