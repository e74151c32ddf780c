"""Every route of docs/openapi.json × {nobody, other, viewer, operator, manager, owner, admin}.

A new route fails here until somebody has decided who may use it.
"""

import importlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from stockwarden import bootstrap
from stockwarden.anomalies.requests import AnomalyFilter
from stockwarden.http.api import BASE_PATH
from stockwarden.identity.access import Caller, Standing
from stockwarden.storage.cursors import encode_cursor
from stockwarden.storage.tables import Table, write
from tests.engine.anomalies.stock_room import finding
from tests.support.aws import cloud
from tests.support.gateway import ADMIN, OTHER, USER, Response, call
from tests.support.reports import create, create_warehouse, empty, share
from tools.template import ROOT, resources, routes

VIEWER, OPERATOR = Standing.VIEWER, Standing.OPERATOR
MANAGER, OWNER = Standing.MANAGER, Standing.OWNER
CALLERS = {
    Standing.STRANGER: OTHER,
    VIEWER: Caller("vera", "user", "s-vera"),
    OPERATOR: Caller("oscar", "user", "s-oscar"),
    MANAGER: Caller("mary", "user", "s-mary"),
    OWNER: USER,
}

_TODAY = datetime.now(UTC).date().isoformat()
_SUPPRESSION = {"rule": "stagnant-pallet", "subject_pattern": "BOX-*", "reason": "Empty boxes."}

