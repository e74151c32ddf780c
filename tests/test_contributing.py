"""The recipes of CONTRIBUTING.md, carried out to the letter in a copy of the checkout."""

import tomllib
from pathlib import Path

import pytest

from tests.support.recipes import RecipeError, recipe
from tools.checkout import copy_checkout, run_in
from tools.template import ROOT

TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
RECIPES = ["Add a detector", "Add a route"]


@pytest.mark.parametrize("heading", RECIPES)
def test_a_recipe_works_to_the_letter(heading: str, tmp_path: Path) -> None:
    checkout = copy_checkout(tmp_path / "checkout")
    blocks = recipe(TEXT, heading)
    assert any(block.commands for block in blocks), f"{heading}: it does not say how to see it work"
    for block in blocks:
        if not block.commands:
            block.apply(checkout)
            continue
        for command in block.commands:
            code, output = run_in(checkout, command)
            if code:
                raise RecipeError(f"{block}: {command} ended with {code}:\n{output[-6000:]}")


def test_the_layers_are_those_of_the_import_contract() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = project["tool"]["importlinter"]["contracts"]
    (layers,) = [contract["layers"] for contract in contracts if contract["type"] == "layers"]
    assert " → ".join(["functions", *layers]) in " ".join(TEXT.split())
