"""Killed exports are recovered like killed analyses."""

from threading import Event

import pytest

from stockwarden.bootstrap import stores
from stockwarden.bootstrap.analysis import message_dispatcher
from stockwarden.exports import content, job
from sweep import app
from tests.functions.analysis.crashes import Killed, killed_at, points_to_try
from tests.functions.analysis.results import ready
from tests.support.gateway import Context
from tests.support.reports import deliver, drain, get, queued, send

NOTHING = {"expired": 0, "forgotten": 0}
# The first writes of an export: its message is received, it is begun, its file is written.
BEGUN = 6


@pytest.fixture
def report():
    return ready()


def sweep():
    return app.handler({"task": "jobs"}, Context())


def ask(report, form="csv"):
    """Requests an export; returns (path, message)."""
    path = f"/reports/{report['id']}/exports"
    export = send("POST", path, json={"format": form}).json
    (message,) = queued()
    return f"{path}/{export['id']}", message


def status(path):
    return get(path).json["status"]


def die(message, point=BEGUN):
    with killed_at(point), pytest.raises(Killed):
        deliver(message)


def test_export_killed_at_any_write_is_ready_within_two_minutes(clock, report):
    _, message = ask(report)
    points = points_to_try(lambda: deliver(message))
    assert points[-1] >= 4
    for point in points:
        path, message = ask(report)
        die(message, point)
        if status(path) == "writing":
            clock(minutes=1)
            assert sweep() == {"expired": 1, "forgotten": 0}
        else:
            clock(minutes=4)
            sweep()
        assert drain() == []
        assert status(path) == "ready", f"killed at write {point}"
        assert deliver(message) == []
        assert sweep() == NOTHING


def test_export_that_kills_its_worker_is_tried_three_times(clock, report, capsys):
    path, message = ask(report)
    for _ in range(3):
        die(message)
        assert status(path) == "writing"
        clock(minutes=1)
        assert sweep() == {"expired": 1, "forgotten": 0}
        (message,) = queued()
    capsys.readouterr()
    assert deliver(message) == []
    assert '"AbandonedJobs":[1.0]' in capsys.readouterr().out
    failed = get(path).json
    assert failed["status"] == "failed"
    assert "interrupted" in failed["reason"]
    assert sweep() == NOTHING


def test_slow_worker_keeps_the_export_lease(clock, report, monkeypatch):
    path, message = ask(report)
    repository, renewed = message_dispatcher().exports.repository, Event()
    renew, fields_of = repository.renew, content.fields_of

    def keep(export):
        renew(export)
        renewed.set()

    def slowly(*arguments):
        monkeypatch.setattr(content, "fields_of", fields_of)
        for _ in range(5):
            clock(seconds=45)
            for _ in range(2):
                renewed.clear()
                assert renewed.wait(10)
            assert sweep() == NOTHING
        assert deliver(message) == []
        return fields_of(*arguments)

    monkeypatch.setattr(job, "RENEWAL_SECONDS", 0.01)
    monkeypatch.setattr(repository, "renew", keep)
    monkeypatch.setattr(content, "fields_of", slowly)
    assert deliver(message) == []
    assert status(path) == "ready"


def test_worker_that_lost_the_lease_changes_nothing(clock, report, monkeypatch):
    path, message = ask(report)
    fields_of, exports = content.fields_of, []

    def sleep(*arguments):
        monkeypatch.setattr(content, "fields_of", fields_of)
        clock(minutes=2)
        assert sweep() == {"expired": 1, "forgotten": 0}
        assert drain() == []
        exports.append(get(path).json)
        return fields_of(*arguments)

    monkeypatch.setattr(content, "fields_of", sleep)
    assert deliver(message) == []
    (finished,) = exports
    assert finished["status"] == "ready"
    now = get(path).json
    assert {**now, "url": 0, "url_expires_at": 0} == {**finished, "url": 0, "url_expires_at": 0}


def test_crashed_export_can_be_begun_again(report, monkeypatch):
    path, message = ask(report)
    with monkeypatch.context() as patch:
        patch.setattr(content, "fields_of", lambda *_: 1 / 0)
        assert len(deliver(message)) == 1
    assert deliver(message) == []
    assert status(path) == "ready"


def test_export_of_a_deleted_report_is_not_restarted(clock, report):
    _, message = ask(report)
    die(message)
    assert send("DELETE", f"/reports/{report['id']}").status == 204
    assert drain() == []
    clock(minutes=5)
    assert sweep() == NOTHING
    table = stores.reports_table()
    assert table.query("#watched = :job", index="by_due", job="JOB").items == []
