"""Cost rates of a warehouse and costs of its anomalies."""

import pytest

from anomalies import app as anomalies
from stockwarden.detection.detectors import DETECTORS
from tests.functions.rules.client import ask
from tests.support.gateway import USER, call
from tests.support.problems import problem
from tests.support.reports import (
    CSV,
    arrive,
    create,
    create_warehouse,
    deliver,
    drain,
    send,
    state,
)
from tests.support.snapshots import snapshot


@pytest.fixture
def warehouse():
    return create_warehouse()["id"]


def listed(report_id):
    answer = call(anomalies.handler, "GET", f"/anomalies?report_id={report_id}", caller=USER)
    return answer.json["anomalies"]


def test_default_prices(warehouse):
    answer = ask("GET", f"/warehouses/{warehouse}/costs")
    costs = answer.json
    assert answer.version == 0
    assert (costs["currency"], costs["version"], costs["updated_by"]) == ("EUR", 0, None)
    assert costs["rules"]["stagnant-pallet"] == {
        "formula": "pallets × (hours × pallet_hour + minutes × handling_minute)",
        "minutes": 5,
        "share": 0,
        "default_minutes": 5,
        "default_share": 0,
    }


def test_new_prices_apply_to_the_next_analysis(warehouse):
    path = f"/warehouses/{warehouse}/costs"
    change = {"currency": "USD", "pallet_hour": 1, "rules": {"stagnant-pallet": {"minutes": 0}}}
    response = ask("PUT", path, json=change, headers={"If-Match": '"0"'})
    assert response.status == 200
    assert response.json == ask("GET", path).json
    assert (response.json["version"], response.json["handling_minute"]) == (1, 0.6)
    report = snapshot(warehouse, [20, 11.5, 30])
    assert report["costs"] == {
        "currency": "USD",
        "total": 61.5,
        "open": 61.5,
        "by_rule": {"stagnant-pallet": 61.5},
    }
    anomalies_now = listed(report["id"])
    assert [(anomaly["pallet_id"], anomaly["cost"]["amount"]) for anomaly in anomalies_now] == [
        ("P-0002", 30),
        ("P-0000", 20),
        ("P-0001", 11.5),
    ]
    assert anomalies_now[0]["cost"] == {
        "amount": 30.0,
        "currency": "USD",
        "formula": "pallets × hours × pallet_hour",
        "inputs": {"pallets": 1, "hours": 30, "pallet_hour": 1},
    }
    assert (
        response.json["rules"]["stagnant-pallet"]["formula"] == anomalies_now[0]["cost"]["formula"]
    )
    rule = ask("GET", f"/rules/stagnant-pallet?warehouse_id={warehouse}").json
    assert rule["cost_formula"] == anomalies_now[0]["cost"]["formula"]
    assert "minutes" in ask("GET", "/rules/stagnant-pallet").json["cost_formula"]
    detail = call(
        anomalies.handler, "GET", f"/anomalies/{anomalies_now[0]['id']}", caller=USER
    ).json
    assert detail["cost"] == anomalies_now[0]["cost"]
    assert send("GET", f"/reports/{report['id']}").json["costs"] == report["costs"]


def test_each_analysis_states_whether_prices_are_the_defaults(warehouse):
    before = snapshot(warehouse, [20], 6)
    assert before["prices"] == "example"
    ask("PUT", f"/warehouses/{warehouse}/costs", json={})
    assert snapshot(warehouse, [20], 7)["prices"] == "own"
    assert send("GET", f"/reports/{before['id']}").json["prices"] == "example"
    send("POST", f"/reports/{before['id']}/reanalysis", json={})
    assert drain() == []
    assert send("GET", f"/reports/{before['id']}").json["prices"] == "own"


