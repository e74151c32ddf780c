"""docs/openapi.json, as the tests of every route read it."""

import json

from tools.template import ROOT

DOCUMENT = json.loads((ROOT / "docs" / "openapi.json").read_text(encoding="utf-8"))


def required_headers(method: str, path: str) -> set[str]:
    """The headers that a route of the document takes without an alternative."""
    operation = DOCUMENT["paths"].get(path.partition("?")[0], {}).get(method.lower(), {})
    return {
        parameter["name"]
        for parameter in operation.get("parameters", [])
        if parameter["in"] == "header" and parameter.get("required")
    }
