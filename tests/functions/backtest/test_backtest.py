"""POST /rules/{code}/backtest: the anomalies that other settings would have given."""

from typing import Any

import pytest

from backtest import app
from stockwarden.bootstrap import stores
from tests.functions.rules.client import ask, put
from tests.support.gateway import ADMIN, OTHER, USER, call
from tests.support.problems import problem
from tests.support.reports import create_warehouse, send
from tests.support.snapshots import snapshot


@pytest.fixture
def warehouse():
    return create_warehouse()["id"]


def backtest(warehouse, code="stagnant-pallet", caller=USER, **body: Any):
    body = {"warehouse_id": warehouse, **body}
    return call(app.handler, "POST", f"/rules/{code}/backtest", caller=caller, json=body)


def numbers(backtest_total):
    return {name: backtest_total[name] for name in ("before", "after", "appear", "vanish", "stay")}


def test_new_gone_and_remaining_anomalies_are_counted(warehouse):
    first = snapshot(warehouse, [5, 11, 30], 8)
    second = snapshot(warehouse, [12, 13, 500], 9)
    result = backtest(warehouse, params={"max_hours": 12.5}).json
    assert [report["report_id"] for report in result["reports"]] == [second["id"], first["id"]]
    newer, older = result["reports"]
    assert numbers(newer) == {"before": 3, "after": 2, "appear": 0, "vanish": 1, "stay": 2}
    assert (newer["vanished"], newer["appeared"]) == (["P-0000"], [])
    assert numbers(older) == {"before": 2, "after": 1, "appear": 0, "vanish": 1, "stay": 1}
    assert numbers(result["total"]) == {
        "before": 5, "after": 3, "appear": 0, "vanish": 2, "stay": 3,
    }  # fmt: skip
    assert result["before"]["parameters"]["max_hours"] == 10
    assert result["after"]["parameters"] == {"location_types": ["RECEIVING"], "max_hours": 12.5}
    assert result["left_out"] == []
    assert ask("GET", f"/rules/stagnant-pallet?warehouse_id={warehouse}").json["version"] == 0


def test_only_the_last_reports(warehouse):
    for day in (5, 6, 7):
        snapshot(warehouse, [11], day)
    result = backtest(warehouse, params={"max_hours": 5}, reports=2).json
    assert [report["as_of"][:10] for report in result["reports"]] == ["2025-01-07", "2025-01-06"]


def test_against_the_settings_in_force(warehouse):
    snapshot(warehouse, [5, 11, 30], boxes=2)
    put("stagnant-pallet", warehouse, parameters={"max_hours": 20}, scope={"excluded": ["BOX-*"]})
    response = backtest(warehouse, params={"max_hours": 10})
    assert numbers(response.json["total"]) == {
        "before": 1, "after": 2, "appear": 1, "vanish": 0, "stay": 1,
    }  # fmt: skip
    assert response.json["reports"][0]["appeared"] == ["P-0001"]
    without = backtest(warehouse, scope={}).json
    assert without["after"]["parameters"]["max_hours"] == 20
    assert without["reports"][0]["appeared"] == ["BOX-0", "BOX-1"]


def test_a_disabled_rule_has_no_anomalies_before(warehouse):
    snapshot(warehouse, [30])
    put("stagnant-pallet", warehouse, enabled=False)
    assert numbers(backtest(warehouse).json["total"])["appear"] == 1


def test_every_rule_can_be_tried(warehouse):
    snapshot(warehouse, [5, 30])
    for rule in ask("GET", "/rules").json["rules"]:
        result = backtest(warehouse, rule["code"]).json
        (report,) = result["reports"]
        assert (report["status"] == "not_evaluated") == bool(report["needs"])
        assert (report["appear"], report["vanish"]) == (0, 0)


def test_examples_are_limited(warehouse):
    snapshot(warehouse, [5] * 30)
    (report,) = backtest(warehouse, params={"max_hours": 2}).json["reports"]
    assert report["appear"] == 30
    assert report["appeared"] == [f"P-{number:04}" for number in range(5)]


def test_a_snapshot_without_its_stock_is_named(warehouse):
    report = snapshot(warehouse, [30])
    stores.objects().delete_prefix(f"analyses/{report['id']}/")
    result = backtest(warehouse).json
    assert result["reports"] == []
    (omission,) = result["left_out"]
    assert omission["report_id"] == report["id"]
    assert "analyze it again" in omission["reason"]


def test_no_snapshots_give_an_empty_backtest(warehouse):
    result = backtest(warehouse).json
    assert (result["reports"], result["total"]["after"]) == ([], 0)


def test_running_out_of_time_is_reported(warehouse, monkeypatch):
    from stockwarden.calibration import backtest as module

    monkeypatch.setattr(module, "SECONDS", -1.0)
    snapshot(warehouse, [30])
    (omission,) = backtest(warehouse).json["left_out"]
    assert "fewer reports" in omission["reason"]


def test_a_deleted_report_is_not_tried(warehouse):
    report = snapshot(warehouse, [30])
    send("DELETE", f"/reports/{report['id']}")
    assert backtest(warehouse).json["reports"] == []


BAD = [
    ({"params": {"max_hours": 0}}, "/params/max_hours", "from 1 to 720"),
    ({"params": {"days": 1}}, "/params/days", "location_types, max_hours"),
    ({"reports": 0}, "/reports", "greater than or equal to 1"),
    ({"reports": 51}, "/reports", "less than or equal to 50"),
    ({"scope": {"excluded": ["[A"]}}, "/scope/excluded/0", "never closed"),
    ({"limit": 1}, "/limit", "not permitted"),
]


@pytest.mark.parametrize(("body", "pointer", "words"), BAD, ids=lambda value: str(value)[:40])
def test_bad_requests_name_their_bounds(warehouse, body, pointer, words):
    (error,) = problem(backtest(warehouse, **body), 422)["errors"]
    assert error["pointer"] == pointer
    assert words in error["detail"]


def test_access(warehouse):
    snapshot(warehouse, [30])
    assert backtest(warehouse, caller=ADMIN).json["total"]["stay"] == 1
    missing = problem(backtest(warehouse, caller=OTHER), 404)
    assert problem(backtest("wh_0"), 404)["detail"] == missing["detail"]
    problem(backtest(warehouse, caller=None), 401)
    problem(backtest(warehouse, "nonsense"), 404)
    body = {"params": {}}
    problem(call(app.handler, "POST", "/rules/expired/backtest", caller=USER, json=body), 422)
