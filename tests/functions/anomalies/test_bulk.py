import pytest

from stockwarden.anomalies import bulk
from stockwarden.bootstrap import repositories
from stockwarden.bootstrap.anomalies import anomaly_service
from tests.engine.anomalies.anomaly_factory import findings, publish
from tests.functions.anomalies.client import get, ids, post, walk
from tests.support.gateway import OTHER

NONE = "rep_1-" + "0" * 20


def by_status(report_id="rep_1"):
    return anomaly_service().counts(report_id).to_document()["by_status"]


def statuses(report_id="rep_1"):
    return {anomaly["id"]: anomaly["status"] for anomaly in walk(report_id=report_id)[1]}


def test_ids_of_several_reports_are_changed(aws):
    publish("rep_1", findings(45))
    publish("rep_2", findings(3))
    chosen = [*statuses("rep_1"), *statuses("rep_2")]
    answer = post("/anomalies/status", ids=chosen, status="Acknowledged", comment="seen")
    assert answer.status == 200
    assert answer.json == {"updated": 48, "unchanged": 0, "failed": [], "next_cursor": None}
    assert set(statuses().values()) == {"Acknowledged"}
    assert by_status()["Acknowledged"] == 45
    assert by_status("rep_2")["Acknowledged"] == 3
    detail = get(f"/anomalies/{chosen[42]}").json
    assert [entry["comment"] for entry in detail["history"]] == ["seen"]


def test_failing_anomaly_does_not_block_others(aws):
    publish("rep_1", findings(5))
    publish("rep_bob", findings(2), username="bob")
    (foreign, *_) = ids(get("/anomalies", report_id="rep_bob", caller=OTHER).json["anomalies"])
    own_ids = list(statuses())
    chosen = [own_ids[0], NONE, "junk", foreign, own_ids[1], own_ids[0]]
    answer = post("/anomalies/status", ids=chosen, status="Resolved").json
    assert answer["updated"] == 2
    assert {failure["id"] for failure in answer["failed"]} == {NONE, "junk", foreign}
    assert {failure["reason"] for failure in answer["failed"]} == {"There is no such anomaly."}
    assert by_status() == {"New": 3, "Acknowledged": 0, "In Progress": 0, "Resolved": 2}
    assert by_status("rep_bob")["Resolved"] == 0


def test_anomalies_with_the_status_are_unchanged(aws):
    publish("rep_1", findings(4))
    post("/anomalies/status", ids=list(statuses())[:1], status="Resolved")
    answer = post("/anomalies/status", ids=list(statuses()), status="Resolved").json
    assert (answer["updated"], answer["unchanged"]) == (3, 1)
    assert {get(f"/anomalies/{anomaly_id}").json["version"] for anomaly_id in statuses()} == {2}


def test_anomalies_matching_a_filter_are_changed(aws):
    publish("rep_1", findings(50))
    filters = {"report_id": "rep_1", "rule": "cold-chain"}
    answer = post("/anomalies/status", filter=filters, status="Resolved").json
    assert answer == {"updated": 10, "unchanged": 0, "failed": [], "next_cursor": None}
    resolved = walk(report_id="rep_1", status="Resolved")[1]
    assert {anomaly["rule"] for anomaly in resolved} == {"cold-chain"}
    assert by_status()["Resolved"] == 10


def test_large_filter_returns_a_cursor(aws, monkeypatch):
    monkeypatch.setattr(bulk, "BULK_LIMIT", 10)
    publish("rep_1", findings(14))
    filters = {"report_id": "rep_1", "status": "New"}
    first = post("/anomalies/status", filter=filters, status="Acknowledged").json
    assert first["updated"] == 10
    cursor = first["next_cursor"]
    assert cursor
    rest = post("/anomalies/status", filter=filters, cursor=cursor, status="Acknowledged").json
    assert (rest["updated"], rest["next_cursor"]) == (4, None)
    assert by_status() == {"New": 0, "Acknowledged": 14, "In Progress": 0, "Resolved": 0}


def test_anomalies_of_a_locked_report_fail_at_once(aws):
    publish("rep_1", findings(45))
    publish("rep_2", findings(1))
    chosen = [*statuses("rep_1"), *statuses("rep_2")]
    repositories.result_sets().write_generation("rep_1", "job_2.1", findings(45))
    answer = post("/anomalies/status", ids=chosen, status="Resolved").json
    assert (answer["updated"], len(answer["failed"])) == (1, 45)
    assert all("analyzed again" in failure["reason"] for failure in answer["failed"])


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"status": "Resolved"}, ""),
        ({"status": "Resolved", "ids": [NONE], "filter": {"report_id": "rep_1"}}, ""),
        ({"status": "Resolved", "ids": [NONE], "cursor": "x"}, ""),
        ({"status": "Resolved", "ids": []}, "/ids"),
        ({"status": "Resolved", "ids": [NONE] * 501}, "/ids"),
        ({"status": "Resolved", "ids": [""]}, "/ids/0"),
        ({"status": "Resolved", "filter": {}}, "/filter/report_id"),
        ({"status": "Resolved", "filter": {"report_id": "r", "rul": "x"}}, "/filter/rul"),
        ({"status": "Resolved", "filter": {"report_id": "r", "rule": "x"}}, "/filter/rule"),
        ({"status": "Resolved", "filter": {"report_id": "r", "status": "x"}}, "/filter/status"),
        ({"status": "Solved", "ids": [NONE]}, "/status"),
    ],
)
def test_wrong_requests_name_the_field(aws, body, pointer):
    answer = post("/anomalies/status", **body)
    assert answer.status == 422
    assert [error["pointer"] for error in answer.json["errors"]] == [pointer]


def test_filter_on_another_users_report_is_not_found(aws):
    publish("rep_1", findings(1))
    filters = {"report_id": "rep_1"}
    assert post("/anomalies/status", filter=filters, status="New", caller=OTHER).status == 404
