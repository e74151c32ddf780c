"""Writes `docs/openapi.json`, or reports where it differs from the code.

python -m tools.openapi            # write
python -m tools.openapi --check    # exit 1 and name the first difference
"""

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "docs" / "openapi.json"
DESCRIPTION = (
    "Stockwarden tells a warehouse what is wrong with its stock. Send the inventory export of "
    "your warehouse system as a report, read the anomalies that it finds, and resolve them until "
    "none is open. Errors are RFC 9457 problems. Lists have a `next_cursor`, which is null on the "
    "last page."
)


def document() -> dict[str, Any]:
    """The merged OpenAPI document of all functions, built from their resolvers."""
    os.environ.setdefault("AWS_DEFAULT_REGION", "eu-west-1")
    os.environ.setdefault("POWERTOOLS_METRICS_NAMESPACE", "Stockwarden")
    from admin.app import api as admin
    from anomalies.app import api as anomalies
    from auth.app import api as auth
    from backtest.app import api as backtest
    from catalog.app import api as catalog
    from reports.app import api as reports
    from rules.app import api as rules
    from stock.app import api as stock
    from stockwarden.core.config import Settings
    from stockwarden.http.openapi import merge_documents
    from warehouses.app import api as warehouses

    return merge_documents(
        [auth, admin, catalog, stock, warehouses, reports, anomalies, rules, backtest],
        title="Stockwarden",
        version=Settings().version,
        description=DESCRIPTION,
    )


def first_difference(old: Any, new: Any, parent: str = "") -> str | None:
    """The first difference of two JSON values: its pointer and both values; None if equal."""
    if isinstance(old, dict) and isinstance(new, dict):
        for name in sorted(old.keys() | new.keys()):
            pointer = f"{parent}/{name.replace('~', '~0').replace('/', '~1')}"
            if name not in old:
                return f"{pointer} is new in the code"
            if name not in new:
                return f"{pointer} is no longer in the code"
            if difference := first_difference(old[name], new[name], pointer):
                return difference
        return None
    return None if old == new else f"{parent}: file has {old!r:.80}, code has {new!r:.80}"


def main() -> int:
    parser = argparse.ArgumentParser(description="Write or check docs/openapi.json.")
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    merged = document()
    if not arguments.check:
        text = json.dumps(merged, indent=1, ensure_ascii=False) + "\n"
        TARGET.write_text(text, encoding="utf-8")
        return 0
    stored = json.loads(TARGET.read_text(encoding="utf-8")) if TARGET.exists() else {}
    drift = first_difference(stored, merged)
    if drift:
        print(f"docs/openapi.json has drifted: {drift}; run `make openapi`.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
