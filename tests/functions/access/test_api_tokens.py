"""Every route × API token: its own scope opens it, no other does, nor one for another warehouse."""

from dataclasses import replace

import pytest

from stockwarden.identity.access import READ, SCOPES, WRITE, TokenLimits, scope_of
from tests.functions.access.decisions import (
    COMPANY,
    DECISIONS,
    EVERYBODY,
    OWN_ACCOUNT,
    PERSONAL,
    QUERIES,
    Decision,
)
from tests.functions.access.sharing_scenario import ask, world
from tests.support.gateway import ADMIN, USER, Response
from tests.support.problems import problem

ROUTES = [
    *((method, path, body) for (method, path), body in EVERYBODY.items()),
    *((method, path, body) for (method, path), body in OWN_ACCOUNT.items()),
    *((method, path, None) for method, path in sorted(PERSONAL)),
    *((method, path, body) for (method, path), (_, body) in COMPANY.items()),
    *((decision.method, decision.path, decision.body) for decision in DECISIONS),
]


def with_token(scopes, warehouses=None, caller=USER):
    bound_to = None if warehouses is None else frozenset(warehouses)
    return replace(caller, limits=TokenLimits("tok_1", frozenset(scopes), bound_to))


def name_of(case: object) -> str | None:
    return f"{case.method} {case.path}" if isinstance(case, Decision) else None


@pytest.mark.parametrize(("method", "path", "body"), ROUTES)
def test_other_scopes_do_not_open_a_route(method, path, body):
    scope = scope_of(method, path.partition("?")[0])
    others = set(SCOPES) - {scope}
    answer = ask(method, path, body, with_token(others), world())
    assert problem(answer, 403)["type"] == "urn:stockwarden:problem:insufficient-scope"
    challenge = answer.headers["www-authenticate"]
    assert 'error="insufficient_scope"' in challenge
    assert (f'scope="{scope}"' in challenge) is (scope is not None)


def is_opened(decision: Decision) -> bool:
    return scope_of(*decision.route) is not None


@pytest.mark.parametrize("decision", list(filter(is_opened, DECISIONS)), ids=name_of)
def test_its_scope_opens_a_route_in_its_warehouse_only(decision):
    ids = world()
    scope = scope_of(decision.method, decision.path.partition("?")[0])

    def send(warehouse_id: str, caller=USER) -> Response:
        token = with_token({scope}, {warehouse_id}, caller)
        return ask(decision.method, decision.path, decision.body, token, ids)

    for caller in (USER, ADMIN):
        assert send("wh_elsewhere", caller).status == 404
    answer = send(ids["empty_id" if "{empty_id}" in decision.path else "warehouse_id"])
    if decision.body == {"warehouse_id": None}:
        # It leaves the warehouse.
        problem(answer, 403)
    else:
        assert answer.status == decision.status, answer.body


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [(method, path, body) for (method, path), body in EVERYBODY.items() if scope_of(method, path)],
)
def test_a_token_for_warehouses_is_for_nothing_else(method, path, body):
    ids = {**world(), "code": "expired"}
    scope = scope_of(method, path)
    asked = path + QUERIES.get((method, path), "")
    assert ask(method, asked, body, with_token({scope}), ids).status in {200, 201}
    answer = ask(method, asked, body, with_token({scope}, {ids["warehouse_id"]}), ids)
    match method, path:
        case "GET", "/warehouses":
            assert [warehouse["id"] for warehouse in answer.json["warehouses"]] == [
                ids["warehouse_id"]
            ]
        case ("POST", "/anomalies/status") | ("PATCH", "/anomalies"):
            assert len(answer.json["failed"]) == 1
        case "GET", "/rules" | "/rules/{code}":
            assert answer.status == 200  # the defaults, which are nobody's
        case "GET", "/search":
            assert {each["warehouse_id"] for each in answer.json["results"]} <= {
                ids["warehouse_id"]
            }
        case _:
            assert "certain warehouses" in problem(answer, 403)["detail"]


def test_reports_of_one_warehouse_are_listed_with_a_token_for_it():
    ids = world()
    path = "/reports?warehouse_id={warehouse_id}"
    for warehouse_id, count in ((ids["warehouse_id"], 2), ("wh_elsewhere", 0)):
        answer = ask("GET", path, None, with_token({"reports:read"}, {warehouse_id}), ids)
        if count:
            assert len(answer.json["reports"]) == count
        else:
            problem(answer, 404)


def test_every_scope_reads_or_writes():
    assert {scope.partition(":")[2] for scope in SCOPES} == {READ, WRITE}