def test_open_costs_drop_as_anomalies_are_resolved(warehouse):
    ask("PUT", f"/warehouses/{warehouse}/costs", json={"pallet_hour": 0.1, "handling_minute": 0})
    report = snapshot(warehouse, [20, 11.5, 30], 6)["id"]
    first, second, third = (anomaly["id"] for anomaly in listed(report))

    def costs(change, expected, *ids):
        body = {"ids": ids, "status": change}
        answer = call(anomalies.handler, "POST", "/anomalies/status", caller=USER, json=body)
        assert answer.json["failed"] == []
        costs_now = send("GET", f"/reports/{report}").json["costs"]
        assert (costs_now["open"], costs_now["total"]) == (expected, 6.15)
        kpis = send("GET", f"/reports/{report}/details").json["kpis"]
        assert {kpi["label"]: kpi["value"] for kpi in kpis}["Open cost (EUR)"] == expected

    costs("Acknowledged", 6.15, first)
    costs("Resolved", 3.15, first)
    costs("Resolved", 1.15, first, second)
    costs("In Progress", 4.15, first)
    costs("Resolved", 0, first, second, third)
    costs("New", 1.15, third)
    # Open costs follow the statuses after a reanalysis and in a comparison.
    assert send("POST", f"/reports/{report}/reanalysis", json={}).status == 202
    assert drain() == []
    assert send("GET", f"/reports/{report}").json["costs"]["open"] == 1.15
    newer = snapshot(warehouse, [44, 35.5, 54], 7)
    assert newer["costs"]["total"] == 13.35
    assert newer["costs"]["open"] == 13.35


def test_anomalies_judged_no_problem_are_not_in_the_open_costs(warehouse):
    ask("PUT", f"/warehouses/{warehouse}/costs", json={"pallet_hour": 1, "handling_minute": 0})
    report = snapshot(warehouse, [20, 30], 6)["id"]
    body = {"ids": [listed(report)[0]["id"]], "status": "Resolved", "reason": "accepted"}
    assert (
        call(anomalies.handler, "POST", "/anomalies/status", caller=USER, json=body).status == 200
    )
    newer = snapshot(warehouse, [44, 54], 7)
    assert (newer["costs"]["total"], newer["costs"]["open"]) == (98, 44)


def test_a_stale_version_is_refused(warehouse):
    path = f"/warehouses/{warehouse}/costs"
    assert ask("PUT", path, json={}, headers={"If-Match": '"0"'}).status == 200
    problem(ask("PUT", path, json={}, headers={"If-Match": '"0"'}), 412)
    assert ask("PUT", path, json={}).json["version"] == 2


BAD = [
    ({"currency": "euro"}, "/currency", "[A-Z]{3}"),
    ({"pallet_hour": -1}, "/pallet_hour", "greater than or equal to 0"),
    ({"pallet_value": 1e7}, "/pallet_value", "less than or equal to 1000000"),
    ({"rules": {"expired": {"share": 1.5}}}, "/rules/expired/share", "less than or equal to 1"),
    ({"rules": {"expired": {"minutes": 1e5}}}, "/rules/expired/minutes", "equal to 10000"),
    ({"rules": {"nonsense": {}}}, "/rules/nonsense", f"only {DETECTORS[0].code}"),
    ({"price": 1}, "/price", "not permitted"),
]


@pytest.mark.parametrize(("change", "pointer", "words"), BAD, ids=lambda value: str(value)[:40])
def test_invalid_costs_name_their_bounds(warehouse, change, pointer, words):
    body = problem(ask("PUT", f"/warehouses/{warehouse}/costs", json=change), 422)
    (error,) = body["errors"]
    assert error["pointer"] == pointer
    assert words in error["detail"]


def test_reports_without_a_warehouse_have_the_default_prices():
    new_report = create()
    assert deliver(arrive(new_report, "inventory", CSV)) == []
    # 99 h x 0.05 + 20 min x 0.6
    assert state(new_report["report_id"])["costs"]["by_rule"]["missing-location"] == 16.95
