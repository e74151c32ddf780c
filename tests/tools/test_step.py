"""A step of `make lint`: one line if it passes, the whole output if it fails."""

import re
import subprocess
import sys

from tools.template import ROOT


def step(code: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tools.step", "Types [strict]"]
    command += ["--", sys.executable, "-c", code]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_one_line_with_its_time() -> None:
    process = step("print('Success: nothing found')")
    assert process.returncode == 0
    assert re.fullmatch(r"✓ Types \[strict\] \(\d+\.\d s\)\n", process.stdout)


def test_a_failure_shows_all_that_was_said() -> None:
    code = "import sys; print('a.py:1: [bold] wrong'); print('two', file=sys.stderr); sys.exit(3)"
    process = step(code)
    assert process.returncode == 3
    first, *reported = process.stdout.splitlines()
    assert first.startswith("✗ Types [strict] (")
    assert sorted(reported) == ["a.py:1: [bold] wrong", "two"]
