"""Numbers that no field could hold, in every JSON body of the API and in every place of it.

The places are those of docs/openapi.json, so that a new route or field is tried by itself; and a
field that nobody knows. Each answers 422 with a pointer to the number, or 400 for what is no JSON.
"""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.functions.access import decisions
from tests.functions.access.decisions import COMPANY, DECISIONS, EVERYBODY, OWN_ACCOUNT
from tests.functions.access.sharing_scenario import ask_raw
from tests.support.gateway import USER
from tests.support.openapi import DOCUMENT
from tests.support.problems import problem

MANY = "9" * 400
UNFIT = {
    "an integer": MANY,
    "a negative integer": f"-{MANY}",
    "more than Python reads": "9" * 5000,
    "one digit too many": "1" * 39,
    "a decimal": f"{MANY}.5",
    "decimals": f"0.{'1' * 400}",
    "infinite": "1e400",
    "negatively infinite": "-1E+400",
    "a huge exponent": f"1e{MANY}",
    "large for the database": "1e126",
    "small for the database": "1e-131",
    "nothing after all": f"1e-{'9' * 20}",
}
NO_JSON = {
    "NaN": "NaN",
    "Infinity": "Infinity",
    "-Infinity": "-Infinity",
    "deep": "[" * 40 + "]" * 40,
    "deep objects": '{"a":' * 40 + "1" + "}" * 40,
    "deeper than the stack": "[" * 100_000,
}
BODIES: dict[tuple[str, str], Any] = {
    **{route: body for route, body in EVERYBODY.items() if body is not None},
    **{route: body for route, body in OWN_ACCOUNT.items() if body is not None},
    **{decision.route: decision.body for decision in DECISIONS if decision.body is not None},
    **{route: body for route, (_, body) in COMPANY.items() if body is not None},
    ("PUT", "/mappings/{mapping_id}"): {"column_mapping": {"A": "pallet_id"}},
    ("POST", "/auth/register"): {"username": "ana", "password": "eleven blue pallets"},
    ("POST", "/auth/login"): {"username": "ana", "password": "eleven blue pallets"},
    ("POST", "/auth/email/verify"): {"token": "x"},
    ("POST", "/auth/password/forgot"): {"username": "ana"},
    ("POST", "/auth/password/reset"): {"token": "x", "password": "eleven blue pallets"},
    ("POST", "/auth/refresh"): {"refresh_token": "x"},
    ("POST", "/auth/logout"): {"refresh_token": "x"},
}
# The ids need not exist: bodies are validated before any lookup.
IDS = {
    "report_id": "rep_0",
    "older_id": "rep_1",
    "warehouse_id": "wh_0",
    "anomaly_id": f"rep_0-{'0' * 20}",
    "mapping_id": "0" * 20,
    "pallet_id": "P-0000",
    "username": "nina",
    "code": "expired",
}
PATHS = {decision.route: decision.path for decision in DECISIONS}
ROUTES = [
    (method.upper(), path, operation["requestBody"]["content"]["application/json"]["schema"])
    for path, methods in DOCUMENT["paths"].items()
    for method, operation in methods.items()
    if "application/json" in operation.get("requestBody", {}).get("content", {})
]
_HERE = "@here@"


def value_paths(
    schema: dict[str, Any], seen_schemas: tuple[str, ...] = ()
) -> Iterator[list[str | int]]:
    """Yields the paths of all values in a body of this schema, the body itself first."""
    yield []
    if reference := schema.get("$ref"):
        name = reference.rpartition("/")[2]
        if name not in seen_schemas:
            yield from value_paths(DOCUMENT["components"]["schemas"][name], (*seen_schemas, name))
    for choice in (*schema.get("anyOf", ()), *schema.get("allOf", ())):
        yield from value_paths(choice, seen_schemas)
    for name, inner in schema.get("properties", {}).items():
        yield from ([name, *rest] for rest in value_paths(inner, seen_schemas))
    if isinstance(schema.get("additionalProperties"), dict | bool):
        inner = schema["additionalProperties"]
        for rest in value_paths(inner if isinstance(inner, dict) else {}, seen_schemas):
            yield ["expired", *rest]
    if "items" in schema:
        yield from ([0, *rest] for rest in value_paths(schema["items"], seen_schemas))


def body_with(base: Any, path: list[str | int], raw: str) -> str:
    """The base document as JSON text, with the raw text at the path."""

    def put(value: Any, rest: list[str | int]) -> Any:
        if not rest:
            return _HERE
        if rest[0] == 0:
            return [put(None, rest[1:])]
        inner = value if isinstance(value, dict) else {}
        return {**inner, rest[0]: put(inner.get(rest[0]), rest[1:])}

    return json.dumps(put(base, path)).replace(f'"{_HERE}"', raw)


def test_every_route_is_tried() -> None:
    assert {(method, path) for method, path, _ in ROUTES} == BODIES.keys()


@pytest.mark.parametrize(("method", "path", "schema"), ROUTES, ids=lambda value: str(value)[:40])
def test_a_number_that_nothing_could_hold(method: str, path: str, schema: Any) -> None:
    request_path = PATHS.get((method, path), path)
    locations = {tuple(map(str, location)): location for location in value_paths(schema)}
    for location in [*locations.values(), ["unknown"], ["unknown", 0, "inner"]]:
        pointer = "".join(f"/{part}" for part in location)
        for name, raw in UNFIT.items():
            text = body_with(BODIES[method, path], location, raw)
            errors = problem(ask_raw(method, request_path, text, USER, IDS), 422)["errors"]
            assert [error["pointer"] for error in errors] == [pointer], (name, location)
    for raw in NO_JSON.values():
        text = body_with(BODIES[method, path], ["unknown"], raw)
        problem(ask_raw(method, request_path, text, USER, IDS), 400)


QUERIES = [
    (path, parameter["name"])
    for path, methods in DOCUMENT["paths"].items()
    for method, operation in methods.items()
    if method == "get"
    for parameter in operation.get("parameters", [])
    if parameter["in"] == "query" and parameter["schema"].get("type") == "integer"
]


@pytest.mark.parametrize("raw", [MANY, f"-{MANY}", "9" * 5000, "1e400", "NaN"])
def test_a_number_in_the_address(raw: str) -> None:
    assert len(QUERIES) > 10
    for path, name in QUERIES:
        request_path = next(
            (decision.path for decision in DECISIONS if decision.route == ("GET", path)), path
        )
        request_path += decisions.QUERIES.get(("GET", path), "")
        request_path += f"{'&' if '?' in request_path else '?'}{name}={raw}"
        (error,) = problem(ask_raw("GET", request_path, None, USER, IDS), 422)["errors"]
        assert (error["pointer"], error["in"]) == (f"/{name}", "query")
