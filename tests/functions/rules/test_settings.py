"""GET, PUT, DELETE /rules: effective settings, bounds and versions."""

import pytest

from stockwarden.detection.detectors import DETECTORS
from stockwarden.detection.rule_settings import RuleSettings
from stockwarden.rules.repository import RuleRepository
from tests.functions.rules.client import ask, put
from tests.support.problems import problem
from tests.support.reports import create_warehouse, drain, send, state
from tests.support.snapshots import snapshot

DEFAULTS = {
    "enabled": True,
    "parameters": {"location_types": ["RECEIVING"], "max_hours": 10},
    "priority": None,
    "scope": {"locations": [], "products": [], "excluded": []},
}


@pytest.fixture
def warehouse():
    return create_warehouse()["id"]


def test_every_rule_is_documented():
    rules = ask("GET", "/rules").json["rules"]
    assert [rule["code"] for rule in rules] == [detector.code for detector in DETECTORS]
    for rule in rules:
        assert len(rule["rationale"]) > 60
        assert rule["needs"]
        assert rule["cost_formula"].startswith("pallets × ")
        assert (rule["version"], rule["warehouse_id"], rule["changed_by"]) == (0, None, None)
        for parameter in rule["parameters"]:
            assert parameter["description"].endswith(".")
            assert parameter["default"] == rule["settings"]["parameters"][parameter["name"]]
            numeric = parameter["kind"] in ("number", "integer")
            assert (parameter["minimum"] is not None) == numeric


def test_default_settings():
    answer = ask("GET", "/rules/stagnant-pallet")
    assert answer.json["settings"] == DEFAULTS
    assert answer.json["what_if"] == "max_hours"
    assert answer.version == 0
    (limit,) = [p for p in answer.json["parameters"] if p["name"] == "max_hours"]
    assert (limit["default"], limit["minimum"], limit["maximum"]) == (10, 1, 720)


def test_settings_apply_to_their_warehouse_only(warehouse):
    change = {
        "enabled": False,
        "parameters": {"max_hours": 24, "location_types": ["dock"]},
        "priority": "Low",
        "scope": {"excluded": [" box-* "]},
    }
    answer = put("stagnant-pallet", warehouse, **change)
    assert answer.status == 200
    assert answer.version == 1
    assert answer.json["settings"] == {
        "enabled": False,
        "parameters": {"location_types": ["DOCK"], "max_hours": 24},
        "priority": "Low",
        "scope": {"locations": [], "products": [], "excluded": ["BOX-*"]},
    }
    assert (answer.json["changed_by"], answer.json["priority"]) == ("alice", "High")
    path = f"/rules/stagnant-pallet?warehouse_id={warehouse}"
    assert ask("GET", path).json == answer.json
    listed = ask("GET", f"/rules?warehouse_id={warehouse}").json["rules"]
    assert answer.json in listed
    assert sum(rule["version"] for rule in listed) == 1
    other = create_warehouse()["id"]
    elsewhere = ask("GET", f"/rules/stagnant-pallet?warehouse_id={other}").json
    assert (elsewhere["settings"], elsewhere["version"]) == (DEFAULTS, 0)


def test_every_change_is_a_version_and_none_is_lost(warehouse):
    put("stagnant-pallet", warehouse, parameters={"max_hours": 5})
    put("expired", warehouse, enabled=False)
    put("stagnant-pallet", warehouse, parameters={"max_hours": 6})
    path = f"/rules/stagnant-pallet?warehouse_id={warehouse}"
    assert ask("DELETE", path).status == 204
    now = ask("GET", path).json
    assert (now["version"], now["settings"]) == (3, DEFAULTS)
    versions = f"/rules/stagnant-pallet/versions?warehouse_id={warehouse}"
    first = ask("GET", versions, query={"limit": 2}).json
    rest = ask("GET", versions, query={"limit": 2, "cursor": first["next_cursor"]}).json
    assert rest["next_cursor"] is None
    listed = [*first["versions"], *rest["versions"]]
    assert [(v["version"], v["reset"], v["by"]) for v in listed] == [
        (3, True, "alice"),
        (2, False, "alice"),
        (1, False, "alice"),
    ]
    hours = [v["settings"]["parameters"]["max_hours"] for v in listed]
    assert hours == [10, 6, 5]


def test_a_stale_version_is_refused(warehouse):
    assert put("expired", warehouse, 0, enabled=False).status == 200
    assert put("stagnant-pallet", warehouse, 0, enabled=False).status == 200
    detail = problem(put("expired", warehouse, 0), 412)["detail"]
    assert "at version 1, not 0" in detail
    path = f"/rules/expired?warehouse_id={warehouse}"
    problem(ask("DELETE", path, headers={"If-Match": '"4"'}), 412)
    assert ask("DELETE", path, headers={"If-Match": '"1"'}).status == 204
    assert put("expired", warehouse, enabled=False).json["version"] == 3


