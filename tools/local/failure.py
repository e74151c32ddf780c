"""The failure of a tool: one line with the remedy."""

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

_LAST_LINES = 400


class StepFailed(Exception):
    """A failed step; its text is the whole message for the user."""


def run(
    step: str, command: Sequence[str | Path], log: Path, environment: Mapping[str, str]
) -> None:
    """Runs a command with its output in `log`. Raises StepFailed, naming the log."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        process = subprocess.run(
            [str(part) for part in command],
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
        )
    if process.returncode:
        reason = _reason(log)
        raise StepFailed(f"{step} failed{reason}; the whole story is in {log}.")


def _reason(log: Path) -> str:
    """The line of the log that most likely states the cause."""
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()[-_LAST_LINES:]
    errors = [line.strip() for line in lines if line.lstrip().lower().startswith("error")]
    return f" ({errors[-1][:200]})" if errors else ""
