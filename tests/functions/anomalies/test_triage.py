"""Assignee, due date, comments and resolution reasons."""

import pytest

from stockwarden.anomalies.model import Reason
from stockwarden.bootstrap import stores
from stockwarden.bootstrap.anomalies import anomaly_service
from stockwarden.storage.tables import write
from tests.engine.anomalies.anomaly_factory import finding, findings, publish, store_warehouse
from tests.functions.anomalies.client import get, ids, patch, post, walk
from tests.support.gateway import ADMIN, OTHER


@pytest.fixture
def anomaly(aws):
    """The id of one anomaly. In its warehouse vera is viewer, oscar operator, mary
    manager."""
    store_warehouse(vera="viewer", oscar="operator", mary="manager")
    publish("rep_1", [finding(1)], warehouse_id="wh_1")
    return ids(walk(report_id="rep_1")[1])[0]


def verdicts(report_id="rep_1"):
    return {
        reason.value: count
        for (_, reason), count in anomaly_service().counts(report_id).verdicts.items()
        if count
    }


def test_omitted_fields_are_kept_and_null_clears(anomaly):
    path = f"/anomalies/{anomaly}"
    answer = patch(path, assignee=" Oscar ", due_date="2026-02-01", comment="Yours?")
    assert answer.status == 200
    assert (answer.json["assignee"], answer.json["due_date"]) == ("oscar", "2026-02-01")
    assert (answer.json["version"], answer.version) == (2, 2)
    assert patch(path, due_date="2026-03-01").json["assignee"] == "oscar"
    cleared = patch(path, assignee=None).json
    assert (cleared["assignee"], cleared["due_date"]) == (None, "2026-03-01")
    (first, second, third) = cleared["history"]
    assert (first["comment"], first["assignee"], first["due_date"]) == (
        "Yours?",
        "oscar",
        "2026-02-01",
    )
    assert second["assignee"] == "oscar"
    assert "assignee" not in third
    assert {entry["new_status"] for entry in cleared["history"]} == {"New"}
    assert get(path).json == cleared


def test_change_without_effect_adds_no_history(anomaly):
    patch(f"/anomalies/{anomaly}", assignee="oscar")
    assert patch(f"/anomalies/{anomaly}", assignee="oscar").json["version"] == 2


@pytest.mark.parametrize("name", ["alice", "oscar", "mary"])
def test_assignee_may_be_the_owner_or_a_member_who_may_work(anomaly, name):
    changed = patch(f"/anomalies/{anomaly}", assignee=name).json
    assert (changed["assignee"], changed["assignee_left"]) == (name, False)


@pytest.mark.parametrize("name", ["bob", "vera", "root.admin"])
def test_assignee_without_access_is_refused(anomaly, name):
    answer = patch(f"/anomalies/{anomaly}", assignee=name, due_date="2026-02-01")
    assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, "/assignee")
    assert "an operator or manager" in answer.json["errors"][0]["detail"]
    assert get(f"/anomalies/{anomaly}").json["version"] == 1


def test_report_without_warehouse_can_be_assigned_to_its_owner_only(anomaly):
    publish("rep_own", [finding(2)])
    (anomaly_id,) = ids(walk(report_id="rep_own")[1])
    assert patch(f"/anomalies/{anomaly_id}", assignee="oscar").status == 422
    assert patch(f"/anomalies/{anomaly_id}", assignee="alice").status == 200


@pytest.mark.parametrize("role", ["viewer", None])
def test_assignee_who_lost_access_is_flagged(anomaly, role):
    patch(f"/anomalies/{anomaly}", assignee="oscar")
    key = {"pk": "WAREHOUSE#wh_1", "sk": "MEMBER#oscar"}
    member = {**stores.reports_table().get(key), "role": role}
    table = stores.reports_table()
    write(table.put(member) if role else table.delete(key))
    unassigned = get(f"/anomalies/{anomaly}").json
    assert (unassigned["assignee"], unassigned["assignee_left"]) == ("oscar", True)
    filters = {"report_id": "rep_1", "assignee": "oscar"}
    assert patch("/anomalies", filter=filters, assignee="mary").json["updated"] == 1
    taken_over = get(f"/anomalies/{anomaly}").json
    assert (taken_over["assignee"], taken_over["assignee_left"]) == ("mary", False)


def test_if_match_and_strangers(anomaly):
    path = f"/anomalies/{anomaly}"
    assert patch(path, due_date="2026-02-01", headers={"If-Match": '"1"'}).status == 200
    assert patch(path, due_date="2026-02-02", headers={"If-Match": '"1"'}).status == 412
    assert patch(path, due_date="2026-02-02", caller=OTHER).status == 404
    assert patch(path, due_date="2026-02-02", caller=ADMIN).status == 200


@pytest.mark.parametrize(
    ("body", "pointer", "named"),
    [
        ({}, "", "assignee, due_date or comment"),
        ({"comment": " "}, "", "assignee, due_date or comment"),
        ({"due_date": "tomorrow"}, "/due_date", "2026-03-31"),
        ({"due_date": "1999-12-31"}, "/due_date", "2000-01-01 to 2099-12-31"),
        ({"assignee": ""}, "/assignee", "1"),
        ({"assignee": "oscar", "status": "New"}, "/status", ""),
    ],
)
def test_wrong_fields_are_named(anomaly, body, pointer, named):
    answer = patch(f"/anomalies/{anomaly}", **body)
    assert answer.status == 422
    assert answer.json["errors"][0]["pointer"] == pointer
    assert named in answer.json["errors"][0]["detail"]


