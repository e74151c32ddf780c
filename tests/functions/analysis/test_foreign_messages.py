"""Messages that neither our bucket nor our functions send: refused, counted, and nothing done."""

import copy
import json

import pytest

from stockwarden.bootstrap import repositories, stores
from tests.support import reports
from tests.support.reports import CSV, arrive, create, deliver, event, get, state, store


@pytest.fixture(autouse=True)
def _alice():
    repositories.user_repository().add("Alice", "hash")


def listed():
    return get("/reports", query={"limit": 100}).json["reports"]


def everything():
    """All that is stored, in tables, bucket and queue."""
    tables = (stores.reports_table(), stores.anomalies_table())
    items = [table.client.scan(TableName=table.name)["Items"] for table in tables]
    return items, stores.objects().versions("uploads/"), stores.objects().versions("drop/")


def altered(message, *path, to):
    """The message with one value replaced; `to` None takes it away."""
    changed = copy.deepcopy(message)
    *way, last = path
    place = changed["Records"][0]
    for name in way:
        place = place[name]
    if to is None:
        del place[last]
    else:
        place[last] = to
    return changed


BUCKET = ("s3", "bucket", "name")
KEY = ("s3", "object", "key")
FOREIGN_EVENTS = [
    (BUCKET, "another-bucket"),
    (BUCKET, "STOCKWARDEN-TEST"),
    (BUCKET, "stockwarden-test "),
    (BUCKET, "arn:aws:s3:::stockwarden-test"),
    (BUCKET, ""),
    (BUCKET, 7),
    (BUCKET, None),
    (("s3", "bucket"), "stockwarden-test"),
    (("s3", "object"), []),
    (("s3",), None),
    (KEY, None),
    (KEY, 7),
    (("s3", "object", "versionId"), 7),
    (("eventTime",), "yesterday"),
    (("eventTime",), "2025-01-09T13:00:00"),
    (("eventTime",), 1736427600),
    (("eventTime",), None),
    (("eventName",), None),
    (("eventName",), 7),
]


@pytest.mark.parametrize(("path", "to"), FOREIGN_EVENTS, ids=str)
@pytest.mark.parametrize("before", [False, True], ids=["first", "after the true one"])
def test_event_of_another_origin_is_refused(path, to, before, capsys):
    true = store("drop/alice/stock.csv", CSV)
    if before:
        assert deliver(true) == []
    known = everything()
    capsys.readouterr()
    assert len(deliver(altered(true, *path, to=to))) == 1
    assert everything() == known
    assert capsys.readouterr().out.count('"RefusedMessages":[1.0]') == 1
    assert deliver(true) == []
    (report,) = listed()
    assert report["status"] == "ready"


def test_message_with_one_foreign_event_is_refused():
    """What is ours in it, the sweep finds."""
    true = store("drop/alice/stock.csv", CSV)
    foreign = altered(true, *BUCKET, to="another-bucket")
    both = {"Records": [*true["Records"], *foreign["Records"]]}
    assert len(deliver(both)) == 1
    assert listed() == []
    assert deliver(true) == []
    assert len(listed()) == 1


@pytest.mark.parametrize("version", [None, "", "null"])
@pytest.mark.parametrize("prefix", ["drop", "uploads"])
def test_an_event_without_a_version_makes_no_second_report(prefix, version):
    made = create() if prefix == "uploads" else None
    true = arrive(made, "inventory", CSV) if made else store("drop/alice/stock.csv", CSV)
    vague = altered(true, "s3", "object", "versionId", to=version)
    for message in (true, vague, vague, true):
        assert deliver(message) == []
    assert [report["status"] for report in listed()] == ["ready"]


def test_an_event_without_a_version_may_come_first():
    true = store("drop/alice/stock.csv", CSV)
    for message in (altered(true, "s3", "object", "versionId", to=None), true):
        assert deliver(message) == []
    assert [report["status"] for report in listed()] == ["ready"]


def test_a_key_in_another_spelling_is_the_same_object():
    true = store("drop/alice/a b+c.csv", CSV)
    spelled = altered(true, *KEY, to="drop/alice/a%20b%2Bc.csv")
    for message in (true, spelled):
        assert deliver(message) == []
    assert len(listed()) == 1


JOBS = [
    {"kind": "lunch"},
    {"kind": "analysis"},
    {"kind": "analysis", "report_id": "rep_1"},
    {"kind": "analysis", "report_id": 1, "job_id": "job_1"},
    {"kind": "analysis", "report_id": "", "job_id": "job_1"},
    {"kind": "analysis", "report_id": "rep_1#x", "job_id": "job_1"},
    {"kind": "analysis", "report_id": "rep_1", "job_id": "job 1"},
    {"kind": "removal", "report_id": "x" * 81},
    {"kind": "removal", "report_id": None},
    {"kind": "export", "report_id": "rep_1", "export_id": "../.."},
    {"kind": "notice", "report_id": ["rep_1"], "job_id": "job_1"},
    {"kind": "quarantine", "username": "a" * 65, "key": "drop/a/b", "reason": "r"},
    {"kind": "quarantine", "username": "alice", "key": 7, "reason": "r"},
    {"kind": "quarantine", "username": "alice", "key": "elsewhere/a", "reason": "r"},
    "analysis",
    [],
    None,
]
BODIES = [
    "",
    "no json",
    "null",
    "7",
    '"Records"',
    "[]",
    "{}",
    "[" * 100_000,
    '{"Records": {}}',
    '{"Records": [7]}',
    '{"Records": [[]]}',
    '{"Records": null}',
    '{"Event": "s3:Something"}',
    *(json.dumps({"job": job}) for job in JOBS),
]


@pytest.mark.parametrize("body", BODIES, ids=lambda body: body[:60])
def test_message_of_unknown_kind_is_refused(body, capsys):
    made = create()
    true = arrive(made, "inventory", CSV)
    capsys.readouterr()
    assert len(deliver(body, true)) == 1
    assert capsys.readouterr().out.count('"RefusedMessages":[1.0]') == 1
    assert state(made["report_id"])["status"] == "ready"


def test_refused_message_is_counted_once(capsys, monkeypatch):
    record = reports._record
    for count in range(1, 5):
        attributes = {"attributes": {"ApproximateReceiveCount": str(count)}}
        monkeypatch.setattr(reports, "_record", lambda one, a=attributes: {**record(one), **a})
        assert len(deliver(event("x", "v")["Records"][0])) == 1
    assert capsys.readouterr().out.count('"RefusedMessages"') == 2  # Its name, and its value.
