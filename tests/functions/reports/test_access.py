"""Every route × {nobody, owner, other user, admin}."""

import pytest

from reports import app
from stockwarden.http.api import BASE_PATH, MULTIPART
from stockwarden.storage.cursors import encode_cursor
from stockwarden.storage.tables import Table
from tests.support.gateway import ADMIN, OTHER, USER
from tests.support.reports import create, create_warehouse, send

# Of a report or warehouse that exists: what its owner is answered.
OWNED = {
    ("GET", "/reports/{report}"): (None, 200),
    ("GET", "/reports/{report}/details"): (None, 200),
    ("GET", "/reports/{report}/preview"): (None, 404),
    ("PATCH", "/reports/{report}"): ({"report_name": "Other"}, 200),
    ("PUT", "/reports/{report}/mapping"): ({"column_mapping": {"A": "location"}}, 409),
    ("POST", "/reports/{report}/reanalysis"): ({}, 409),
    ("DELETE", "/reports/{report}"): (None, 204),
    ("GET", "/warehouses/{warehouse}"): (None, 200),
    ("PATCH", "/warehouses/{warehouse}"): ({"name": "South"}, 200),
    ("PUT", "/warehouses/{warehouse}/layout"): ([], 200),
    ("DELETE", "/warehouses/{warehouse}"): (None, 204),
}
# What concerns nobody else's things.
OWN = {
    ("GET", "/reports"): (None, 200),
    ("POST", "/reports"): ({"filename": "stock.csv"}, 201),
    ("GET", "/warehouses"): (None, 200),
    ("POST", "/warehouses"): ({"name": "North"}, 201),
}


@pytest.fixture
def ids():
    return {"report": create()["report_id"], "warehouse": create_warehouse()["id"]}


def test_the_tables_here_have_every_route():
    routes = {
        (route.method, route.openapi_path.removeprefix(BASE_PATH).removesuffix(MULTIPART))
        for route in app.api.routes
    }
    tested = {
        (method, path.replace("{report}", "{report_id}").replace("{warehouse}", "{warehouse_id}"))
        for method, path in OWNED | OWN
    }
    assert tested == routes


@pytest.mark.parametrize(("method", "path"), OWNED | OWN)
def test_nobody_gets_in(ids, method, path):
    body, _ = (OWNED | OWN)[method, path]
    response = send(method, path.format(**ids), caller=None, json=body)
    assert response.status == 401
    assert response.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("caller", [USER, ADMIN])
@pytest.mark.parametrize(("method", "path"), OWNED)
def test_the_owner_and_an_admin_are_answered(ids, method, path, caller):
    body, expected = OWNED[method, path]
    assert send(method, path.format(**ids), caller=caller, json=body).status == expected


@pytest.mark.parametrize(("method", "path"), OWNED)
def test_others_are_told_that_there_is_nothing(ids, method, path):
    body, _ = OWNED[method, path]
    foreign = send(method, path.format(**ids), caller=OTHER, json=body)
    missing = send(method, path.format(report="rep_0", warehouse="wh_0"), caller=OTHER, json=body)
    assert foreign.status == missing.status == 404
    assert foreign.json["detail"] == missing.json["detail"]
    assert send("GET", f"/reports/{ids['report']}").json["report_name"] == "stock"
    assert send("GET", f"/warehouses/{ids['warehouse']}").json["version"] == 1


@pytest.mark.parametrize("caller", [USER, OTHER, ADMIN])
@pytest.mark.parametrize(("method", "path"), OWN)
def test_own_things_are_everybodys_right(ids, method, path, caller):
    body, expected = OWN[method, path]
    assert send(method, path, caller=caller, json=body).status == expected


def test_a_deleted_report_is_gone_for_all(ids):
    path = f"/reports/{ids['report']}"
    assert send("DELETE", path).status == 204
    for caller in (USER, OTHER, ADMIN):
        assert send("GET", path, caller=caller).status == 404
    assert send("GET", "/reports").json["reports"] == []
    assert send("DELETE", path, caller=OTHER).status == 404
    assert send("DELETE", path).status == 204


@pytest.mark.parametrize("wrong", ["x" * 3000, "rep%20x", "rep%23x"])
@pytest.mark.parametrize(("method", "path"), OWNED)
def test_what_cannot_be_an_id_never_becomes_a_key(monkeypatch, method, path, wrong):
    for name in ("get", "get_many", "query"):
        monkeypatch.delattr(Table, name)
    body, _ = OWNED[method, path]
    assert send(method, path.format(report=wrong, warehouse=wrong), json=body).status == 404


@pytest.mark.parametrize(
    ("path", "scope"),
    [("/reports", "reports#alice#None#None"), ("/warehouses", "warehouses#alice")],
)
def test_a_forged_cursor_never_becomes_a_key(path, scope):
    cursor = encode_cursor(scope, ["x" * 1400])
    assert send("GET", path, query={"cursor": cursor}).status == 400
    cursor = encode_cursor(scope, ["2026-03-02T04:30:00.000Z#rep_1"])
    assert send("GET", path, query={"cursor": cursor}).status == 200
