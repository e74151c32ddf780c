"""Requests that queue work while the queue fails: no partial state remains."""

import pytest
from botocore.exceptions import EndpointConnectionError

from stockwarden.anomalies.requests import AnomalyFilter
from stockwarden.bootstrap import stores
from stockwarden.bootstrap.anomalies import anomaly_service
from stockwarden.bootstrap.reports import report_service
from stockwarden.storage.clients import sqs
from tests.support.audit_entries import entries_of
from tests.support.gateway import USER
from tests.support.reports import CSV, arrive, create, deliver, drain, get, queued, send, state

REQUESTS = {
    "mapping": (
        "PUT",
        "/mapping",
        {"column_mapping": {"Pallet ID": "pallet_id", "Location": "location"}},
    ),
    "reanalysis": ("POST", "/reanalysis", {"as_of": "2025-01-01"}),
    "move": ("PATCH", "", {"warehouse_id": None, "report_name": "Moved"}),
    "delete": ("DELETE", "", None),
}
JOBS = ["mapping", "reanalysis", "move"]


@pytest.fixture
def analyzed():
    new_report = create()
    deliver(arrive(new_report, "inventory", CSV))
    return new_report["report_id"]


@pytest.fixture
def silent_queue(monkeypatch):
    def refuse(**_):
        raise EndpointConnectionError(endpoint_url="http://localhost")

    monkeypatch.setattr(stores.analysis_queue().client, "send_message", refuse)
    return monkeypatch.undo


def stored(report_id):
    table = stores.reports_table()
    items = {item["sk"]: item for item in table.query("#pk = :pk", pk=f"REPORT#{report_id}").items}
    for name in ("version", "updated_at"):
        del items["SUMMARY"][name]
    return items


@pytest.mark.parametrize("name", REQUESTS)
def test_state_is_restored_if_the_queue_fails_and_the_request_may_be_repeated(
    analyzed, silent_queue, name
):
    method, path, body = REQUESTS[name]
    before = stored(analyzed)
    refused, (made, undone) = entries_of(
        lambda: send(method, f"/reports/{analyzed}{path}", json=body)
    )
    assert refused.status == 503
    assert undone.action in {"report.analysis_withdrawn", "report.restored"}
    assert undone.changes == {name: pair[::-1] for name, pair in made.changes.items()}
    assert stored(analyzed) == before
    silent_queue()
    assert send(method, f"/reports/{analyzed}{path}", json=body).status in {202, 204}
    assert drain() == []
    is_deleted = name == "delete"
    assert get(f"/reports/{analyzed}").status == (404 if is_deleted else 200)
    if not is_deleted:
        assert state(analyzed)["status"] == "ready"


@pytest.mark.parametrize("name", JOBS)
def test_job_without_a_message_may_be_requested_again(analyzed, name):
    method, path, body = REQUESTS[name]
    assert send(method, f"/reports/{analyzed}{path}", json=body).status == 202
    assert len(queued()) == 1
    assert state(analyzed)["status"] == "queued"
    assert send(method, f"/reports/{analyzed}{path}", json=body).status == 202
    assert drain() == []
    assert state(analyzed)["status"] == "ready"


@pytest.mark.parametrize("name", JOBS)
def test_request_conflicts_while_the_report_is_analyzed(analyzed, name):
    method, path, body = REQUESTS[name]
    reports = report_service()
    send("POST", f"/reports/{analyzed}/reanalysis", json={})
    (message,) = queued()
    report = reports.repository.find(analyzed)
    reports.jobs.claim(report, message["job"]["job_id"], 30)
    answer = send(method, f"/reports/{analyzed}{path}", json=body)
    assert answer.status == 409
    assert "analyzed" in answer.json["detail"]


def test_failed_deletion_restores_the_lists(analyzed, silent_queue):
    listed = anomaly_service().list_anomalies(USER, None, AnomalyFilter(), None, 20)
    assert listed.anomalies
    assert send("DELETE", f"/reports/{analyzed}").status == 503
    assert anomaly_service().list_anomalies(USER, None, AnomalyFilter(), None, 20) == listed


def test_request_conflicts_before_the_file_arrives():
    new_report = create()
    for method, path, body in (REQUESTS[name] for name in JOBS):
        answer = send(method, f"/reports/{new_report['report_id']}{path}", json=body)
        assert answer.status == 409
        assert "not arrived" in answer.json["detail"]
    assert queued() == []


def test_a_report_that_changed_meanwhile_is_a_conflict(analyzed, monkeypatch):
    repository = report_service().repository
    find = repository.find

    def find_and_be_overtaken(report_id):
        report = find(report_id)
        monkeypatch.setattr(repository, "find", find)
        assert send("POST", f"/reports/{report_id}/reanalysis", json={}).status == 202
        return report

    monkeypatch.setattr(repository, "find", find_and_be_overtaken)
    assert send("POST", f"/reports/{analyzed}/reanalysis", json={}).status == 409
    assert len(queued()) == 1


def test_deletion_may_be_repeated():
    new_report = create()
    for _ in range(2):
        assert send("DELETE", f"/reports/{new_report['report_id']}").status == 204
    assert len(queued()) == 2
    assert sqs() is stores.analysis_queue().client
