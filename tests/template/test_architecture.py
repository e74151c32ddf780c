"""docs/architecture.md: the walks lead through files that are there, each to the next."""

import ast
import re
from pathlib import Path

import pytest

from tools.template import ROOT

TEXT = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
ENGINE = ROOT / "layers" / "engine" / "stockwarden"
MOST_FILES = 12
# Not counted: a value meets as much of them as there is to read and to judge.
UNCOUNTED = ("ingestion/", "detection/")

WALKS = dict(re.findall(r"^### ([^\n]+)\n(.*?)(?=^###|\Z)", TEXT, flags=re.MULTILINE | re.DOTALL))


def files(walk: str) -> list[str]:
    named = re.findall(r"`([\w/]+\.py)`", WALKS[walk])
    return [name for name in named if not name.startswith(UNCOUNTED)]


def path_of(name: str) -> Path:
    return ROOT / name if name.startswith("functions/") else ENGINE / name


def module_of(name: str) -> str:
    module = name.removesuffix(".py").replace("/", ".")
    return (
        module.removeprefix("functions.")
        if name.startswith("functions/")
        else f"stockwarden.{module}"
    )


def imports(path: Path) -> set[str]:
    """Modules, and names imported from them, as dotted names."""
    modules: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            modules |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            modules |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return modules


def test_there_are_three_walks() -> None:
    assert len(WALKS) == 3


@pytest.mark.parametrize("walk", WALKS)
def test_a_walk_meets_few_files(walk: str) -> None:
    assert 0 < len(set(files(walk))) <= MOST_FILES


@pytest.mark.parametrize("walk", WALKS)
def test_each_file_is_known_to_one_before_it(walk: str) -> None:
    names = files(walk)
    for position, name in enumerate(names):
        assert path_of(name).is_file(), name
        if position:
            imported = set().union(*(imports(path_of(before)) for before in names[:position]))
            # Functions that communicate through the database do not import each other.
            handed_on = name == "analysis/pipeline.py" and walk.startswith("From the limit")
            assert module_of(name) in imported or handed_on, f"{name} is met by nobody before it"


def test_every_layer_is_told_of() -> None:
    rows = re.findall(r"^\| (`.+?) \|", TEXT, flags=re.MULTILINE)
    named = set(re.findall(r"`(\w+)", " ".join(rows)))
    packages = {path.parent.name for path in ENGINE.glob("*/__init__.py")}
    assert packages <= named
