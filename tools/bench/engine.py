"""Reading, mapping and detection, held against the raw parse of the same file.

    python -m tools.bench.engine

Prints, as ratios within one run:
- read + map + all detectors of a 100,000-row, 6-column workbook, to the raw python-calamine parse;
- all detectors alone, to the same parse;
- a 1,000,000-row csv to a 100,000-row one, in time, and the peak memory of the larger.
Each csv is read in a process of its own, so that its peak is its own. Seconds are those of the
processor, which neighbours on a shared machine do not stretch; nothing here waits or runs parallel.
"""

import argparse
import csv
import io
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import python_calamine
from rich.console import Console
from rich.table import Table

from stockwarden.detection.run import evaluate
from stockwarden.detection.stock import Stock
from stockwarden.ingestion.frame import read_stock
from stockwarden.ingestion.inspect import inspect
from stockwarden.ingestion.workbook import open_workbook
from stockwarden.warehouse.layout import Layout
from tools.sample import SNAPSHOT, inventory_rows, layout_rows, write_workbook

SIX = ("Pallet ID", "Location", "Received At", "Receipt Number", "Description", "Quantity")
SMALL, LARGE = 100_000, 1_000_000


def analyze(data: bytes, filename: str, layout: Layout) -> tuple[float, float, int]:
    """Seconds of the whole, seconds of detection alone, anomalies found."""
    start = time.process_time()
    workbook = open_workbook(data, filename)
    inspection = inspect(workbook)
    if inspection.questions:
        raise RuntimeError(f"the file should need no answers: {inspection.questions}")
    intake = read_stock(workbook, inspection, as_of=SNAPSHOT, timezone="UTC")
    del workbook
    read = time.process_time()
    evaluation = evaluate(Stock(intake, layout, SNAPSHOT))
    done = time.process_time()
    return done - start, done - read, len(evaluation.findings)


def parse(data: bytes) -> float:
    """Seconds of python-calamine alone, into Python values."""
    start = time.process_time()
    book = python_calamine.CalamineWorkbook.from_object(io.BytesIO(data))
    book.get_sheet_by_index(0).to_python()
    return time.process_time() - start


def write_csv(target: Path, rows: int) -> None:
    with target.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, SIX, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(inventory_rows(rows))


def measure_csv(path: Path, rows: int) -> dict[str, float]:
    """In a fresh process: seconds, peak MiB, anomalies."""
    command = [sys.executable, "-m", "tools.bench.engine", "--csv", str(path), "--rows", str(rows)]
    answer = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(answer.stdout)
    return found


def _csv_child(path: Path, rows: int) -> None:
    layout = Layout.from_rows(layout_rows(rows))
    seconds, _, anomalies = analyze(path.read_bytes(), path.name, layout)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "peak": peak, "anomalies": anomalies}))


def main() -> int:
    parser = argparse.ArgumentParser(description="Engine benchmarks.")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--csv", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--rows", type=int, default=SMALL, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.csv:
        _csv_child(arguments.csv, arguments.rows)
        return 0
    table = Table("what", "measured", "against", "ratio", "limit", "")
    within = True

    def report(what: str, ours: str, base: str, ratio: float, limit: float) -> None:
        nonlocal within
        within &= ratio <= limit
        mark = "ok" if ratio <= limit else "[red]over[/]"
        table.add_row(what, ours, base, f"{ratio:.2f}", f"{limit:g}", mark)

    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "stock.xlsx"
        write_workbook(book, inventory_rows(SMALL), SIX)
        data, layout = book.read_bytes(), Layout.from_rows(layout_rows(SMALL))
        raw, whole, detection = [], [], []
        for _ in range(arguments.runs):
            raw.append(parse(data))
            seconds, detecting, _found = analyze(data, book.name, layout)
            whole.append(seconds)
            detection.append(detecting)
        base = statistics.median(raw)
        for what, figures, limit in (
            ("read + map + detect, 100,000 rows", whole, 1.6),
            ("detect alone, 100,000 rows", detection, 0.5),
        ):
            ours = statistics.median(figures)
            report(what, f"{ours:.2f} s", f"{base:.2f} s raw parse", ours / base, limit)
        found = {}
        for rows in (SMALL, LARGE):
            path = Path(folder) / f"{rows}.csv"
            write_csv(path, rows)
            found[rows] = measure_csv(path, rows)
        small, large = found[SMALL], found[LARGE]
        times = f"{large['seconds']:.1f} s", f"{small['seconds']:.1f} s at 100,000"
        report("csv of 1,000,000 rows", *times, large["seconds"] / small["seconds"], 11)
        peak = large["peak"]
        report("peak memory of it", f"{peak:.0f} MiB", "1,500 MB", peak * 1.048576 / 1500, 1)
    Console().print(table)
    return 0 if within else 1


if __name__ == "__main__":
    sys.exit(main())
