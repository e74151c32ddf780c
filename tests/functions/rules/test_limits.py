"""What-if and suggestions over HTTP."""

import pytest

from stockwarden.anomalies import object_keys
from stockwarden.bootstrap import stores
from stockwarden.bootstrap.reports import report_service
from stockwarden.detection.detectors import DETECTORS
from tests.functions.rules.client import ask, put
from tests.support.problems import problem
from tests.support.reports import CSV, arrive, create, create_warehouse, deliver, drain, send
from tests.support.snapshots import snapshot

CAN = ", ".join(detector.code for detector in DETECTORS if detector.threshold)


@pytest.fixture
def warehouse():
    return create_warehouse()["id"]


def what_if(report_id, rule="stagnant-pallet"):
    return ask("GET", f"/reports/{report_id}/what-if?rule={rule}")


def test_every_limit_has_its_count(warehouse):
    report = snapshot(warehouse, [0.5, 5, 10, 10.5, 300])
    answer = what_if(report["id"])
    assert answer.status == 200
    result = answer.json
    assert (result["parameter"], result["unit"], result["passes"]) == ("max_hours", "h", "above")
    assert result["current"] == {"limit": 10, "anomalies": 2}
    assert report["counts"]["by_rule"]["stagnant-pallet"] == 2
    assert result["population"] == 5
    counts = {point["limit"]: point["anomalies"] for point in result["points"]}
    assert list(counts) == list(range(1, 721))
    assert [counts[limit] for limit in (1, 5, 9, 10, 11, 299, 300, 720)] == [
        4, 3, 3, 2, 1, 1, 0, 0
    ]  # fmt: skip


def test_a_limit_of_the_warehouse_between_the_steps_is_counted_too(warehouse):
    put("stagnant-pallet", warehouse, parameters={"max_hours": 10.25})
    report = snapshot(warehouse, [10.2, 10.3])
    assert what_if(report["id"]).json["current"] == {"limit": 10.25, "anomalies": 1}


def test_a_rule_that_was_not_evaluated_names_its_missing_inputs(warehouse):
    report = snapshot(warehouse, [5])
    result = what_if(report["id"], "expiring-soon").json
    assert (result["status"], result["needs"]) == ("not_evaluated", ["expiry_date"])
    assert {point["anomalies"] for point in result["points"]} == {0}


@pytest.mark.parametrize("rule", ["missing-location", "nonsense"])
def test_rules_without_a_threshold_are_refused_with_the_list_of_others(warehouse, rule):
    report = snapshot(warehouse, [5])
    (error,) = problem(what_if(report["id"], rule), 422)["errors"]
    assert error["pointer"] == "/rule"
    assert CAN in error["detail"]


def test_what_if_needs_an_analyzed_report(warehouse):
    new_report = create(warehouse_id=warehouse)
    assert "not been analyzed" in problem(what_if(new_report["report_id"]), 409)["detail"]


def test_an_analysis_without_stored_curves_must_be_repeated(warehouse):
    report = snapshot(warehouse, [5])
    stores.objects().delete_prefix(f"analyses/{report['id']}/")
    assert "analyze the report again" in problem(what_if(report["id"]), 409)["detail"]


def test_stored_curves_are_deleted_with_their_generation(warehouse):
    report = snapshot(warehouse, [5])
    send("POST", f"/reports/{report['id']}/reanalysis", json={})
    drain()
    generation = report_service().repository.find(report["id"]).summary["generation"]
    remaining = [version.key for version in stores.objects().versions(f"analyses/{report['id']}/")]
    remaining_curves = [key for key in remaining if key.endswith((".npz", "curves.json"))]
    assert sorted(remaining_curves) == [
        object_keys.curves_key(report["id"], generation),
        object_keys.stock_key(report["id"], generation),
    ]


def suggestion(warehouse, code="stagnant-pallet"):
    return ask("GET", f"/rules/{code}/suggestion?warehouse_id={warehouse}")


def test_a_suggestion_with_its_reason(warehouse):
    for day in (7, 8, 9):
        snapshot(warehouse, [5.5] * 19 + [40], day)
    result = suggestion(warehouse).json
    assert (result["suggestion"], result["current"], result["pallets"]) == (6, 10, 60)
    assert (result["anomalies_now"], result["anomalies_then"], result["share"]) == (3, 3, 0.95)
    assert result["reason"] == (
        "This rule judged 60 pallets in the last 3 inventories. 95 % of them were 6 h old or less."
    )


def test_too_few_pallets_give_no_suggestion(warehouse):
    result = suggestion(warehouse).json
    assert (result["suggestion"], result["pallets"], result["snapshots"]) == (None, 0, 0)
    assert "at least 50 pallets" in result["reason"]


def test_snapshots_under_other_settings_do_not_count(warehouse):
    snapshot(warehouse, [5] * 60)
    put("stagnant-pallet", warehouse, scope={"excluded": ["BOX-*"]})
    result = suggestion(warehouse).json
    assert (result["suggestion"], result["snapshots"]) == (None, 0)
    assert "1 more were judged under other settings" in result["reason"]
    snapshot(warehouse, [5] * 60, 10)
    put("stagnant-pallet", warehouse, scope={"excluded": ["BOX-*"]}, parameters={"max_hours": 99})
    assert suggestion(warehouse).json["suggestion"] == 5


def test_a_deleted_report_does_not_count(warehouse):
    report = snapshot(warehouse, [5] * 60)
    assert send("DELETE", f"/reports/{report['id']}").status == 204
    assert suggestion(warehouse).json["snapshots"] == 0


def test_rules_without_a_number_have_no_suggestion(warehouse):
    assert CAN in problem(suggestion(warehouse, "expired"), 422)["detail"]
    problem(suggestion(warehouse, "nonsense"), 404)
    problem(ask("GET", "/rules/stagnant-pallet/suggestion"), 422)


def test_a_report_without_a_warehouse_has_what_ifs():
    new_report = create()
    assert deliver(arrive(new_report, "inventory", CSV)) == []
    assert what_if(new_report["report_id"]).json["current"] == {"limit": 10, "anomalies": 1}
