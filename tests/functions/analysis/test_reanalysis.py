"""Repeated analyses of a file: other rules, another as_of, or duplicate requests."""

import json

from stockwarden.bootstrap import stores
from stockwarden.bootstrap.reports import report_service
from tests.functions.analysis.results import anomalies, by_rule, ready
from tests.support.reports import (
    LAYOUT,
    create_warehouse,
    drain,
    send,
    state,
)


def test_reanalysis_uses_the_current_layout_and_keeps_states():
    warehouse = create_warehouse()
    report = ready(warehouse_id=warehouse["id"])
    before = {anomaly["id"]: anomaly for anomaly in anomalies(report["id"])}
    wider = [*LAYOUT, {"location_pattern": "999Z", "location_type": "STORAGE"}]
    send("PUT", f"/warehouses/{warehouse['id']}/layout", json=wider)
    _resolve(next(iter(before)))
    answer = send("POST", f"/reports/{report['id']}/reanalysis", json={})
    assert answer.status == 202
    assert answer.json["counts"]["total"] == len(before)  # what is shown stays meanwhile
    assert drain() == []
    after = state(report["id"])
    assert after["status"] == "ready"
    assert after["layout"]["version"] == 2
    assert "unknown-location" not in by_rule(report["id"])
    now = {anomaly["id"]: anomaly for anomaly in anomalies(report["id"])}
    assert set(now) == {
        key for key, anomaly in before.items() if anomaly["rule"] != "unknown-location"
    }
    assert after["counts"]["by_status"]["Resolved"] == sum(
        anomaly["status"] == "Resolved" for anomaly in now.values()
    )
    assert after["as_of"] == report["as_of"]


def _resolve(anomaly_id):
    from anomalies import app
    from tests.support.gateway import USER, call

    answer = call(
        app.handler,
        "POST",
        f"/anomalies/{anomaly_id}/status",
        json={"status": "Resolved"},
        caller=USER,
    )
    assert answer.status == 200, answer.body


def test_reanalysis_as_of_another_day_and_with_some_rules_only():
    report = ready()
    request = {"as_of": "2025-01-08T05:00:00", "rules": ["stagnant-pallet", "missing-location"]}
    assert send("POST", f"/reports/{report['id']}/reanalysis", json=request).status == 202
    drain()
    assert by_rule(report["id"]) == {"missing-location": 1}
    covered = {entry["rule"]: entry["status"] for entry in state(report["id"])["coverage"]}
    assert covered["unknown-location"] == "disabled"
    wrong = {"rules": ["no-rule", "expired"], "single": ["none", "neither"]}
    unknown = send("POST", f"/reports/{report['id']}/reanalysis", json=wrong)
    assert unknown.status == 422
    assert [error["pointer"] for error in unknown.json["errors"]] == ["/rules", "/single"]
    assert "'none' or 'neither'" in unknown.json["errors"][1]["detail"]


def test_report_of_a_deleted_warehouse_can_be_analyzed():
    warehouse = create_warehouse(timezone="Asia/Tokyo")
    report = ready(warehouse_id=warehouse["id"])
    send("DELETE", f"/warehouses/{warehouse['id']}")
    send("POST", f"/reports/{report['id']}/reanalysis", json={})
    drain()
    after = state(report["id"])
    for name in ("counts", "as_of", "timezone", "layout", "rows"):
        assert after[name] == report[name]


def test_failed_reanalysis_keeps_the_shown_result():
    report = ready()
    objects = stores.objects()
    objects.delete_prefix(f"uploads/{report['id']}/inventory/")
    send("POST", f"/reports/{report['id']}/reanalysis", json={})
    assert drain() == []
    after = state(report["id"])
    assert after["status"] == "ready"
    assert "gone" in after["reason"]
    assert after["counts"] == report["counts"]
    _resolve(anomalies(report["id"])[0]["id"])


def test_the_same_input_gives_the_same_anomalies_to_the_byte():
    def evidence():
        report = ready()
        generation = report_service().repository.find(report["id"]).summary["generation"]
        key = f"analyses/{report['id']}/{generation}/evidence.jsonl"
        return stores.objects().read(key, max_bytes=10**6)

    first = evidence()
    assert first == evidence()
    assert all(json.loads(line)["fingerprint"] for line in first.splitlines())


def test_two_requested_jobs_make_one_analysis():
    report = ready()
    for _ in range(2):
        assert send("POST", f"/reports/{report['id']}/reanalysis", json={}).status == 202
    drain()
    job = report_service().repository.find(report["id"])
    assert job.progress["attempt"] == 1
    assert state(report["id"])["status"] == "ready"
