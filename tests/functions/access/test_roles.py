"""Every route of docs/openapi.json × {nobody, stranger, viewer, operator, manager, owner, admin}.

A new route fails here until somebody has decided who may use it (decisions.py).
"""

import json
from typing import Any

import pytest

from stockwarden.identity.access import Caller, MembershipRole
from tests.functions.access.decisions import (
    CALLERS,
    DECIDED,
    EVERYBODY,
    OPERATOR,
    PERSONAL,
    VIEWER,
    Decided,
)
from tests.functions.access.sharing_scenario import EVERYONE, ask, world
from tests.support.gateway import ADMIN, OTHER, USER, Response
from tests.support.problems import problem
from tests.support.reports import drain
from tools.template import ROOT

# What it is that a stranger is told not to be there; never what else would be wrong.
NOT_THERE = {
    f"There is no such {thing}." for thing in ("report", "warehouse", "anomaly", "suppression")
}
READING = [one for one in DECIDED if one.method == "GET"]
CHANGING = [one for one in DECIDED if one.method != "GET"]


def test_every_route_is_decided() -> None:
    document = json.loads((ROOT / "docs" / "openapi.json").read_text(encoding="utf-8"))
    private = {
        (method.upper(), path)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
        if (security := operation.get("security", document["security"])) and {} not in security
    }
    assert EVERYBODY.keys() | PERSONAL | {one.route for one in DECIDED} == private


def put(one: Decided, caller: Caller | None, ids: dict[str, str]) -> Response:
    return ask(one.method, one.path, one.body, caller, ids)


def refused_below(one: Decided, ids: dict[str, str]) -> None:
    problem(put(one, None, ids), 401)
    for standing, caller in CALLERS.items():
        if standing is MembershipRole.STRANGER:
            assert problem(put(one, caller, ids), 404)["detail"] in NOT_THERE
        elif standing < one.least:
            assert standing.word in problem(put(one, caller, ids), 403)["detail"]


def allowed(one: Decided) -> list[Caller]:
    return [caller for standing, caller in CALLERS.items() if standing >= one.least] + [ADMIN]


def test_who_may_read() -> None:
    ids = world()
    for one in READING:
        refused_below(one, ids)
        for caller in allowed(one):
            answer = put(one, caller, ids)
            assert answer.status == one.status, (one, caller.username, answer.body)


@pytest.mark.parametrize("one", CHANGING, ids=lambda one: f"{one.method} {one.path}")
def test_who_may_change(one: Decided) -> None:
    ids = world()
    refused_below(one, ids)
    for caller in allowed(one):
        answer = put(one, caller, ids)
        assert answer.status == one.status, (caller.username, answer.body)
        if one.once and caller is not ADMIN:
            ids = world()


@pytest.mark.parametrize(("method", "path"), EVERYBODY)
def test_own_things_are_everybodys_right(method: str, path: str) -> None:
    body, ids = EVERYBODY[method, path], {"code": "expired"}
    assert ask(method, path, body, None, ids).status == 401
    for caller in EVERYONE:
        assert ask(method, path, body, caller, ids).status in {200, 201}


def test_of_many_anomalies_each_is_decided_by_itself() -> None:
    ids = world()
    body: Any = {"ids": ["{anomaly_id}"], "status": "Acknowledged"}
    for standing, caller in CALLERS.items():
        answer = ask("POST", "/anomalies/status", body, caller, ids).json
        failed = [one["reason"] for one in answer["failed"]]
        if standing is MembershipRole.STRANGER:
            assert failed == ["There is no such anomaly."]
        elif standing is VIEWER:
            assert failed == ["You are a viewer of this warehouse; this takes an operator."]
        else:
            assert not failed


@pytest.mark.parametrize("standing", CALLERS)
def test_sending_a_report_to_a_warehouse(standing: MembershipRole) -> None:
    body = {"filename": "stock.csv", "warehouse_id": "{warehouse_id}"}
    answer = ask("POST", "/reports", body, CALLERS[standing], world())
    if standing is MembershipRole.STRANGER:
        (error,) = problem(answer, 422)["errors"]
        assert error["pointer"] == "/warehouse_id"
        assert error["detail"] in NOT_THERE
    elif standing < OPERATOR:
        problem(answer, 403)
    else:
        report = answer.json["report"]
        assert answer.status == 201
        assert (report["username"], report["created_by"]) == ("alice", CALLERS[standing].username)


def test_saved_mappings_are_their_senders_alone() -> None:
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
    assert [one["name"] for one in listed] == ["Ours"]
    assert ask("PUT", "/mappings/{mapping_id}", change, USER, ids).status == 200
    assert ask("DELETE", "/mappings/{mapping_id}", None, USER, ids).status == 204


def test_a_deleted_report_is_gone_for_all() -> None:
    ids = world()
    for report in (ids["older_id"], ids["report_id"]):
        gone = {**ids, "report_id": report}
        assert ask("DELETE", "/reports/{report_id}", None, USER, gone).status == 204
    for caller in EVERYONE:
        assert ask("GET", "/reports/{report_id}", None, caller, ids).status == 404
        assert ask("GET", "/reports", None, caller, ids).json["reports"] == []
        assert ask("GET", "/anomalies", None, caller, ids).json["anomalies"] == []
    assert ask("DELETE", "/reports/{report_id}", None, OTHER, ids).status == 404
    assert ask("DELETE", "/reports/{report_id}", None, USER, ids).status == 204
