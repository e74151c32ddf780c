"""A copy of the checkout to change at will, and what is run in it."""

import os
import shlex
import shutil
import subprocess
from pathlib import Path

from tools.template import ROOT

_LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", ".local", ".aws-sam", "node_modules", "dist", ".*_cache", ".hypothesis",
    "__pycache__",
)  # fmt: skip
# Of the run of pytest that this is part of, not of the one that is started.
_FOREIGN = ("PYTEST_", "COVERAGE_", "COV_CORE_")


def copy_checkout(folder: Path) -> Path:
    """Into `folder`, which must not be there yet; the virtual environment is only linked."""
    shutil.copytree(ROOT, folder, ignore=_LEFT_OUT)
    (folder / ".venv").symlink_to(ROOT / ".venv")
    return folder


def run_in(folder: Path, command: str, seconds: float | None = None) -> tuple[int, str]:
    """The exit code and all that was said. Raises subprocess.TimeoutExpired after `seconds`."""
    environment = {
        # A source that changes twice within a second would be taken for what was compiled of it.
        "PYTHONDONTWRITEBYTECODE": "1",
        **{name: value for name, value in os.environ.items() if not name.startswith(_FOREIGN)},
    }
    done = subprocess.run(
        shlex.split(command),
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=seconds,
    )
    return done.returncode, done.stdout
