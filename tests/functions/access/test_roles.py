"""Every route of docs/openapi.json × {nobody, stranger, viewer, operator, manager, owner, admin}.

A new route fails here until somebody has decided who may use it (decisions.py).
"""

import json
from dataclasses import replace
from typing import Any

import pytest

from stockwarden.identity.access import Caller, MembershipRole, Role
from tests.functions.access.decisions import (
    ALSO_IN_WAREHOUSE,
    CALLERS,
    COMPANY,
    DECISIONS,
    EVERYBODY,
    NOT_IN_ITS_STATE,
    OPERATOR,
    OWN_ACCOUNT,
    PERSONAL,
    QUERIES,
    VIEWER,
    Decision,
)
from tests.functions.access.sharing_scenario import EVERYONE, ask, world
from tests.support.gateway import ADMIN, OTHER, USER, Response
from tests.support.problems import problem
from tests.support.reports import drain
from tools.template import ROOT

# The only messages that a stranger gets: the resource is not found.
NOT_THERE = {
    f"There is no such {noun}." for noun in ("report", "warehouse", "anomaly", "suppression")
}
READING = [decision for decision in DECISIONS if decision.method == "GET"]
CHANGING = [decision for decision in DECISIONS if decision.method != "GET"]


def test_every_route_is_decided() -> None:
    document = json.loads((ROOT / "docs" / "openapi.json").read_text(encoding="utf-8"))
    private = {
        (method.upper(), path)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
        if (security := operation.get("security", document["security"])) and {} not in security
    }
    decided = EVERYBODY.keys() | COMPANY.keys() | OWN_ACCOUNT.keys() | PERSONAL
    assert decided | {decision.route for decision in DECISIONS} == private


def put(decision: Decision, caller: Caller | None, ids: dict[str, str]) -> Response:
    return ask(decision.method, decision.path, decision.body, caller, ids)


def refused_below(decision: Decision, ids: dict[str, str]) -> None:
    problem(put(decision, None, ids), 401)
    for role, caller in CALLERS.items():
        if role is MembershipRole.STRANGER:
            assert problem(put(decision, caller, ids), 404)["detail"] in NOT_THERE
        elif role < decision.least:
            assert role.label in problem(put(decision, caller, ids), 403)["detail"]


def allowed(decision: Decision) -> list[Caller]:
    return [caller for role, caller in CALLERS.items() if role >= decision.least] + [ADMIN]


def test_who_may_read() -> None:
    ids = world()
    for decision in READING:
        refused_below(decision, ids)
        for caller in allowed(decision):
            answer = put(decision, caller, ids)
            assert answer.status == decision.status, (decision, caller.username, answer.body)


@pytest.mark.parametrize(
    "decision", CHANGING, ids=lambda decision: f"{decision.method} {decision.path}"
)
def test_who_may_change(decision: Decision) -> None:
    ids = world()
    refused_below(decision, ids)
    for caller in allowed(decision):
        answer = put(decision, caller, ids)
        assert answer.status == decision.status, (caller.username, answer.body)
        if decision.once and caller is not ADMIN:
            ids = world()


@pytest.mark.parametrize(("method", "path"), EVERYBODY)
def test_routes_about_own_resources_are_open_to_everybody(method: str, path: str) -> None:
    body, ids = EVERYBODY[method, path], {"code": "expired"}
    path += QUERIES.get((method, path), "")
    assert ask(method, path, body, None, ids).status == 401
    for caller in EVERYONE:
        assert ask(method, path, body, caller, ids).status in {200, 201}


@pytest.mark.parametrize(("method", "path"), COMPANY)
def test_the_role_in_the_company_decides_about_what_is_the_company_s(
    method: str, path: str
) -> None:
    least, body = COMPANY[method, path]
    ids = world() | {"invitation_id": "inv_1"}
    path += QUERIES.get((method, path), "")
    problem(ask(method, path, body, None, ids), 401)
    for role in Role:
        answer = ask(method, path, body, replace(OTHER, role=role), ids)
        if role.includes(least):
            assert answer.status in {200, 201, 202, 204, 404, 409, 428}
        else:
            assert "Your role in the company" in problem(answer, 403)["detail"]


