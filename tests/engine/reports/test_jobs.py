"""The states of a report: what each write allows, and what it leaves alone."""

from datetime import UTC, datetime, timedelta

import pytest

from stockwarden.bootstrap import stores
from stockwarden.reports.attempts import (
    INTERRUPTED,
    MAX_ATTEMPTS,
    OUT_OF_TIME,
    AttemptsExhausted,
    LeaseLost,
    RetryLater,
    Stale,
)
from stockwarden.reports.jobs import JobRepository
from stockwarden.reports.model import ReportStatus
from stockwarden.reports.repository import ReportRepository
from stockwarden.reports.stored_report import ReportDraft
from stockwarden.storage.tables import ConditionFailed

DETAIL = {"as_of": "2025-01-09T12:00:00+00:00"}


class Room:
    """One report, and a clock to turn."""

    def __init__(self):
        self.now = datetime(2025, 1, 9, 12, tzinfo=UTC)
        table = stores.reports_table()
        self.reports = ReportRepository(table, lambda: self.now)
        self.jobs = JobRepository(table, lambda: self.now)
        self.reports.add(ReportDraft("rep_1", "alice", "alice", "Monday", "stock.csv"))

    @property
    def stored(self):
        return self.reports.find("rep_1")

    def queue(self, job="job_1"):
        self.jobs.queue(self.stored, job)

    def claim(self, job="job_1", seconds=900):
        return self.jobs.claim(self.stored, job, seconds)


@pytest.fixture
def room(aws):
    return Room()


def test_job_goes_through_every_status_to_ready(room):
    assert room.stored.status == ReportStatus.AWAITING_UPLOAD
    room.queue()
    assert room.stored.status == ReportStatus.QUEUED
    attempt = room.claim()
    assert room.stored.status == ReportStatus.ANALYZING
    room.jobs.report_progress(attempt, "evaluating", 50, 1000)
    assert room.stored.progress["rows"] == 1000
    room.jobs.show(attempt, DETAIL, 7, 1000)
    stored = room.stored
    assert stored.status == ReportStatus.READY
    assert stored.summary["anomaly_count"] == 7
    assert stored.summary["generation"] == attempt.generation == "job_1.1"
    assert room.claim() is None


@pytest.mark.parametrize("end", ["ask", "fail", "show"])
def test_overtaken_attempt_cannot_end_the_job(room, end):
    room.queue()
    first = room.claim()
    room.now += timedelta(minutes=2)
    second = room.claim()
    ends = {
        "ask": lambda attempt: room.jobs.ask(attempt, "Which?", ["field"]),
        "fail": lambda attempt: room.jobs.fail(attempt, "Broken."),
        "show": lambda attempt: room.jobs.show(attempt, DETAIL, 0, 0),
    }
    before = room.stored
    with pytest.raises(LeaseLost):
        ends[end](first)
    with pytest.raises(LeaseLost):
        room.jobs.report_progress(first, "writing", 70)
    with pytest.raises(LeaseLost):
        room.jobs.release(first)
    assert room.stored == before
    ends[end](second)


def test_only_one_attempt_holds_the_lease(room):
    room.queue()
    seen = room.stored
    room.claim()
    with pytest.raises(LeaseLost):
        room.claim()
    with pytest.raises(LeaseLost):
        room.jobs.claim(seen, "job_1", 900)
    room.now += timedelta(seconds=49)
    with pytest.raises(LeaseLost):
        room.claim()
    room.now += timedelta(seconds=1)
    assert room.claim().number == 2


def test_lease_is_renewed_while_its_holder_works(room):
    room.queue()
    attempt = room.claim()
    for _ in range(20):
        room.now += timedelta(seconds=45)
        room.jobs.renew(attempt)
        room.now += timedelta(seconds=15)
        with pytest.raises(LeaseLost):
            room.claim()
    room.now += timedelta(seconds=40)
    room.jobs.report_progress(attempt, "writing", 70)
    room.now += timedelta(seconds=40)
    with pytest.raises(LeaseLost):
        room.claim()
    room.jobs.show(attempt, DETAIL, 0, 0)
    assert room.stored.status == ReportStatus.READY


def test_slow_attempt_continues_unless_overtaken(room):
    room.queue()
    attempt = room.claim()
    room.now += timedelta(minutes=10)
    seen = room.stored
    room.jobs.renew(attempt)
    with pytest.raises(LeaseLost):
        room.jobs.claim(seen, "job_1", 900)
    room.jobs.show(attempt, DETAIL, 0, 0)


def test_job_is_not_failed_if_its_worker_renews_the_lease(room):
    room.queue()
    for _ in range(MAX_ATTEMPTS):
        attempt = room.claim()
        room.now += timedelta(minutes=2)
    with pytest.raises(AttemptsExhausted) as exhausted:
        room.claim()
    room.jobs.renew(attempt)
    with pytest.raises(LeaseLost):
        room.jobs.fail(exhausted.value.last, "Interrupted.")
    room.jobs.show(attempt, DETAIL, 0, 0)
    assert room.stored.status == ReportStatus.READY


