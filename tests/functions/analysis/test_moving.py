"""Moves a report into a warehouse, between warehouses, or out of one."""

import pytest

from stockwarden.bootstrap import repositories, stores
from stockwarden.bootstrap.analysis import message_dispatcher
from stockwarden.bootstrap.reports import report_service
from stockwarden.core.deadline import Deadline
from tests.functions.analysis.crashes import Killed, killed_at, leftovers, points_to_try
from tests.functions.analysis.snapshots import (
    HEADER,
    LAYOUT,
    OTHER,
    STUCK,
    ask,
    assign,
    by_pallet,
    comment,
    comparison_of,
    delete,
    history,
    listed,
    resolve,
    snapshot,
    stable_detail,
)
from tests.support.gateway import OTHER as BOB
from tests.support.gateway import USER
from tests.support.problems import problem
from tests.support.reports import (
    arrive,
    create,
    create_warehouse,
    deliver,
    drain,
    get,
    queued,
    send,
    share,
    state,
)
from tests.support.saved import restore, save


@pytest.fixture
def warehouse():
    return create_warehouse(layout=LAYOUT)["id"]


def snapshot_without_warehouse(day, *rows):
    """Sends and analyzes a snapshot without a warehouse; returns its report id."""
    return snapshot(None, day, *rows)


def patch(report_id, caller=USER, **body):
    return send("PATCH", f"/reports/{report_id}", json=body, caller=caller)


def put_into(warehouse_id, report_id, **more):
    answer = patch(report_id, warehouse_id=warehouse_id, **more)
    assert answer.status == 202, answer.body
    assert drain() == []
    return answer.json


def reports_of(warehouse_id):
    page = get("/reports", query={"warehouse_id": warehouse_id}).json["reports"]
    return {report["id"] for report in page}


def test_report_moves_into_a_warehouse(warehouse):
    monday = snapshot(warehouse, 6, STUCK, OTHER)
    tuesday = snapshot_without_warehouse(7, STUCK, "P-7,999Z,2025-01-06T08:00:00,R-7,Nuts\n")
    assert state(tuesday)["layout"]["source"] == "none"
    resolve(by_pallet(tuesday)["P-1"], "In Progress")
    assign(by_pallet(tuesday)["P-1"], assignee="alice", due_date="2025-02-01")
    comment(by_pallet(tuesday)["P-1"], "Looked for it.")
    before = by_pallet(tuesday)["P-1"]
    entries = history(before)
    assert listed() == {monday, tuesday}

    answer = patch(tuesday, warehouse_id=warehouse)
    assert (answer.status, answer.json["status"]) == (202, "queued")
    assert (answer.json["warehouse_id"], answer.json["moving"]) == (
        None, {"warehouse_id": warehouse},
    )  # fmt: skip
    assert by_pallet(tuesday)["P-1"] == before
    assert drain() == []

    report = state(tuesday)
    assert (report["status"], report["warehouse_id"], report["moving"]) == (
        "ready", warehouse, None,
    )  # fmt: skip
    assert report["layout"]["warehouse_id"] == warehouse
    assert report["counts"]["by_rule"]["unknown-location"] == 1
    assert comparison_of(tuesday) == {"previous": monday, "persisting": 1, "new": 1, "vanished": 1}
    now = by_pallet(tuesday)["P-1"]
    for name in ("id", "status", "assignee", "due_date", "version", "created_at"):
        assert now[name] == before[name]
    assert history(now) == entries
    assert now["since"][:10] == "2025-01-06"
    assert by_pallet(monday)["P-2"]["reason"] == "vanished"
    assert (listed(), state(monday)["superseded"]) == ({tuesday}, True)
    listed_anomalies = ask("/anomalies", warehouse_id=warehouse)["anomalies"]
    assert [anomaly["report_id"] for anomaly in listed_anomalies] == [
        tuesday, tuesday,
    ]  # fmt: skip
    assert reports_of(warehouse) == {monday, tuesday}
    newest = send("GET", f"/warehouses/{warehouse}/utilization").json["now"]
    assert newest["report_id"] == tuesday


