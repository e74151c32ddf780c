"""A step of `make lint`: one line when it passes, everything when it does not."""

import re
import subprocess
import sys

from tools.template import ROOT


def step(code: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tools.step", "Types [strict]"]
    command += ["--", sys.executable, "-c", code]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_one_line_with_its_time() -> None:
    done = step("print('Success: nothing found')")
    assert done.returncode == 0
    assert re.fullmatch(r"✓ Types \[strict\] \(\d+\.\d s\)\n", done.stdout)


def test_a_failure_shows_all_that_was_said() -> None:
    code = "import sys; print('a.py:1: [bold] wrong'); print('two', file=sys.stderr); sys.exit(3)"
    done = step(code)
    assert done.returncode == 3
    first, *said = done.stdout.splitlines()
    assert first.startswith("✗ Types [strict] (")
    assert sorted(said) == ["a.py:1: [bold] wrong", "two"]
