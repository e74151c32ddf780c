"""template.yaml as data, for the tools and tests that must agree with it."""

import re
from functools import cache
from pathlib import Path
from typing import Any

import yaml

# The function that an integration of the API leads to.
_FUNCTION = re.compile(r"\$\{(\w+)\.Alias\}")
ROOT = Path(__file__).resolve().parents[1]


class _Loader(yaml.SafeLoader):
    """Reads `!Ref X` as `{"Ref": X}` and `!Sub X` as `{"Fn::Sub": X}`, the long forms."""


def _intrinsic(loader: yaml.SafeLoader, suffix: str, node: Any) -> dict[str, Any]:
    name = suffix if suffix in {"Ref", "Condition"} else f"Fn::{suffix}"
    if isinstance(node, yaml.ScalarNode):
        return {name: loader.construct_scalar(node)}
    if isinstance(node, yaml.SequenceNode):
        return {name: loader.construct_sequence(node, deep=True)}
    return {name: loader.construct_mapping(node, deep=True)}


_Loader.add_multi_constructor("!", _intrinsic)


@cache
def load() -> dict[str, Any]:
    text = (ROOT / "template.yaml").read_text(encoding="utf-8")
    template: dict[str, Any] = yaml.load(text, Loader=_Loader)  # noqa: S506 - a SafeLoader
    return template


def resources(kind: str) -> dict[str, dict[str, Any]]:
    """The resources of one type, by logical id."""
    return {
        name: resource for name, resource in load()["Resources"].items() if resource["Type"] == kind
    }


def routes() -> dict[tuple[str, str], tuple[str, bool]]:
    """(METHOD, path) → (logical id of its function, whether it needs no token); no OPTIONS."""
    (api,) = resources("AWS::Serverless::Api").values()
    by_route: dict[tuple[str, str], tuple[str, bool]] = {}
    for path, methods in api["Properties"]["DefinitionBody"]["paths"].items():
        for method, operation in methods.items():
            if method == "options":
                continue
            uri = operation["x-amazon-apigateway-integration"]["uri"]["Fn::Sub"]
            (function,) = _FUNCTION.findall(uri)
            by_route[method.upper(), path] = (function, operation.get("security") == [{"NONE": []}])
    return by_route
