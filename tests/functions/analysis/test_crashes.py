"""Analyses that are killed, overtaken, or crash repeatedly."""

import json

import pytest

from stockwarden.analysis import pipeline
from stockwarden.bootstrap import repositories, stores
from stockwarden.bootstrap.analysis import message_dispatcher
from stockwarden.bootstrap.reports import report_removal_service, report_service
from stockwarden.reports.attempts import INTERRUPTED
from tests.functions.analysis.crashes import (
    Killed,
    killed_at,
    leftovers,
    points_to_try,
    visible,
)
from tests.support.aws import forget_reports
from tests.support.gateway import USER
from tests.support.reports import (
    CSV,
    arrive,
    create,
    create_warehouse,
    deliver,
    get,
    queued,
    send,
    state,
    store,
)


def upload(warehouse_id):
    new_report = create(warehouse_id=warehouse_id)
    return new_report["report_id"], arrive(new_report, "inventory", CSV)


def from_upload(warehouse_id):
    """A presigned upload: (arrival message, function that returns the report id)."""
    report_id, message = upload(warehouse_id)
    return message, lambda: report_id


def from_upload_with_rules(warehouse_id):
    new_report = create(warehouse_id=warehouse_id, rules_filename="rules.csv")
    arrive(new_report, "rules", b"location_pattern,location_type\nRECV-*,RECEIVING\n")
    return arrive(new_report, "inventory", CSV), lambda: new_report["report_id"]


def from_drop(_):
    return store("drop/alice/stock.csv", CSV), new_report_finder()


def from_second_version(warehouse_id):
    """The same form used twice: the second file becomes a separate report."""
    new_report = create(warehouse_id=warehouse_id)
    deliver(arrive(new_report, "inventory", CSV))
    return arrive(new_report, "inventory", CSV), new_report_finder()


def new_report_finder():
    """A function that returns the id of the report created after this call."""

    def ids():
        return {report["id"] for report in get("/reports", query={"limit": 100}).json["reports"]}

    before = ids()

    def find():
        new = ids() - before
        assert len(new) <= 1
        return new.pop() if new else None

    return find


@pytest.mark.parametrize(
    "arrival", [from_upload, from_upload_with_rules, from_drop, from_second_version]
)
def test_retry_completes_an_analysis_killed_at_any_write(clock, arrival):
    repositories.user_repository().add("alice", "hash")
    warehouse = create_warehouse()["id"]
    message, find = arrival(warehouse)
    points = points_to_try(lambda: deliver(message))
    model = visible(find())
    assert model[0]["status"] == "ready"
    assert points[-1] > 8
    # The jobs differ only in how they start.
    for point in points if arrival is from_upload else points[:4]:
        forget_reports()
        message, find = arrival(create_warehouse()["id"])
        with killed_at(point), pytest.raises(Killed):
            deliver(message)
        if find():
            report, _, anomalies = visible(find())
            assert (
                (report["status"] == "ready") == bool(anomalies) == bool(report["counts"]["total"])
            )
        clock(hours=1)
        assert deliver(message) == []
        assert visible(find()) == model, f"killed at write {point}"
        clock(hours=1)
        assert deliver(message) == []
        assert leftovers(find()) == (set(), set()), f"killed at write {point}"


def test_reanalysis_killed_at_any_write_shows_old_or_new_result(clock):
    def analyzed():
        report_id, message = upload(create_warehouse()["id"])
        deliver(message)
        return report_id

    def asked_again(report_id):
        request = {"as_of": "2025-01-09T23:30:00"}
        assert send("POST", f"/reports/{report_id}/reanalysis", json=request).status == 202
        (message,) = queued()
        return message

    model_id = analyzed()
    old = visible(model_id)
    message = asked_again(model_id)
    points = points_to_try(lambda: deliver(message))
    new = visible(model_id)
    assert len(new[2]) > len(old[2])
    for point in points:
        forget_reports()
        report_id = analyzed()
        message = asked_again(report_id)
        with killed_at(point), pytest.raises(Killed):
            deliver(message)
        assert visible(report_id)[2] in (old[2], new[2])
        clock(hours=1)
        assert deliver(message) == []
        assert visible(report_id) == new, f"killed at write {point}"
        clock(hours=1)
        assert deliver(message) == []
        assert leftovers(report_id) == (set(), set()), f"killed at write {point}"


