"""Deleting a snapshot restores its warehouse and later snapshots as if it never existed."""

from types import SimpleNamespace

import pytest

from stockwarden.analysis import messages
from stockwarden.bootstrap import repositories, stores
from stockwarden.bootstrap.analysis import message_dispatcher
from stockwarden.bootstrap.rules import precision_service
from stockwarden.core.deadline import Deadline
from stockwarden.reports.attempts import Attempt
from stockwarden.snapshots.auto_resolution import AutoResolution
from stockwarden.storage import clients
from stockwarden.storage.tables import write
from tests.functions.analysis.crashes import Killed, killed_at, points_to_try
from tests.functions.analysis.snapshots import (
    LAYOUT,
    OTHER,
    STORED,
    STUCK,
    announce,
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
    statuses,
)
from tests.support.capacity import measure
from tests.support.reports import create_warehouse, deliver, drain, queued, send, state
from tests.support.saved import restore, save

THIRD = "P-3,RECV-04,2025-01-05T08:00:00,R-3,Nuts\n"


@pytest.fixture
def warehouse():
    return create_warehouse(layout=LAYOUT)["id"]


def checked_counts(report_id):
    """The report's stored counts, after checking them against its anomalies."""
    counts = state(report_id)["counts"]
    anomalies = ask("/anomalies", report_id=report_id, limit=100)["anomalies"]
    for kind in ("status", "priority"):
        nonzero = {name: n for name, n in counts[f"by_{kind}"].items() if n}
        names = [anomaly[kind] for anomaly in anomalies]
        assert nonzero == {name: names.count(name) for name in names}
    assert counts["open"] == sum(anomaly["status"] != "Resolved" for anomaly in anomalies)
    return counts


def test_anomalies_resolved_by_the_deleted_report_are_reopened(warehouse):
    monday = snapshot(warehouse, 6, STUCK, OTHER, THIRD)
    resolve(by_pallet(monday)["P-1"], "In Progress")
    assign(by_pallet(monday)["P-1"], assignee="alice", due_date="2025-02-01")
    before = {pallet: stable_detail(anomaly) for pallet, anomaly in by_pallet(monday).items()}
    counts = checked_counts(monday)
    tuesday = snapshot(warehouse, 7, THIRD)
    assert {anomaly["status"] for anomaly in by_pallet(monday).values()} == {"Resolved", "New"}
    delete(tuesday)
    now = by_pallet(monday)
    assert {pallet: stable_detail(anomaly) for pallet, anomaly in now.items()} == before
    assert (now["P-1"]["status"], now["P-1"]["assignee"]) == ("In Progress", "alice")
    assert checked_counts(monday) == counts
    assert listed() == {monday}
    assert state(monday)["superseded"] is False
    *_, vanished, reopening = history(now["P-2"])
    assert (vanished["by"], vanished["reason"]) == ("system", "vanished")
    assert tuple(reopening[name] for name in ("by", "old_status", "new_status", "comment")) == (
        "system", "Resolved", "New",
        "Open again: the snapshot of 2025-01-07T08:00:00.000Z was deleted.",
    )  # fmt: skip
    resolve(now["P-2"])


def test_later_decisions_by_people_are_kept(warehouse):
    monday = snapshot(warehouse, 6, STUCK, OTHER, THIRD)
    tuesday = snapshot(warehouse, 7)
    resolved = by_pallet(monday)
    resolve(resolved["P-1"], reason="real")
    comment(resolved["P-2"], "Was it not sold?")
    assign(resolved["P-2"], assignee="alice")
    resolve(resolved["P-3"], "Acknowledged")
    delete(tuesday)
    now = by_pallet(monday)
    assert {pallet: (anomaly["status"], anomaly["reason"]) for pallet, anomaly in now.items()} == {
        "P-1": ("Resolved", "real"), "P-2": ("New", None), "P-3": ("Acknowledged", None),
    }  # fmt: skip
    assert now["P-2"]["assignee"] == "alice"
    assert [anomaly["by"] for anomaly in history(now["P-2"])] == [
        "system",
        "alice",
        "alice",
        "system",
    ]
    checked_counts(monday)


