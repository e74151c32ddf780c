"""Superseded anomalies are read-only; the newer snapshot's anomaly is changed instead."""

import pytest

from stockwarden.bootstrap.anomalies import anomaly_service
from stockwarden.bootstrap.rules import precision_service
from stockwarden.storage import clients
from tests.functions.anomalies.client import get, patch, post, walk
from tests.support.capacity import measure
from tests.support.gateway import OTHER
from tests.support.problems import problem
from tests.support.reports import create_warehouse, queued, send, state
from tests.support.reports import deliver as analyze
from tests.support.snapshots import snapshot


@pytest.fixture(autouse=True)
def _account(aws):
    """Every test here has a fresh account."""


@pytest.fixture
def warehouse():
    return create_warehouse()["id"]


def ids_by_pallet(report):
    """{pallet id: anomaly id} of a report."""
    return {
        anomaly["pallet_id"]: anomaly["id"]
        for anomaly in walk(report_id=report["id"], rule="stagnant-pallet")[1]
    }


def status(anomaly_id, caller=None, **body):
    body = {"status": "Acknowledged", **body}
    return post(f"/anomalies/{anomaly_id}/status", **body, **({"caller": caller} if caller else {}))


CHANGES = [
    ("POST", "/status", {"status": "Resolved", "reason": "real"}),
    ("PATCH", "", {"assignee": "alice"}),
    ("PATCH", "", {"due_date": "2026-02-01"}),
    ("POST", "/comments", {"comment": "Seen."}),
]


@pytest.mark.parametrize(("method", "tail", "body"), CHANGES, ids=str)
def test_refused_change_names_the_newest_anomaly(warehouse, method, tail, body):
    monday = snapshot(warehouse, [20, 30], 6)
    old = ids_by_pallet(monday)["P-0001"]
    assert get(f"/anomalies/{old}").json["newer"] is None
    tuesday = snapshot(warehouse, [44, 54], 7)
    wednesday = snapshot(warehouse, [68, 78], 8)
    before = get(f"/anomalies/{old}").json
    current = ids_by_pallet(wednesday)["P-0001"]
    ask = post if method == "POST" else patch
    refused = problem(ask(f"/anomalies/{old}{tail}", **body), 409)
    assert refused["type"] == "urn:stockwarden:problem:superseded"
    assert refused["newer"] == {"report_id": wednesday["id"], "anomaly_id": current}
    assert current in refused["detail"]
    assert before["newer"] == refused["newer"]
    assert get(f"/anomalies/{old}").json == before
    assert ask(f"/anomalies/{ids_by_pallet(tuesday)['P-0001']}{tail}", **body).status == 409
    assert ask(f"/anomalies/{current}{tail}", **body).status in {200, 201}
    assert get(f"/anomalies/{current}").json["newer"] is None
    problem(ask(f"/anomalies/{old}{tail}", caller=OTHER, **body), 404)


def test_lookup_of_the_newest_anomaly_has_bounded_cost(warehouse):
    old = ids_by_pallet(snapshot(warehouse, [20, 30], 6))["P-0000"]
    for day in range(7, 12):
        snapshot(warehouse, [44, 54], day)
    for ask in (lambda: status(old), lambda: get(f"/anomalies/{old}")):
        with measure(clients.dynamodb()) as units:
            assert ask().status in {200, 409}
        assert units.reads <= 10, units.calls


def test_anomaly_only_in_an_older_snapshot_can_be_changed(warehouse):
    monday = snapshot(warehouse, [20, 30], 6)
    anomaly_id = ids_by_pallet(monday)["P-0001"]
    snapshot(warehouse, [44], 7)
    vanished = get(f"/anomalies/{anomaly_id}").json
    assert (vanished["status"], vanished["reason"], vanished["newer"]) == (
        "Resolved", "vanished", None,
    )  # fmt: skip
    assert [(entry["by"], entry["reason"]) for entry in vanished["history"]] == [
        ("system", "vanished")
    ]
    judged = status(anomaly_id, status="Resolved", reason="real").json
    assert judged["reason"] == "real"
    assert precision_service().list_precisions(warehouse)["stagnant-pallet"].real == 1
    assert get(f"/anomalies/{anomaly_id}").json["history_total"] == 2


