"""docs/openapi.json, as the tests of every route read it."""

import json
from typing import Any

from tools.template import ROOT

DOCUMENT = json.loads((ROOT / "docs" / "openapi.json").read_text(encoding="utf-8"))


def parameters_of(operation: dict[str, Any]) -> list[dict[str, Any]]:
    """The parameters of an operation; those that several share are looked up."""
    shared = DOCUMENT["components"].get("parameters", {})
    return [
        shared[parameter["$ref"].rpartition("/")[2]] if "$ref" in parameter else parameter
        for parameter in operation.get("parameters", [])
    ]
