"""Parses the recipes of CONTRIBUTING.md and executes them in a folder.

A recipe is the text under one heading. Its fenced blocks are, by the first line after the fence:

    ```sh                  commands, each on a line
    ```diff some/file      lines with a + come in between the lines without one, which are there
    ```python some/file    what a new file holds; any other language likewise
"""

import re
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent

from tools.replacing import NotOnceError, replace_once

_BLOCK = re.compile(
    r"^(?P<indent> *)```(?P<language>\w+)(?: (?P<path>\S+))?\n(?P<body>.*?)^(?P=indent)```$",
    re.MULTILINE | re.DOTALL,
)
# A line of a diff: unchanged (an empty one has lost its sign), added, or taken out.
_SIGNS = {" ", "+", "-"}


class RecipeError(AssertionError):
    """A block that cannot be executed; the message names it."""


@dataclass(frozen=True)
class Block:
    language: str
    path: str | None
    body: str
    line: int

    @property
    def commands(self) -> list[str]:
        return self.body.splitlines() if self.language == "sh" else []

    def apply(self, folder: Path) -> None:
        """Writes or changes its file in `folder`. Raises RecipeError."""
        if self.path is None:
            raise RecipeError(f"{self} names no file")
        target = folder / self.path
        if self.language == "diff":
            if not target.is_file():
                raise RecipeError(f"{self}: there is no such file")
            target.write_text(self._changed(target.read_text(encoding="utf-8")), encoding="utf-8")
        elif target.exists():
            raise RecipeError(f"{self}: the file is there already")
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(self.body, encoding="utf-8")

    def _changed(self, text: str) -> str:
        lines = [line or " " for line in self.body.splitlines()]
        if wrong := [line for line in lines if line[0] not in _SIGNS]:
            raise RecipeError(f"{self}: a line of a diff begins with a space, + or -: {wrong[0]}")
        before = "".join(f"{line[1:]}\n" for line in lines if line[0] != "+")
        after = "".join(f"{line[1:]}\n" for line in lines if line[0] != "-")
        try:
            return replace_once(text, before, after)
        except NotOnceError as error:
            raise RecipeError(f"{self}: the lines that stay are {error}") from None

    def __str__(self) -> str:
        return f"CONTRIBUTING.md:{self.line}: {self.language} {self.path or ''}".rstrip()


def recipe(text: str, heading: str) -> list[Block]:
    """The blocks below `## heading`, in order; indented code that has no fence is none."""
    start = text.index(f"\n## {heading}\n")
    end = text.find("\n## ", start + 1)
    return [
        Block(
            block["language"],
            block["path"],
            dedent(block["body"]),
            text.count("\n", 0, block.start()) + 1,
        )
        for block in _BLOCK.finditer(text, start, len(text) if end < 0 else end)
    ]