@pytest.mark.parametrize("end", ["ask", "fail", "show", "give up"])
def test_renewal_does_not_restart_an_ended_job(room, end):
    room.queue()
    attempt = room.claim()
    match end:
        case "ask":
            room.jobs.ask(attempt, "Which?", ["field"])
        case "fail":
            room.jobs.fail(attempt, "Broken.")
        case "show":
            room.jobs.show(attempt, DETAIL, 0, 0)
        case "give up":
            room.jobs.release(attempt)
    before = room.stored
    with pytest.raises(LeaseLost):
        room.jobs.renew(attempt)
    with pytest.raises(LeaseLost):
        room.jobs.report_progress(attempt, "writing", 70)
    assert room.stored == before


def test_job_that_used_up_its_time_is_not_retried(room):
    room.queue()
    attempt = room.claim(seconds=900)
    for _ in range(13):
        room.now += timedelta(minutes=1)
        room.jobs.renew(attempt)
    room.jobs.release(attempt)
    attempt = room.claim(seconds=900)
    assert attempt.number == 2
    for _ in range(29):
        room.now += timedelta(seconds=30)
        room.jobs.renew(attempt)
    room.now += timedelta(minutes=3)
    with pytest.raises(AttemptsExhausted, match="took longer") as exhausted:
        room.claim()
    room.jobs.fail(exhausted.value.last, exhausted.value.detail)
    assert room.stored.summary["reason"] == OUT_OF_TIME
    room.queue("job_2")
    assert room.claim("job_2").number == 1


def watched():
    """When each job in the index is due."""
    table = stores.reports_table()
    items = table.query("#watched = :job", index="by_due", job="JOB").items
    return [item["due"] for item in items]


def test_a_job_is_watched_until_it_has_ended(room):
    assert watched() == []
    room.queue()
    assert watched() == ["2025-01-09T12:03:00.000Z"]
    attempt = room.claim()
    assert watched() == ["2025-01-09T12:00:50.000Z"]
    room.now += timedelta(seconds=30)
    room.jobs.renew(attempt)
    assert watched() == ["2025-01-09T12:01:20.000Z"]
    room.jobs.release(attempt)
    attempt = room.claim()
    room.jobs.report_progress(attempt, "writing", 70)
    assert len(watched()) == 1
    room.jobs.ask(attempt, "Which?", ["field"])
    assert watched() == []
    seen = room.stored
    room.queue("job_2")
    room.jobs.unqueue(seen, "job_2")
    assert watched() == []


def test_failed_condition_decides_between_stale_and_retry(room):
    room.queue()
    attempt = room.claim()
    table = stores.reports_table()
    absent = table.update({"pk": "x", "sk": "x"}, "SET #a = :a", when="attribute_exists(#pk)", a=1)
    with pytest.raises(Stale):
        room.jobs.show(attempt, DETAIL, 0, 0, comparison_operations=[absent])
    with pytest.raises(RetryLater):
        room.jobs.show(attempt, DETAIL, 0, 0, absent)
    room.now += timedelta(minutes=2)
    room.claim()
    with pytest.raises(LeaseLost):
        room.jobs.show(attempt, DETAIL, 0, 0, absent)


def test_a_released_lease_is_free_at_once(room):
    room.queue()
    room.jobs.release(room.claim())
    assert room.claim().number == 2


def test_attempts_are_counted(room):
    room.queue()
    for number in range(1, MAX_ATTEMPTS + 1):
        attempt = room.claim()
        assert attempt.number == number
        room.jobs.release(attempt)
    with pytest.raises(AttemptsExhausted) as exhausted:
        room.claim()
    room.jobs.fail(exhausted.value.last, exhausted.value.detail)
    assert room.stored.status == ReportStatus.FAILED
    assert room.stored.summary["reason"] == INTERRUPTED


@pytest.mark.parametrize("job", ["job_0", "job_2"])
def test_claim_of_another_job_returns_none(room, job):
    room.queue()
    assert room.claim(job) is None


def test_a_job_is_queued_once(room):
    seen = room.stored
    room.queue()
    with pytest.raises(ConditionFailed):
        room.jobs.queue(seen, "job_2")
    assert room.stored.summary["job_id"] == "job_1"


def test_unqueue_does_nothing_once_the_job_has_begun(room):
    seen = room.stored
    room.queue()
    attempt = room.claim()
    before = room.stored
    room.jobs.unqueue(seen, "job_1")
    assert room.stored == before
    room.jobs.show(attempt, DETAIL, 0, 0)


def test_failure_of_a_reanalysis_leaves_the_report_ready_with_a_note(room):
    room.queue()
    room.jobs.show(room.claim(), DETAIL, 3, 10)
    room.queue("job_2")
    room.jobs.fail(room.claim("job_2"), "The file is gone.")
    stored = room.stored
    assert stored.status == ReportStatus.READY
    assert stored.summary["reason"].endswith("The file is gone.")
    assert stored.summary["generation"] == "job_1.1"
    room.queue("job_3")
    assert "reason" not in room.stored.summary


def test_reasons_are_cut(room):
    room.queue()
    room.jobs.ask(room.claim(), "x" * 5000, [])
    assert len(room.stored.summary["reason"]) == 500
