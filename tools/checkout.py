"""Copies the checkout and runs commands in the copy."""

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
# Variables of the current pytest run, not for the started one.
_FOREIGN = ("PYTEST_", "COVERAGE_", "COV_CORE_")


def copy_checkout(folder: Path) -> Path:
    """Copies into `folder`, which must not exist; the virtual environment is linked."""
    shutil.copytree(ROOT, folder, ignore=_LEFT_OUT)
    (folder / ".venv").symlink_to(ROOT / ".venv")
    return folder


def run_in(folder: Path, command: str, seconds: float | None = None) -> tuple[int, str]:
    """(exit code, output). Raises subprocess.TimeoutExpired after `seconds`."""
    environment = {
        # A source changed twice within a second would be run from stale bytecode.
        "PYTHONDONTWRITEBYTECODE": "1",
        **{name: value for name, value in os.environ.items() if not name.startswith(_FOREIGN)},
    }
    process = subprocess.run(
        shlex.split(command),
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=seconds,
    )
    return process.returncode, process.stdout
