"""How a tool gives up: one line that says what to do."""

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

_LAST_LINES = 400


class StepFailed(Exception):
    """Its text is the whole message, for the person at the keyboard."""


def run(
    step: str, command: Sequence[str | Path], log: Path, environment: Mapping[str, str]
) -> None:
    """Run a command with its output in `log`. Raises StepFailed, naming the log."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        done = subprocess.run(
            [str(part) for part in command],
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
        )
    if done.returncode:
        reason = _reason(log)
        raise StepFailed(f"{step} failed{reason}; the whole story is in {log}.")


def _reason(log: Path) -> str:
    """The line of the log that most likely says why."""
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()[-_LAST_LINES:]
    telling = [line.strip() for line in lines if line.lstrip().lower().startswith("error")]
    return f" ({telling[-1][:200]})" if telling else ""
