"""The job that removes an account, killed and failing at each of its calls; and with analyses and
requests at the same time."""

import json

import botocore.client
import pytest

from stockwarden.bootstrap import stores
from stockwarden.bootstrap.analysis import message_dispatcher
from stockwarden.identity.access import Role
from stockwarden.reports.job_endings import JobEndings
from stockwarden.storage.attributes import from_attributes
from tests.functions.analysis.crashes import Killed, killed_at, points_to_try
from tests.functions.analysis.snapshots import LAYOUT, OTHER, STUCK, announce, snapshot
from tests.functions.analysis.test_account_removal import ids, lists_of, owners
from tests.support.failing import refusal
from tests.support.gateway import USER
from tests.support.leaving import (
    PASSWORD,
    caller_of,
    dismiss,
    everything,
    leave,
    profile_of,
    register,
    removal,
    remove_all,
)
from tests.support.reports import (
    CSV,
    arrive,
    create,
    create_warehouse,
    deliver,
    drain,
    get,
    send,
    share,
    state,
)
from tests.support.saved import restore, save

WRITES = ("PutItem", "UpdateItem", "DeleteItem", "TransactWriteItems", "BatchWriteItem")


@pytest.fixture(autouse=True)
def _people(clock):
    register("alice", "bob", "oscar")
    register("root.admin", role=Role.ADMIN)


@pytest.fixture
def admin():
    return caller_of("root.admin")


def shared_warehouse():
    warehouse = create_warehouse(layout=LAYOUT)["id"]
    share(warehouse, "oscar", "operator")
    snapshot(warehouse, 6, STUCK, OTHER)
    snapshot(None, 8, STUCK)
    return warehouse


def outcome():
    """What is stored at the end, but for ids and times that always differ."""
    items = [item for item in everything() if not item["pk"].startswith("RATE#")]
    return sorted((item["pk"], item["sk"]) for item in items), owners(items)


def hidden():
    """The ids of reports that are deleted, and not removed yet."""
    return [item["id"] for item in everything() if item["sk"] == "TOMBSTONE"]


def killed_anywhere(clock, begin):
    """Kills the job at every write of every message; it ends alike each time."""
    begin()
    ready = save()
    remove_all("alice", clock)
    expected = outcome()
    restore(ready)
    points = points_to_try(lambda: deliver(removal("alice")))
    for number in points:
        restore(ready)
        with pytest.raises(Killed), killed_at(number):
            deliver(removal("alice"))
        drain()
        for report_id in hidden():
            # As the message says that the queue holds back for ten minutes.
            assert deliver({"job": {"kind": "removal", "report_id": report_id}}) == []
        remove_all("alice", clock)
        assert outcome() == expected, f"killed at write {number}"
    return points


def test_a_handover_that_is_killed(clock, admin):
    shared_warehouse()
    assert killed_anywhere(clock, lambda: dismiss(admin, "alice", "bob"))[-1] > 5
    assert owners(everything()) == {"bob"}


def test_a_removal_that_is_killed(clock):
    warehouse = create_warehouse(layout=LAYOUT)["id"]
    snapshot(warehouse, 6, STUCK)
    assert killed_anywhere(clock, lambda: leave(caller_of("alice")))[-1] > 10
    assert list(stores.objects().versions("uploads/")) == []


def failing_at(monkeypatch, number, *, after):
    """Makes the `number`th write to the tables or the queue fail: before it is made, as a refusal,
    or `after`, as a time-out. Returns the list of their names."""
    call, made = botocore.client.BaseClient._make_api_call, []

    def fail(client, operation, request):
        is_write = operation in WRITES or operation == "SendMessage"
        if not is_write or "stand-in" in request.get("MessageBody", ""):
            return call(client, operation, request)
        made.append(operation)
        if len(made) != number:
            return call(client, operation, request)
        if after:
            call(client, operation, request)
        raise refusal("InternalServerError" if operation in WRITES else "InternalFailure", 500)

    monkeypatch.setattr(botocore.client.BaseClient, "_make_api_call", fail)
    return made


