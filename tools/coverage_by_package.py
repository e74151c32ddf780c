"""`python -m tools.coverage_by_package REPORT.json`: how much of each package the tests run.

REPORT.json is the report of coverage.py, which knows files only.
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path, PurePosixPath
from typing import Any

from rich.table import Table

from tools.local.show import console

# Source roots: packages are named `stockwarden.reports`, without `layers.engine`.
_ROOTS = (PurePosixPath("layers/engine"), PurePosixPath("functions"))


@dataclass
class Counts:
    """Coverage counts, with coverage.py's names."""

    num_statements: int = 0
    covered_lines: int = 0
    num_branches: int = 0
    covered_branches: int = 0

    def add(self, more: Mapping[str, int]) -> None:
        for field in fields(self):
            setattr(self, field.name, getattr(self, field.name) + more[field.name])


def by_package(report: Mapping[str, Any]) -> dict[str, Counts]:
    """{package name: counts} of packages with code; nested packages count separately."""
    counts_by_package: defaultdict[str, Counts] = defaultdict(Counts)
    for name, file in report["files"].items():
        if file["summary"]["num_statements"]:
            counts_by_package[_package(PurePosixPath(name))].add(file["summary"])
    return dict(sorted(counts_by_package.items()))


def percent(covered: int, total: int) -> str:
    """Whole percents, rounded down, so that 100 % means all; a dash if nothing is to be covered."""
    return f"{covered * 100 // total} %" if total else "–"


def table(packages: Mapping[str, Counts]) -> Table:
    result = Table(box=None, header_style="bold")
    result.add_column("package")
    for heading in ("lines", "not run", "", "branches", "not taken", ""):
        result.add_column(heading, justify="right")
    total = Counts()
    for name, counts in packages.items():
        result.add_row(name, *_cells(counts))
        total.add(vars(counts))
    result.add_section()
    result.add_row("all", *_cells(total), style="bold")
    return result


def _cells(counts: Counts) -> list[str]:
    cells = []
    for total, covered in (
        (counts.num_statements, counts.covered_lines),
        (counts.num_branches, counts.covered_branches),
    ):
        cells += [f"{total:,}", f"{total - covered:,}", percent(covered, total)]
    return cells


def _package(file: PurePosixPath) -> str:
    for root in _ROOTS:
        if file.is_relative_to(root):
            file = file.relative_to(root)
    return ".".join(file.parent.parts)


def main() -> None:
    parser = argparse.ArgumentParser(description="Show coverage by package.")
    parser.add_argument("report", type=Path)
    report = json.loads(parser.parse_args().report.read_text(encoding="utf-8"))
    console.print(table(by_package(report)))


if __name__ == "__main__":
    main()
