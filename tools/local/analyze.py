"""`make analyze`: send a file through the public API and print what is wrong with the stock.

python -m tools.local.analyze stock.xlsx [--as-of …] [--layout rules.xlsx] [--mapping '{…}']
                              [--warehouse "Demo warehouse" [--scope whole|part]]

It signs in as the demo user of `make up`; with STOCKWARDEN_TOKEN in the environment, an API token,
as that, and then at STOCKWARDEN_URL (…/api/v1), which may be any stack.
"""

import argparse
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tools.local import show
from tools.local.command import command
from tools.local.failure import StepFailed
from tools.local.session import Session
from tools.local.stack import Stack


def analyze(
    session: Session, file: Path, layout: Path | None, order: dict[str, Any]
) -> list[dict[str, Any]]:
    """The anomalies, most urgent first. Raises StepFailed for a file that cannot be judged."""
    report_id = session.send(file, layout, **order)
    with show.progress() as watch:
        report = session.wait(report_id, watch)
    if report["status"] == "needs_mapping":
        preview = session.call("GET", f"/reports/{report_id}/preview")
        if any(question["kind"] == "scope" for question in preview["questions"]):
            raise StepFailed(
                f"{report['reason']} Nothing was resolved. Send it again and say: SCOPE=whole, "
                "SCOPE=part, or another WAREHOUSE=…"
            )
        show.questions(preview)
        raise StepFailed(
            "Some columns are unsure; say what they mean: "
            """MAPPING='{"<column in the file>": "<meaning>", …}'."""
        )
    show.require_ready(report)
    return list(session.list("/anomalies", "anomalies", report_id=report_id))


def read_mapping(source: str) -> dict[str, str]:
    """Parses a mapping given as JSON or as the name of a JSON file. Raises StepFailed."""
    text = source
    if not source.lstrip().startswith("{"):
        text = _existing(source).read_text(encoding="utf-8")
    try:
        mapping: dict[str, str] = json.loads(text)
    except ValueError as error:
        raise StepFailed(f"MAPPING is not valid JSON: {error}.") from error
    return mapping


def find_warehouse(session: Session, name_or_id: str) -> str:
    """The id of the warehouse with this name or id. Raises StepFailed if not exactly one."""
    warehouses = list(session.list("/warehouses", "warehouses"))
    matching = [
        warehouse["id"]
        for warehouse in warehouses
        if name_or_id in {warehouse["id"], warehouse["name"]}
    ]
    if len(matching) != 1:
        names = ", ".join(warehouse["name"] for warehouse in warehouses) or "none yet"
        raise StepFailed(f"There is no one warehouse called {name_or_id}; there are: {names}.")
    return str(matching[0])


def sign_in(environment: Mapping[str, str]) -> Session:
    """With the API token of the environment, else as the demo user."""
    token, url = environment.get("STOCKWARDEN_TOKEN"), environment.get("STOCKWARDEN_URL")
    if token:
        return Session.of_api_token(url or Stack.read().api_url, token)
    stack = Stack.read()
    return Session(stack.api_url, stack.username, stack.password)


def _existing(name: str) -> Path:
    path = Path(name).expanduser()
    if not path.is_file():
        raise StepFailed(f"There is no file {name}.")
    return path


def main() -> None:
    parser = argparse.ArgumentParser(description="Analyze an inventory file.")
    parser.add_argument("file")
    parser.add_argument("--as-of", default="")
    parser.add_argument("--layout", default="")
    parser.add_argument("--mapping", default="")
    parser.add_argument("--warehouse", default="")
    parser.add_argument("--scope", default="")
    arguments = parser.parse_args()
    with command("make analyze"):
        if not arguments.file:
            raise StepFailed("Name the file: make analyze FILE=stock.xlsx")
        order: dict[str, Any] = {}
        if arguments.as_of:
            order["as_of"] = arguments.as_of
        if arguments.mapping:
            order["column_mapping"] = read_mapping(arguments.mapping)
        file = _existing(arguments.file)
        layout = _existing(arguments.layout) if arguments.layout else None
        session = sign_in(os.environ)
        if arguments.warehouse:
            order["warehouse_id"] = find_warehouse(session, arguments.warehouse)
        if arguments.scope:
            order["scope"] = arguments.scope
        show.anomalies(analyze(session, file, layout, order))


if __name__ == "__main__":
    main()
