"""The routes of the template, of the functions and of docs/openapi.json are the same."""

import importlib
import json

import pytest

from tools.template import ROOT, load, resources, routes

BASE_PATH = "/api/v1"
OPENAPI = json.loads((ROOT / "docs" / "openapi.json").read_text(encoding="utf-8"))
DOCUMENTED = {
    (method.upper(), BASE_PATH + path): operation
    for path, methods in OPENAPI["paths"].items()
    for method, operation in methods.items()
}
HTTP_FUNCTIONS = sorted({function for function, _ in routes().values()})


def test_openapi_documents_the_template() -> None:
    assert set(DOCUMENTED) == set(routes())


@pytest.mark.parametrize("route", sorted(routes()), ids=" ".join)
def test_openapi_says_which_routes_need_no_token(route: tuple[str, str]) -> None:
    _, public = routes()[route]
    security = DOCUMENTED[route].get("security", OPENAPI["security"])
    assert (not security or {} in security) == public


@pytest.mark.parametrize("function", HTTP_FUNCTIONS)
def test_function_answers_exactly_its_routes(function: str) -> None:
    handler = resources("AWS::Serverless::Function")[function]["Properties"]["Handler"]
    api = importlib.import_module(handler.rpartition(".")[0]).api
    answered = {
        (route.method.upper(), route.openapi_path.partition(";")[0]) for route in api.routes
    }
    assert answered == {route for route, (owner, _) in routes().items() if owner == function}


def test_routes_are_spelled_out() -> None:
    for method, path in routes():
        assert method in {"GET", "POST", "PUT", "PATCH", "DELETE"}
        assert "+" not in path


def test_every_other_route_asks_the_authorizer() -> None:
    (api,) = resources("AWS::Serverless::Api").values()
    auth = api["Properties"]["Auth"]
    authorizer = auth["Authorizers"][auth["DefaultAuthorizer"]]
    assert authorizer["FunctionPayloadType"] == "REQUEST"
    assert authorizer["Identity"]["ReauthorizeEvery"] == {"Ref": "AuthorizerCacheSeconds"}
    assert load()["Parameters"]["AuthorizerCacheSeconds"]["Default"] == 60
