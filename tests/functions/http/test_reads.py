"""Every GET has an ETag and answers 304 to it; every refused change answers the current ETag."""

import json
import re

import pytest

from tests.functions.access.decisions import (
    COMPANY,
    DECISIONS,
    EVERYBODY,
    PERSONAL,
    QUERIES,
    Decision,
    route_path,
)
from tests.functions.access.sharing_scenario import HANDLERS, world
from tests.support.gateway import ADMIN, BASE_PATH, USER, Response, call
from tests.support.problems import problem
from tools.template import ROOT, routes

OPENAPI = json.loads((ROOT / "docs" / "openapi.json").read_text(encoding="utf-8"))
OF_ADMINS = {path + QUERIES.get((method, path), "") for method, path in COMPANY if method == "GET"}
READS = sorted(
    {decision.path for decision in DECISIONS if decision.method == "GET"}
    | {path + QUERIES.get((method, path), "") for method, path in EVERYBODY if method == "GET"}
    | {path for method, path in PERSONAL if method == "GET"}
    | OF_ADMINS
)
CHANGES = [
    decision
    for decision in DECISIONS
    if any(
        parameter.get("name") == "If-Match"
        for parameter in OPENAPI["paths"][decision.route[1]][decision.method.lower()].get(
            "parameters", []
        )
    )
]
# Links that are signed anew each time, and figures with the moment at which they were read.
NEW_EACH_TIME = {
    "/reports/{report_id}/exports/{export_id}",
    "/admin/statistics",
    "/items/{item_id}/stock",
}


def ask(method: str, path: str, ids: dict[str, str], **options: object) -> Response:
    function, _ = routes()[method, BASE_PATH + route_path(path)]
    sent = re.sub(r"\{(\w+)\}", lambda name: ids[name[1]], path)
    # An export of the catalog is for who may read that.
    caller = ADMIN if path in OF_ADMINS or path.startswith("/items/exports") else USER
    return call(HANDLERS[function], method, sent, caller=caller, **options)


def test_every_secured_read_is_among_them() -> None:
    documented = {path for path, methods in OPENAPI["paths"].items() if "get" in methods}
    public = {"/health", "/health/ready"}
    assert {path.partition("?")[0] for path in READS} == documented - public


def test_a_read_is_answered_once_and_then_304() -> None:
    ids = world() | {"name": "Mine"}
    view = {"list": "anomalies", "query": {}}
    assert ask("PUT", "/users/me/views/{name}", ids, json=view).status == 200
    asked = {
        "caller": USER,
        "json": {"format": "csv", "filters": {"warehouse_id": ids["warehouse_id"]}},
    }
    log = call(HANDLERS["AdminFunction"], "POST", "/audit-logs/exports", **asked)
    assert log.status == 202, log.body
    order = {"list": "units", "format": "csv"}
    catalog = ask("POST", "/items/exports", ids, json=order)
    assert catalog.status == 202, catalog.body
    exports = {"audit-logs": log.json["id"], "items": catalog.json["id"]}
    of_report = ids["export_id"]
    for path in READS:
        ids["export_id"] = exports.get(path.split("/")[1], of_report)
        first = ask("GET", path, ids)
        assert first.status == 200, (path, first.body)
        etag = first.headers["etag"]
        assert isinstance(first.json.get("version"), int) == ("." in etag), path
        if path in NEW_EACH_TIME:
            continue
        for header in (etag, f"W/{etag}", f'"other", {etag}', "*"):
            again = ask("GET", path, ids, headers={"If-None-Match": header})
            assert (again.status, again.body) == (304, ""), (path, header)
            assert again.headers["etag"] == etag
        other = ask("GET", path, ids, headers={"If-None-Match": '"other"'})
        assert (other.status, other.body) == (200, first.body), path


def test_what_others_change_changes_the_etag_and_not_the_version() -> None:
    """The counts of a report are those of its anomalies, which have versions of their own."""
    ids = world()
    before = ask("GET", "/reports/{report_id}", ids)
    ask("POST", "/anomalies/{anomaly_id}/status", ids, json={"status": "Resolved"})
    headers = {"If-None-Match": before.headers["etag"]}
    after = ask("GET", "/reports/{report_id}", ids, headers=headers)
    assert (after.status, after.version) == (200, before.version)
    assert after.json["counts"]["open"] == before.json["counts"]["open"] - 1


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: f"{change.method} {change.path}")
def test_a_stale_change_is_answered_with_the_current_etag(change: Decision) -> None:
    ids = world()
    text = json.dumps(change.body)
    for name, value in ids.items():
        text = text.replace(f"{{{name}}}", value)
    options = {} if change.body is None else {"json": json.loads(text)}
    headers = {"If-Match": '"999"'}
    refused = ask(change.method, change.path, ids, headers=headers, **options)
    problem(refused, 412)
    current = change.path
    while ("GET", BASE_PATH + route_path(current)) not in routes():
        current = current.rpartition("/")[0]
    assert refused.headers["etag"] == ask("GET", current, ids).headers["etag"]
