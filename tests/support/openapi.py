"""docs/openapi.json, as the tests of every route read it."""

import json

from tools.template import ROOT

DOCUMENT = json.loads((ROOT / "docs" / "openapi.json").read_text(encoding="utf-8"))
