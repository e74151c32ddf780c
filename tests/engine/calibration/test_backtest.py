"""Backtests: the anomalies of a rule before and after a change, snapshot by snapshot."""

import pytest

from stockwarden.calibration import backtest as backtest_module
from stockwarden.calibration.backtest import SAMPLES, BacktestService, Trial
from stockwarden.calibration.model import BacktestRequest
from stockwarden.calibration.recent import Recent
from stockwarden.core.errors import Invalid, NotFound, TooLarge
from stockwarden.detection.detectors import DETECTORS
from stockwarden.detection.priority import Priority
from stockwarden.detection.rule_settings import RuleSettings
from stockwarden.detection.scope import Scope
from stockwarden.detection.stored_stock import pack
from stockwarden.rules.model import ScopeBody
from tests.engine.detection.inventory import STANDARD_LAYOUT, stock
from tests.support.gateway import USER

STAGNANT = next(detector for detector in DETECTORS if detector.code == "stagnant-pallet")


class Rules:
    """The part of `RuleService` that a backtest uses, with the settings of one warehouse."""

    def __init__(self, settings):
        self.settings = settings

    def find_detector(self, code):
        if code != STAGNANT.code:
            raise NotFound("There is no such rule.")
        return STAGNANT

    def find_settings(self, caller, code, warehouse_id):
        if warehouse_id != "wh_1":
            raise NotFound("There is no such warehouse.")
        return self.settings


class Snapshots:
    """Stocks and recent reports in memory; a stock may be an error instead."""

    def __init__(self, stocks):
        self.stocks = stocks

    def list_reports(self, warehouse_id, count):
        return [recent(report_id) for report_id in self.stocks][:count]

    def packed_stock(self, report_id, generation):
        assert generation == f"job of {report_id}"
        stored = self.stocks[report_id]
        if isinstance(stored, Exception):
            raise stored
        return stored


def recent(report_id):
    return Recent(
        report_id, f"Name of {report_id}", "2025-10-31T12:00:00.000Z", f"job of {report_id}"
    )


def received(**hours):
    """The packed stock of pallets that came to RECV-01 so many hours ago."""
    rows = [
        {"pallet_id": pallet, "location": "RECV-01", "creation_date": age, "description": "Figs"}
        for pallet, age in hours.items()
    ]
    return pack(stock(rows, STANDARD_LAYOUT))


def run(stocks, settings=None, **request):
    snapshots = Snapshots(stocks)
    service = BacktestService(Rules(settings or RuleSettings()), snapshots, snapshots)
    return service.run(USER, STAGNANT.code, BacktestRequest(warehouse_id="wh_1", **request))


def numbers(difference):
    names = ("before", "after", "appear", "vanish", "stay")
    return tuple(getattr(difference, name) for name in names)


@pytest.mark.parametrize(
    ("limit", "expected", "appeared", "vanished"),
    [
        # The limit in force is 10 h.
        (10, (2, 2, 0, 0, 2), [], []),
        (20, (2, 1, 0, 1, 1), [], ["C"]),
        # Strict: what has waited for exactly the limit is no anomaly.
        (15, (2, 1, 0, 1, 1), [], ["C"]),
        (5, (2, 3, 1, 0, 2), ["B"], []),
        (1, (2, 4, 2, 0, 2), ["A", "B"], []),
        (720, (2, 0, 0, 2, 0), [], ["C", "D"]),
    ],
)
def test_anomalies_appear_vanish_or_stay(limit, expected, appeared, vanished):
    tested = run({"rep_1": received(D=500, C=15, B=9, A=4)}, params={"max_hours": limit})
    (report,) = tested.reports
    assert numbers(report) == numbers(tested.total) == expected
    assert (report.appeared, report.vanished) == (appeared, vanished)
    assert (report.status, report.needs) == ("evaluated", [])
    assert tested.left_out == []


def test_total_sums_the_snapshots_newest_first():
    stocks = {"rep_2": received(A=15, B=500), "rep_1": received(A=9)}
    tested = run(stocks, params={"max_hours": 20})
    assert [report.report_id for report in tested.reports] == ["rep_2", "rep_1"]
    assert [numbers(report) for report in tested.reports] == [(2, 1, 0, 1, 1), (0, 0, 0, 0, 0)]
    assert numbers(tested.total) == (2, 1, 0, 1, 1)
    first = tested.reports[0]
    assert (first.report_name, first.as_of) == ("Name of rep_2", "2025-10-31T12:00:00.000Z")


def test_samples_are_the_first_subjects():
    ages = {f"P{number:02}": 15 for number in range(SAMPLES + 1)}
    (report,) = run({"rep_1": received(**ages)}, params={"max_hours": 20}).reports
    assert report.vanished == [f"P{number:02}" for number in range(SAMPLES)]
    assert report.vanish == SAMPLES + 1


