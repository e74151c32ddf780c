"""Duplicate, unordered and late events give one report per object version."""

import itertools

import pytest

from stockwarden.bootstrap import repositories, stores
from stockwarden.bootstrap.analysis import message_dispatcher
from stockwarden.bootstrap.reports import report_service
from tests.support.gateway import OTHER
from tests.support.reports import (
    CSV,
    announce_all,
    arrive,
    create,
    create_from_files,
    deliver,
    drain,
    event,
    get,
    queued,
    send,
    state,
    store,
)

RULES = b"location_pattern,location_type\nRECV-*,RECEIVING\n"


def listed(caller=None):
    options = {"caller": caller} if caller else {}
    return get("/reports", query={"limit": 100}, **options).json["reports"]


def attempts(report_id):
    return report_service().repository.find(report_id).progress["attempt"]


def claims():
    """The report id of each claim by an object version, sorted."""
    table = stores.reports_table()
    items = table.client.scan(TableName=table.name)["Items"]
    return sorted(item["report_id"]["S"] for item in items if item["pk"]["S"].startswith("OBJECT#"))


@pytest.mark.parametrize("together", [True, False])
def test_duplicate_events_make_one_report_and_one_analysis(together):
    new_report = create()
    arrival = arrive(new_report, "inventory", CSV)
    if together:
        assert deliver(*[arrival] * 5) == []
    else:
        assert [deliver(arrival) for _ in range(5)] == [[]] * 5
    assert [report["status"] for report in listed()] == ["ready"]
    assert attempts(new_report["report_id"]) == 1


ORDERS = list(itertools.permutations(["rules", "first", "second"]))


@pytest.mark.parametrize("order", ORDERS, ids="-".join)
def test_any_order_gives_one_report_per_object_version(order):
    new_report = create(rules_filename="rules.csv")
    intake = {
        "first": arrive(new_report, "inventory", CSV),
        "second": arrive(new_report, "inventory", CSV + b"P-0007,001C,2025-01-07,R-4,Nuts\n"),
        "rules": arrive(new_report, "rules", RULES),
    }
    for _ in range(2):
        assert deliver(*[intake[name] for name in order]) == []
    reports = listed()
    assert [report["status"] for report in reports] == ["ready"] * 2
    assert {report["report_name"] for report in reports} == {"stock"}
    assert sorted(state(report["id"])["rows"]["total"] for report in reports) == [6, 7]
    assert claims() == sorted(report["id"] for report in reports)
    assert {state(report["id"])["layout"]["source"] for report in reports} == {"rules_file"}


def test_the_inventory_waits_for_an_announced_rules_file():
    new_report = create(rules_filename="rules.csv")
    inventory = arrive(new_report, "inventory", CSV)
    for _ in range(2):
        assert deliver(inventory) == []
    waiting = state(new_report["report_id"])
    assert waiting["status"] == "awaiting_upload"
    assert "rules file" in waiting["reason"]
    assert deliver(arrive(new_report, "rules", RULES)) == []
    report = state(new_report["report_id"])
    assert (report["status"], report["reason"]) == ("ready", None)
    assert deliver(inventory) == []
    assert attempts(new_report["report_id"]) == 1


def test_rules_alone_start_nothing():
    new_report = create(rules_filename="rules.csv")
    assert deliver(arrive(new_report, "rules", RULES)) == []
    assert state(new_report["report_id"])["status"] == "awaiting_upload"


@pytest.mark.parametrize("removed", [False, True])
def test_a_late_event_of_a_deleted_report_does_nothing(removed):
    new_report = create()
    arrival = arrive(new_report, "inventory", CSV)
    deliver(arrival)
    send("DELETE", f"/reports/{new_report['report_id']}")
    if removed:
        assert drain() == []
    assert deliver(arrival) == []
    assert listed() == []


def test_an_event_of_an_object_that_is_gone_does_nothing():
    new_report = create()
    arrival = arrive(new_report, "inventory", CSV)
    stores.objects().delete_prefix(f"uploads/{new_report['report_id']}/")
    assert deliver(arrival) == []
    assert state(new_report["report_id"])["status"] == "awaiting_upload"


def test_a_file_that_vanished_after_it_was_claimed_fails_its_report(monkeypatch):
    new_report = create()
    arrival = arrive(new_report, "inventory", CSV)
    jobs = message_dispatcher().intake.jobs
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(jobs, "queue", _interrupt)
        deliver(arrival)
    stores.objects().delete_prefix(f"uploads/{new_report['report_id']}/")
    assert deliver(arrival) == []
    assert state(new_report["report_id"])["status"] == "failed"


def _interrupt(*_, **__):
    raise KeyboardInterrupt


