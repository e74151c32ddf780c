"""Scope statements: the question, its answers, and the statement that a person made."""

from datetime import UTC, datetime

import pytest

from stockwarden.bootstrap.repositories import member_repository
from stockwarden.bootstrap.warehouses import warehouse_service
from stockwarden.core.errors import Conflict, Forbidden, Invalid, NotFound
from stockwarden.reports.file_model import PreviewQuestion, ReportPreview
from stockwarden.reports.scopes import ScopeService, ask_scope, claim_of, statement_of
from stockwarden.reports.stored_report import StoredReport
from stockwarden.snapshots.scope import LastWholeSnapshot, ScopeClaim, SizeComparison
from tests.engine.reports.warehouses import add_member, add_warehouse
from tests.support.gateway import ADMIN, OTHER, USER

NOW = datetime(2025, 1, 9, 12, tzinfo=UTC)
STATED = {"by": "alice", "at": "2025-01-09T12:00:00.000Z"}
LAST = LastWholeSnapshot("rep_0", "2025-01-08T12:00:00.000Z", rows=1200, pallets=1000)
ABOUT = {"report_id": "rep_0", "as_of": LAST.as_of, "rows": 1200, "pallets": 1000}


@pytest.fixture
def scopes(aws):
    return ScopeService(warehouse_service(), member_repository(), lambda: NOW)


def stored(warehouse_id="wh_1", *, username="alice", generation=None, left=None, **source):
    summary = {
        "id": "rep_1",
        "username": username,
        "status": "needs_mapping",
        "warehouse_id": warehouse_id,
        "generation": generation,
    }
    given = {name: value for name, value in summary.items() if value is not None}
    return StoredReport(given, source, left=left)


def question(rows=100, pallets=90, known=80, last=LAST):
    sizes = SizeComparison(rows, pallets, known, last)
    return ask_scope(sizes, as_of=NOW, warehouse_id="wh_1", warehouse_name="North")


def preview(*questions):
    return ReportPreview(
        sheets=[], sheet=None, header_row=1, columns=[], sample_rows=[], column_mapping={},
        date_order=None, questions=list(questions),
    )  # fmt: skip


DATES = PreviewQuestion(id="date_order", kind="date_order", detail="?")


@pytest.mark.parametrize(
    ("sizes", "last", "parts"),
    [
        (
            (1500, 90, 80),
            LAST,
            ("This file has 1,500 rows, the last snapshot of North had 1,200; ",
             "80 of its 1,000 pallets are in this file."),
        ),
        ((1, 1, 1), LAST, ("This file has 1 row, ", "1 of its 1,000 pallets is in this file.")),
        ((5, 5, 0), LastWholeSnapshot("rep_0", LAST.as_of, 1, 1),
         ("North had 1; 0 of its 1 pallet are",)),
    ],
)  # fmt: skip
def test_question_compares_the_file_with_the_last_whole_snapshot(sizes, last, parts):
    asked = question(*sizes, last)
    assert all(part in asked.detail for part in parts)
    assert (asked.id, asked.kind) == ("scope", "scope")
    assert [choice.value for choice in asked.choices] == ["whole", "part"]
    facts = asked.scope
    assert (facts.rows, facts.pallets, facts.known) == sizes
    assert (facts.warehouse_id, facts.as_of) == ("wh_1", "2025-01-09T12:00:00.000Z")
    assert facts.last.model_dump()["rows"] == last.rows


@pytest.mark.parametrize("scope", ["whole", "part"])
def test_statement_with_a_request_is_about_its_warehouse(scopes, scope):
    statement = scopes.create_statement(USER, scope, "wh_1")
    assert statement == {"scope": scope, "warehouse_id": "wh_1", **STATED}


def test_no_statement_without_a_scope(scopes):
    assert scopes.create_statement(USER, None, "wh_1") is None
    assert scopes.create_statement(USER, None, None) is None


def test_scope_without_a_warehouse_is_refused(scopes):
    with pytest.raises(Invalid) as refused:
        scopes.create_statement(USER, "part", None)
    assert [error.pointer for error in refused.value.errors] == ["/scope"]


@pytest.mark.parametrize("scope", ["whole", "part"])
@pytest.mark.parametrize(
    ("asked", "about"),
    [
        (preview(DATES, question()), {"about": ABOUT}),
        # The question may be gone by now, or have been asked by an earlier version.
        (preview(DATES), {}),
        (preview(question().model_copy(update={"scope": None})), {}),
        (None, {}),
    ],
)
def test_answer_is_stored_with_what_it_was_about(scopes, scope, asked, about):
    changes = scopes.apply_answer(USER, stored(), scope, asked)
    assert changes == {"scope": {"scope": scope, "warehouse_id": "wh_1", **STATED, **about}}


def test_answer_is_about_the_warehouse_that_the_report_moves_to(scopes):
    moving = stored(move={"warehouse_id": "wh_2", "username": "alice"})
    changes = scopes.apply_answer(USER, moving, "part", None)
    assert changes["scope"]["warehouse_id"] == "wh_2"
    # Naming that warehouse changes nothing; naming the present one is a move of its own.
    assert scopes.apply_answer(USER, moving, "wh_2", None) == {}