def test_report_moves_before_the_newest_snapshot(warehouse):
    tuesday = snapshot(warehouse, 7, STUCK)
    monday = snapshot_without_warehouse(6, STUCK, OTHER)
    put_into(warehouse, monday)
    assert comparison_of(monday) == {"previous": None, "new": 2}
    assert (listed(), state(monday)["superseded"]) == ({tuesday}, True)


def test_report_moves_between_warehouses(warehouse):
    other = create_warehouse(name="South", layout=LAYOUT)["id"]
    monday = snapshot(warehouse, 6, STUCK, OTHER)
    resolve(by_pallet(monday)["P-2"], "In Progress")
    elsewhere = snapshot(other, 6, STUCK, OTHER)
    wrong = snapshot(warehouse, 7, STUCK)
    wednesday = snapshot(warehouse, 8, STUCK, OTHER)
    resolve(by_pallet(wednesday)["P-1"], "Acknowledged")
    put_into(other, wrong)
    # As if it had never been in the first …
    assert comparison_of(wednesday) == {"previous": monday, "persisting": 2}
    anomalies = by_pallet(wednesday)
    assert {pallet: anomaly["status"] for pallet, anomaly in anomalies.items()} == {
        "P-1": "Acknowledged", "P-2": "In Progress",
    }  # fmt: skip
    assert history(by_pallet(monday)["P-2"])[-1]["comment"] == (
        "Open again: the snapshot of 2025-01-07T08:00:00.000Z was put elsewhere."
    )
    trend = send("GET", f"/warehouses/{warehouse}/trends").json["snapshots"]
    assert [point["report_id"] for point in trend] == [wednesday, monday]
    assert reports_of(warehouse) == {monday, wednesday}
    # … and had been sent to the second.
    assert comparison_of(wrong) == {"previous": elsewhere, "persisting": 1, "vanished": 1}
    assert by_pallet(elsewhere)["P-2"]["reason"] == "vanished"
    assert listed() == {wednesday, wrong}
    assert repositories.report_repository().find_departure(wrong) is None
    assert leftovers(wrong) == (set(), set())
    delete(wrong)
    assert by_pallet(elsewhere)["P-2"]["status"] == "New"
    assert listed() == {wednesday, elsewhere}


def test_moved_report_has_its_auto_resolved_anomalies_reopened(warehouse):
    other = create_warehouse(name="South", layout=LAYOUT)["id"]
    monday = snapshot(warehouse, 6, STUCK, OTHER)
    snapshot(warehouse, 7, STUCK)
    assert by_pallet(monday)["P-2"]["reason"] == "vanished"
    put_into(other, monday)
    assert {anomaly["status"] for anomaly in by_pallet(monday).values()} == {"New"}


def test_report_moves_out_of_its_warehouse(warehouse):
    monday = snapshot(warehouse, 6, STUCK, OTHER)
    tuesday = snapshot(warehouse, 7, STUCK)
    put_into(None, tuesday)
    report = state(tuesday)
    assert (report["warehouse_id"], report["comparison"], report["superseded"]) == (
        None, None, False,
    )  # fmt: skip
    assert report["layout"]["source"] == "none"
    assert {anomaly["status"] for anomaly in by_pallet(monday).values()} == {"New"}
    assert listed() == {monday, tuesday}
    assert reports_of(warehouse) == {monday}


def test_move_to_the_same_warehouse_analyzes_again(warehouse):
    monday = snapshot(warehouse, 6, STUCK, OTHER)
    before = {pallet: stable_detail(anomaly) for pallet, anomaly in by_pallet(monday).items()}
    answer = put_into(warehouse, monday, report_name="Monday")
    assert (answer["moving"], answer["report_name"]) == (None, "Monday")
    assert {
        pallet: stable_detail(anomaly) for pallet, anomaly in by_pallet(monday).items()
    } == before
    assert repositories.report_repository().find_departure(monday) is None


