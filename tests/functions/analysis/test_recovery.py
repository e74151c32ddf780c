"""Jobs of dead workers are restarted within two minutes and abandoned within ten."""

import json
from threading import Event

import pytest

from stockwarden.analysis import job, pipeline, recovery
from stockwarden.bootstrap import stores
from stockwarden.bootstrap.analysis import message_dispatcher
from stockwarden.bootstrap.reports import report_service
from stockwarden.bootstrap.sweep import job_recovery
from stockwarden.core.errors import Unavailable
from stockwarden.reports.attempts import INTERRUPTED, OUT_OF_TIME
from stockwarden.storage import clients
from sweep import app
from tests.functions.analysis.crashes import Killed, killed_at, leftovers, points_to_try, visible
from tests.support.aws import forget_reports
from tests.support.capacity import measure
from tests.support.gateway import USER, Context
from tests.support.reports import (
    CSV,
    arrive,
    create,
    create_warehouse,
    deliver,
    drain,
    get,
    queued,
    send,
    state,
)

NOTHING = {"expired": 0, "forgotten": 0}
# The first writes of an analysis: the message is passed on, hidden, the object claimed, the job
# queued, the job claimed, …
QUEUED, UNDER_WAY = 7, 9


def sweep():
    counts: dict[str, int] = app.handler({"task": "jobs"}, Context())
    return counts


def upload(**fields):
    new_report = create(warehouse_id=create_warehouse()["id"], **fields)
    return new_report["report_id"], arrive(new_report, "inventory", CSV)


def die(message, point=UNDER_WAY):
    with killed_at(point), pytest.raises(Killed):
        deliver(message)


def minutes_until(report_id, clock, *settled):
    """The minutes until the report is settled, with a sweep and its messages each minute."""
    for minute in range(1, 12):
        clock(minutes=1)
        sweep()
        assert drain() == []
        if state(report_id)["status"] in settled:
            return minute
    raise AssertionError(f"still {state(report_id)['status']}")


def test_job_killed_at_any_write_is_restarted_without_its_message(clock):
    report_id, message = upload()
    points = points_to_try(lambda: deliver(message))
    model = visible(report_id)
    for point in points:
        forget_reports()
        report_id, message = upload()
        die(message, point)
        match state(report_id)["status"]:
            case "analyzing":
                assert minutes_until(report_id, clock, "ready") <= 2, f"killed at write {point}"
            case "queued":
                assert minutes_until(report_id, clock, "ready") <= 4, f"killed at write {point}"
            case status:
                # The job was not started, or its result is published.
                assert status in {"awaiting_upload", "ready"}
                clock(minutes=16)
        # The dead worker's message comes back when the queue's time-out has passed.
        assert deliver(message) == []
        assert visible(report_id) == model, f"killed at write {point}"
        clock(hours=1)
        assert deliver(message) == []
        assert leftovers(report_id) == (set(), set()), f"killed at write {point}"
        assert sweep() == NOTHING


def test_job_that_kills_its_worker_is_tried_three_times(clock):
    report_id, message = upload()
    messages = [message]
    for _ in range(3):
        die(messages[-1])
        assert state(report_id)["status"] == "analyzing"
        clock(minutes=1)
        assert sweep() == {"expired": 1, "forgotten": 0}
        (message,) = queued()
        messages.append(message)
    # A worker that dies at once: at most six minutes for three leases and sweeps.
    assert deliver(message) == []
    report = state(report_id)
    assert (report["status"], report["reason"]) == ("failed", INTERRUPTED)
    assert leftovers(report_id) == (set(), set())
    clock(minutes=16)
    assert [deliver(message) for message in messages] == [[]] * 4
    assert state(report_id) == report
    assert sweep() == NOTHING
    assert send("POST", f"/reports/{report_id}/reanalysis", json={}).status == 202
    assert drain() == []
    assert state(report_id)["status"] == "ready"


def test_job_that_uses_up_its_time_fails_at_once(clock, monkeypatch):
    report_id, message = upload()
    renewals = renewing(monkeypatch)

    def dawdle(*_, **__):
        clock(minutes=14.5)
        renewals.wait()
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(pipeline, "evaluate", dawdle)
        patch.setattr(Context, "get_remaining_time_in_millis", lambda _: 900_000)
        patch.setattr(message_dispatcher().analysis.jobs, "release", lambda _: None)
        with pytest.raises(Killed):
            deliver(message)
    assert minutes_until(report_id, clock, "failed") <= 2
    assert state(report_id)["reason"] == OUT_OF_TIME


class Renewals:
    """Waits for two renewals of the lease, one of which began after the call."""

    def __init__(self, renew):
        self.renew = renew
        self.done = Event()

    def __call__(self, attempt):
        self.renew(attempt)
        self.done.set()

    def wait(self):
        for _ in range(2):
            self.done.clear()
            assert self.done.wait(10)


def renewing(monkeypatch):
    monkeypatch.setattr(job, "RENEWAL_SECONDS", 0.01)
    jobs = message_dispatcher().analysis.jobs
    renewals = Renewals(jobs.renew)
    monkeypatch.setattr(jobs, "renew", renewals)
    return renewals


def test_slow_worker_keeps_the_job(clock, monkeypatch):
    report_id, message = upload()
    renewals = renewing(monkeypatch)
    evaluate, sweeps = pipeline.evaluate, []

    def slowly(*arguments, **options):
        for _ in range(12):
            clock(seconds=45)
            renewals.wait()
            sweeps.append(sweep())
        assert deliver(message) == []
        return evaluate(*arguments, **options)

    monkeypatch.setattr(pipeline, "evaluate", slowly)
    assert deliver(message) == []
    assert sweeps == [NOTHING] * 12
    assert state(report_id)["status"] == "ready"
    assert report_service().repository.find(report_id).progress["attempt"] == 1


