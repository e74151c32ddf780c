"""Text columns as numbers: every question about a text is asked once per distinct value."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

LONG = 250_000
"""From so many rows on it is worth finding out first whether most texts are unique."""


@dataclass(frozen=True)
class Categories:
    """`index` has one entry per row into `names`, the distinct comparable texts; -1 = missing."""

    index: npt.NDArray[np.int64]
    names: list[str]

    @classmethod
    def of(cls, column: "pd.Series[Any]") -> "Categories":
        """Texts, trimmed as an intake gives them; those that differ only in case are one."""
        index, texts = _distinct(column.to_numpy(dtype=object))
        names = _upper(texts)
        if names is not texts and len(set(names)) < len(names):
            at = {name: place for place, name in enumerate(dict.fromkeys(names))}
            merged = np.array([*(at[name] for name in names), -1], dtype=np.int64)
            index, names = merged[index], list(at)
        return cls(index, names)

    def without(self, texts: Iterable[str]) -> "Categories":
        """The same with these (comparable) texts counted as missing."""
        dropped = frozenset(texts).intersection(self.names)
        if not dropped:
            return self
        kept = [at for at, name in enumerate(self.names) if name not in dropped]
        moved = np.full(len(self.names) + 1, -1, dtype=np.int64)
        moved[kept] = np.arange(len(kept))
        return Categories(moved[self.index], [self.names[at] for at in kept])

    def spread(self, values: npt.ArrayLike, missing: Any) -> npt.NDArray[Any]:
        """From one value per name to one per row, `missing` where the text is."""
        by_name = np.asarray(values)
        if not by_name.size:
            by_name = by_name.astype(np.asarray(missing).dtype)
        return np.append(by_name, missing)[self.index]

    def are(self, places: Collection[int], *, other: bool = False) -> npt.NDArray[np.bool_]:
        """The rows whose name is at one of these places (or `other`: at none of them)."""
        return np.isin(self.index, list(places), invert=other) & (self.index >= 0)

    def counts(self, rows: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
        """How many of these rows each name has."""
        chosen = self.index[rows & (self.index >= 0)]
        return np.bincount(chosen, minlength=len(self.names)).astype(np.int64, copy=False)


def _distinct(cells: npt.NDArray[np.object_]) -> tuple[npt.NDArray[np.int64], list[str]]:
    """For each cell the place of its text among the distinct ones, -1 for None; and those.

    In a long column of identifiers nearly every text is in one row, and no other has its hash:
    sorting tells that faster than a table of them all, which is too large for the cache.
    """
    if len(cells) >= LONG:
        hashes = np.fromiter(map(hash, cells), dtype=np.int64, count=len(cells))
        ordered = np.sort(hashes)
        shared = ordered[1:][ordered[1:] == ordered[:-1]]
        if len(shared) < len(cells) // 8:
            again = pd.Series(hashes).isin([hash(None), *shared.tolist()])
            return _mostly_unique(cells, again.to_numpy())
    index, distinct = pd.factorize(cells, size_hint=len(cells))
    return index.astype(np.int64, copy=False), distinct.tolist()


def _mostly_unique(
    cells: npt.NDArray[np.object_], again: npt.NDArray[np.bool_]
) -> tuple[npt.NDArray[np.int64], list[str]]:
    """The same, where all cells but those `again` are texts that no other has."""
    repeated, _ = pd.factorize(cells[again])
    first = ~again
    first[again] = (repeated >= 0) & ~pd.Series(repeated).duplicated().to_numpy()
    index = np.cumsum(first) - 1
    index[again] = np.append(index[first & again], -1)[repeated]
    return index, cells[first].tolist()


def _upper(texts: list[str]) -> list[str]:
    """Upper-cased in one go: most columns are, but for a few cells."""
    joined = "\n".join(texts)
    upper = joined.upper()
    if upper == joined:
        return texts
    parts = upper.split("\n")
    return parts if len(parts) == len(texts) else [text.upper() for text in texts]


def as_objects(values: Iterable[object]) -> npt.NDArray[np.object_]:
    """A column of values that are themselves sequences."""
    listed = list(values)
    column = np.empty(len(listed), dtype=object)
    for at, value in enumerate(listed):
        column[at] = value
    return column
