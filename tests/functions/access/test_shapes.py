"""Ids of nothing, ids of others, and texts that are no ids: none tells or breaks anything.

In a path, what cannot be an id is not there: 404. In a query or body it is 404 too where it has the
length of an id, and else 422, which names the bounds.
"""

import json

import pytest

from stockwarden.storage.cursors import encode_cursor
from stockwarden.storage.tables import Table
from tests.functions.access.decisions import DECISIONS, PERSONAL, Decision
from tests.functions.access.sharing_scenario import ask, world
from tests.support.gateway import ADMIN, OTHER, USER
from tests.support.problems import problem
from tests.support.reports import create_warehouse
from tests.support.snapshots import snapshot

IDS = (
    "report_id",
    "older_id",
    "warehouse_id",
    "empty_id",
    "anomaly_id",
    "suppression_id",
    "mapping_id",
)
MAPPING = {"column_mapping": {"A": "pallet_id", "B": "location"}}


def name(decision: Decision) -> str:
    return f"{decision.method} {decision.path}"


def test_foreign_and_missing_resources_are_indistinguishable() -> None:
    ids = world()
    missing = {
        **ids,
        "report_id": "rep_0",
        "warehouse_id": "wh_0",
        "empty_id": "wh_0",
        "anomaly_id": f"rep_0-{'0' * 20}",
        "suppression_id": f"wh_0-{'0' * 20}",
    }
    for decision in DECISIONS:
        foreign = ask(decision.method, decision.path, decision.body, OTHER, ids)
        absent = ask(decision.method, decision.path, decision.body, OTHER, missing)
        assert foreign.status == absent.status == 404, decision
        assert foreign.json["detail"] == absent.json["detail"]


def asked_by_query_or_body(decision: Decision) -> bool:
    text = decision.path.partition("?")[2] + json.dumps(decision.body)
    return any(f"{{{each}}}" in text for each in IDS)


@pytest.mark.parametrize("wrong", ["x" * 3000, "x" * 80 + "y", "rep%20x", "rep%23x", "%C3%A9"])
@pytest.mark.parametrize("decision", DECISIONS, ids=name)
def test_malformed_ids_never_become_keys(
    monkeypatch: pytest.MonkeyPatch, decision: Decision, wrong: str
) -> None:
    for access in ("get", "get_many", "query"):
        monkeypatch.delattr(Table, access)
    ids = {
        **dict.fromkeys(IDS, wrong),
        "username": "nina",
        "export_id": "exp_0",
        "code": "stagnant-pallet",
        "pallet_id": "P-0000",
    }
    answer = ask(decision.method, decision.path, decision.body, USER, ids)
    if len(wrong) > 80 and asked_by_query_or_body(decision):
        (error,) = problem(answer, 422)["errors"]
        assert "80 characters" in error["detail"]
    else:
        problem(answer, 404)


@pytest.mark.parametrize("wrong", ["x" * 3000, "0" * 21, "A" * 20, "rep%20x"])
# A view has a name, which may be almost anything.
@pytest.mark.parametrize(
    ("method", "path"), sorted(route for route in PERSONAL if "{name}" not in route[1])
)
def test_malformed_personal_ids_are_not_found(
    monkeypatch: pytest.MonkeyPatch, method: str, path: str, wrong: str
) -> None:
    monkeypatch.delattr(Table, "get")
    ids = dict.fromkeys(("mapping_id", "token_id", "session_id", "export_id"), wrong)
    for caller, query in ((USER, ""), (ADMIN, "?username=bob")):
        answer = ask(method, path + query, MAPPING, caller, ids)
        nouns = {
            "mapping_id": "mapping",
            "token_id": "API token",
            "session_id": "session",
            "export_id": "export; they are kept for a week",
        }
        (noun,) = [noun for name, noun in nouns.items() if name in path]
        assert problem(answer, 404)["detail"] == f"There is no such {noun}."


@pytest.mark.parametrize("username", ["x" * 65, "\ufdfa" * 64])
def test_impossible_mapping_owners_are_refused(username: str) -> None:
    answer = ask("GET", f"/mappings?username={username}", None, ADMIN)
    (error,) = problem(answer, 422)["errors"]
    assert error["pointer"] == "/username"


def test_malformed_ids_below_an_existing_resource_are_not_found() -> None:
    ids = {"report_id": snapshot(create_warehouse()["id"], [20])["id"]}
    path = "/reports/{report_id}/exports/{export_id}"
    for wrong in ("exp_0", "x" * 3000, "exp%20x"):
        answer = ask("GET", path, None, USER, {**ids, "export_id": wrong})
        assert "There is no such export" in problem(answer, 404)["detail"]
    for wrong in ("none", "x" * 3000, "%20"):
        path = "/reports/{report_id}/what-if?rule={code}"
        problem(ask("GET", path, None, USER, {**ids, "code": wrong}), 422)
        assert problem(ask("GET", "/rules/{code}", None, USER, {"code": wrong}), 404)


MEMBERS = "/warehouses/{warehouse_id}/members"
LISTS = [
    ("/reports", "reports#alice#None#None"),
    ("/warehouses", "warehouses#alice"),
    ("/suppressions", "suppressions#SUPPRESSIONS#alice"),
    ("/mappings", "mappings#alice"),
    ("/users/me/sessions", "sessions#alice"),
    ("/suppressions?warehouse_id={warehouse_id}", "suppressions#WAREHOUSE#{warehouse_id}"),
    (MEMBERS, "members#{warehouse_id}"),
    ("/warehouses/{warehouse_id}/trends", "snapshots#{warehouse_id}#trends"),
    ("/warehouses/{warehouse_id}/utilization", "snapshots#{warehouse_id}#utilization"),
    ("/pallets/{pallet_id}?warehouse_id={warehouse_id}", "snapshots#{warehouse_id}#pallet#P-1"),
    ("/rules/{code}/versions?warehouse_id={warehouse_id}", "rules#{warehouse_id}#expired"),
]


@pytest.mark.parametrize("part", ["x" * 1400, "#", ""], ids=["long", "mark", "none"])
@pytest.mark.parametrize(("path", "scope"), LISTS)
def test_a_forged_cursor_never_becomes_a_key(path: str, scope: str, part: str) -> None:
    ids = {"warehouse_id": create_warehouse()["id"], "code": "expired", "pallet_id": "P-1"}
    cursor = encode_cursor(scope.format(**ids), [part])
    more = f"{'&' if '?' in path else '?'}cursor={cursor}"
    answer = ask("GET", path + more, None, USER, ids)
    # After the own warehouses, those that are shared begin: after nothing.
    could_be = part == "" and path == "/warehouses"
    assert answer.status == (200 if could_be else 400), answer.body
