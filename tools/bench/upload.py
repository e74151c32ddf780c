"""Benchmarks POST to `ready` over HTTP: 100,000 rows with 5,000 and 20,000 anomalies, and a flood.

    python -m tools.bench.upload [--stack .local/stack.json]

Signs in with the demo user of the stack, makes a warehouse with the sample's layout, sends the file
by presigned POST and waits. Limits: 15 s in all with 5,000 anomalies; with 20,000, 10 s from when
the writing begins, as the report's progress tells, until they are shown. A flood of 60,000 unknown
locations is one anomaly: it takes no longer to write than 5,000 anomalies.
"""

import argparse
import json
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NamedTuple

import httpx
from rich.console import Console
from rich.table import Table

from tools.bench.engine import SIX
from tools.sample import SNAPSHOT, inventory_rows, write_workbook
from tools.sample_layout import layout_rows

ROWS = 100_000
WHOLE_OF, WHOLE_SECONDS = 5_000, 15.0
WRITING_OF, WRITING_SECONDS = 20_000, 10.0
FLOOD_OF = 60_000


class Run(NamedTuple):
    """Seconds from POST to ready, the seconds spent writing, and the number of anomalies."""

    whole: float
    writing: float
    anomalies: int


def write_troubled(target: Path, trouble: int) -> None:
    """Writes the sample warehouse with `trouble` pallets without a location."""
    stock = inventory_rows(ROWS)
    for row in stock[:trouble]:
        row["Location"] = None
    write_workbook(target, stock, SIX)


def write_flood(target: Path) -> None:
    """Writes the sample warehouse with `FLOOD_OF` pallets in locations that the layout lacks."""
    stock = inventory_rows(ROWS)
    for number, row in enumerate(stock[:FLOOD_OF]):
        row["Location"] = f"ZONE-{number // 1000:02}-{number % 1000:03}"
    write_workbook(target, stock, SIX)


def sign_in(client: httpx.Client, stack: dict[str, str]) -> None:
    credentials = {"username": stack["username"], "password": stack["password"]}
    token = client.post("auth/login", json=credentials).raise_for_status().json()["token"]
    client.headers["Authorization"] = f"Bearer {token}"


def measure(client: httpx.Client, file: Path, afterwards: ExitStack) -> Run:
    """One upload into a warehouse of its own. Raises RuntimeError if the analysis failed.

    All is deleted `afterwards`: what deleting leaves to be done would slow the next upload.
    """

    def delete_later(path: str) -> None:
        afterwards.callback(lambda: client.delete(path).raise_for_status())

    warehouse = {"name": "Benchmark", "timezone": "UTC", "layout": layout_rows(ROWS)}
    new_warehouse = client.post("warehouses", json=warehouse).raise_for_status().json()
    delete_later(f"warehouses/{new_warehouse['id']}")
    order = {
        "filename": file.name,
        "warehouse_id": new_warehouse["id"],
        "as_of": SNAPSHOT.isoformat(),
    }
    start = time.perf_counter()
    created = client.post("reports", json=order).raise_for_status().json()
    delete_later(f"reports/{created['report_id']}")
    upload = created["upload"]
    with file.open("rb") as content:
        parts = {"file": (file.name, content)}
        httpx.post(upload["url"], data=upload["fields"], files=parts).raise_for_status()
    report, writing_start = _until_done(client, created["report_id"])
    end = time.perf_counter()
    return Run(end - start, end - writing_start, report["anomaly_count"])


def _until_done(client: httpx.Client, report_id: str) -> tuple[dict[str, Any], float]:
    """(settled report, time of the last poll before anything was written)."""
    until = time.monotonic() + 300
    before_writing = time.perf_counter()
    while time.monotonic() < until:
        asked_at = time.perf_counter()
        report: dict[str, Any] = client.get(f"reports/{report_id}").raise_for_status().json()
        if report["status"] == "ready":
            return report, before_writing
        if (report.get("progress") or {}).get("stage") != "writing":
            before_writing = asked_at
        if report["status"] not in {"awaiting_upload", "queued", "analyzing"}:
            raise RuntimeError(f"the report ended as {report['status']}: {report.get('reason')}")
        time.sleep(0.1)
    raise RuntimeError("the report was not ready after 300 s")


def main() -> int:
    parser = argparse.ArgumentParser(description="POST to ready on a running stack.")
    parser.add_argument("--stack", type=Path, default=Path(".local/stack.json"))
    parser.add_argument("--runs", type=int, default=3)
    arguments = parser.parse_args()
    stack = json.loads(arguments.stack.read_text(encoding="utf-8"))
    stack["api_url"] = stack["api_url"].rstrip("/") + "/"
    with tempfile.TemporaryDirectory() as folder:
        files = {count: Path(folder) / f"stock-{count}.xlsx" for count in (WHOLE_OF, WRITING_OF)}
        for count, file in files.items():
            write_troubled(file, count)
        files[FLOOD_OF] = Path(folder) / "stock-flood.xlsx"
        write_flood(files[FLOOD_OF])
        api = httpx.Client(base_url=stack["api_url"], timeout=60)
        with api as client, ExitStack() as afterwards:
            sign_in(client, stack)
            runs = {
                count: [measure(client, file, afterwards) for _ in range(arguments.runs)]
                for count, file in files.items()
            }
    few, many, flood = (runs[count] for count in (WHOLE_OF, WRITING_OF, FLOOD_OF))
    flood_seconds = min(run.writing for run in few)
    table = Table("anomalies", "POST to ready", "writing", "limit", "")
    failed = False
    for several, name, limit in (
        (few, "whole", WHOLE_SECONDS),
        (many, "writing", WRITING_SECONDS),
        (flood, "writing", flood_seconds),
    ):
        failed |= min(getattr(run, name) for run in several) > limit
        for run in several:
            table.add_row(
                f"{run.anomalies:,}",
                f"{run.whole:.1f} s",
                f"{run.writing:.1f} s",
                f"{limit:.3g} s {'in all' if name == 'whole' else 'of writing'}",
                "ok" if getattr(run, name) <= limit else "[red]over[/]",
            )
    Console().print(table)
    failed |= any(run.anomalies < WHOLE_OF for run in few)
    failed |= any(run.anomalies < WRITING_OF for run in many)
    failed |= any(run.anomalies >= WHOLE_OF for run in flood)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