def test_answer_that_names_the_own_warehouse_changes_nothing(scopes):
    assert scopes.apply_answer(USER, stored("wh_1"), "wh_1", preview(question())) == {}


def test_answer_that_names_another_warehouse_moves_the_report(scopes):
    shared = add_warehouse(OTHER)
    add_member(shared, USER, "operator")
    changes = scopes.apply_answer(USER, stored(), shared, preview(question()))
    assert changes == {"move": {"warehouse_id": shared, "username": "bob"}}


def test_answer_that_takes_back_a_pending_move(scopes):
    own = add_warehouse(USER)
    moving = stored(own, move={"warehouse_id": "wh_2", "username": "bob"})
    assert scopes.apply_answer(USER, moving, own, None) == {"move": None}


@pytest.mark.parametrize("scope", ["wh_none", "Whole", "a b"])
def test_answer_that_names_no_warehouse_is_refused(scopes, scope):
    with pytest.raises(Invalid) as refused:
        scopes.apply_answer(USER, stored(), scope, preview(question()))
    assert [error.pointer for error in refused.value.errors] == ["/answers/scope"]


def test_answer_waits_until_an_earlier_move_is_settled(scopes):
    with pytest.raises(Conflict):
        scopes.apply_answer(USER, stored(left={"warehouse_id": "wh_0"}), add_warehouse(USER), None)


@pytest.mark.parametrize(
    ("role", "generation", "refusal"),
    [
        ("operator", None, None),
        # Moving a shown report out deletes it there.
        ("operator", "job_1.1", Forbidden),
        ("manager", "job_1.1", None),
        (None, "job_1.1", NotFound),
    ],
)
def test_report_that_is_shown_is_moved_by_who_may_delete_it(scopes, role, generation, refusal):
    warehouse_id, target = add_warehouse(OTHER), add_warehouse(USER)
    if role:
        add_member(warehouse_id, USER, role)
    shown = stored(warehouse_id, username="bob", generation=generation)
    if refusal:
        with pytest.raises(refusal):
            scopes.apply_answer(USER, shown, target, None)
    else:
        assert scopes.apply_answer(USER, shown, target, None)["move"]["warehouse_id"] == target
    # The owner and an administrator may.
    assert scopes.apply_answer(ADMIN, shown, target, None)["move"]["username"] == "alice"


def offered(scopes, report, caller=USER):
    asked = scopes.add_choices(caller, preview(DATES, question()), report)
    dates, scope = asked.questions
    assert dates == DATES
    assert [choice.value for choice in scope.choices[:2]] == ["whole", "part"]
    return {choice.value: choice.label for choice in scope.choices[2:]}


def test_other_warehouses_are_offered_where_the_caller_may_send(scopes):
    own, second = add_warehouse(USER), add_warehouse(USER, "South")
    shared, seen, unseen = (add_warehouse(OTHER, name) for name in ("East", "West", "Far"))
    add_member(shared, USER, "operator")
    add_member(seen, USER, "viewer")
    assert offered(scopes, stored(own)) == {second: "South", shared: "East"}
    assert offered(scopes, stored(second)) == {own: "North", shared: "East"}
    # Of a report that is being moved, the others than its new one.
    moving = stored(own, move={"warehouse_id": shared, "username": "bob"})
    assert offered(scopes, moving) == {own: "North", second: "South"}
    assert offered(scopes, stored(seen), OTHER) == {shared: "East", unseen: "Far"}


def test_preview_without_a_scope_question_is_left_as_it_is(scopes):
    add_warehouse(USER)
    asked = preview(DATES)
    assert scopes.add_choices(USER, asked, stored()) == asked


@pytest.mark.parametrize(
    ("statement", "claim"),
    [
        (None, None),
        ({"scope": "part", "warehouse_id": "wh_1", **STATED}, ScopeClaim("part")),
        (
            {"scope": "whole", "warehouse_id": "wh_1", **STATED, "about": ABOUT},
            ScopeClaim("whole", LAST),
        ),
        # Of a warehouse that the report is no longer in.
        ({"scope": "part", "warehouse_id": "wh_2", **STATED}, None),
    ],
)
def test_claim_of_a_report(statement, claim):
    report = stored(**({"scope": statement} if statement else {}))
    assert claim_of(report) == claim
    assert statement_of(report) == (statement if claim else None)


def test_statement_is_kept_for_the_warehouse_that_the_report_moves_to():
    statement = {"scope": "part", "warehouse_id": "wh_2", **STATED}
    report = stored(scope=statement, move={"warehouse_id": "wh_2", "username": "alice"})
    assert claim_of(report) is None
    assert claim_of(report.destined) == ScopeClaim("part")


def test_statement_of_a_report_without_a_warehouse():
    statement = {"scope": "part", "warehouse_id": "wh_1", **STATED}
    assert statement_of(stored(None, scope=statement)) is None