def test_next_snapshot_is_compared_with_the_reopened_state(warehouse):
    monday = snapshot(warehouse, 6, STUCK, OTHER)
    resolve(by_pallet(monday)["P-1"], "In Progress")
    delete(snapshot(warehouse, 7))
    wednesday = snapshot(warehouse, 8, STUCK)
    (anomaly,) = by_pallet(wednesday).values()
    assert (anomaly["recurrence"], anomaly["since"][:10], anomaly["status"]) == (
        "persisting", "2025-01-06", "In Progress",
    )  # fmt: skip
    assert by_pallet(monday)["P-2"]["reason"] == "vanished"
    assert comparison_of(wednesday) == {"previous": monday, "persisting": 1, "vanished": 1}


def test_deletion_of_the_middle_of_three_snapshots(warehouse):
    monday = snapshot(warehouse, 6, STUCK, OTHER, THIRD)
    resolve(by_pallet(monday)["P-1"], "In Progress")
    tuesday = snapshot(warehouse, 7)
    wednesday = snapshot(warehouse, 8, STUCK, OTHER)
    assert comparison_of(wednesday) == {"previous": tuesday, "reappeared": 2}
    resolve(by_pallet(wednesday)["P-2"], "Acknowledged")
    thursday = snapshot(warehouse, 9, STUCK)
    delete(tuesday)
    assert comparison_of(wednesday) == {"previous": monday, "persisting": 2, "vanished": 1}
    assert comparison_of(thursday) == {"previous": wednesday, "persisting": 1, "vanished": 1}
    # Unchanged anomalies return to their former state; later decisions remain.
    anomalies = by_pallet(wednesday)
    assert {pallet: anomaly["status"] for pallet, anomaly in anomalies.items()} == {
        "P-1": "In Progress", "P-2": "Resolved",
    }  # fmt: skip
    assert {anomaly["since"][:10] for anomaly in anomalies.values()} == {"2025-01-06"}
    last = history(anomalies["P-1"])[-1]
    assert (last["by"], last["new_status"], last["comment"]) == (
        "system", "In Progress",
        "Compared anew: the snapshot of 2025-01-07T08:00:00.000Z was deleted.",
    )  # fmt: skip
    (newest,) = by_pallet(thursday).values()
    assert (newest["recurrence"], newest["since"][:10], newest["status"]) == (
        "persisting", "2025-01-06", "In Progress",
    )  # fmt: skip
    for anomaly in (anomalies["P-2"], newest):
        comments = [entry["comment"] for entry in history(anomaly)]
        named = comments.index("No longer in the snapshot of 2025-01-07T08:00:00.000Z.")
        assert last["comment"] in comments[named:]
    # Wednesday has the first two, and lacks the third.
    old = by_pallet(monday)
    assert {pallet: anomaly["status"] for pallet, anomaly in old.items()} == {
        "P-1": "In Progress", "P-2": "New", "P-3": "Resolved",
    }  # fmt: skip
    assert "2025-01-08" in history(old["P-3"])[-1]["comment"]
    for report_id in (monday, wednesday, thursday):
        checked_counts(report_id)
    assert listed() == {thursday}
    trend = send("GET", f"/warehouses/{warehouse}/trends").json["snapshots"]
    assert [point["report_id"] for point in trend] == [thursday, wednesday, monday]
    assert trend[1]["comparison"]["persisting"] == 2
    assert trend[1]["time_to_resolution"]["count"] == 1


def test_reappeared_anomaly_becomes_persisting_with_a_comment(warehouse):
    monday = snapshot(warehouse, 6, STUCK)
    tuesday = snapshot(warehouse, 7)
    wednesday = snapshot(warehouse, 8, STUCK)
    thursday = snapshot(warehouse, 9, STUCK)
    delete(tuesday)
    for report_id in (wednesday, thursday):
        (anomaly,) = by_pallet(report_id).values()
        assert (anomaly["status"], anomaly["recurrence"], anomaly["since"][:10]) == (
            "New", "persisting", "2025-01-06",
        )  # fmt: skip
        *_, vanished, back, last = history(anomaly)
        assert vanished["comment"].startswith("No longer in the snapshot of 2025-01-07")
        assert back["comment"].startswith("Back in")
        assert (last["old_status"], last["new_status"]) == ("New", "New")
        assert last["comment"] == (
            "Compared anew: the snapshot of 2025-01-07T08:00:00.000Z was deleted."
        )
    delete(monday)
    assert [len(history(by_pallet(day)["P-1"])) for day in (wednesday, thursday)] == [3, 3]


