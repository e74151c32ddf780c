"""Consecutive snapshots of one warehouse, through the API and the queue."""

import pytest

from stockwarden.bootstrap import stores
from tests.functions.analysis.crashes import Killed, killed_at, points_to_try
from tests.functions.analysis.snapshots import (
    LAYOUT,
    OTHER,
    STORED,
    STUCK,
    announce,
    ask,
    by_pallet,
    listed,
    resolve,
    snapshot,
)
from tests.support.aws import forget_reports
from tests.support.gateway import OTHER as OTHER_USER
from tests.support.reports import create, create_warehouse, deliver, queued, send, state


@pytest.fixture
def warehouse():
    return create_warehouse(layout=LAYOUT)["id"]


def test_anomalies_are_new_persisting_vanished_and_reappeared(warehouse):
    monday = snapshot(warehouse, 6, STUCK, OTHER)
    first = by_pallet(monday)
    assert {anomaly["recurrence"] for anomaly in first.values()} == {"new"}
    resolve(first["P-1"], "In Progress")

    tuesday = snapshot(warehouse, 7, STUCK)
    (persisting,) = by_pallet(tuesday).values()
    assert persisting["recurrence"] == "persisting"
    assert persisting["since"] == "2025-01-06T08:00:00.000Z"
    assert (persisting["status"], persisting["version"]) == ("In Progress", 2)
    detail = ask(f"/anomalies/{persisting['id']}")
    assert [entry["by"] for entry in detail["history"]] == ["alice"]
    vanished = by_pallet(monday)["P-2"]
    assert vanished["status"] == "Resolved"
    (entry,) = ask(f"/anomalies/{vanished['id']}")["history"]
    assert (entry["by"], entry["comment"]) == (
        "system", "No longer in the snapshot of 2025-01-07T08:00:00.000Z.",
    )  # fmt: skip
    assert state(monday)["counts"]["by_status"]["Resolved"] == 1
    assert state(tuesday)["comparison"] == {
        "previous": monday, "is_newest": True, "new": 0, "persisting": 1, "reappeared": 0,
        "vanished": 1, "not_covered": 0, "changed_rules": [], "layout_changed": False,
    }  # fmt: skip

    wednesday = snapshot(warehouse, 8, STUCK, OTHER)
    reappeared = by_pallet(wednesday)["P-2"]
    assert (reappeared["recurrence"], reappeared["status"]) == ("reappeared", "New")
    history = ask(f"/anomalies/{reappeared['id']}")["history"]
    assert [entry["new_status"] for entry in history] == ["Resolved", "New"]
    resolve(reappeared, "Acknowledged")
    history = ask(f"/anomalies/{reappeared['id']}")["history"]
    assert [entry["version"] for entry in history] == [2, 3, 4]


def test_only_the_newest_snapshot_is_in_the_list_across_reports(warehouse):
    monday = snapshot(warehouse, 6, STUCK, OTHER)
    tuesday = snapshot(warehouse, 7, STUCK)
    late = snapshot(warehouse, 5, OTHER)
    expected = {monday, tuesday, late}
    assert listed() & expected == {tuesday}
    before = by_pallet(tuesday)
    assert before["P-1"]["status"] == "New"
    assert state(late)["comparison"]["is_newest"] is False
    assert send("DELETE", f"/reports/{tuesday}").status == 204
    assert deliver(*queued()) == []
    assert listed() & expected == {monday}


def test_a_part_of_the_warehouse_resolves_nothing_of_the_rest(warehouse):
    monday = snapshot(warehouse, 6, STUCK, STORED)
    (full,) = [
        anomaly
        for anomaly in ask("/anomalies", report_id=monday, limit=100)["anomalies"]
        if anomaly["rule"] == "overcapacity"
    ]
    tuesday = snapshot(warehouse, 7, OTHER)
    assert by_pallet(monday)["P-1"]["status"] == "Resolved"
    assert ask(f"/anomalies/{full['id']}")["status"] == "New"
    assert state(tuesday)["comparison"]["not_covered"] == 1
    wednesday = snapshot(warehouse, 8, STORED, OTHER)
    overcapacities = ask("/anomalies", report_id=wednesday, rule="overcapacity")["anomalies"]
    assert [(anomaly["recurrence"], anomaly["since"][:10]) for anomaly in overcapacities] == [
        ("persisting", "2025-01-06")
    ]
    snapshot(warehouse, 9, "P-5,001A,2025-01-04T08:00:00,R-5,Figs\n")
    assert ask(f"/anomalies/{overcapacities[0]['id']}")["status"] == "Resolved"