# For everybody who is signed in: it concerns only their own things.
EVERYBODY: dict[tuple[str, str], Any] = {
    ("GET", "/reports"): None,
    ("POST", "/reports"): {"filename": "stock.csv"},
    ("GET", "/warehouses"): None,
    ("POST", "/warehouses"): {"name": "North"},
    ("GET", "/anomalies"): None,
    ("POST", "/anomalies/status"): {"ids": ["x"], "status": "New"},
    ("PATCH", "/anomalies"): {"ids": ["x"], "due_date": None},
    ("GET", "/mappings"): None,
    ("GET", "/rules"): None,
    ("GET", "/suppressions"): None,
    ("POST", "/suppressions"): {**_SUPPRESSION, "until": _TODAY},
}
# About a thing of a warehouse: the weakest standing that is answered, and what it sends.
DECIDED: dict[tuple[str, str], tuple[Standing, Any]] = {
    ("GET", "/reports/{report_id}"): (VIEWER, None),
    ("GET", "/reports/{report_id}/details"): (VIEWER, None),
    ("GET", "/reports/{report_id}/preview"): (VIEWER, None),
    ("PATCH", "/reports/{report_id}"): (OPERATOR, {"report_name": "Other"}),
    ("PUT", "/reports/{report_id}/mapping"): (OPERATOR, {"column_mapping": {"A": "location"}}),
    ("POST", "/reports/{report_id}/reanalysis"): (OPERATOR, {}),
    ("DELETE", "/reports/{report_id}"): (MANAGER, None),
    ("POST", "/reports/{report_id}/exports"): (VIEWER, {"format": "xlsx"}),
    ("GET", "/reports/{report_id}/exports/{export_id}"): (VIEWER, None),
    ("GET", "/warehouses/{warehouse_id}"): (VIEWER, None),
    ("PATCH", "/warehouses/{warehouse_id}"): (MANAGER, {"name": "South"}),
    ("PUT", "/warehouses/{warehouse_id}/layout"): (MANAGER, []),
    ("DELETE", "/warehouses/{warehouse_id}"): (OWNER, None),
    ("GET", "/warehouses/{warehouse_id}/utilization"): (VIEWER, None),
    ("GET", "/warehouses/{warehouse_id}/trends"): (VIEWER, None),
    ("GET", "/warehouses/{warehouse_id}/costs"): (VIEWER, None),
    ("PUT", "/warehouses/{warehouse_id}/costs"): (MANAGER, {"currency": "EUR"}),
    ("GET", "/warehouses/{warehouse_id}/members"): (VIEWER, None),
    ("GET", "/warehouses/{warehouse_id}/members/{username}"): (VIEWER, None),
    ("PUT", "/warehouses/{warehouse_id}/members/{username}"): (MANAGER, {"role": "operator"}),
    ("DELETE", "/warehouses/{warehouse_id}/members/{username}"): (MANAGER, None),
    ("GET", "/anomalies/{anomaly_id}"): (VIEWER, None),
    ("PATCH", "/anomalies/{anomaly_id}"): (OPERATOR, {"assignee": "vera"}),
    ("POST", "/anomalies/{anomaly_id}/status"): (OPERATOR, {"status": "Resolved"}),
    ("POST", "/anomalies/{anomaly_id}/comments"): (OPERATOR, {"comment": "Seen."}),
    ("DELETE", "/suppressions/{suppression_id}"): (MANAGER, None),
}
# By an id that only its owner ever has, whatever the warehouse.
PERSONAL = {("PUT", "/mappings/{mapping_id}"), ("DELETE", "/mappings/{mapping_id}")}
# What these are about needs a query or a body to say: they are among those below.
FURTHER = {
    ("GET", "/pallets/{pallet_id}"),
    ("GET", "/reports/{report_id}/diff"),
    ("GET", "/reports/{report_id}/what-if"),
    ("GET", "/rules/{code}"),
    ("PUT", "/rules/{code}"),
    ("DELETE", "/rules/{code}"),
    ("GET", "/rules/{code}/versions"),
    ("GET", "/rules/{code}/suggestion"),
    ("POST", "/rules/{code}/backtest"),
}
# The same, where what a request is about stands in its query or body.
WITHIN: list[tuple[str, str, Standing, Any]] = [
    ("GET", "/anomalies?report_id={report_id}", VIEWER, None),
    ("GET", "/anomalies?warehouse_id={warehouse_id}", VIEWER, None),
    (
        "POST",
        "/anomalies/status",
        OPERATOR,
        {"filter": {"report_id": "{report_id}"}, "status": "New"},
    ),
    ("PATCH", "/anomalies", OPERATOR, {"filter": {"report_id": "{report_id}"}, "due_date": None}),
    (
        "PUT",
        "/warehouses/{warehouse_id}/members/{username}",
        OWNER,
        {"role": "manager"},
    ),
    ("GET", "/pallets/{pallet_id}?warehouse_id={warehouse_id}", VIEWER, None),
    ("GET", "/reports/{report_id}/diff?against={report_id}", VIEWER, None),
    ("GET", "/reports/{report_id}/what-if?rule={code}", VIEWER, None),
    ("GET", "/rules?warehouse_id={warehouse_id}", VIEWER, None),
    ("GET", "/rules/{code}?warehouse_id={warehouse_id}", VIEWER, None),
    ("PUT", "/rules/{code}?warehouse_id={warehouse_id}", MANAGER, {"enabled": False}),
    ("DELETE", "/rules/{code}?warehouse_id={warehouse_id}", MANAGER, None),
    ("GET", "/rules/{code}/versions?warehouse_id={warehouse_id}", VIEWER, None),
    ("GET", "/rules/{code}/suggestion?warehouse_id={warehouse_id}", VIEWER, None),
    ("POST", "/rules/{code}/backtest", VIEWER, {"warehouse_id": "{warehouse_id}"}),
    ("GET", "/suppressions?warehouse_id={warehouse_id}", VIEWER, None),
    (
        "POST",
        "/suppressions",
        MANAGER,
        {**_SUPPRESSION, "until": _TODAY, "warehouse_id": "{warehouse_id}"},
    ),
]
CASES = [(method, path, *decision) for (method, path), decision in DECIDED.items()] + WITHIN

