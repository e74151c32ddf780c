"""The error of a failing recipe names the block, its line and the cause."""

from pathlib import Path

import pytest

from tests.support.recipes import Block, RecipeError, recipe

TEXT = """# Contributing

## Add a thing

1. Write it.

   ```python things/new.py
   def new():
       pass
   ```

2. List it.

   ```diff list.txt
    one
   +two

   -old
    three
   ```

   ```sh
   make things
   ```

## Add another

    ```python not/a/block.py
"""


def test_the_blocks_of_a_recipe() -> None:
    new, listed, run = recipe(TEXT, "Add a thing")
    assert (new.path, new.body, new.line) == ("things/new.py", "def new():\n    pass\n", 7)
    assert (listed.language, listed.commands) == ("diff", [])
    assert run.commands == ["make things"]
    assert recipe(TEXT, "Add another") == []


def test_blocks_are_carried_out(tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text("zero\none\n\nold\nthree\n", encoding="utf-8")
    for block in recipe(TEXT, "Add a thing")[:2]:
        block.apply(tmp_path)
    assert (tmp_path / "things" / "new.py").read_text(encoding="utf-8").startswith("def new")
    assert (tmp_path / "list.txt").read_text(encoding="utf-8") == "zero\none\ntwo\n\nthree\n"


@pytest.mark.parametrize(
    ("block", "words"),
    [
        (Block("diff", "gone.txt", " one\n+two\n", 9), r"md:9: diff gone.txt: there is no such"),
        (Block("diff", "list.txt", " five\n+two\n", 9), r"lines that stay are not there:\nfive"),
        (Block("diff", "list.txt", " one\n+two\n", 9), r"lines that stay are there 2 times:\none"),
        (Block("diff", "list.txt", "one\n+two\n", 9), r"begins with a space, \+ or -: one"),
        (Block("yaml", "list.txt", "a: 1\n", 9), r"yaml list.txt: the file is there already"),
        (Block("python", None, "", 9), r"python names no file"),
    ],
)
def test_what_cannot_be_carried_out(tmp_path: Path, block: Block, words: str) -> None:
    (tmp_path / "list.txt").write_text("one\none\n", encoding="utf-8")
    with pytest.raises(RecipeError, match=words):
        block.apply(tmp_path)
