"""Moves of a report between warehouses: who may make them, and what is stored of one."""

import pytest

from stockwarden.bootstrap.repositories import member_repository
from stockwarden.bootstrap.warehouses import warehouse_service
from stockwarden.core.errors import Conflict, Forbidden, Invalid
from stockwarden.reports.moving import move_of, pending_move, receiving_warehouse
from stockwarden.reports.stored_report import StoredReport
from tests.engine.reports.warehouses import add_member, add_warehouse
from tests.support.gateway import ADMIN, OTHER, USER


def stored(warehouse_id=None, *, left=None, status="ready", **source):
    summary = {"id": "rep_1", "username": "alice", "status": status}
    if warehouse_id:
        summary["warehouse_id"] = warehouse_id
    return StoredReport(summary, source, left=left)


@pytest.fixture
def warehouses(aws):
    return warehouse_service()


def test_move_has_the_owner_of_the_receiving_warehouse(warehouses):
    own, shared = add_warehouse(USER), add_warehouse(OTHER)
    add_member(shared, USER, "operator")
    for warehouse_id, owner in ((own, "alice"), (shared, "bob")):
        move = move_of(USER, stored("wh_0"), warehouse_id, warehouses)
        assert move == {"warehouse_id": warehouse_id, "username": owner}
        assert move_of(USER, stored(), warehouse_id, warehouses) == move


def test_report_that_leaves_its_warehouse_stays_with_its_owner(warehouses):
    move = move_of(ADMIN, stored("wh_0"), None, warehouses)
    assert move == {"warehouse_id": None, "username": "alice"}


@pytest.mark.parametrize("left", [None, {"warehouse_id": "wh_0"}])
def test_nothing_moves_where_the_report_is_already(warehouses, left):
    own = add_warehouse(USER)
    assert move_of(USER, stored(own, left=left), own, warehouses) is None
    assert move_of(USER, stored(None, left=left), None, warehouses) is None


@pytest.mark.parametrize("into_warehouse", [True, False])
def test_next_move_waits_until_the_last_one_is_settled(warehouses, into_warehouse):
    target = add_warehouse(USER) if into_warehouse else None
    with pytest.raises(Conflict, match="still being taken out"):
        move_of(USER, stored("wh_1", left={"warehouse_id": "wh_0"}), target, warehouses)


@pytest.mark.parametrize("role", [None, "viewer", "operator", "manager"])
def test_reports_are_received_where_the_caller_may_send(warehouses, role):
    warehouse_id = add_warehouse(OTHER)
    if role:
        add_member(warehouse_id, USER, role)
    if role in {"operator", "manager"}:
        assert receiving_warehouse(USER, warehouses, warehouse_id)["id"] == warehouse_id
        return
    with pytest.raises(Forbidden if role else Invalid) as refused:
        move_of(USER, stored("wh_0"), warehouse_id, warehouses, "/answers/scope")
    if role is None:
        # As if it did not exist.
        with pytest.raises(Invalid) as missing:
            move_of(USER, stored("wh_0"), "wh_none", warehouses, "/answers/scope")
        assert refused.value.errors == missing.value.errors
        assert [error.pointer for error in refused.value.errors] == ["/answers/scope"]


def test_warehouse_is_checked_even_where_the_report_is_already(warehouses):
    """The membership may have ended."""
    warehouse_id = add_warehouse(OTHER)
    add_member(warehouse_id, USER, "operator")
    members = member_repository()
    members.remove(warehouse_id, members.find(warehouse_id, "alice"))
    with pytest.raises(Invalid) as refused:
        move_of(USER, stored(warehouse_id), warehouse_id, warehouses)
    assert [error.pointer for error in refused.value.errors] == ["/warehouse_id"]


@pytest.mark.parametrize(
    ("status", "kept"),
    [
        ("queued", True),
        ("needs_mapping", True),
        ("ready", False),
        ("failed", False),
    ],
)
def test_new_analysis_keeps_a_pending_move_and_drops_a_failed_one(status, kept):
    move = {"warehouse_id": None, "username": "alice"}
    assert pending_move(stored("wh_1", status=status, move=move)) == (
        {} if kept else {"move": None}
    )
    # Without a move there is nothing to change.
    assert pending_move(stored("wh_1", status=status)) == {}