def test_moved_report_belongs_to_the_warehouse_owner(warehouse):
    foreign = create_warehouse(name="Bob's", layout=LAYOUT, caller=BOB)["id"]
    for name in ("alice", "bob"):
        repositories.user_repository().add(name, "hash")
    report_id = snapshot_without_warehouse(7, STUCK)
    refused = problem(patch(report_id, warehouse_id=foreign), 422)
    assert refused["errors"][0]["pointer"] == "/warehouse_id"
    share(foreign, "alice", "viewer", caller=BOB)
    problem(patch(report_id, warehouse_id=foreign), 403)
    share(foreign, "alice", "operator", caller=BOB)
    put_into(foreign, report_id)
    report = state(report_id, caller=BOB)
    assert (report["username"], report["created_by"]) == ("bob", "alice")
    assert [entry["id"] for entry in get("/reports", caller=BOB).json["reports"]] == [report_id]
    # An operator may send reports there, but not take one away.
    problem(patch(report_id, warehouse_id=None), 403)
    problem(patch(report_id, warehouse_id=warehouse), 403)
    assert patch(report_id, report_name="Ours").status == 200


def test_failed_move_changes_nothing(warehouse):
    deleted_warehouse = create_warehouse(name="South")["id"]
    monday = snapshot(warehouse, 6, STUCK)
    before = state(monday)
    assert patch(monday, warehouse_id=deleted_warehouse).status == 202
    assert send("DELETE", f"/warehouses/{deleted_warehouse}").status == 204
    assert drain() == []
    after = state(monday)
    assert "put into is gone" in after["reason"]
    for name in ("status", "warehouse_id", "moving", "counts", "comparison", "superseded"):
        assert after[name] == before[name]
    assert listed() == {monday}
    assert send("POST", f"/reports/{monday}/reanalysis", json={}).status == 202
    assert drain() == []
    assert (state(monday)["reason"], state(monday)["warehouse_id"]) == (None, warehouse)


def test_question_during_a_move_is_answered_first(warehouse):
    new_report = create(as_of="2025-01-07T08:00:00Z")
    body = HEADER.replace("Pallet ID", "Alpha") + "P-1,RECV-01,2025-01-05T08:00:00,R-1,Apples\n"
    assert deliver(arrive(new_report, "inventory", body.replace("Location", "Beta").encode())) == []
    report_id = new_report["report_id"]
    assert state(report_id)["status"] == "needs_mapping"
    put_into(warehouse, report_id)
    waiting = state(report_id)
    assert (waiting["status"], waiting["moving"]) == (
        "needs_mapping", {"warehouse_id": warehouse},
    )  # fmt: skip
    mapping = {"column_mapping": {"Alpha": "pallet_id", "Beta": "location"}}
    assert send("PUT", f"/reports/{report_id}/mapping", json=mapping).status == 202
    assert drain() == []
    report = state(report_id)
    assert (report["status"], report["warehouse_id"]) == ("ready", warehouse)


def test_move_conflicts_while_the_report_is_analyzed(warehouse):
    waiting = create()["report_id"]
    assert "not arrived" in problem(patch(waiting, warehouse_id=warehouse), 409)["detail"]
    monday = snapshot(warehouse, 6, STUCK)
    other = create_warehouse(name="South", layout=LAYOUT)["id"]
    assert send("POST", f"/reports/{monday}/reanalysis", json={}).status == 202
    (message,) = queued()
    repository = repositories.report_repository()
    report_service().jobs.claim(repository.find(monday), message["job"]["job_id"], 30)
    assert "analyzed" in problem(patch(monday, warehouse_id=other), 409)["detail"]


