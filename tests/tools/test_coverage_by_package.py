"""`make coverage`: one row per package."""

import json
import subprocess
import sys
from pathlib import Path

from tools.template import ROOT


def counts(
    statements: int, lines: int, branches: int, branches_run: int
) -> dict[str, dict[str, int]]:
    summary = {
        "num_statements": statements,
        "covered_lines": lines,
        "num_branches": branches,
        "covered_branches": branches_run,
    }
    return {"summary": summary}


FILES = {
    "layers/engine/stockwarden/reports/jobs.py": counts(1000, 999, 40, 30),
    "layers/engine/stockwarden/reports/model.py": counts(500, 500, 0, 0),
    "layers/engine/stockwarden/reports/__init__.py": counts(0, 0, 0, 0),
    "layers/engine/stockwarden/detection/detectors/expired.py": counts(10, 10, 2, 2),
    "layers/engine/stockwarden/detection/__init__.py": counts(0, 0, 0, 0),
    "functions/sweep/app.py": counts(5, 5, 0, 0),
    "tools/bench/sizes.py": counts(3, 0, 2, 0),
    "tools/page.py": counts(2, 1, 0, 0),
}


def test_a_row_for_each_package(tmp_path: Path) -> None:
    report = tmp_path / "coverage.json"
    report.write_text(json.dumps({"files": FILES}), encoding="utf-8")
    command = [sys.executable, "-m", "tools.coverage_by_package", str(report)]
    process = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    rows = [line.split() for line in process.stdout.splitlines()]
    assert rows[0] == ["package", "lines", "not", "run", "branches", "not", "taken"]
    assert [" ".join(row) for row in rows[1:] if row] == [
        "stockwarden.detection.detectors 10 0 100 % 2 0 100 %",
        "stockwarden.reports 1,500 1 99 % 40 10 75 %",
        "sweep 5 0 100 % 0 0 –",
        "tools 2 1 50 % 0 0 –",
        "tools.bench 3 3 0 % 2 2 0 %",
        "all 1,520 5 99 % 44 12 72 %",
    ]