def test_state_given_in_the_deleted_report_is_kept_by_the_next(warehouse):
    snapshot(warehouse, 6, STUCK)
    tuesday = snapshot(warehouse, 7, STUCK, OTHER)
    resolve(by_pallet(tuesday)["P-1"], "In Progress")
    assign(by_pallet(tuesday)["P-2"], assignee="alice")
    wednesday = snapshot(warehouse, 8, STUCK, OTHER)
    before = by_pallet(wednesday)
    delete(tuesday)
    now = by_pallet(wednesday)
    assert (now["P-1"]["status"], now["P-1"]["since"][:10]) == ("In Progress", "2025-01-06")
    assert (now["P-2"]["assignee"], now["P-2"]["recurrence"]) == ("alice", "new")
    assert now["P-2"]["since"][:10] == "2025-01-08"
    assert [anomaly["version"] for anomaly in now.values()] == [
        anomaly["version"] for anomaly in before.values()
    ]


def test_a_newer_snapshot_that_does_not_cover_it_leaves_it_open(warehouse):
    """Tuesday resolves the overcapacity, Wednesday does not cover storage, Thursday does."""
    monday = snapshot(warehouse, 6, STUCK, STORED)
    tuesday = snapshot(warehouse, 7, STUCK, "P-5,001A,2025-01-04T08:00:00,R-5,Figs\n")
    wednesday = snapshot(warehouse, 8, STUCK)
    assert statuses(monday, "overcapacity") == ["Resolved"]
    delete(tuesday)
    assert statuses(monday, "overcapacity") == ["New"]
    assert comparison_of(wednesday) == {"previous": monday, "persisting": 1, "not_covered": 1}
    snapshot(warehouse, 9, STUCK, "P-5,001A,2025-01-04T08:00:00,R-5,Figs\n")
    assert statuses(monday, "overcapacity") == ["Resolved"]


def test_a_later_snapshot_than_the_next_may_resolve_it(warehouse):
    monday = snapshot(warehouse, 6, STUCK, STORED)
    part = "P-5,001A,2025-01-04T08:00:00,R-5,Figs\n"
    tuesday = snapshot(warehouse, 7, STUCK, part)
    snapshot(warehouse, 8, STUCK)
    thursday = snapshot(warehouse, 9, STUCK, part)
    assert comparison_of(thursday) == {
        "persisting": 1,
        "previous": comparison_of(thursday)["previous"],
    }
    delete(tuesday)
    assert statuses(monday, "overcapacity") == ["Resolved"]
    assert comparison_of(thursday)["vanished"] == 1


def test_deletion_after_the_previous_snapshot_was_deleted(warehouse):
    monday = snapshot(warehouse, 6, STUCK, OTHER)
    tuesday = snapshot(warehouse, 7, OTHER, THIRD)
    wednesday = snapshot(warehouse, 8, THIRD)
    delete(tuesday)
    assert comparison_of(wednesday) == {"previous": monday, "new": 1, "vanished": 2}
    assert {anomaly["reason"] for anomaly in by_pallet(monday).values()} == {"vanished"}
    delete(wednesday)
    assert {anomaly["status"] for anomaly in by_pallet(monday).values()} == {"New"}
    assert listed() == {monday}
    checked_counts(monday)


def test_deletion_of_two_reports_before_either_is_removed(warehouse):
    for first_removed in (0, 1):
        other_warehouse = create_warehouse(layout=LAYOUT)["id"]
        monday = snapshot(other_warehouse, 6, STUCK, OTHER)
        two = [snapshot(other_warehouse, 7, OTHER, THIRD), snapshot(other_warehouse, 8, THIRD)]
        for report_id in two:
            assert send("DELETE", f"/reports/{report_id}").status == 204
        messages = queued()
        for message in (messages[first_removed], messages[1 - first_removed]):
            assert deliver(message) == []
        assert {anomaly["status"] for anomaly in by_pallet(monday).values()} == {"New"}
        assert listed() >= {monday}
        checked_counts(monday)


