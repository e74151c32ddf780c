"""`make analyze`: send a file through the public API and print what is wrong with the stock.

python -m tools.local.analyze stock.xlsx [--as-of …] [--layout rules.xlsx] [--mapping '{…}']
"""

import argparse
import json
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
        show.questions(session.call("GET", f"/reports/{report_id}/preview"))
        raise StepFailed(
            "Some columns are unsure; say what they mean: "
            """MAPPING='{"<column in the file>": "<meaning>", …}'."""
        )
    show.require_ready(report)
    return list(session.list("/anomalies", "anomalies", report_id=report_id))


def read_mapping(given: str) -> dict[str, str]:
    """JSON, or the name of a file that holds it. Raises StepFailed."""
    text = given
    if not given.lstrip().startswith("{"):
        text = _existing(given).read_text(encoding="utf-8")
    try:
        mapping: dict[str, str] = json.loads(text)
    except ValueError as error:
        raise StepFailed(f"MAPPING is not valid JSON: {error}.") from error
    return mapping


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
        stack = Stack.read()
        session = Session(stack.api_url, stack.username, stack.password)
        show.anomalies(analyze(session, file, layout, order))


if __name__ == "__main__":
    main()
