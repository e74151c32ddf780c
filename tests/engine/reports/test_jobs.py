"""Job states of a report: the transitions each write allows, and what it leaves unchanged."""

from datetime import UTC, datetime, timedelta

import pytest

from stockwarden.bootstrap import stores
from stockwarden.operations.report_log import ReportLog
from stockwarden.reports.attempts import (
    INTERRUPTED,
    MAX_ATTEMPTS,
    OUT_OF_TIME,
    AttemptsExhausted,
    LeaseLost,
    RetryLater,
    Stale,
)
from stockwarden.reports.job_endings import JobEndings
from stockwarden.reports.jobs import JobRepository
from stockwarden.reports.logged import RunEntries
from stockwarden.reports.model import ReportStatus
from stockwarden.reports.repository import ReportRepository
from stockwarden.reports.stored_report import ReportDraft
from stockwarden.storage.tables import ConditionFailed

DETAIL = {"as_of": "2025-01-09T12:00:00+00:00"}


class Scenario:
    """One stored report and an adjustable clock."""

    def __init__(self):
        self.now = datetime(2025, 1, 9, 12, tzinfo=UTC)
        table = stores.reports_table()
        self.reports = ReportRepository(table, lambda: self.now)
        log = ReportLog(stores.operations_table(), lambda: self.now, 400)
        self.runs = RunEntries(log, lambda name: f"usr_{name}")
        self.jobs = JobRepository(table, lambda: self.now)
        self.endings = JobEndings(table, lambda: self.now, self.runs)
        self.reports.add(ReportDraft("rep_1", "alice", "alice", "Monday", "stock.csv"))

    @property
    def stored(self):
        return self.reports.find("rep_1")

    def queue(self, job="job_1"):
        self.jobs.queue(self.stored, job, "alice")

    def claim(self, job="job_1", seconds=900):
        return self.jobs.claim(self.stored, job, seconds)


@pytest.fixture
def scenario(aws):
    return Scenario()


def test_job_goes_through_every_status_to_ready(scenario):
    assert scenario.stored.status == ReportStatus.AWAITING_UPLOAD
    scenario.queue()
    assert scenario.stored.status == ReportStatus.QUEUED
    attempt = scenario.claim()
    assert scenario.stored.status == ReportStatus.ANALYZING
    scenario.jobs.report_progress(attempt, "evaluating", 50, 1000)
    assert scenario.stored.progress["rows"] == 1000
    scenario.endings.show(attempt, DETAIL, 7, 1000)
    stored = scenario.stored
    assert stored.status == ReportStatus.READY
    assert stored.summary["anomaly_count"] == 7
    assert stored.summary["generation"] == attempt.generation == "job_1.1"
    assert scenario.claim() is None


@pytest.mark.parametrize("end", ["ask", "fail", "show"])
def test_overtaken_attempt_cannot_end_the_job(scenario, end):
    scenario.queue()
    first = scenario.claim()
    scenario.now += timedelta(minutes=2)
    second = scenario.claim()
    ends = {
        "ask": lambda attempt: scenario.endings.ask(attempt, "Which?", ["field"]),
        "fail": lambda attempt: scenario.endings.fail(attempt, "Broken."),
        "show": lambda attempt: scenario.endings.show(attempt, DETAIL, 0, 0),
    }
    before = scenario.stored
    with pytest.raises(LeaseLost):
        ends[end](first)
    with pytest.raises(LeaseLost):
        scenario.jobs.report_progress(first, "writing", 70)
    with pytest.raises(LeaseLost):
        scenario.jobs.release(first)
    assert scenario.stored == before
    ends[end](second)


def test_only_one_attempt_holds_the_lease(scenario):
    scenario.queue()
    view = scenario.stored
    scenario.claim()
    with pytest.raises(LeaseLost):
        scenario.claim()
    with pytest.raises(LeaseLost):
        scenario.jobs.claim(view, "job_1", 900)
    scenario.now += timedelta(seconds=49)
    with pytest.raises(LeaseLost):
        scenario.claim()
    scenario.now += timedelta(seconds=1)
    assert scenario.claim().number == 2


def test_lease_is_renewed_while_its_holder_works(scenario):
    scenario.queue()
    attempt = scenario.claim()
    for _ in range(20):
        scenario.now += timedelta(seconds=45)
        scenario.jobs.renew(attempt)
        scenario.now += timedelta(seconds=15)
        with pytest.raises(LeaseLost):
            scenario.claim()
    scenario.now += timedelta(seconds=40)
    scenario.jobs.report_progress(attempt, "writing", 70)
    scenario.now += timedelta(seconds=40)
    with pytest.raises(LeaseLost):
        scenario.claim()
    scenario.endings.show(attempt, DETAIL, 0, 0)
    assert scenario.stored.status == ReportStatus.READY


def test_slow_attempt_continues_unless_overtaken(scenario):
    scenario.queue()
    attempt = scenario.claim()
    scenario.now += timedelta(minutes=10)
    view = scenario.stored
    scenario.jobs.renew(attempt)
    with pytest.raises(LeaseLost):
        scenario.jobs.claim(view, "job_1", 900)
    scenario.endings.show(attempt, DETAIL, 0, 0)


def test_job_is_not_failed_if_its_worker_renews_the_lease(scenario):
    scenario.queue()
    for _ in range(MAX_ATTEMPTS):
        attempt = scenario.claim()
        scenario.now += timedelta(minutes=2)
    with pytest.raises(AttemptsExhausted) as exhausted:
        scenario.claim()
    scenario.jobs.renew(attempt)
    with pytest.raises(LeaseLost):
        scenario.endings.fail(exhausted.value.last, "Interrupted.")
    scenario.endings.show(attempt, DETAIL, 0, 0)
    assert scenario.stored.status == ReportStatus.READY