def test_deletion_of_the_first_snapshot(warehouse):
    monday = snapshot(warehouse, 6, STUCK)
    resolve(by_pallet(monday)["P-1"], "In Progress")
    tuesday = snapshot(warehouse, 7, STUCK, OTHER)
    delete(monday)
    assert comparison_of(tuesday) == {"previous": None, "new": 2}
    assert {pallet: anomaly["status"] for pallet, anomaly in by_pallet(tuesday).items()} == {
        "P-1": "In Progress", "P-2": "New",
    }  # fmt: skip


def test_inherited_verdict_is_counted_once(warehouse):
    monday = snapshot(warehouse, 6, STUCK)
    resolve(by_pallet(monday)["P-1"], reason="false_positive")
    tuesday = snapshot(warehouse, 7)
    wednesday = snapshot(warehouse, 8, STUCK)
    assert by_pallet(wednesday)["P-1"]["status"] == "New"
    delete(tuesday)
    (anomaly,) = by_pallet(wednesday).values()
    assert (anomaly["status"], anomaly["reason"], anomaly["recurrence"]) == (
        "Resolved", "false_positive", "persisting",
    )  # fmt: skip
    assert precision_service().list_precisions(warehouse)["stagnant-pallet"].false_positive == 1
    checked_counts(wednesday)


def test_anomalies_resolved_by_an_earlier_analysis_are_reopened(warehouse):
    monday = snapshot(warehouse, 6, STUCK, OTHER)
    tuesday = snapshot(warehouse, 7, STUCK)
    comment(by_pallet(monday)["P-2"], "Sold.")
    analyze_again(tuesday)
    assert by_pallet(monday)["P-2"]["status"] == "Resolved"
    analyze_again(tuesday, rules=["missing-location"])
    assert by_pallet(monday)["P-2"]["status"] == "New"
    analyze_again(tuesday)
    assert by_pallet(monday)["P-2"]["status"] == "Resolved"
    snapshot(warehouse, 8, STUCK)
    analyze_again(tuesday, rules=["missing-location"])
    assert by_pallet(monday)["P-2"]["status"] == "Resolved"
    delete(tuesday)
    assert "2025-01-08" in history(by_pallet(monday)["P-2"])[-1]["comment"]


def analyze_again(report_id, **request):
    assert send("POST", f"/reports/{report_id}/reanalysis", json=request).status == 202
    assert drain() == []


def killed(*_):
    raise Killed


def test_deletion_before_any_settling(warehouse, monkeypatch):
    monday = snapshot(warehouse, 6, STUCK, OTHER)
    report_id, message = announce(warehouse, 7)
    with monkeypatch.context() as killing:
        killing.setattr(AutoResolution, "_change", killed)
        with pytest.raises(Killed):
            deliver(message)
    assert state(report_id)["comparison"]["vanished"] == 2
    delete(report_id)
    assert deliver(message) == []
    assert drain() == []
    assert {len(history(anomaly)) for anomaly in by_pallet(monday).values()} == {0}
    assert listed() == {monday}


@pytest.fixture
def batches(monkeypatch):
    """One anomaly per transaction; runs the functions appended to it before each transaction."""
    works = []
    change = AutoResolution._change

    def and_first(self, *arguments):
        if works:
            works.pop(0)()
        return change(self, *arguments)

    monkeypatch.setattr("stockwarden.snapshots.auto_resolution._MOVES_PER_TRANSACTION", 1)
    monkeypatch.setattr(AutoResolution, "_change", and_first)
    return works


