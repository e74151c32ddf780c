"""Benchmarks reading, mapping and detection against the raw parse of the same file.

    python -m tools.bench.engine

Prints, as ratios within one run:
- read + map + all detectors of a 100,000-row, 6-column workbook, to the raw python-calamine parse;
- all detectors alone, to the same parse;
- a 1,000,000-row csv to a 100,000-row one, in time, and the peak memory of the larger;
- guessing the encoding of a csv that is no Unicode, to all of its analysis.
Each file is read in a process of its own, as a function does it. Seconds are those of the
processor, which neighbours on a shared machine stretch least, and the least of several runs:
nothing here waits or runs parallel.
"""

import argparse
import csv
import io
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import python_calamine
from rich.console import Console
from rich.table import Table

from stockwarden.core.memory import paused_collector
from stockwarden.detection.evaluate import evaluate
from stockwarden.detection.stock import Stock
from stockwarden.ingestion.formats.text_encoding import find_encoding
from stockwarden.ingestion.formats.workbook import open_workbook
from stockwarden.ingestion.inspection import inspect_workbook
from stockwarden.ingestion.reading import read_stock
from stockwarden.warehouse.layout.layout import Layout
from tools.sample import SNAPSHOT, inventory_rows, write_workbook
from tools.sample_layout import layout_rows
from tools.template import load

SIX = ("Pallet ID", "Location", "Received At", "Receipt Number", "Description", "Quantity")
SMALL, LARGE = 100_000, 1_000_000
GUESSED = "100k-cp1252.csv"


@paused_collector()
def analyze(data: bytes, filename: str, layout: Layout) -> tuple[float, float, int]:
    """(total seconds, seconds of detection, number of findings)."""
    start = time.process_time()
    workbook = open_workbook(data, filename)
    inspection = inspect_workbook(workbook)
    if inspection.questions:
        raise RuntimeError(f"the file should need no answers: {inspection.questions}")
    intake = read_stock(workbook, inspection, as_of=SNAPSHOT, timezone="UTC")
    del workbook
    read = time.process_time()
    evaluation = evaluate(Stock(intake, layout, SNAPSHOT))
    end = time.process_time()
    return end - start, end - read, len(evaluation.findings)


def parse(data: bytes) -> float:
    """The seconds of python-calamine alone, into Python values."""
    start = time.process_time()
    book = python_calamine.CalamineWorkbook.from_object(io.BytesIO(data))
    book.get_sheet_by_index(0).to_python()
    return time.process_time() - start


def write(path: Path, rows: int) -> None:
    if path.suffix == ".xlsx":
        write_workbook(path, inventory_rows(rows), SIX)
        return
    guessed = path.name == GUESSED
    with path.open("w", newline="", encoding="cp1252" if guessed else "utf-8") as file:
        writer = csv.DictWriter(file, SIX, extrasaction="ignore")
        writer.writeheader()
        for row in inventory_rows(rows):
            german = {"Description": f"{row['Description']}, für Käse"} if guessed else {}
            writer.writerow(row | german)


def in_a_process(path: Path, rows: int, *options: str) -> str:
    """The measurements of one file, taken by this module in a fresh process.

    Linux counts the parent's peak memory as the child's, so files are written by a child too.
    """
    command = [sys.executable, "-m", "tools.bench.engine", "--file", str(path)]
    return subprocess.run(
        [*command, "--rows", str(rows), *options],
        check=True,
        capture_output=True,
        text=True,
        env=os.environ | memory_settings(),
    ).stdout


def memory_settings() -> dict[str, str]:
    """Those of the analysis function: the C library reads them when a process starts."""
    analysis = load()["Resources"]["AnalysisFunction"]["Properties"]
    variables = analysis["Environment"]["Variables"]
    return {name: value for name, value in variables.items() if name.startswith("MALLOC_")}


def measure(path: Path, rows: int) -> dict[str, float]:
    """{metric: value} of one file: seconds, peak MiB, anomalies."""
    layout, data = Layout.from_rows(layout_rows(rows)), path.read_bytes()
    measures = {}
    if path.suffix == ".xlsx":
        # The first run loads modules, which a function keeps from file to file.
        for _ in range(2):
            measures["raw"] = parse(data)
            measures["seconds"], measures["detection"], _anomalies = analyze(
                data, path.name, layout
            )
        return measures
    if path.name == GUESSED:
        start = time.process_time()
        find_encoding(data)
        measures["encoding"] = time.process_time() - start
    measures["seconds"], _, measures["anomalies"] = analyze(data, path.name, layout)
    measures["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return measures


def main() -> int:
    parser = argparse.ArgumentParser(description="Engine benchmarks.")
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--rows", type=int, default=SMALL, help=argparse.SUPPRESS)
    parser.add_argument("--write", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.write:
        write(arguments.file, arguments.rows)
        return 0
    if arguments.file:
        print(json.dumps(measure(arguments.file, arguments.rows)))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        names = "100k.xlsx", "100k.csv", GUESSED, "1M.csv"
        book, few, guessed, many = (Path(folder) / name for name in names)
        files = {book: SMALL, few: SMALL, guessed: SMALL, many: LARGE}
        for path, rows in files.items():
            in_a_process(path, rows, "--write")
        # Alternating, so that a temporary slowdown affects all files.
        measured_runs = [
            {path: json.loads(in_a_process(path, rows)) for path, rows in files.items()}
            for _ in range(arguments.runs)
        ]
    least = {
        (path, metric): min(run[path][metric] for run in measured_runs)
        for path in files
        for metric in measured_runs[0][path]
    }
    table = Table("what", "measured", "against", "ratio", "limit", "")
    within = True

    def report(metric: str, ours: str, base: str, ratio: float, limit: float) -> None:
        nonlocal within
        within &= ratio <= limit
        mark = "ok" if ratio <= limit else "[red]over[/]"
        table.add_row(metric, ours, base, f"{ratio:.2f}", f"{limit:g}", mark)

    raw = least[book, "raw"]
    for metric, ours, limit in (
        ("read + map + detect, 100,000 rows", least[book, "seconds"], 1.7),
        ("detect alone, 100,000 rows", least[book, "detection"], 0.5),
    ):
        report(metric, f"{ours:.2f} s", f"{raw:.2f} s raw parse", ours / raw, limit)
    small, large = least[few, "seconds"], least[many, "seconds"]
    times = f"{large:.1f} s", f"{small:.2f} s at 100,000"
    report("csv of 1,000,000 rows", *times, large / small, 10.5)
    peak = max(run[many]["peak"] for run in measured_runs)
    report("peak memory of it", f"{peak:.0f} MiB", "1 GiB", peak / 1024, 1)
    guess, whole = least[guessed, "encoding"], least[guessed, "seconds"]
    compared = f"{1000 * guess:.0f} ms", f"{whole:.2f} s in all"
    report("guessing the encoding, 100,000 rows", *compared, guess / whole, 0.03)
    Console().print(table)
    return 0 if within else 1


if __name__ == "__main__":
    sys.exit(main())