def test_move_conflicts_until_the_previous_one_is_settled(warehouse, monkeypatch):
    other = create_warehouse(name="South", layout=LAYOUT)["id"]
    monday = snapshot(warehouse, 6, STUCK, OTHER)
    tuesday = snapshot(warehouse, 7, STUCK)
    assert patch(tuesday, warehouse_id=other).status == 202
    (message,) = queued()
    with monkeypatch.context() as killing:
        killing.setattr("stockwarden.snapshots.settling.SettlingService.settle_departure", killed)
        with pytest.raises(Killed):
            deliver(message)
    assert "still being taken out" in problem(patch(tuesday, warehouse_id=warehouse), 409)["detail"]
    # Deleted before the move is settled: both warehouses are as without it.
    delete(tuesday)
    assert {anomaly["status"] for anomaly in by_pallet(monday).values()} == {"New"}
    assert deliver(message) == []
    assert listed() == {monday}


def killed(*_):
    raise Killed


def test_second_of_two_concurrent_changes_is_refused(warehouse):
    report_id = snapshot_without_warehouse(6, STUCK)
    path = f"/reports/{report_id}"
    stale = send("PATCH", path, json={"warehouse_id": warehouse}, headers={"If-Match": '"1"'})
    assert stale.status == 412
    assert queued() == []


def test_move_killed_at_any_write_is_complete_or_not_begun():
    warehouse = create_warehouse(layout=LAYOUT)["id"]
    other = create_warehouse(name="South", layout=LAYOUT)["id"]
    monday = snapshot(warehouse, 6, STUCK, OTHER)
    elsewhere = snapshot(other, 6, STUCK, OTHER)
    tuesday = snapshot(warehouse, 7, STUCK)
    wednesday = snapshot(warehouse, 8, STUCK, OTHER)
    reports = (monday, elsewhere, tuesday, wednesday)
    assert patch(tuesday, warehouse_id=other).status == 202
    (message,) = queued()
    saved = save()

    def view():
        return [
            (
                comparison_of(report_id),
                {
                    pallet: stable_detail(anomaly)
                    for pallet, anomaly in by_pallet(report_id).items()
                },
                state(report_id)["counts"],
            )
            for report_id in reports
        ], listed()

    points = points_to_try(lambda: deliver(message))
    model = view()
    assert model[1] == {wednesday, tuesday}
    for point in points:
        restore(saved)
        with killed_at(point), pytest.raises(Killed):
            deliver(message)
        current_warehouse = state(tuesday)["warehouse_id"]
        assert (tuesday in reports_of(warehouse)) == (current_warehouse == warehouse)
        assert (tuesday in reports_of(other)) == (current_warehouse == other)
        forget_lease(tuesday)
        assert deliver(message) == []
        assert view() == model, f"killed at write {point}"
        assert leftovers(tuesday)[0] == set()
        assert repositories.report_repository().find_departure(tuesday) is None


def forget_lease(report_id):
    """Expires the report's lease."""
    table = stores.reports_table()
    progress = repositories.report_repository().find(report_id).progress
    table.client.update_item(
        TableName=table.name,
        Key={"pk": {"S": progress["pk"]}, "sk": {"S": "PROGRESS"}},
        UpdateExpression="SET lease_until = :over",
        ExpressionAttributeValues={":over": {"S": ""}},
    )


def test_late_worker_keeps_the_generation_that_a_move_needs(warehouse, monkeypatch):
    """The worker read the report before the move and cleans up after it."""
    other = create_warehouse(name="South", layout=LAYOUT)["id"]
    monday = snapshot(warehouse, 6, STUCK, OTHER)
    tuesday = snapshot(warehouse, 7, STUCK)
    read_before = repositories.report_repository().find(tuesday)
    assert patch(tuesday, warehouse_id=other).status == 202
    (message,) = queued()
    with monkeypatch.context() as killing:
        killing.setattr("stockwarden.snapshots.settling.SettlingService.settle_departure", killed)
        with pytest.raises(Killed):
            deliver(message)
    message_dispatcher().analysis.publisher.finish(read_before, Deadline(30))
    assert by_pallet(monday)["P-2"]["reason"] == "vanished"
    assert deliver(message) == []
    assert by_pallet(monday)["P-2"]["status"] == "New"
    assert leftovers(tuesday)[0] == set()