@pytest.mark.parametrize("after", [False, True])
def test_a_handover_whose_calls_fail(clock, admin, monkeypatch, after):
    shared_warehouse()
    before = lists_of(USER)
    dismiss(admin, "alice", "bob")
    ready = save()
    for number in range(1, 40):
        restore(ready)
        with monkeypatch.context() as patched:
            made = failing_at(patched, number, after=after)
            deliver(removal("alice"))
        if len(made) < number:
            break
        remove_all("alice", clock)
        assert owners(everything()) == {"bob"}
        assert lists_of(caller_of("bob")) == before
    assert number > 5


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("route", ["own", "admin"])
def test_requests_whose_calls_fail_close_the_account_or_leave_it(
    clock, admin, monkeypatch, route, after
):
    """An account that can sign in has its things; one that is closed is removed, whatever its
    answer was."""
    warehouse = create_warehouse(layout=LAYOUT)["id"]
    ready = save()
    alice = caller_of("alice")
    for number in range(1, 30):
        restore(ready)
        with monkeypatch.context() as patched:
            made = failing_at(patched, number, after=after)
            answer = leave(alice) if route == "own" else dismiss(admin, "alice", "bob")
        if len(made) < number:
            break
        assert answer.status in {204, 503}
        closed = "leaving" in profile_of("alice")
        assert closed or answer.status == 503
        credentials = {"username": "alice", "password": PASSWORD}
        signed_in = send("POST", "/auth/login", caller=None, json=credentials)
        assert signed_in.status == (401 if closed else 200)
        deliver(removal("alice"))
        left = ids("/warehouses", caller_of("bob") if route == "admin" and closed else alice)
        assert left == ([] if route == "own" and closed else [warehouse])
        if closed:
            # Its message was sent before.
            assert "SendMessage" in made[: made.index("TransactWriteItems")]
    assert number > 2


def test_an_analysis_that_ends_after_its_report_was_handed_over(clock, admin, monkeypatch):
    """It has read who owns the report before."""
    warehouse = create_warehouse(layout=LAYOUT)["id"]
    snapshot(warehouse, 6, STUCK)
    report, message = announce(warehouse, 7, STUCK, OTHER)
    dismiss(admin, "alice", "bob")
    show = JobEndings.show

    def late(self, *arguments, **options):
        monkeypatch.setattr(JobEndings, "show", show)
        message_dispatcher().work(json.dumps(removal("alice")), 30)
        return show(self, *arguments, **options)

    monkeypatch.setattr(JobEndings, "show", late)
    assert deliver(message) == []  # It comes later, by a message of its own.
    assert deliver(message) == []
    remove_all("alice", clock)
    bob = caller_of("bob")
    assert state(report, caller=bob)["status"] == "ready"
    assert {found.partition("-")[0] for found in ids("/anomalies", bob)} == {report}
    assert pointers("alice") == []


def pointers(username):
    table = stores.anomalies_table()
    items = map(from_attributes, table.client.scan(TableName=table.name)["Items"])
    return [item for item in items if item["pk"].startswith(f"REPORTS#{username}#")]


def test_a_report_that_moves_into_a_warehouse_while_that_is_handed_over(clock, admin):
    """Bob's report, into the warehouse of Alice, who leaves it to Oscar."""
    warehouse = create_warehouse(layout=LAYOUT)["id"]
    share(warehouse, "bob", "manager")
    bob = caller_of("bob")
    form = create(caller=bob)
    report = form["report_id"]
    assert deliver(arrive(form, "inventory", CSV)) == []
    body = {"warehouse_id": warehouse}
    assert send("PATCH", f"/reports/{report}", caller=bob, json=body).status == 202
    dismiss(admin, "alice", "oscar")
    assert deliver(removal("alice")) == []
    assert drain() == []
    oscar = caller_of("oscar")
    assert state(report, caller=oscar)["username"] == "oscar"
    assert get(f"/reports/{report}", caller=bob).status == 200
    assert ids("/anomalies", oscar) == ids("/anomalies", bob) != []


def test_two_messages_at_once_end_like_one(clock, admin):
    shared_warehouse()
    before = lists_of(USER)
    dismiss(admin, "alice", "bob")
    for _ in range(3):
        assert deliver(removal("alice"), removal("alice")) == []
        clock(minutes=20)
    assert profile_of("alice") is None
    assert lists_of(caller_of("bob")) == before