def test_worker_that_lost_the_lease_cannot_publish(clock, monkeypatch):
    report_id, message = upload()
    evaluate = pipeline.evaluate

    def sleep(*arguments, **options):
        for _ in range(2):
            clock(minutes=2)
            assert sweep()["expired"] == 1
            die(queued()[0])
        clock(minutes=2)
        assert sweep()["expired"] == 1
        assert drain() == []
        return evaluate(*arguments, **options)

    monkeypatch.setattr(pipeline, "evaluate", sleep)
    assert deliver(message) == []
    report = state(report_id)
    assert (report["status"], report["reason"]) == ("failed", INTERRUPTED)
    assert leftovers(report_id) == (set(), set())


def test_a_job_whose_message_was_never_sent(clock, monkeypatch):
    """The API's process died between the two writes, after the two counts of its limits."""
    report_id, message = upload()
    deliver(message)
    path = f"/reports/{report_id}/reanalysis"
    queue = report_service().queue
    with monkeypatch.context() as patch, pytest.raises(Killed), killed_at(4):
        patch.setattr(queue, "send", _die)
        report_service().reanalyze(USER, report_id, _reanalysis())
    assert state(report_id)["status"] == "queued"
    assert minutes_until(report_id, clock, "ready") <= 4
    assert send("POST", path, json={}).status == 202


def _die(_):
    raise Killed


def _reanalysis():
    from stockwarden.reports.requests import Reanalysis

    return Reanalysis()


def test_job_in_a_long_queue_is_not_restarted(clock, monkeypatch):
    report_id, message = upload()
    other, killed = upload()
    die(message, QUEUED)
    assert state(report_id)["status"] == "queued"
    die(killed)
    clock(minutes=4)
    with monkeypatch.context() as patch:
        patch.setattr(stores.analysis_queue(), "waiting", lambda: 101)
        assert sweep() == {"expired": 1, "forgotten": 0}
    job = {"kind": "analysis", "report_id": other, "job_id": _job_of(other), "sender": "alice"}
    assert [message for message in queued() if "job" in message] == [{"job": job}]
    assert sweep() == NOTHING
    clock(minutes=4)
    assert sweep() == {"expired": 0, "forgotten": 2}


def _job_of(report_id):
    return report_service().repository.find(report_id).summary["job_id"]


def test_an_expired_lease_is_announced_once(clock):
    report_id, message = upload()
    die(message)
    clock(seconds=45)
    assert sweep() == NOTHING
    clock(seconds=6)
    assert sweep() == {"expired": 1, "forgotten": 0}
    assert sweep() == NOTHING
    clock(minutes=4)
    # The message may be lost, since nobody received it; no worker died again.
    assert sweep() == {"expired": 0, "forgotten": 1}
    assert drain() == []
    assert state(report_id)["status"] == "ready"


def test_killed_recovery_run_is_completed_by_the_next(clock):
    def upload_abandoned():
        uploads = [upload() for _ in range(2)]
        for _, message in uploads:
            die(message)
        clock(minutes=1)
        return [report_id for report_id, _ in uploads]

    upload_abandoned()
    points = points_to_try(sweep)
    assert points[-1] == 4
    for point in points:
        forget_reports()
        queued()
        reports = upload_abandoned()
        with killed_at(point), pytest.raises(Killed):
            sweep()
        sweep()
        assert drain() == []
        assert [state(report_id)["status"] for report_id in reports] == ["ready"] * 2


def test_unavailable_queue_loses_no_job(clock, monkeypatch):
    report_id, message = upload()
    die(message)
    clock(minutes=1)

    def away(_):
        raise Unavailable("The queue does not answer.")

    with monkeypatch.context() as patch, pytest.raises(Unavailable):
        patch.setattr(job_recovery().queue, "send", away)
        sweep()
    assert sweep()["expired"] == 1
    assert drain() == []
    assert state(report_id)["status"] == "ready"


def test_jobs_of_deleted_reports_are_not_restarted(clock):
    report_id, message = upload()
    die(message)
    assert send("DELETE", f"/reports/{report_id}").status == 204
    clock(minutes=1)
    assert sweep() == NOTHING
    clock(minutes=10)
    assert sweep() == NOTHING
    assert drain() == []
    assert get(f"/reports/{report_id}").status == 404
    table = stores.reports_table()
    items = table.client.scan(TableName=table.name)["Items"]
    assert not [item for item in items if report_id in str(item)]


def test_recovery_run_is_bounded_and_the_next_continues(clock, monkeypatch):
    monkeypatch.setattr(recovery, "_JOBS", 2)
    reports = [upload() for _ in range(3)]
    for _, message in reports:
        die(message)
    clock(minutes=1)
    assert [sweep()["expired"] for _ in range(3)] == [2, 1, 0]
    assert drain() == []
    assert [state(report_id)["status"] for report_id, _ in reports] == ["ready"] * 3


def test_recovery_run_without_work_writes_nothing(clock, capsys):
    deliver(upload()[1])
    capsys.readouterr()
    with measure(clients.dynamodb()) as units:
        assert sweep() == NOTHING
    assert [operation for operation, _, _ in units.calls] == ["Query"]
    assert (units.reads, units.writes) == (0.5, 0)
    assert capsys.readouterr().out == ""


def test_restarted_jobs_are_counted(clock, capsys):
    for _ in range(2):
        die(upload()[1])
    die(upload()[1], QUEUED)
    clock(minutes=4)
    capsys.readouterr()
    assert sweep() == {"expired": 2, "forgotten": 1}
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    (counted,) = [line for line in lines if "_aws" in line]
    assert counted["ExpiredLeases"] == [2.0]
    assert counted["ForgottenJobs"] == [1.0]