def test_reanalysis_adds_no_snapshot(warehouse):
    monday = snapshot(warehouse, 6, STUCK, OTHER)
    tuesday = snapshot(warehouse, 7, STUCK)
    before = by_pallet(tuesday)
    assert send("POST", f"/reports/{tuesday}/reanalysis", json={}).status == 202
    assert deliver(*queued()) == []
    assert by_pallet(tuesday) == before
    assert state(tuesday)["comparison"]["persisting"] == 1
    assert listed() & {monday, tuesday} == {tuesday}


def test_comparison_killed_at_any_write_is_completed(clock):
    def monday():
        warehouse = create_warehouse(layout=LAYOUT)["id"]
        return warehouse, snapshot(warehouse, 6, STUCK, OTHER)

    warehouse, old = monday()
    _, message = announce(warehouse, 7, STUCK)
    points = points_to_try(lambda: deliver(message))
    for point in points[3:]:
        forget_reports()
        warehouse, old = monday()
        new, message = announce(warehouse, 7, STUCK)
        with killed_at(point), pytest.raises(Killed):
            deliver(message)
        clock(hours=1)
        assert deliver(message) == []
        assert {pallet: anomaly["status"] for pallet, anomaly in by_pallet(old).items()} == {
            "P-1": "New", "P-2": "Resolved",
        }  # fmt: skip
        (persisting,) = by_pallet(new).values()
        assert (persisting["pallet_id"], persisting["recurrence"]) == ("P-1", "persisting")
        assert listed() & {old, new} == {new}
        table = stores.reports_table()
        record = table.get({"pk": f"WAREHOUSE#{warehouse}", "sk": "SNAPSHOTS"})
        assert record["version"] == 2


def test_diff_of_two_reports_in_both_directions(warehouse):
    monday = snapshot(warehouse, 6, STUCK, OTHER)
    tuesday = snapshot(warehouse, 7, STUCK)
    path = f"/reports/{tuesday}/diff"
    forward = send("GET", path, query={"against": monday}).json
    assert forward["counts"] == {"new": 0, "persisting": 1, "resolved": 1}
    assert [anomaly["pallet_id"] for anomaly in forward["persisting"]] == ["P-1"]
    assert [anomaly["report_id"] for anomaly in forward["resolved"]] == [monday]
    backward = send("GET", f"/reports/{monday}/diff", query={"against": tuesday}).json
    assert backward["counts"] == {"new": 1, "persisting": 1, "resolved": 0}
    pages, query = [], {"against": monday, "limit": 1}
    while query.get("cursor", "") is not None:
        page = send("GET", path, query=query).json
        pages.append([(name, len(page[name])) for name in ("new", "resolved", "persisting")])
        query["cursor"] = page["next_cursor"]
    assert pages == [
        [("new", 0), ("resolved", 1), ("persisting", 0)],
        [("new", 0), ("resolved", 0), ("persisting", 1)],
    ]
    for part in ("new", "resolved", "persisting"):
        only = send("GET", path, query={"against": monday, "part": part, "limit": 1}).json
        assert only["counts"] == forward["counts"]
        assert {name: only[name] for name in ("new", "resolved", "persisting")} == {
            name: forward[name] if name == part else []
            for name in ("new", "resolved", "persisting")
        }
        assert only["next_cursor"] is None
    assert send("GET", path, query={"against": monday, "part": "gone"}).status == 422


def test_only_reports_of_one_warehouse_compare(warehouse):
    monday = snapshot(warehouse, 6, STUCK)
    path, elsewhere = f"/reports/{monday}/diff", create()["report_id"]
    for against in (elsewhere, monday):
        answer = send("GET", path, query={"against": against})
        assert answer.status == 422
        assert answer.json["errors"][0]["pointer"] == "/against"
    assert send("GET", path, query={"against": "rep_0"}).status == 404
    assert send("GET", path, query={"against": monday}, caller=OTHER_USER).status == 404
    assert send("GET", path).status == 422
    waiting = create(warehouse_id=warehouse)["report_id"]
    assert send("GET", path, query={"against": waiting}).status == 409
