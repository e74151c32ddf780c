"""How often a rule was right: told by people as they resolve, shown with the rule."""

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


def found(report):
    path = f"/anomalies?report_id={report['id']}&rule={CODE}"
    page = call(anomalies.handler, "GET", path, caller=USER).json["anomalies"]
    return {one["pallet_id"]: one["id"] for one in page}


def judge(anomaly_id, status="Resolved", reason=None):
    body = {"status": status, **({"reason": reason} if reason else {})}
    path = f"/anomalies/{anomaly_id}/status"
    assert call(anomalies.handler, "POST", path, caller=USER, json=body).status == 200


def told(warehouse_id):
    """As the rule says it, alone, in the list and when it is set."""
    alone = ask("GET", f"/rules/{CODE}?warehouse_id={warehouse_id}").json["precision"]
    listed = {
        one["code"]: one for one in ask("GET", f"/rules?warehouse_id={warehouse_id}").json["rules"]
    }
    assert listed[CODE]["precision"] == alone
    assert {one["precision"] for code, one in listed.items() if code != CODE} == {None}
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
    ids = list(found(snapshot(warehouse, [20, 30, 40, 50, 60])).values())
    assert told(warehouse) is None
    judge(ids[0], reason="real")
    judge(ids[1], reason="false_positive")
    assert told(warehouse) == verdicts(1, 1, precision=0.5)
    judge(ids[2], reason="data_error")
    judge(ids[3], reason="accepted")
    assert told(warehouse) == verdicts(1, 1, 1, 1, precision=0.6667)
    judge(ids[1], reason="real")
    assert told(warehouse) == verdicts(2, 0, 1, 1, precision=1)
    judge(ids[1], "In Progress")
    judge(ids[3], "New")
    assert told(warehouse) == verdicts(1, 0, 1, 0, precision=1)
    judge(ids[4])
    assert told(warehouse) == verdicts(1, 0, 1, 0, precision=1)
    judge(ids[4], reason="false_positive")
    assert told(warehouse) == verdicts(1, 1, 1, 0, precision=0.5)


def test_a_verdict_counts_once_over_snapshots_and_analyses(warehouse):
    monday = snapshot(warehouse, [20, 30], 6)
    judge(found(monday)["P-0000"], reason="accepted")
    judge(found(monday)["P-0001"], reason="false_positive")
    tuesday = snapshot(warehouse, [44, 54], 7)
    assert told(warehouse) == verdicts(accepted=1, false_positive=1, precision=0.5)
    assert send("POST", f"/reports/{tuesday['id']}/reanalysis", json={}).status == 202
    assert analyze(*queued()) == []
    assert told(warehouse) == verdicts(accepted=1, false_positive=1, precision=0.5)
    # People think better of it, where it is worked now.
    judge(found(tuesday)["P-0001"], "New")
    assert told(warehouse) == verdicts(accepted=1, precision=1)
    judge(found(tuesday)["P-0000"], reason="real")
    assert told(warehouse) == verdicts(real=1, precision=1)
    # What vanishes is nobody's verdict.
    snapshot(warehouse, [68], 8)
    assert told(warehouse) == verdicts(real=1, precision=1)


def test_precision_is_per_warehouse(warehouse):
    judge(found(snapshot(warehouse, [20]))["P-0000"], reason="real")
    assert told(create_warehouse()["id"]) is None
    assert ask("GET", f"/rules/{CODE}").json["precision"] is None