def test_anomaly_is_changed_in_the_newest_snapshot_that_has_it(warehouse):
    monday = snapshot(warehouse, [20, 30], 6)
    tuesday = snapshot(warehouse, [44, 54], 7)
    snapshot(warehouse, [68], 8)
    newer = problem(status(ids_by_pallet(monday)["P-0001"]), 409)["newer"]
    assert newer["report_id"] == tuesday["id"]
    assert status(newer["anomaly_id"], status="Resolved", reason="accepted").status == 200


def test_bulk_change_names_superseded_anomalies(warehouse):
    monday = snapshot(warehouse, [20] * 60, 6)
    tuesday = snapshot(warehouse, [44] * 55, 7)
    everything = {"filter": {"report_id": monday["id"], "rule": "stagnant-pallet"}}
    answer = post("/anomalies/status", status="Resolved", reason="real", **everything).json
    assert answer["updated"] == 5
    assert len(answer["failed"]) == 55
    current = ids_by_pallet(tuesday)
    by_id = {failure["id"]: failure["reason"] for failure in answer["failed"]}
    for pallet, old in ids_by_pallet(monday).items():
        assert (old in by_id) == (pallet in current)
        if pallet in current:
            assert current[pallet] in by_id[old]
    assert patch("/anomalies", due_date="2026-02-01", **everything).json["updated"] == 5
    assert state(tuesday["id"])["counts"]["by_status"]["Resolved"] == 0


def test_change_is_refused_if_a_new_snapshot_is_shown_meanwhile(warehouse, monkeypatch):
    monday = snapshot(warehouse, [20], 6)
    (old,) = ids_by_pallet(monday).values()
    repository = anomaly_service().repository
    read = repository.record

    def read_and_be_overtaken(pk, digest):
        record = read(pk, digest)
        monkeypatch.setattr(repository, "record", read)
        snapshot(warehouse, [44], 7)
        return record

    monkeypatch.setattr(repository, "record", read_and_be_overtaken)
    assert status(old).status == 409
    assert {anomaly["status"] for anomaly in walk(warehouse_id=warehouse)[1]} == {"New"}


def test_anomaly_can_be_changed_again_after_the_newer_report_is_deleted(warehouse):
    monday = snapshot(warehouse, [20], 6)
    tuesday = snapshot(warehouse, [44], 7)
    (old,) = ids_by_pallet(monday).values()
    assert (state(monday["id"])["superseded"], state(tuesday["id"])["superseded"]) == (True, False)
    assert status(old).status == 409
    assert send("DELETE", f"/reports/{tuesday['id']}").status == 204
    assert analyze(*queued()) == []
    assert state(monday["id"])["superseded"] is False
    assert status(old).status == 200


def test_late_file_for_an_earlier_day_is_superseded_at_once(warehouse):
    tuesday = snapshot(warehouse, [44], 7)
    monday = snapshot(warehouse, [20], 6)
    (late,) = ids_by_pallet(monday).values()
    assert problem(status(late), 409)["newer"]["report_id"] == tuesday["id"]


def test_last_sent_of_files_with_equal_as_of_is_newest(warehouse):
    sent = [snapshot(warehouse, [20, 30], 6) for _ in range(6)]
    assert [state(report["id"])["superseded"] for report in sent] == [*[True] * 5, False]
    assert [state(report["id"])["comparison"]["previous"] for report in sent[1:]] == [
        report["id"] for report in sent[:-1]
    ]
    snapshots = send("GET", f"/warehouses/{warehouse}/trends").json["snapshots"]
    assert [report["report_id"] for report in snapshots] == [
        report["id"] for report in reversed(sent)
    ]