def test_comments_are_in_the_history(anomaly):
    path = f"/anomalies/{anomaly}/comments"
    answer = post(path, comment=" Behind the rack. ")
    assert answer.status == 201
    entry = answer.json
    assert (entry["by"], entry["comment"], entry["version"]) == ("alice", "Behind the rack.", 2)
    assert get(f"/anomalies/{anomaly}").json["history"] == [entry]
    assert post(path, comment="  ").status == 422
    assert post(path, comment="x" * 2001).status == 422
    assert post(path, comment="x", caller=OTHER).status == 404


def test_reason_is_cleared_when_the_anomaly_is_reopened(anomaly):
    path = f"/anomalies/{anomaly}/status"
    answer = post(path, status="Resolved", reason="false_positive").json
    assert (answer["reason"], answer["history"][-1]["reason"]) == ("false_positive",) * 2
    assert verdicts() == {"false_positive": 1}
    assert post(path, status="Resolved").json["reason"] == "false_positive"
    assert get(f"/anomalies/{anomaly}").json["version"] == 2
    post(path, status="Resolved", reason="real", comment="It was there after all.")
    assert verdicts() == {"real": 1}
    assert "reason" not in post(path, status="In Progress").json
    assert get(f"/anomalies/{anomaly}").json["reason"] is None
    assert verdicts() == {}
    post(path, status="Resolved")
    assert verdicts() == {}


@pytest.mark.parametrize(
    "body",
    [
        {"status": "New", "reason": "real"},
        {"status": "Resolved", "reason": "vanished"},
        {"status": "Resolved", "reason": "because"},
    ],
)
def test_invalid_reason_is_named(anomaly, body):
    answer = post(f"/anomalies/{anomaly}/status", **body)
    assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, "/reason")
    assert get(f"/anomalies/{anomaly}").json["version"] == 1


def test_assignee_due_date_and_reason_are_kept_by_the_next_analysis(anomaly):
    patch(f"/anomalies/{anomaly}", assignee="oscar", due_date="2026-02-01")
    post(f"/anomalies/{anomaly}/status", status="Resolved", reason="accepted")
    before = get(f"/anomalies/{anomaly}").json
    publish("rep_1", [finding(1)], generation="job_2.1", warehouse_id="wh_1")
    assert get(f"/anomalies/{anomaly}").json == before
    assert verdicts() == {"accepted": 1}


def test_bulk_assignment_changes_all(aws):
    store_warehouse(vera="viewer", oscar="operator")
    publish("rep_1", findings(50), warehouse_id="wh_1")
    publish("rep_own", findings(2))
    filters = {"report_id": "rep_1", "rule": "cold-chain"}
    answer = patch("/anomalies", filter=filters, assignee="oscar", due_date="2026-02-01").json
    assert answer == {"updated": 10, "unchanged": 0, "failed": [], "next_cursor": None}
    assert len(walk(assignee="oscar")[1]) == 10
    chosen = [*ids(walk(report_id="rep_own")[1]), *ids(walk(report_id="rep_1")[1])[:3]]
    answer = patch("/anomalies", ids=chosen, assignee="oscar").json
    assert len(answer["failed"]) == 2
    assert {
        "neither the owner nor an operator" in failure["reason"] for failure in answer["failed"]
    } == {True}
    resolved = {"report_id": "rep_1", "assignee": "oscar"}
    post("/anomalies/status", filter=resolved, status="Resolved", reason="data_error")
    assert verdicts() == {"data_error": 10}
    assert len(walk(reason="data_error")[1]) == 10
    assert walk(reason="real")[1] == []


@pytest.mark.parametrize(
    "body", [{"assignee": "alice"}, {"ids": ["x"]}, {"ids": ["x"], "filter": {}}]
)
def test_bulk_assignment_needs_a_selection_and_a_change(aws, body):
    assert patch("/anomalies", **body).status == 422


def test_filters_by_assignee_due_date_and_reason(aws):
    publish("rep_1", findings(40))
    everything = ids(walk(report_id="rep_1")[1])
    for number, day in enumerate(("2026-01-31", "2026-02-01", "2026-02-02")):
        patch(f"/anomalies/{everything[number]}", due_date=day, assignee="alice")
    for query in ({"report_id": "rep_1"}, {}):
        assert ids(walk(**query, assignee="me")[1]) == everything[:3]
        assert ids(walk(**query, assignee="ALICE")[1]) == everything[:3]
        assert ids(walk(**query, due_before="2026-02-02")[1]) == everything[:2]
        assert walk(**query, due_before="2026-01-31")[1] == []
    assert get("/anomalies", due_before="soon").json["errors"][0]["pointer"] == "/due_before"
    assert get("/anomalies", reason="soon").json["errors"][0]["pointer"] == "/reason"


def test_every_verdict_is_counted_by_rule(aws):
    publish("rep_1", findings(20, ["cold-chain", "future-date"]))
    anomalies = walk(report_id="rep_1")[1]
    for number, reason in enumerate(["real", "real", "false_positive", "data_error", "accepted"]):
        post(f"/anomalies/{anomalies[number]['id']}/status", status="Resolved", reason=reason)
    counted = anomaly_service().counts("rep_1").verdicts
    assert counted["cold-chain", Reason.REAL] == 2
    assert counted["cold-chain", Reason.FALSE_POSITIVE] == 1
    assert sum(counted.values()) == 5
