"""Odd values in every query parameter of every route: a handled response, never 500."""

import json
from urllib.parse import quote

import pytest

from tests.functions.access.decisions import DECISIONS
from tests.functions.access.sharing_scenario import ask_raw, world
from tests.support.gateway import USER
from tests.support.openapi import DOCUMENT
from tests.support.problems import problem

ODD = [
    "",
    " ",
    "\t",
    "\x00",
    "\u202e",
    "é",
    "x" * 3000,
    "-1",
    "1e400",
    "null",
    "[]",
    '{"S":"x"}',
    "#",
]


def parameters() -> list[tuple[str, str, str]]:
    return [
        (method.upper(), path, parameter["name"])
        for path, methods in DOCUMENT["paths"].items()
        for method, operation in methods.items()
        for parameter in operation.get("parameters", [])
        if parameter["in"] == "query"
    ]


@pytest.mark.parametrize("value", ODD, ids=ascii)
def test_odd_values(value: str) -> None:
    ids = {**world(), "mapping_id": "0" * 20}
    tried = parameters()
    assert len(tried) > 40
    bodies = {decision.route: decision for decision in DECISIONS}
    for method, path, name in tried:
        decided = bodies.get((method, path))
        body = json.dumps(decided.body) if decided and decided.body is not None else None
        answer = ask_raw(method, f"{path}?{name}={quote(value)}", body, USER, ids)
        if answer.status >= 400:
            assert problem(answer, answer.status)["status"] < 500, (method, path, name)