def test_a_removal_killed_at_any_write_is_completed(clock):
    def deleted():
        report_id, message = upload(create_warehouse()["id"])
        deliver(message)
        assert send("DELETE", f"/reports/{report_id}").status == 204
        (message,) = queued()
        return report_id, message

    _, message = deleted()
    points = points_to_try(lambda: deliver(message))
    for point in points:
        forget_reports()
        report_id, message = deleted()
        with killed_at(point), pytest.raises(Killed):
            deliver(message)
        assert get(f"/reports/{report_id}").status == 404
        assert deliver(message) == []
        for table in (stores.reports_table(), stores.anomalies_table()):
            items = table.client.scan(TableName=table.name)["Items"]
            assert not [item for item in items if report_id in str(item)], f"at write {point}"
        objects = stores.objects()
        assert objects.versions("uploads/") == objects.versions("analyses/") == []


def test_analysis_that_always_crashes_fails(monkeypatch):
    def crash(*_, **__):
        raise ZeroDivisionError("a bug")

    new_report = create()
    message = arrive(new_report, "inventory", CSV)
    monkeypatch.setattr(pipeline, "evaluate", crash)
    for _ in range(3):
        assert len(deliver(message)) == 1
        assert state(new_report["report_id"])["status"] == "analyzing"
    assert deliver(message) == []
    report = state(new_report["report_id"])
    assert (report["status"], report["reason"]) == ("failed", INTERRUPTED)
    assert deliver(message) == []
    monkeypatch.undo()
    assert send("POST", f"/reports/{new_report['report_id']}/reanalysis", json={}).status == 202
    assert deliver(*queued()) == []
    assert state(new_report["report_id"])["status"] == "ready"


def test_running_report_is_left_to_its_lease_holder(clock):
    new_report = create()
    message = arrive(new_report, "inventory", CSV)
    with killed_at(9), pytest.raises(Killed):
        deliver(message)
    assert state(new_report["report_id"])["status"] == "analyzing"
    assert deliver(message) == []
    assert state(new_report["report_id"])["status"] == "analyzing"
    clock(minutes=1)
    assert deliver(message) == []
    assert state(new_report["report_id"])["status"] == "ready"


@pytest.mark.usefixtures("clock")
def test_an_attempt_that_was_overtaken_leaves_no_trace(clock, monkeypatch):
    new_report = create()
    message = arrive(new_report, "inventory", CSV)
    evaluate = pipeline.evaluate

    def be_overtaken(*arguments, **options):
        monkeypatch.setattr(pipeline, "evaluate", evaluate)
        clock(hours=1)
        (outcome,) = message_dispatcher().work(json.dumps(message), 30)
        assert outcome.status == "ready"
        return evaluate(*arguments, **options)

    monkeypatch.setattr(pipeline, "evaluate", be_overtaken)
    assert deliver(message) == []
    report = report_service().repository.find(new_report["report_id"])
    assert report.progress["attempt"] == 2
    assert report.summary["generation"].endswith(".2")
    assert state(new_report["report_id"])["status"] == "ready"
    clock(hours=1)
    assert deliver(message) == []
    assert leftovers(new_report["report_id"]) == (set(), set())


def test_report_deleted_during_its_analysis(monkeypatch):
    new_report = create()
    message = arrive(new_report, "inventory", CSV)
    evaluate = pipeline.evaluate

    def delete_meanwhile(*arguments, **options):
        report_removal_service().remove(USER, new_report["report_id"])
        return evaluate(*arguments, **options)

    monkeypatch.setattr(pipeline, "evaluate", delete_meanwhile)
    assert deliver(message) == []
    assert deliver(message) == []
    assert deliver(*queued()) == []
    assert get(f"/reports/{new_report['report_id']}").status == 404
    for table in (stores.reports_table(), stores.anomalies_table()):
        assert table.client.scan(TableName=table.name)["Items"] == []
