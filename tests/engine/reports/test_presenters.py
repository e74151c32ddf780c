"""Reports as the API shows them: before, between and after analyses."""

import pytest

from stockwarden.anomalies.counts import Counts
from stockwarden.anomalies.model import Status
from stockwarden.detection.priority import Priority
from stockwarden.reports.presenters import kpis_of, report_of, summary_of
from stockwarden.reports.stored_report import StoredReport

SUMMARY = {
    "pk": "REPORT#rep_1", "sk": "SUMMARY", "owner": "REPORTS#alice", "listed": "…",
    "id": "rep_1", "report_name": "Monday", "status": "ready", "anomaly_count": 4,
    "filename": "stock.csv", "username": "alice", "created_by": "bob",
    "created_at": "2025-01-09T12:00:00.000Z", "updated_at": "2025-01-10T12:00:00.000Z",
    "version": 3,
}  # fmt: skip
INVENTORY = {
    "bucket": "b", "key": "uploads/rep_1/stock.csv", "version_id": "v", "size": 77, "etag": "e",
    "uploaded_at": "2025-01-09T12:01:00.000Z",
}  # fmt: skip
DETAIL = {
    "layout": {"source": "warehouse", "warehouse_id": "wh_1", "version": 2, "rows": 5},
    "rows": {"total": 9, "evaluated": 5, "skipped": {"blank": 1},
             "rejected": {"no_pallet_id": 2, "extra_cells": 1}},
    "sha256": "ab", "sheet": "Stock", "header_row": 0, "as_of_source": "upload", "timezone": "UTC",
}  # fmt: skip
COSTS = {"costs": {"currency": "EUR", "total": 99.5, "open": 99.5, "by_rule": {"expired": 99.5}}}
COUNTS = Counts(
    {
        (Priority.VERY_HIGH, Status.NEW): 1,
        (Priority.HIGH, Status.RESOLVED): 2,
        (Priority.LOW, Status.IN_PROGRESS): 1,
    },
    {"expired": 4},
    open_cents=1205,
)
NONE = Counts({}, {})


def stored(summary=None, detail=None, **parts):
    parts.setdefault("source", {"inventory": INVENTORY})
    return StoredReport({**SUMMARY, **(summary or {})}, detail=detail, **parts)


def test_summary_of_a_report_has_only_what_the_api_shows():
    shown = summary_of(SUMMARY).model_dump()
    assert shown["timestamp"] == shown["created_at"] == "2025-01-09T12:00:00.000Z"
    assert not {"pk", "sk", "owner", "listed"} & shown.keys()
    names = ("reason", "asks", "warehouse_id", "as_of", "scope")
    assert [shown[name] for name in names] == [None, [], None, None, None]


def test_report_before_its_file_has_arrived():
    shown = report_of(stored({"status": "awaiting_upload"}, source={}), NONE)
    assert (shown.file, shown.layout, shown.rows, shown.costs) == (None, None, None, None)
    assert (shown.notes, shown.suppressions, shown.coverage) == ([], [], None)
    assert (shown.counts.total, shown.superseded, shown.progress) == (0, False, None)


def test_report_before_its_first_analysis():
    progress = {"stage": "reading", "percent": 10, "rows": 0}
    shown = report_of(stored({"status": "analyzing"}, progress=progress), NONE)
    assert shown.file.model_dump() == {
        "filename": "stock.csv", "size": 77, "uploaded_at": "2025-01-09T12:01:00.000Z",
        "sha256": None, "sheet": None, "header_row": None,
    }  # fmt: skip
    assert (shown.progress.stage, shown.layout) == ("reading", None)


def test_report_after_its_analysis():
    shown = report_of(stored(detail=DETAIL), COUNTS)
    # A file without a header has header row 0, which is not the same as an unknown one.
    assert (shown.file.sha256, shown.file.sheet, shown.file.header_row) == ("ab", "Stock", 0)
    assert (shown.layout.version, shown.rows.evaluated) == (2, 5)
    assert (shown.counts.total, shown.counts.open) == (4, 2)
    assert shown.counts.by_priority["Very High"] == 1
    assert shown.counts.open_by_priority["High"] == 0
    assert (shown.costs, shown.moving) == (None, None)


@pytest.mark.parametrize("superseded", [True, False])
def test_superseded_report_says_so(superseded):
    counts = Counts({}, {}, superseded=superseded)
    assert report_of(stored(detail=DETAIL), counts).superseded is superseded


@pytest.mark.parametrize(("cents", "open_costs"), [(0, 0), (1, 0.01), (1205, 12.05)])
def test_open_costs_are_the_current_ones(cents, open_costs):
    shown = report_of(stored(detail=DETAIL | COSTS), Counts({}, {}, open_cents=cents))
    assert (shown.costs.total, shown.costs.open) == (99.5, open_costs)
    assert shown.costs.by_rule == {"expired": 99.5}


@pytest.mark.parametrize(
    ("status", "pending"),
    [
        ("queued", True),
        ("analyzing", True),
        ("needs_mapping", True),
        ("awaiting_upload", True),
        ("ready", False),
        ("failed", False),
    ],
)
@pytest.mark.parametrize("warehouse_id", ["wh_2", None])
def test_move_is_shown_while_it_is_pending(status, pending, warehouse_id):
    move = {"warehouse_id": warehouse_id, "username": "alice"}
    moving = report_of(stored({"status": status}, source={"move": move}), NONE).moving
    assert (moving is not None) is pending
    if pending:
        assert moving.warehouse_id == warehouse_id


def test_report_that_does_not_move():
    assert report_of(stored({"status": "queued"}), NONE).moving is None


@pytest.mark.parametrize(
    ("detail", "counts", "values"),
    [
        (None, NONE, [0, 0, 0, 0, 0, 0]),
        (DETAIL, COUNTS, [4, 1, 2, 2, 5, 3]),
        (DETAIL | COSTS, COUNTS, [4, 1, 2, 2, 5, 3, 12.05]),
        # Also costs of nothing are costs.
        (DETAIL | COSTS, NONE, [0, 0, 0, 0, 5, 3, 0]),
    ],
)
def test_key_figures(detail, counts, values):
    labels = [
        "Anomalies", "Very High priority", "Open", "Resolved", "Rows evaluated", "Rows rejected",
        "Open cost (EUR)",
    ]  # fmt: skip
    figures = kpis_of(stored(detail=detail), counts)
    assert [figure.value for figure in figures] == values
    assert [figure.label for figure in figures] == labels[: len(values)]