def test_number_of_snapshots_is_the_requested_one():
    stocks = {f"rep_{number}": received(A=15) for number in range(4)}
    assert run(stocks, reports=3).total.stay == 3


def test_disabled_rule_has_found_nothing_and_is_tried_enabled():
    tested = run({"rep_1": received(A=15)}, RuleSettings(enabled=False))
    assert numbers(tested.total) == (0, 1, 1, 0, 0)
    assert (tested.before.enabled, tested.after.enabled) == (False, True)


def test_change_keeps_the_other_settings():
    settings = RuleSettings(
        parameters={"max_hours": 20.0, "location_types": ("STORAGE",)},
        priority=Priority.LOW,
        scope=Scope(excluded=("B",)),
    )
    tested = run({}, settings, params={"max_hours": 5})
    assert tested.after.parameters == {"max_hours": 5.0, "location_types": ["STORAGE"]}
    assert (tested.after.priority, tested.after.scope.excluded) == (Priority.LOW, ["B"])
    assert tested.before.parameters["max_hours"] == 20.0
    assert numbers(tested.total) == (0, 0, 0, 0, 0)


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        (None, (1, 1, 0, 0, 1)),  # the scope in force, which excludes B
        (ScopeBody(), (1, 2, 1, 0, 1)),
        (ScopeBody(excluded=["a"]), (1, 1, 1, 1, 0)),
        (ScopeBody(locations=["DOCK-*"]), (1, 0, 0, 1, 0)),
    ],
)
def test_requested_scope_replaces_the_one_in_force(scope, expected):
    settings = RuleSettings(scope=Scope(excluded=("B",)))
    assert numbers(run({"rep_1": received(A=15, B=15)}, settings, scope=scope).total) == expected


def test_snapshot_that_lacks_the_fields_of_the_rule():
    bare = pack(stock([{"pallet_id": "A", "location": "RECV-01"}], STANDARD_LAYOUT))
    tested = run({"rep_2": bare, "rep_1": received(A=15)})
    without, judged = tested.reports
    assert (without.status, without.needs) == ("not_evaluated", ["creation_date"])
    assert numbers(without) == (0, 0, 0, 0, 0)
    assert (judged.status, tested.total.stay) == ("evaluated", 1)


def test_snapshot_whose_stock_cannot_be_read_is_left_out_with_a_reason():
    stocks = {
        "rep_3": NotFound("The uploaded file is gone."),
        "rep_2": TooLarge("The file is larger than 64 MiB."),
        "rep_1": received(A=15),
    }
    tested = run(stocks)
    assert [(entry.report_id, entry.reason) for entry in tested.left_out] == [
        ("rep_3", "Its analysis kept no stock; analyze it again."),
        ("rep_2", "The file is larger than 64 MiB."),
    ]
    assert [report.report_id for report in tested.reports] == ["rep_1"]


def test_snapshots_are_left_out_once_the_time_is_over(monkeypatch):
    now = [100.0]
    monkeypatch.setattr(backtest_module.time, "monotonic", lambda: now[0])
    run_on = Trial.run_on

    def run_slowly(trial, snapshot, packed):
        now[0] += backtest_module.SECONDS / 2
        return run_on(trial, snapshot, packed)

    monkeypatch.setattr(Trial, "run_on", run_slowly)
    tested = run({f"rep_{number}": received(A=15) for number in range(5)})
    # The third begins at the deadline exactly, and is still run.
    assert [report.report_id for report in tested.reports] == ["rep_0", "rep_1", "rep_2"]
    assert [entry.report_id for entry in tested.left_out] == ["rep_3", "rep_4"]
    assert "fewer reports" in tested.left_out[0].reason
    assert tested.total.stay == 3


@pytest.mark.parametrize(
    ("request_fields", "pointer"),
    [
        ({"params": {"max_hours": 0.5}}, "/params/max_hours"),
        ({"params": {"max_hours": 721}}, "/params/max_hours"),
        ({"params": {"min_hours": 5}}, "/params/min_hours"),
        ({"params": {"location_types": ["STORAGE\u202e"]}}, "/params/location_types/0"),
        ({"scope": ScopeBody(locations=["A-["])}, "/scope/locations/0"),
        ({"scope": ScopeBody(excluded=["A", "B\u200b"])}, "/scope/excluded/1"),
    ],
)
def test_unusable_changes_are_refused(request_fields, pointer):
    with pytest.raises(Invalid) as refused:
        run({"rep_1": received(A=15)}, **request_fields)
    assert [error.pointer for error in refused.value.errors] == [pointer]


@pytest.mark.parametrize(("code", "warehouse_id"), [("no-rule", "wh_1"), (STAGNANT.code, "wh_2")])
def test_unknown_rule_or_warehouse(code, warehouse_id):
    service = BacktestService(Rules(RuleSettings()), Snapshots({}), Snapshots({}))
    with pytest.raises(NotFound):
        service.run(USER, code, BacktestRequest(warehouse_id=warehouse_id))