def test_settling_stops_if_the_report_is_deleted_between_batches(warehouse, batches):
    monday = snapshot(warehouse, 6, STUCK, OTHER, THIRD)
    report_id, message = announce(warehouse, 7)
    batches += [
        lambda: None,
        lambda: send("DELETE", f"/reports/{report_id}"),
    ]
    assert deliver(message) == []
    resolved = [
        anomaly for anomaly in by_pallet(monday).values() if anomaly["status"] == "Resolved"
    ]
    assert len(resolved) == 1
    assert drain() == []
    assert {anomaly["status"] for anomaly in by_pallet(monday).values()} == {"New"}
    assert drain() == []
    assert {anomaly["status"] for anomaly in by_pallet(monday).values()} == {"New"}
    checked_counts(monday)


def test_deleted_and_removed_by_another_worker_between_two_batches(warehouse, batches):
    monday = snapshot(warehouse, 6, STUCK, OTHER, THIRD)
    report_id, message = announce(warehouse, 7)
    batches += [lambda: None, lambda: delete(report_id)]
    assert deliver(message) == []
    assert drain() == []
    assert {anomaly["status"] for anomaly in by_pallet(monday).values()} == {"New"}
    checked_counts(monday)


def test_deleted_between_reading_and_writing_a_batch(warehouse, monkeypatch):
    monday = snapshot(warehouse, 6, STUCK, OTHER)
    report_id, message = announce(warehouse, 7)

    def delete_first(*operations):
        monkeypatch.setattr("stockwarden.snapshots.auto_resolution.write", write)
        delete(report_id)
        return write(*operations)

    monkeypatch.setattr("stockwarden.snapshots.auto_resolution.write", delete_first)
    assert deliver(message) == []
    assert drain() == []
    assert {anomaly["status"] for anomaly in by_pallet(monday).values()} == {"New"}
    checked_counts(monday)


@pytest.mark.usefixtures("batches")
def test_long_removal_continues_with_another_message(warehouse, monkeypatch):
    """With an expired deadline each message does one step, and the removal still ends."""
    monday = snapshot(warehouse, 6, STUCK, OTHER, THIRD)
    report_id, message = announce(warehouse, 7)
    monkeypatch.setattr(messages, "Deadline", lambda _: Deadline(0))
    assert messages_taken(message) > 3
    assert {anomaly["status"] for anomaly in by_pallet(monday).values()} == {"Resolved"}
    monkeypatch.undo()
    snapshot(warehouse, 8, STUCK)
    snapshot(warehouse, 9, STUCK)
    assert send("DELETE", f"/reports/{report_id}").status == 204
    (message,) = queued()
    monkeypatch.setattr(messages, "Deadline", lambda _: Deadline(0))
    assert messages_taken(message) > 3
    assert send("GET", f"/reports/{report_id}").status == 404
    assert {pallet: anomaly["status"] for pallet, anomaly in by_pallet(monday).items()} == {
        "P-1": "New", "P-2": "Resolved", "P-3": "Resolved",
    }  # fmt: skip
    assert repositories.report_repository().find_tombstone(report_id) is None


def messages_taken(message):
    """Delivers messages until none remain; returns their number."""
    messages, count = [message], 0
    while messages:
        assert deliver(messages.pop(0)) == []
        messages += queued()
        count += 1
        assert count < 50
    return count


def test_removal_waits_while_the_previous_report_is_analyzed(warehouse, monkeypatch):
    monday = snapshot(warehouse, 6, STUCK)
    tuesday = snapshot(warehouse, 7)
    assert send("POST", f"/reports/{monday}/reanalysis", json={}).status == 202
    (job,) = queued()
    stored = repositories.report_repository().find(monday)
    attempt = Attempt(stored, job["job"]["job_id"], 1)
    repositories.result_sets().write_generation(monday, attempt.generation, [])
    assert send("DELETE", f"/reports/{tuesday}").status == 204
    (removal,) = queued()
    sent = []
    queue = SimpleNamespace(send=lambda *arguments: sent.append(arguments))
    monkeypatch.setattr(message_dispatcher(), "queue", queue)
    assert deliver(removal) == []
    assert sent == [(removal, 30)]
    assert by_pallet(monday)["P-1"]["status"] == "Resolved"
    repositories.result_sets().unlock(monday, attempt.generation)
    assert deliver(removal) == []
    assert by_pallet(monday)["P-1"]["status"] == "New"
    assert send("GET", f"/reports/{tuesday}").status == 404