def test_the_form_of_a_multipart_report_announces_itself():
    new_report = create_from_files(rules_file=("rules.csv", RULES, "text/csv"))
    events = announce_all()
    assert deliver(*events, *reversed(events)) == []
    assert [report["id"] for report in listed()] == [new_report["report_id"]]
    assert attempts(new_report["report_id"]) == 1


@pytest.fixture
def alice():
    repositories.user_repository().add("Alice", "hash")


@pytest.mark.parametrize(
    "name", ["stock.csv", "Mein Läger+1 (2).csv", "stock %41.csv", "x" * 300 + ".csv"]
)
@pytest.mark.usefixtures("alice")
def test_a_file_in_a_drop_folder_makes_its_report(name):
    arrival = store(f"drop/alice/{name}", CSV)
    assert deliver(arrival, arrival) == []
    assert deliver(arrival) == []
    (report,) = listed()
    assert report["status"] == "ready"
    assert report["username"] == "alice"
    assert report["filename"] == name.rpartition("/")[2]
    assert listed(OTHER) == []


@pytest.mark.usefixtures("alice")
@pytest.mark.parametrize("folder", ["Alice", "ALICE", " alice"])
def test_drop_folder_matches_its_user_in_any_spelling(folder):
    assert deliver(store(f"drop/{folder}/stock.csv", CSV)) == []
    assert [(report["username"], report["status"]) for report in listed()] == [("alice", "ready")]


@pytest.mark.usefixtures("alice")
def test_each_version_of_a_dropped_file_is_a_report():
    first, second = store("drop/alice/a.csv", CSV), store("drop/alice/a.csv", CSV)
    assert deliver(second, first, second) == []
    reports = listed()
    assert [report["status"] for report in reports] == ["ready", "ready"]
    send("DELETE", f"/reports/{reports[0]['id']}")
    assert drain() == []
    assert deliver(first, second) == []
    assert [report["id"] for report in listed()] == [reports[1]["id"]]
    assert len(announce_all("drop/")) == 1


@pytest.mark.parametrize(
    "message",
    [
        {"Service": "Amazon S3", "Event": "s3:TestEvent", "Bucket": "b"},
        {"Records": []},
        {"Records": [{"eventName": "ObjectRemoved:Delete", "s3": {}}]},
    ],
)
def test_messages_without_work_are_acknowledged(message):
    assert deliver(message) == []


@pytest.mark.parametrize(
    "key", ["drop/alice/", "drop/a.csv", "uploads/x.csv", "uploads/rep_1/other/x.csv", "a", ""]
)
@pytest.mark.usefixtures("alice")
def test_objects_elsewhere_are_ignored(key):
    assert deliver(event(key, "v1")) == []
    assert listed() == []


@pytest.mark.parametrize("message", ["no json", "[]", '{"job": {"kind": "lunch"}}', "{}"])
def test_unknown_message_goes_to_the_dead_letter_queue(message):
    new_report = create()
    failed = deliver(message, arrive(new_report, "inventory", CSV))
    assert len(failed) == 1
    assert state(new_report["report_id"])["status"] == "ready"


@pytest.mark.parametrize(
    "job",
    [
        {"kind": "analysis", "report_id": "rep_none", "job_id": "job_1"},
        {"kind": "removal", "report_id": "rep_none"},
    ],
)
def test_jobs_of_unknown_reports_do_nothing(job):
    assert deliver({"job": job}) == []


def test_removal_touches_no_report_that_was_not_deleted():
    new_report = create()
    deliver(arrive(new_report, "inventory", CSV))
    assert deliver({"job": {"kind": "removal", "report_id": new_report["report_id"]}}) == []
    assert state(new_report["report_id"])["status"] == "ready"


def test_deleting_removes_everything():
    new_report = create(rules_filename="rules.csv")
    arrive(new_report, "rules", RULES)
    deliver(arrive(new_report, "inventory", CSV))
    twin = arrive(new_report, "inventory", CSV)
    deliver(twin)
    arrive(new_report, "rules", RULES)
    other = next(report["id"] for report in listed() if report["id"] != new_report["report_id"])
    assert send("DELETE", f"/reports/{new_report['report_id']}").status == 204
    (removal,) = queued()
    assert deliver(removal, removal) == []
    assert state(other)["status"] == "ready"
    assert get(f"/reports/{other}/preview").status == 200
    assert [e["Records"][0]["s3"]["object"]["versionId"] for e in announce_all()] == [
        twin["Records"][0]["s3"]["object"]["versionId"]
    ]
    for table in (stores.reports_table(), stores.anomalies_table()):
        for item in table.client.scan(TableName=table.name)["Items"]:
            assert new_report["report_id"] not in str(item["pk"])
    send("DELETE", f"/reports/{other}")
    drain()
    assert announce_all("") == []
    for table in (stores.reports_table(), stores.anomalies_table()):
        assert table.client.scan(TableName=table.name)["Items"] == []