HANDLERS = {
    name: importlib.import_module(found["Properties"]["Handler"].rpartition(".")[0]).handler
    for name, found in resources("AWS::Serverless::Function").items()
    if name in {function for function, _ in routes().values()}
}


@pytest.fixture(scope="module")
def _shared_account() -> Iterator[None]:
    with cloud():
        yield


@pytest.fixture(autouse=True)
def _people(_shared_account: None) -> Iterator[None]:
    for username in ("alice", "bob", "vera", "oscar", "mary", "nina"):
        bootstrap.users().add(username, "no password")
    yield
    empty()


def world() -> dict[str, str]:
    """A warehouse of alice with a member of each role, and a report of it with one anomaly."""
    warehouse_id = create_warehouse()["id"]
    for standing in (VIEWER, OPERATOR, MANAGER):
        share(warehouse_id, CALLERS[standing].username, standing.word)
    share(warehouse_id, "nina", "viewer")
    report_id = create(warehouse_id=warehouse_id)["report_id"]
    generations, table = bootstrap.anomaly_generations(), bootstrap.reports_table()
    counts = generations.write_generation(report_id, "job_1.1", [finding(1)])
    key = {"pk": f"REPORT#{report_id}", "sk": "SUMMARY"}
    summary = table.get(key)
    assert summary
    write(
        table.update(key, "SET #generation = :generation", generation="job_1.1"),
        *generations.show_operations(
            report_id,
            "job_1.1",
            counts,
            owner=summary["owner"],
            listed=summary["listed"],
            warehouse_id=warehouse_id,
        ),
    )
    found = bootstrap.anomalies().page(USER, report_id, AnomalyFilter(), None, 10)
    return {
        "warehouse_id": warehouse_id,
        "report_id": report_id,
        "anomaly_id": found.anomalies[0].id,
        "username": "nina",
        "export_id": "exp_0",
        "code": "stagnant-pallet",
        "pallet_id": "P-1",
        "suppression_id": suppress(warehouse_id),
    }


def suppress(warehouse_id: str) -> str:
    body = {**_SUPPRESSION, "until": _TODAY, "warehouse_id": warehouse_id}
    made = ask("POST", "/suppressions", body, USER, {})
    assert made.status == 201, made.body
    return str(made.json["id"])


def ask(method: str, path: str, body: Any, caller: Caller | None, ids: dict[str, str]) -> Response:
    function, _ = routes()[method, BASE_PATH + path.partition("?")[0]]
    text = json.dumps(body)
    for name, value in ids.items():
        text = text.replace(f"{{{name}}}", value)
    sent = json.loads(text)
    return call(HANDLERS[function], method, path.format(**ids), json=sent, caller=caller)


NOT_THERE = {
    f"There is no such {thing}." for thing in ("report", "warehouse", "anomaly", "suppression")
}


def is_refused(response: Response) -> bool:
    if response.status == 404:
        return response.json["detail"] in NOT_THERE
    return response.status in {401, 403}


def test_every_route_is_decided() -> None:
    document = json.loads((ROOT / "docs" / "openapi.json").read_text(encoding="utf-8"))
    private = {
        (method.upper(), path)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
        if (security := operation.get("security", document["security"])) and {} not in security
    }
    assert EVERYBODY.keys() | DECIDED.keys() | PERSONAL | FURTHER == private
    assert {(method, path.partition("?")[0]) for method, path, _, _ in WITHIN} >= FURTHER


@pytest.mark.parametrize(("method", "path", "least", "body"), CASES)
def test_the_weakest_who_may(method: str, path: str, least: Standing, body: Any) -> None:
    ids = world()
    assert ask(method, path, body, None, ids).status == 401
    for standing, caller in CALLERS.items():
        if standing < least:
            refused = ask(method, path, body, caller, ids)
            assert is_refused(refused), (standing, refused.status, refused.body)
            assert (refused.status == 404) == (standing is Standing.STRANGER)
    for standing, caller in [*CALLERS.items(), (OWNER, ADMIN)]:
        if standing >= least:
            answer = ask(method, path, body, caller, ids)
            assert not is_refused(answer), (caller.username, answer.status, answer.body)
            assert answer.status < 500
            if method != "GET":
                ids = world()