def test_snapshot_shown_during_a_removal_is_compared_correctly(warehouse, batches):
    monday = snapshot(warehouse, 6, STUCK, OTHER)
    resolve(by_pallet(monday)["P-1"], "In Progress")
    tuesday = snapshot(warehouse, 7)
    arrived = []
    batches.append(lambda: arrived.append(snapshot(warehouse, 8, STUCK)))
    delete(tuesday)
    (wednesday,) = arrived
    assert comparison_of(wednesday) == {"previous": monday, "persisting": 1, "vanished": 1}
    (anomaly,) = by_pallet(wednesday).values()
    assert (anomaly["status"], anomaly["since"][:10]) == ("In Progress", "2025-01-06")
    assert by_pallet(monday)["P-2"]["status"] == "Resolved"
    assert listed() == {wednesday}


def test_removal_cost_depends_on_reopened_anomalies_only(warehouse):
    """The forty anomalies that stay cost neither reads nor writes."""
    stay = [f"S-{n},RECV-01,2025-01-05T08:00:00,R-S,Nuts\n" for n in range(40)]

    def cost(vanished):
        other_warehouse = create_warehouse(layout=LAYOUT)["id"]
        go = [f"G-{n},RECV-02,2025-01-05T08:00:00,R-G,Nuts\n" for n in range(vanished)]
        snapshot(other_warehouse, 6, *stay, *go)
        tuesday = snapshot(other_warehouse, 7, *stay)
        assert send("DELETE", f"/reports/{tuesday}").status == 204
        queued()
        tombstone = repositories.report_repository().find_tombstone(tuesday)
        with measure(clients.dynamodb()) as units:
            message_dispatcher().removal.departures.settle_deleted(tombstone, Deadline(30))
        return units

    few, many = cost(5), cost(15)
    assert few.reads <= 20, few.calls
    assert many.reads - few.reads <= 10 * 3, many.calls
    assert many.writes - few.writes <= 10 * 12, many.calls


def four_snapshots():
    """Four snapshots; the second, a wrong file, resolves anomalies that later ones reopen."""
    warehouse = create_warehouse(layout=LAYOUT)["id"]
    monday = snapshot(warehouse, 6, STUCK, OTHER, THIRD)
    resolve(by_pallet(monday)["P-1"], "In Progress")
    tuesday = snapshot(warehouse, 7)
    wednesday = snapshot(warehouse, 8, STUCK, OTHER)
    thursday = snapshot(warehouse, 9, STUCK)
    return monday, tuesday, wednesday, thursday


def view(report_ids):
    """Comparisons, anomalies and counts of the reports, without ids and times."""
    names = {report_id: index for index, report_id in enumerate(report_ids)}
    views = []
    for report_id in report_ids:
        comparison = comparison_of(report_id)
        comparison["previous"] = names.get(comparison["previous"])
        anomalies = {
            pallet: (
                stable_detail(anomaly),
                anomaly["version"],
                [entry["comment"] for entry in history(anomaly)],
            )
            for pallet, anomaly in by_pallet(report_id).items()
        }
        views.append((comparison, anomalies, checked_counts(report_id)))
    return views, {names[report_id] for report_id in listed() & names.keys()}


def test_removal_killed_at_any_write_is_completed():
    monday, tuesday, *rest = four_snapshots()
    assert send("DELETE", f"/reports/{tuesday}").status == 204
    (message,) = queued()
    saved = save()
    points = points_to_try(lambda: deliver(message))
    model = view([monday, *rest])
    assert points[-1] > 20
    for point in points:
        restore(saved)
        with killed_at(point), pytest.raises(Killed):
            deliver(message)
        assert deliver(message) == []
        assert view([monday, *rest]) == model, f"killed at write {point}"
        for table in (stores.reports_table(), stores.anomalies_table()):
            items = table.client.scan(TableName=table.name)["Items"]
            remaining = [item for item in items if tuesday in item["pk"]["S"] + item["sk"]["S"]]
            assert not remaining, f"killed at write {point}"
        assert stores.objects().versions(f"analyses/{tuesday}/") == []
