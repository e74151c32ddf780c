"""Categorical text columns: an index per row into the distinct values."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

LONG = 250_000
"""Columns of at least this many rows are first checked for mostly unique texts."""


@dataclass(frozen=True)
class Categories:
    """`index` has one entry per row into `values`, the distinct comparable texts; -1 = missing."""

    index: npt.NDArray[np.int64]
    values: list[str]

    @classmethod
    def from_column(cls, column: "pd.Series[Any]") -> "Categories":
        """Categories of a column of trimmed texts; texts that differ only in case are one value."""
        index, texts = _distinct(column.to_numpy(dtype=object))
        values = _upper(texts)
        if values is not texts and len(set(values)) < len(values):
            position_of = {value: position for position, value in enumerate(dict.fromkeys(values))}
            merged = np.array([*(position_of[value] for value in values), -1], dtype=np.int64)
            index, values = merged[index], list(position_of)
        return cls(index, values)

    def without(self, texts: Iterable[str]) -> "Categories":
        """A copy in which these (comparable) texts count as missing."""
        dropped = frozenset(texts).intersection(self.values)
        if not dropped:
            return self
        remaining = [index for index, value in enumerate(self.values) if value not in dropped]
        new_index = np.full(len(self.values) + 1, -1, dtype=np.int64)
        new_index[remaining] = np.arange(len(remaining))
        return Categories(new_index[self.index], [self.values[index] for index in remaining])

    def broadcast(self, per_value: npt.ArrayLike, missing: Any) -> npt.NDArray[Any]:
        """From one entry per value to one per row; `missing` for rows without a text."""
        entries = np.asarray(per_value)
        if not entries.size:
            entries = entries.astype(np.asarray(missing).dtype)
        return np.append(entries, missing)[self.index]

    def mask_of(self, positions: Collection[int], *, other: bool = False) -> npt.NDArray[np.bool_]:
        """Mask of the rows whose value is at one of these positions (`other`: at none of them)."""
        return np.isin(self.index, list(positions), invert=other) & (self.index >= 0)

    def counts(self, rows: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
        """The number of these rows per value."""
        chosen = self.index[rows & (self.index >= 0)]
        return np.bincount(chosen, minlength=len(self.values)).astype(np.int64, copy=False)


def _distinct(cells: npt.NDArray[np.object_]) -> tuple[npt.NDArray[np.int64], list[str]]:
    """The index of each cell into the distinct texts (-1 for None), and the distinct texts.

    In a long column of identifiers nearly every text is unique. Sorting the hashes shows that
    faster than a hash table of all texts, which does not fit into the CPU cache.
    """
    if len(cells) >= LONG:
        hashes = np.fromiter(map(hash, cells), dtype=np.int64, count=len(cells))
        ordered = np.sort(hashes)
        shared = ordered[1:][ordered[1:] == ordered[:-1]]
        if len(shared) < len(cells) // 8:
            repeated = pd.Series(hashes).isin([hash(None), *shared.tolist()])
            return _mostly_unique(cells, repeated.to_numpy())
    index, distinct = pd.factorize(cells, size_hint=len(cells))
    return index.astype(np.int64, copy=False), distinct.tolist()


def _mostly_unique(
    cells: npt.NDArray[np.object_], repeated: npt.NDArray[np.bool_]
) -> tuple[npt.NDArray[np.int64], list[str]]:
    """As `_distinct`, where only the cells of the mask `repeated` may repeat a text."""
    repeat_index, _ = pd.factorize(cells[repeated])
    first = ~repeated
    first[repeated] = (repeat_index >= 0) & ~pd.Series(repeat_index).duplicated().to_numpy()
    index = np.cumsum(first) - 1
    index[repeated] = np.append(index[first & repeated], -1)[repeat_index]
    return index, cells[first].tolist()


def _upper(texts: list[str]) -> list[str]:
    """Upper-cases all texts in one call; returns `texts` itself if nothing changed."""
    joined = "\n".join(texts)
    upper = joined.upper()
    if upper == joined:
        return texts
    parts = upper.split("\n")
    return parts if len(parts) == len(texts) else [text.upper() for text in texts]


def as_objects(values: Iterable[object]) -> npt.NDArray[np.object_]:
    """An object array of values that are themselves sequences."""
    listed = list(values)
    column = np.empty(len(listed), dtype=object)
    for index, value in enumerate(listed):
        column[index] = value
    return column


def as_categorical(index: npt.NDArray[np.integer], names: list[str]) -> "pd.Categorical[Any]":
    """A column of texts from an index into them; -1 is missing."""
    return pd.Categorical.from_codes(index, categories=pd.Index(names, dtype=object))
