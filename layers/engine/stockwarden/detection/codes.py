"""Text columns as numbers: every question about a text is asked once per distinct value."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from stockwarden.warehouse.patterns import comparable


@dataclass(frozen=True)
class Codes:
    """`index` has one entry per row into `names`, the distinct comparable texts; -1 = missing."""

    index: npt.NDArray[np.int64]
    names: list[str]

    @classmethod
    def of(cls, column: "pd.Series[Any]") -> "Codes":
        """Texts that differ only in case or surrounding blanks are one."""
        index, texts = pd.factorize(column.to_numpy(dtype=object), use_na_sentinel=True)
        names = [comparable(str(text)) for text in texts]
        distinct = {name: at for at, name in enumerate(dict.fromkeys(names))}
        if len(distinct) < len(names):
            merged = np.array([*(distinct[name] for name in names), -1], dtype=np.int64)
            index, names = merged[index], list(distinct)
        if "" in distinct:
            index = np.where(index == distinct[""], -1, index)
        return cls(index.astype(np.int64, copy=False), names)

    def spread(self, values: npt.ArrayLike, missing: Any) -> npt.NDArray[Any]:
        """From one value per name to one per row, `missing` where the text is."""
        return np.append(np.asarray(values), missing)[self.index]

    def counts(self, rows: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
        """How many of these rows each name has."""
        chosen = self.index[rows & (self.index >= 0)]
        return np.bincount(chosen, minlength=len(self.names)).astype(np.int64, copy=False)


def first_of_pair(one: Codes, other: Codes) -> npt.NDArray[np.bool_]:
    """True for the first row of every (one, other) pair: counts pallets rather than rows."""
    pair = one.index * (len(other.names) + 1) + other.index
    return ~pd.Series(pair).duplicated().to_numpy()