def test_a_concurrent_change_is_retried_on_the_newer_version(warehouse, monkeypatch):
    read, overtaken = RuleRepository._current, []

    def read_and_be_overtaken(self, warehouse_id):
        item = read(self, warehouse_id)
        if not overtaken:
            overtaken.append(True)
            self.change_settings(warehouse_id, "expired", RuleSettings(enabled=False), "bob", None)
            self.change_settings(
                warehouse_id, "cold-chain", RuleSettings(enabled=False), "bob", None
            )
        return item

    monkeypatch.setattr(RuleRepository, "_current", read_and_be_overtaken)
    assert put("cold-chain", warehouse, enabled=True).json["version"] == 2
    overtaken.clear()
    problem(put("expired", warehouse, 1), 412)
    listed = ask("GET", f"/rules?warehouse_id={warehouse}").json["rules"]
    assert {rule["code"]: rule["version"] for rule in listed if rule["version"]} == {
        "cold-chain": 3,
        "expired": 2,
    }


BAD = [
    ({"parameters": {"max_hours": 0}}, "/parameters/max_hours", "from 1 to 720"),
    ({"parameters": {"max_hours": 721}}, "/parameters/max_hours", "from 1 to 720"),
    ({"parameters": {"max_hours": "9"}}, "/parameters/max_hours", "from 1 to 720"),
    ({"parameters": {"days": 3}}, "/parameters/days", "only: location_types, max_hours"),
    ({"parameters": {"location_types": ["SHELF"]}}, "/parameters/location_types/0", "RECEIVING"),
    ({"priority": "Urgent"}, "/priority", "Very High"),
    ({"enabled": "perhaps"}, "/enabled", "boolean"),
    ({"scope": {"excluded": ["{A"]}}, "/scope/excluded/0", "never closed"),
    ({"scope": {"locations": ["A"] * 31}}, "/scope/locations", "at most 30"),
    ({"scope": {"zones": []}}, "/scope/zones", "not permitted"),
    ({"limit": 3}, "/limit", "not permitted"),
]


@pytest.mark.parametrize(("change", "pointer", "words"), BAD, ids=lambda value: str(value)[:40])
def test_bad_settings_name_their_bounds(warehouse, change, pointer, words):
    body = problem(put("stagnant-pallet", warehouse, **change), 422)
    (error,) = body["errors"]
    assert error["pointer"] == pointer
    assert words in error["detail"]
    path = f"/rules/stagnant-pallet?warehouse_id={warehouse}"
    assert ask("GET", path).json["version"] == 0


def test_all_wrong_settings_are_named_at_once(warehouse):
    parameters = {"location_types": ["RECEI\u200bVING", "NONE"], "max_hours": -1, "none": 1}
    scope = {"locations": ["A\u200b"]}
    body = problem(put("stagnant-pallet", warehouse, parameters=parameters, scope=scope), 422)
    assert [error["pointer"] for error in body["errors"]] == [
        "/parameters/location_types/0",
        "/scope/locations/0",
        "/parameters/none",
        "/parameters/max_hours",
    ]


def test_the_defaults_cannot_be_changed():
    for method, body in [("PUT", {"enabled": False}), ("DELETE", None)]:
        answer = problem(ask(method, "/rules/expired", json=body), 422)
        assert "?warehouse_id=" in answer["detail"]
    problem(ask("GET", "/rules/expired/versions"), 422)


def test_unknown_rules_name_the_known_ones(warehouse):
    for method in ("GET", "PUT", "DELETE"):
        body = {} if method == "PUT" else None
        path = f"/rules/nonsense?warehouse_id={warehouse}"
        assert "stagnant-pallet" in problem(ask(method, path, json=body), 404)["detail"]


def test_settings_that_are_too_large_are_refused(warehouse):
    wide = {"locations": ["A" * 95 + f"{n:03}" for n in range(30)]}
    scope = dict.fromkeys(("locations", "products", "excluded"), wide["locations"])
    answers = [put(detector.code, warehouse, scope=scope) for detector in DETECTORS]
    refused = [answer for answer in answers if answer.status != 200]
    assert 0 < len(refused) < len(answers)
    assert "at most 60 are kept" in problem(refused[0], 422)["detail"]


def test_a_report_keeps_the_settings_that_it_was_made_with(warehouse):
    put("stagnant-pallet", warehouse, parameters={"max_hours": 24}, scope={"excluded": ["BOX-*"]})
    put("expired", warehouse, enabled=False)
    report = snapshot(warehouse, [5, 20, 30], boxes=2)
    assert report["rule_versions"]["stagnant-pallet"] == 1
    assert report["rule_versions"]["stuck-in-transit"] == 0
    assert report["counts"]["by_rule"]["stagnant-pallet"] == 1
    assert report["rules"]["stagnant-pallet"]["parameters"]["max_hours"] == 24
    assert report["rules"]["stuck-in-transit"]["parameters"]["max_hours"] == 4
    covered = {entry["rule"]: entry for entry in report["coverage"]}
    assert covered["stagnant-pallet"]["rows_skipped"]["out of scope"] == 2
    assert covered["expired"]["status"] == "disabled"
    put("stagnant-pallet", warehouse, parameters={"max_hours": 10})
    assert state(report["id"])["rules"] == report["rules"]
    assert send("POST", f"/reports/{report['id']}/reanalysis", json={}).status == 202
    drain()
    reanalyzed = state(report["id"])
    assert reanalyzed["rule_versions"]["stagnant-pallet"] == 2
    assert reanalyzed["counts"]["by_rule"]["stagnant-pallet"] == 4
