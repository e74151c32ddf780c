"""Groups texts by shape: `2025-01-09 14:40` and `2024-12-31 08:00` are both `0000-00-00 00:00`.

A column of a hundred thousand dates has a handful of shapes, so a shape's meaning is decided
once, and its cells are parsed together by position.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from stockwarden.ingestion.columns.joined_column import SEPARATOR, join

Integers = npt.NDArray[np.int64]

_DIGITS = str.maketrans("123456789", "000000000")


class ShapeGroup(NamedTuple):
    """The cells of one shape: their positions in the column, and their texts (also joined)."""

    shape: str
    positions: Integers
    texts: Sequence[str]
    joined: str | None = None


def shape_of(text: str) -> str:
    """Lower case, every digit a 0."""
    return text.lower().translate(_DIGITS)


def by_shape(
    texts: Sequence[str], positions: Integers, joined: str | None = None
) -> Iterator[ShapeGroup]:
    """Groups `texts` (aligned with `positions`) by shape, in the order of first appearance."""
    if not texts:
        return
    joined = join(texts) if joined is None else joined
    if joined is None:
        shapes = [shape_of(text) for text in texts]
    else:
        shaped = shape_of(joined)
        first = shape_of(texts[0])
        if shaped == SEPARATOR.join([first] * len(texts)):
            yield ShapeGroup(first, positions, texts, joined)
            return
        shapes = shaped.split(SEPARATOR)
    codes, names = pd.factorize(np.array(shapes, dtype=object))
    order = np.argsort(codes, kind="stable")
    ends = np.cumsum(np.bincount(codes, minlength=len(names)))
    start = 0
    for name, end in zip(names, ends, strict=True):
        members = order[start:end]
        start = int(end)
        yield ShapeGroup(name, positions[members], [texts[member] for member in members])


class Characters:
    """The texts of one shape as a matrix of character codes, to be read by position."""

    def __init__(self, group: ShapeGroup) -> None:
        joined = SEPARATOR.join(group.texts) if group.joined is None else group.joined
        plain = joined.isascii()
        packed = f"{joined}{SEPARATOR}".encode("ascii" if plain else "utf-32-le")
        kind: type[np.uint8] | type[np.uint32] = np.uint8 if plain else np.uint32
        self._codes = np.frombuffer(packed, dtype=kind).reshape(len(group.texts), -1)

    def __len__(self) -> int:
        return len(self._codes)

    def number(self, start: int, end: int) -> Integers:
        """The digits from `start` to `end` of every text, as one integer each."""
        value = np.zeros(len(self._codes), dtype=np.int64)
        for index in range(start, end):
            value *= 10
            value += self._codes[:, index].astype(np.int64) - 48
        return value
