"""Messages not sent by our bucket or functions: refused, counted, without effect."""

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


def stored_content():
    """The content of tables, bucket and queue."""
    tables = (stores.reports_table(), stores.anomalies_table())
    items = [table.client.scan(TableName=table.name)["Items"] for table in tables]
    return items, stores.objects().versions("uploads/"), stores.objects().versions("drop/")


def altered(message, *path, to):
    """The message with the value at `path` replaced; `to=None` removes it."""
    changed = copy.deepcopy(message)
    *way, last = path
    parent = changed["Records"][0]
    for name in way:
        parent = parent[name]
    if to is None:
        del parent[last]
    else:
        parent[last] = to
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
    stored = stored_content()
    capsys.readouterr()
    assert len(deliver(altered(true, *path, to=to))) == 1
    assert stored_content() == stored
    assert capsys.readouterr().out.count('"RefusedMessages":[1.0]') == 1
    assert deliver(true) == []
    (report,) = listed()
    assert report["status"] == "ready"


def test_message_with_one_foreign_event_is_refused():
    """The sweep finds the uploads of our own events in it."""
    true = store("drop/alice/stock.csv", CSV)
    foreign = altered(true, *BUCKET, to="another-bucket")
    merged = {"Records": [*true["Records"], *foreign["Records"]]}
    assert len(deliver(merged)) == 1
    assert listed() == []
    assert deliver(true) == []
    assert len(listed()) == 1


@pytest.mark.parametrize("version", [None, "", "null"])
@pytest.mark.parametrize("prefix", ["drop", "uploads"])
def test_an_event_without_a_version_makes_no_second_report(prefix, version):
    new_report = create() if prefix == "uploads" else None
    true = (
        arrive(new_report, "inventory", CSV) if new_report else store("drop/alice/stock.csv", CSV)
    )
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
    {"kind": "account-mail", "mail": "../page", "username": "alice", "to": "a@example.com"},
    {"kind": "account-mail", "mail": ["verify-email"], "username": "alice", "to": "a@example.com"},
    {"kind": "account-mail", "mail": "verify-email", "username": "alice"},
    {"kind": "account-mail", "mail": "verify-email", "username": "alice", "to": 7},
    {"kind": "account-mail", "mail": "verify-email", "username": "a b", "to": "a@example.com"},
    {"kind": "account-mail", "mail": "reset-password", "login": "alice", "to": "a@example.com"},
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
    new_report = create()
    true = arrive(new_report, "inventory", CSV)
    capsys.readouterr()
    assert len(deliver(body, true)) == 1
    assert capsys.readouterr().out.count('"RefusedMessages":[1.0]') == 1
    assert state(new_report["report_id"])["status"] == "ready"


def test_refused_message_is_counted_once(capsys, monkeypatch):
    record = reports._record
    for count in range(1, 5):
        attributes = {"attributes": {"ApproximateReceiveCount": str(count)}}
        monkeypatch.setattr(
            reports, "_record", lambda message, a=attributes: {**record(message), **a}
        )
        assert len(deliver(event("x", "v")["Records"][0])) == 1
    assert capsys.readouterr().out.count('"RefusedMessages"') == 2  # Its name, and its value.
