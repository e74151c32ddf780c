"""What people are told: by whom, once, to those who may know it; and what they have read."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from stockwarden.analysis import job
from stockwarden.bootstrap import repositories, stores
from stockwarden.core.errors import Unavailable
from stockwarden.notifications.kinds import NotificationKind
from stockwarden.operations.notifications import NotificationRepository
from stockwarden.operations.personal import PersonalItems
from stockwarden.storage import clients
from tests.engine.anomalies.anomaly_factory import findings, publish, store_warehouse
from tests.support.capacity import measure
from tests.support.failing import BUSY, fail_operation
from tests.support.gateway import ADMIN, OTHER, USER
from tests.support.problems import problem
from tests.support.reports import (
    arrive,
    create,
    create_warehouse,
    deliver,
    get,
    queued,
    send,
    share,
    state,
)
from tests.support.snapshots import snapshot

UNSURE = b"Pallet ID,Location,Received At\nP-1,RECV-01,03/04/2025\nP-2,RECV-01,05/06/2025\n"
PATH = "/users/me/notifications"
FIRST = datetime(2026, 3, 2, 6, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _people(aws):
    users = repositories.user_repository()
    for caller in (USER, OTHER, OSCAR):
        users.add(caller.username, "no password", user_id=caller.user_id)


OSCAR = replace(OTHER, username="oscar", user_id="usr_oscar")


def told(caller=USER, **query):
    answer = get(PATH, caller=caller, query=query)
    assert answer.status == 200, answer.body
    return answer.json["notifications"]


def unread(caller=USER):
    return get(PATH, caller=caller).json["unread"]


def tell(number=0, caller=USER, report="rep_1"):
    repositories.notification_repository().add(
        caller.user_id,
        NotificationKind.REPORT_READY,
        (FIRST + timedelta(hours=number)).isoformat(timespec="milliseconds"),
        str(number),
        facts={"report_id": report},
    )


def analyze(body=UNSURE, **fields):
    new_report = create(**fields)
    message = arrive(new_report, "inventory", body)
    assert deliver(message) == []
    return new_report["report_id"], message


# ---- Reports ----


def test_who_sent_a_report_is_told_what_became_of_it():
    asks, _ = analyze()
    failed, _ = analyze(b"\x00")
    kinds = [(entry["kind"], entry["report"]["id"], entry["read"]) for entry in told()]
    assert kinds == [("report_failed", failed, False), ("report_question", asks, False)]
    assert told()[0]["report"]["name"] == state(failed)["report_name"]
    assert (unread(), unread(OTHER)) == (2, 0)


def test_the_owner_of_the_warehouse_is_told_too_and_both_once():
    warehouse = create_warehouse()["id"]
    share(warehouse, "bob", "operator")
    new_report = create(warehouse_id=warehouse, caller=OTHER)
    message = arrive(new_report, "inventory", UNSURE)
    assert deliver(message, message) == []
    for caller in (USER, OTHER):
        (entry,) = told(caller)
        assert (entry["kind"], entry["report"]["id"]) == (
            "report_question",
            new_report["report_id"],
        )


def test_who_has_lost_the_report_learns_nothing_of_it():
    warehouse = create_warehouse()["id"]
    share(warehouse, "bob", "operator")
    new_report = create(warehouse_id=warehouse, caller=OTHER)
    assert deliver(arrive(new_report, "inventory", UNSURE)) == []
    assert told(OTHER)[0]["report"]["name"]
    assert send("DELETE", f"/warehouses/{warehouse}/members/bob").status == 204
    (entry,) = told(OTHER)
    assert entry["report"] == {"id": new_report["report_id"], "name": None}
    assert unread(OTHER) == 1
    assert send("DELETE", f"/reports/{new_report['report_id']}").status == 204
    assert told()[0]["report"]["name"] is None


def test_an_analysis_is_not_held_up_and_is_told_later(monkeypatch):
    with monkeypatch.context() as patch:

        def busy(*_, **__):
            raise Unavailable("The database does not answer.")

        patch.setattr(NotificationRepository, "add", busy)
        patch.setattr(job, "_ANNOUNCED_AGAIN", 0)
        report, message = analyze()
        assert state(report)["status"] == "needs_mapping"
        assert told() == []
    (postponed,) = queued()
    assert postponed["job"]["kind"] == "announcement"
    assert deliver(postponed, postponed, message) == []
    assert [entry["report"]["id"] for entry in told()] == [report]


# ---- Anomalies ----


@pytest.fixture
def anomalies():
    store_warehouse("wh_1", bob="operator", oscar="viewer")
    publish("rep_1", findings(70, ["stagnant-pallet"]), warehouse_id="wh_1")
    listed = get("/anomalies", query={"report_id": "rep_1", "limit": 100}).json["anomalies"]
    return [anomaly["id"] for anomaly in listed]


def test_who_is_assigned_an_anomaly_is_told_and_nobody_else(anomalies):
    path = f"/anomalies/{anomalies[0]}"
    assert send("PATCH", path, json={"assignee": "bob"}).status == 200
    assert send("PATCH", path, json={"assignee": "bob"}).status == 200  # changes nothing
    (entry,) = told(OTHER)
    assert (entry["kind"], entry["by"], entry["count"]) == ("assignment", "alice", 1)
    assert (entry["anomaly_id"], entry["report"]["id"]) == (anomalies[0], "rep_1")
    assert send("PATCH", path, json={"assignee": "alice"}).status == 200
    assert told() == []


def test_a_bulk_assignment_is_one_notification_with_the_count(anomalies):
    body = {"ids": anomalies, "assignee": "bob"}
    assert send("PATCH", "/anomalies", json=body).json["updated"] == 70
    (entry,) = told(OTHER)
    assert (entry["kind"], entry["count"]) == ("assignment", 70)
    assert send("PATCH", "/anomalies", json={**body, "ids": anomalies[:3]}).json["unchanged"] == 3
    assert len(told(OTHER)) == 1


def test_a_comment_tells_whom_it_mentions_if_they_may_see_it(anomalies):
    repositories.user_repository().add("carl", "no password", user_id="usr_carl")
    carl = replace(OTHER, username="carl", user_id="usr_carl")
    text = "@Bob, @oscar and @bob: look. @carl @alice @nobody bob@example.com, x@oscar."
    path = f"/anomalies/{anomalies[0]}/comments"
    assert send("POST", path, json={"comment": text}).status == 201
    for caller in (OTHER, OSCAR):
        (entry,) = told(caller)
        assert (entry["kind"], entry["by"], entry["anomaly_id"]) == (
            "mention",
            "alice",
            anomalies[0],
        )
    assert told(carl) == told() == []


def test_a_notification_costs_two_writes_and_no_further_call(anomalies):
    with measure(clients.dynamodb()) as told_units:
        send("PATCH", f"/anomalies/{anomalies[0]}", json={"assignee": "bob"})
    with measure(clients.dynamodb()) as own_units:
        send("PATCH", f"/anomalies/{anomalies[1]}", json={"assignee": "alice"})
    # Who assigns themselves is not looked up.
    assert [call[0] for call in told_units.calls].count("TransactWriteItems") == 1
    assert told_units.writes - own_units.writes == 2


def test_a_failed_change_tells_nobody(anomalies, monkeypatch):
    with monkeypatch.context() as patch:
        fail_operation(patch, BUSY["dynamodb"][-1], "TransactWriteItems")
        answer = send("PATCH", f"/anomalies/{anomalies[0]}", json={"assignee": "bob"})
    assert (answer.status, told(OTHER)) == (503, [])


# ---- Reading ----


def test_until_and_ids_mark_as_read_and_may_be_repeated():
    for number in range(4):
        tell(number)
        tell(number, OTHER)
    listed = told()
    assert [entry["read"] for entry in listed] == [False] * 4
    for _ in range(2):
        read = {"ids": [listed[0]["id"], listed[3]["id"], "ntf_unknown", "x"]}
        assert send("POST", f"{PATH}/read", json=read).status == 204
        assert [entry["read"] for entry in told()] == [True, False, False, True]
        assert unread() == 2
    for until in (listed[2]["at"], listed[3]["at"], listed[2]["at"]):
        assert send("POST", f"{PATH}/read", json={"until": until}).status == 204
        assert [entry["read"] for entry in told()] == [True, False, True, True]
        assert unread() == 1
    assert unread(OTHER) == 4


def test_nobody_marks_those_of_another():
    tell()
    (entry,) = told()
    for caller in (OTHER, ADMIN):
        assert (
            send("POST", f"{PATH}/read", json={"ids": [entry["id"]]}, caller=caller).status == 204
        )
        assert (
            send("POST", f"{PATH}/read", json={"until": entry["at"]}, caller=caller).status == 204
        )
    assert unread() == 1


def test_what_is_still_to_come_is_not_read():
    send("POST", f"{PATH}/read", json={"until": "2999-01-01T00:00:00Z"})
    now = datetime.now(UTC) + timedelta(seconds=1)
    repositories.notification_repository().add(
        USER.user_id,
        NotificationKind.REPORT_READY,
        now.isoformat(timespec="milliseconds"),
        "x",
        facts={"report_id": "rep_1"},
    )
    assert unread() == 1


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"ids": [], "until": "2026-01-01T00:00:00Z"},
        {"until": "2026-01-01"},
        {"ids": ["x"] * 51},
        {"ids": "x"},
        {"all": True},
    ],
)
def test_what_is_refused(body):
    problem(send("POST", f"{PATH}/read", json=body), 422)


def test_pages_and_the_bound_of_the_count():
    for number in range(105):
        tell(number)
    assert unread() == 100
    pages, cursor = [], {}
    while cursor is not None:
        answer = get(PATH, query={"limit": 40, **cursor}).json
        pages += answer["notifications"]
        cursor = answer["next_cursor"] and {"cursor": answer["next_cursor"]}
    assert [entry["at"] for entry in pages] == sorted((e["at"] for e in pages), reverse=True)
    assert len(pages) == 105
    with measure(clients.dynamodb()) as units:
        told()
    assert len(units.calls) <= 6


def test_expired_ones_are_gone_before_the_database_removes_them(monkeypatch):
    repository = repositories.notification_repository()
    with monkeypatch.context() as patch:
        patch.setattr(repository, "clock", lambda: datetime.now(UTC) - timedelta(days=91))
        tell()
    assert (told(), unread()) == ([], 0)


@pytest.mark.parametrize("operation", ["GetItem", "Query", "UpdateItem", "BatchGetItem"])
def test_a_failure_marks_nothing(monkeypatch, operation):
    tell()
    (entry,) = told()
    for body in ({"ids": [entry["id"]]}, {"until": entry["at"]}):
        with monkeypatch.context() as patch:
            fail_operation(patch, BUSY["dynamodb"][-1], operation)
            answer = send("POST", f"{PATH}/read", json=body)
            assert answer.status in {204, 503}
        assert unread() == (1 if answer.status == 503 else 0)
        if answer.status == 204:
            break


def test_all_that_is_kept_for_a_person_is_removed():
    tell()
    tell(1, OTHER)
    send("POST", f"{PATH}/read", json={"until": FIRST.isoformat()})
    assert PersonalItems(stores.operations_table()).remove(USER.user_id)
    assert (told(), unread(), unread(OTHER)) == ([], 0, 1)


# ---- Preferences ----


def wants(**kinds):
    return send("PATCH", "/users/me", json={"notifications": kinds})


def test_by_default_all_is_on_the_page_and_mails_are_as_they_were():
    both, page = {"page": True, "mail": True}, {"page": True}
    assert get("/users/me").json["notifications"] == {
        "report_ready": {"page": True, "mail": False},
        "report_question": both,
        "report_failed": both,
        "assignment": page,
        "mention": page,
    }


def test_a_kind_that_is_off_is_neither_listed_nor_counted():
    tell()
    assert (
        wants(report_ready={"page": False}).json["notifications"]["report_ready"]["page"] is False
    )
    assert (told(), unread()) == ([], 0)
    assert wants(mention={"page": False}).json["notifications"]["report_ready"]["page"] is False
    assert wants(report_ready={"page": None}).status == 200
    assert (len(told()), unread()) == (1, 1)
    assert wants(report_ready={"page": False}).status == 200
    assert send("PATCH", "/users/me", json={"notifications": None}).status == 200
    assert unread() == 1


@pytest.mark.parametrize(
    "given",
    [{"mention": {"mail": True}}, {"weather": {"page": True}}, {"mention": {"page": "maybe"}}, []],
)
def test_what_is_no_preference(given):
    problem(send("PATCH", "/users/me", json={"notifications": given}), 422)


def test_a_report_that_is_ready_is_told():
    report = snapshot(create_warehouse()["id"], [20])
    (entry,) = told()
    assert (entry["kind"], entry["report"]["id"]) == ("report_ready", report["id"])
