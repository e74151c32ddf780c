"""Rule precision: from the reasons of resolved anomalies, shown with the rule."""

import pytest

from anomalies import app as anomalies
from tests.functions.rules.client import ask, put
from tests.support.gateway import USER, call
from tests.support.reports import create_warehouse, queued, send
from tests.support.reports import deliver as analyze
from tests.support.snapshots import snapshot

CODE = "stagnant-pallet"


@pytest.fixture
def warehouse():
    return create_warehouse()["id"]


def ids_by_pallet(report):
    path = f"/anomalies?report_id={report['id']}&rule={CODE}"
    page = call(anomalies.handler, "GET", path, caller=USER).json["anomalies"]
    return {anomaly["pallet_id"]: anomaly["id"] for anomaly in page}


def judge(anomaly_id, status="Resolved", reason=None):
    body = {"status": status, **({"reason": reason} if reason else {})}
    path = f"/anomalies/{anomaly_id}/status"
    assert call(anomalies.handler, "POST", path, caller=USER, json=body).status == 200


def precision_of(warehouse_id):
    """The rule's precision, checked to be equal in GET, list and PUT."""
    alone = ask("GET", f"/rules/{CODE}?warehouse_id={warehouse_id}").json["precision"]
    listed = {
        rule["code"]: rule
        for rule in ask("GET", f"/rules?warehouse_id={warehouse_id}").json["rules"]
    }
    assert listed[CODE]["precision"] == alone
    assert {rule["precision"] for code, rule in listed.items() if code != CODE} == {None}
    assert put(CODE, warehouse_id).json["precision"] == alone
    return alone


def verdicts(real=0, false_positive=0, data_error=0, accepted=0, precision=None):
    return {
        "real": real,
        "false_positive": false_positive,
        "data_error": data_error,
        "accepted": accepted,
        "precision": precision,
    }


def test_every_verdict_counts_and_is_corrected(warehouse):
    ids = list(ids_by_pallet(snapshot(warehouse, [20, 30, 40, 50, 60])).values())
    assert precision_of(warehouse) is None
    judge(ids[0], reason="real")
    judge(ids[1], reason="false_positive")
    assert precision_of(warehouse) == verdicts(1, 1, precision=0.5)
    judge(ids[2], reason="data_error")
    judge(ids[3], reason="accepted")
    assert precision_of(warehouse) == verdicts(1, 1, 1, 1, precision=0.6667)
    judge(ids[1], reason="real")
    assert precision_of(warehouse) == verdicts(2, 0, 1, 1, precision=1)
    judge(ids[1], "In Progress")
    judge(ids[3], "New")
    assert precision_of(warehouse) == verdicts(1, 0, 1, 0, precision=1)
    judge(ids[4])
    assert precision_of(warehouse) == verdicts(1, 0, 1, 0, precision=1)
    judge(ids[4], reason="false_positive")
    assert precision_of(warehouse) == verdicts(1, 1, 1, 0, precision=0.5)


def test_a_verdict_counts_once_over_snapshots_and_analyses(warehouse):
    monday = snapshot(warehouse, [20, 30], 6)
    judge(ids_by_pallet(monday)["P-0000"], reason="accepted")
    judge(ids_by_pallet(monday)["P-0001"], reason="false_positive")
    tuesday = snapshot(warehouse, [44, 54], 7)
    assert precision_of(warehouse) == verdicts(accepted=1, false_positive=1, precision=0.5)
    assert send("POST", f"/reports/{tuesday['id']}/reanalysis", json={}).status == 202
    assert analyze(*queued()) == []
    assert precision_of(warehouse) == verdicts(accepted=1, false_positive=1, precision=0.5)
    # The verdict is changed in the newer report.
    judge(ids_by_pallet(tuesday)["P-0001"], "New")
    assert precision_of(warehouse) == verdicts(accepted=1, precision=1)
    judge(ids_by_pallet(tuesday)["P-0000"], reason="real")
    assert precision_of(warehouse) == verdicts(real=1, precision=1)
    # Vanished anomalies have no verdict.
    snapshot(warehouse, [68], 8)
    assert precision_of(warehouse) == verdicts(real=1, precision=1)


def test_precision_is_per_warehouse(warehouse):
    judge(ids_by_pallet(snapshot(warehouse, [20]))["P-0000"], reason="real")
    assert precision_of(create_warehouse()["id"]) is None
    assert ask("GET", f"/rules/{CODE}").json["precision"] is None
