"""The recipes of CONTRIBUTING.md, carried out to the letter in a copy of the checkout."""

import os
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.support.recipes import RecipeError, recipe
from tools.template import ROOT

TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
RECIPES = ["Add a detector", "Add a route"]
LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", ".local", ".aws-sam", "node_modules", "dist", ".*_cache", ".hypothesis",
    "__pycache__",
)  # fmt: skip
# Of this run of pytest, not of the one that a recipe starts.
FOREIGN = ("PYTEST_", "COVERAGE_", "COV_CORE_")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    folder = tmp_path / "checkout"
    shutil.copytree(ROOT, folder, ignore=LEFT_OUT)
    (folder / ".venv").symlink_to(ROOT / ".venv")
    return folder


def run(command: str, folder: Path) -> None:
    """Raises RecipeError with the end of what the command said."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(FOREIGN)
    }
    done = subprocess.run(
        shlex.split(command),
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RecipeError(f"{command} ended with {done.returncode}:\n{done.stdout[-6000:]}")


@pytest.mark.parametrize("heading", RECIPES)
def test_a_recipe_works_to_the_letter(heading: str, checkout: Path) -> None:
    blocks = recipe(TEXT, heading)
    assert any(block.commands for block in blocks), f"{heading}: it does not say how to see it work"
    for block in blocks:
        if not block.commands:
            block.apply(checkout)
            continue
        for command in block.commands:
            run(command, checkout)