@pytest.mark.parametrize(("method", "path"), EVERYBODY)
def test_own_things_are_everybodys_right(method: str, path: str) -> None:
    body = EVERYBODY[method, path]
    assert ask(method, path, body, None, {}).status == 401
    for caller in [*CALLERS.values(), ADMIN]:
        assert ask(method, path, body, caller, {}).status in {200, 201}


@pytest.mark.parametrize(("method", "path"), DECIDED)
def test_what_is_foreign_looks_like_what_is_not_there(method: str, path: str) -> None:
    ids = world()
    missing = {
        **ids,
        "report_id": "rep_0",
        "warehouse_id": "wh_0",
        "anomaly_id": f"rep_0-{'0' * 20}",
        "suppression_id": f"wh_0-{'0' * 20}",
    }
    body = DECIDED[method, path][1]
    foreign = ask(method, path, body, OTHER, ids)
    absent = ask(method, path, body, OTHER, missing)
    assert foreign.status == absent.status == 404
    assert foreign.json["detail"] == absent.json["detail"]


@pytest.mark.parametrize("standing", CALLERS)
def test_sending_a_report_to_a_warehouse(standing: Standing) -> None:
    ids = world()
    body = {"filename": "stock.csv", "warehouse_id": ids["warehouse_id"]}
    answer = ask("POST", "/reports", body, CALLERS[standing], ids)
    expected = {Standing.STRANGER: 422, VIEWER: 403}.get(standing, 201)
    assert answer.status == expected
    if expected == 201:
        report = answer.json["report"]
        assert (report["username"], report["created_by"]) == ("alice", CALLERS[standing].username)


@pytest.mark.parametrize("wrong", ["x" * 3000, "rep%20x", "rep%23x"])
@pytest.mark.parametrize(("method", "path"), DECIDED)
def test_what_cannot_be_an_id_never_becomes_a_key(
    monkeypatch: pytest.MonkeyPatch, method: str, path: str, wrong: str
) -> None:
    for name in ("get", "get_many", "query"):
        monkeypatch.delattr(Table, name)
    names = ("report_id", "warehouse_id", "anomaly_id", "suppression_id")
    ids = {**dict.fromkeys(names, wrong), "username": "nina", "export_id": "exp_0"}
    assert ask(method, path, DECIDED[method, path][1], USER, ids).status == 404


@pytest.mark.parametrize(
    ("path", "scope", "parts"),
    [
        ("/reports", "reports#alice#None#None", ["x" * 1400]),
        ("/warehouses", "warehouses#alice", ["x" * 1400]),
        ("/suppressions", "suppressions#SUPPRESSIONS#alice", ["x" * 1400]),
    ],
)
def test_a_forged_cursor_never_becomes_a_key(path: str, scope: str, parts: list[str]) -> None:
    cursor = encode_cursor(scope, parts)
    assert ask("GET", f"{path}?cursor={cursor}", None, USER, {}).status == 400


def test_a_deleted_report_is_gone_for_all() -> None:
    ids = world()
    assert ask("DELETE", "/reports/{report_id}", None, USER, ids).status == 204
    for caller in [*CALLERS.values(), ADMIN]:
        assert ask("GET", "/reports/{report_id}", None, caller, ids).status == 404
        assert ask("GET", "/reports", None, caller, ids).json["reports"] == []
        assert ask("GET", "/anomalies", None, caller, ids).json["anomalies"] == []
    assert ask("DELETE", "/reports/{report_id}", None, OTHER, ids).status == 404
    assert ask("DELETE", "/reports/{report_id}", None, USER, ids).status == 204