@pytest.mark.parametrize("end", ["ask", "fail", "show", "give up"])
def test_renewal_does_not_restart_an_ended_job(scenario, end):
    scenario.queue()
    attempt = scenario.claim()
    match end:
        case "ask":
            scenario.endings.ask(attempt, "Which?", ["field"])
        case "fail":
            scenario.endings.fail(attempt, "Broken.")
        case "show":
            scenario.endings.show(attempt, DETAIL, 0, 0)
        case "give up":
            scenario.jobs.release(attempt)
    before = scenario.stored
    with pytest.raises(LeaseLost):
        scenario.jobs.renew(attempt)
    with pytest.raises(LeaseLost):
        scenario.jobs.report_progress(attempt, "writing", 70)
    assert scenario.stored == before


def test_job_that_used_up_its_time_is_not_retried(scenario):
    scenario.queue()
    attempt = scenario.claim(seconds=900)
    for _ in range(13):
        scenario.now += timedelta(minutes=1)
        scenario.jobs.renew(attempt)
    scenario.jobs.release(attempt)
    attempt = scenario.claim(seconds=900)
    assert attempt.number == 2
    for _ in range(29):
        scenario.now += timedelta(seconds=30)
        scenario.jobs.renew(attempt)
    scenario.now += timedelta(minutes=3)
    with pytest.raises(AttemptsExhausted, match="took longer") as exhausted:
        scenario.claim()
    scenario.endings.fail(exhausted.value.last, exhausted.value.detail)
    assert scenario.stored.summary["reason"] == OUT_OF_TIME
    scenario.queue("job_2")
    assert scenario.claim("job_2").number == 1


def watched():
    """The due times in the job index."""
    table = stores.reports_table()
    items = table.query("#watched = :job", index="by_due", job="JOB").items
    return [item["due"] for item in items]


def test_a_job_is_watched_until_it_has_ended(scenario):
    assert watched() == []
    scenario.queue()
    assert watched() == ["2025-01-09T12:03:00.000Z"]
    attempt = scenario.claim()
    assert watched() == ["2025-01-09T12:00:50.000Z"]
    scenario.now += timedelta(seconds=30)
    scenario.jobs.renew(attempt)
    assert watched() == ["2025-01-09T12:01:20.000Z"]
    scenario.jobs.release(attempt)
    attempt = scenario.claim()
    scenario.jobs.report_progress(attempt, "writing", 70)
    assert len(watched()) == 1
    scenario.endings.ask(attempt, "Which?", ["field"])
    assert watched() == []
    view = scenario.stored
    scenario.queue("job_2")
    scenario.jobs.unqueue(view, "job_2")
    assert watched() == []


def test_failed_condition_decides_between_stale_and_retry(scenario):
    scenario.queue()
    attempt = scenario.claim()
    table = stores.reports_table()
    absent = table.update({"pk": "x", "sk": "x"}, "SET #a = :a", when="attribute_exists(#pk)", a=1)
    with pytest.raises(Stale):
        scenario.endings.show(attempt, DETAIL, 0, 0, comparison_operations=[absent])
    with pytest.raises(RetryLater):
        scenario.endings.show(attempt, DETAIL, 0, 0, absent)
    scenario.now += timedelta(minutes=2)
    scenario.claim()
    with pytest.raises(LeaseLost):
        scenario.endings.show(attempt, DETAIL, 0, 0, absent)


def test_a_released_lease_is_free_at_once(scenario):
    scenario.queue()
    scenario.jobs.release(scenario.claim())
    assert scenario.claim().number == 2


def test_attempts_are_counted(scenario):
    scenario.queue()
    for number in range(1, MAX_ATTEMPTS + 1):
        attempt = scenario.claim()
        assert attempt.number == number
        scenario.jobs.release(attempt)
    with pytest.raises(AttemptsExhausted) as exhausted:
        scenario.claim()
    scenario.endings.fail(exhausted.value.last, exhausted.value.detail)
    assert scenario.stored.status == ReportStatus.FAILED
    assert scenario.stored.summary["reason"] == INTERRUPTED


@pytest.mark.parametrize("job", ["job_0", "job_2"])
def test_claim_of_another_job_returns_none(scenario, job):
    scenario.queue()
    assert scenario.claim(job) is None


def test_a_job_is_queued_once(scenario):
    view = scenario.stored
    scenario.queue()
    with pytest.raises(ConditionFailed):
        scenario.jobs.queue(view, "job_2", "alice")
    assert scenario.stored.summary["job_id"] == "job_1"


def test_unqueue_does_nothing_once_the_job_has_begun(scenario):
    view = scenario.stored
    scenario.queue()
    attempt = scenario.claim()
    before = scenario.stored
    scenario.jobs.unqueue(view, "job_1")
    assert scenario.stored == before
    scenario.endings.show(attempt, DETAIL, 0, 0)


def test_failure_of_a_reanalysis_leaves_the_report_ready_with_a_note(scenario):
    scenario.queue()
    scenario.endings.show(scenario.claim(), DETAIL, 3, 10)
    scenario.queue("job_2")
    scenario.endings.fail(scenario.claim("job_2"), "The file is gone.")
    stored = scenario.stored
    assert stored.status == ReportStatus.READY
    assert stored.summary["reason"].endswith("The file is gone.")
    assert stored.summary["generation"] == "job_1.1"
    scenario.queue("job_3")
    assert "reason" not in scenario.stored.summary


def test_reasons_are_cut(scenario):
    scenario.queue()
    scenario.endings.ask(scenario.claim(), "x" * 5000, [])
    assert len(scenario.stored.summary["reason"]) == 500
