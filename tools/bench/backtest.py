"""Benchmarks backtests on stored stocks, and the storing of a stock.

    python -m tools.bench.backtest

Prints, for 10 snapshots of 5,000 rows, the seconds of the slowest rule (stocks unpacked, both
settings run); and for 100,000 rows, keeping the stock and the curves as a ratio to judging it.
"""

import statistics
import sys
import time

from rich.console import Console
from rich.table import Table

from stockwarden.calibration.backtest import Trial
from stockwarden.calibration.recent import Recent
from stockwarden.detection.curves import curves
from stockwarden.detection.detectors import DETECTORS
from stockwarden.detection.evaluate import evaluate
from stockwarden.detection.rule_settings import RuleSettings
from stockwarden.detection.scope import Scope
from stockwarden.detection.stock import Stock
from stockwarden.detection.stored_stock import pack
from stockwarden.ingestion.formats.workbook import open_workbook
from stockwarden.ingestion.inspection import inspect_workbook
from stockwarden.ingestion.reading import read_stock
from stockwarden.warehouse.layout.layout import Layout
from tools.bench.engine import SIX
from tools.sample import SNAPSHOT, inventory_rows
from tools.sample_layout import layout_rows

SNAPSHOTS, ROWS, MANY = 10, 5_000, 100_000
LIMIT_SECONDS, LIMIT_RATIO = 3.0, 2.0
EXCLUDING = RuleSettings(scope=Scope(excluded=("BOX-*",)))


def stock_of(rows: int) -> Stock:
    cells = [[str(row[name] or "") for name in SIX] for row in inventory_rows(rows)]
    data = "\n".join(",".join(line) for line in [list(SIX), *cells]).encode()
    workbook = open_workbook(data, "stock.csv")
    intake = read_stock(workbook, inspect_workbook(workbook), as_of=SNAPSHOT, timezone="UTC")
    return Stock(intake, Layout.from_rows(layout_rows(rows)), SNAPSHOT)


def slowest_trial(packed: list[bytes]) -> tuple[float, str]:
    """(seconds over all snapshots as the median of three runs, rule) of the slowest rule."""
    medians = []
    for detector in DETECTORS:
        trial = Trial(detector, RuleSettings(), EXCLUDING)
        runs = []
        for _ in range(3):
            start = time.perf_counter()
            for number, stock in enumerate(packed):
                trial.run_on(Recent(f"rep_{number}", "", "", ""), stock)
            runs.append(time.perf_counter() - start)
        medians.append((statistics.median(runs), detector.code))
    return max(medians)


def keeping(stock: Stock) -> tuple[float, float, int]:
    """(seconds to pack the stock, seconds to evaluate it, bytes packed)."""
    start = time.perf_counter()
    stock = Stock(stock.inventory, stock.layout, stock.as_of)
    evaluate(stock)
    judged = time.perf_counter()
    curves(stock, {}, DETECTORS)
    size = len(pack(stock))
    return time.perf_counter() - judged, judged - start, size


def main() -> int:
    seconds, rule = slowest_trial([pack(stock_of(ROWS))] * SNAPSHOTS)
    large = stock_of(MANY)
    runs = [keeping(large) for _ in range(3)]
    keeping_seconds, base = (statistics.median(run[index] for run in runs) for index in (0, 1))
    table = Table("what", "measured", "against", "limit", "")
    for label, measured, against, value, limit in (
        (f"backtest, {SNAPSHOTS} x {ROWS:,} rows", f"{seconds:.2f} s", rule, seconds,
         LIMIT_SECONDS),
        (f"keeping {MANY:,} rows, {runs[0][2] / 2**20:.1f} MiB", f"{keeping_seconds:.2f} s",
         f"{base:.2f} s of all detectors", keeping_seconds / base, LIMIT_RATIO),
    ):  # fmt: skip
        mark = "ok" if value <= limit else "[red]over[/]"
        table.add_row(label, measured, against, f"{limit:g}", mark)
    Console().print(table)
    return 0 if seconds <= LIMIT_SECONDS and keeping_seconds <= LIMIT_RATIO * base else 1


if __name__ == "__main__":
    sys.exit(main())