@pytest.mark.parametrize(("method", "path"), ALSO_IN_WAREHOUSE)
def test_who_moves_stock_has_a_role_in_the_company_and_in_the_warehouse(
    method: str, path: str
) -> None:
    least, body = COMPANY[method, path]
    asked = path + QUERIES.get((method, path), "")
    for role, caller in CALLERS.items():
        ids = world()
        problem(ask(method, asked, body, caller, ids), 403)
        answer = ask(method, asked, body, replace(caller, role=least), ids)
        if role is MembershipRole.STRANGER:
            problem(answer, 404)
        elif role < ALSO_IN_WAREHOUSE[method, path]:
            assert role.label in problem(answer, 403)["detail"]
        elif (method, path) in NOT_IN_ITS_STATE:
            problem(answer, 409)
        else:
            assert answer.status in {200, 201}, answer.body


@pytest.mark.parametrize(("method", "path"), OWN_ACCOUNT)
def test_changes_of_the_own_account_take_a_login(method: str, path: str) -> None:
    """A stranger to everything may still make them: the rest is the account's own affair."""
    body = OWN_ACCOUNT[method, path]
    problem(ask(method, path, body, None), 401)
    for caller in EVERYONE:
        world()
        assert ask(method, path, body, caller).status not in {401, 403, 404}


def test_bulk_changes_check_permissions_per_anomaly() -> None:
    ids = world()
    body: Any = {"ids": ["{anomaly_id}"], "status": "Acknowledged"}
    for role, caller in CALLERS.items():
        answer = ask("POST", "/anomalies/status", body, caller, ids).json
        failed = [failure["reason"] for failure in answer["failed"]]
        if role is MembershipRole.STRANGER:
            assert failed == ["There is no such anomaly."]
        elif role is VIEWER:
            assert failed == ["You are a viewer of this warehouse; this takes an operator."]
        else:
            assert not failed


@pytest.mark.parametrize("role", CALLERS)
def test_sending_a_report_to_a_warehouse(role: MembershipRole) -> None:
    body = {"filename": "stock.csv", "warehouse_id": "{warehouse_id}"}
    answer = ask("POST", "/reports", body, CALLERS[role], world())
    if role is MembershipRole.STRANGER:
        (error,) = problem(answer, 422)["errors"]
        assert error["pointer"] == "/warehouse_id"
        assert error["detail"] in NOT_THERE
    elif role < OPERATOR:
        problem(answer, 403)
    else:
        report = answer.json["report"]
        assert answer.status == 201
        assert (report["username"], report["created_by"]) == ("alice", CALLERS[role].username)


def test_saved_mappings_are_private_to_their_sender() -> None:
    ids = world()
    mapping: Any = {
        "Pallet ID": "pallet_id", "Location": "location", "Age Hours": "time_in_storage",
    }  # fmt: skip
    taught = {"column_mapping": mapping, "save_as": "Ours"}
    assert ask("PUT", "/reports/{report_id}/mapping", taught, USER, ids).status == 202
    assert drain() == []
    (saved,) = ask("GET", "/mappings", None, USER).json["mappings"]
    ids["mapping_id"] = saved["id"]
    change = {"column_mapping": mapping}
    for caller in EVERYONE:
        if caller is USER:
            continue
        assert ask("GET", "/mappings", None, caller).json["mappings"] == []
        problem(ask("PUT", "/mappings/{mapping_id}", change, caller, ids), 404)
        problem(ask("DELETE", "/mappings/{mapping_id}", None, caller, ids), 404)
        if caller is not ADMIN:
            problem(ask("GET", "/mappings?username=alice", None, caller), 403)
    listed = ask("GET", "/mappings?username=Alice", None, ADMIN).json["mappings"]
    assert [mapping["name"] for mapping in listed] == ["Ours"]
    assert ask("PUT", "/mappings/{mapping_id}", change, USER, ids).status == 200
    assert ask("DELETE", "/mappings/{mapping_id}", None, USER, ids).status == 204


def test_a_deleted_report_is_not_found_by_anybody() -> None:
    ids = world()
    for report in (ids["older_id"], ids["report_id"]):
        deleted_ids = {**ids, "report_id": report}
        assert ask("DELETE", "/reports/{report_id}", None, USER, deleted_ids).status == 204
    for caller in EVERYONE:
        assert ask("GET", "/reports/{report_id}", None, caller, ids).status == 404
        assert ask("GET", "/reports", None, caller, ids).json["reports"] == []
        assert ask("GET", "/anomalies", None, caller, ids).json["anomalies"] == []
    assert ask("DELETE", "/reports/{report_id}", None, OTHER, ids).status == 404
    assert ask("DELETE", "/reports/{report_id}", None, USER, ids).status == 204
