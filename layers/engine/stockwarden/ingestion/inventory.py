"""The inventory handed to detection: a clean frame with references back to the sheet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, NamedTuple, overload

import numpy as np
import numpy.typing as npt
import pandas as pd

from stockwarden.ingestion.table.receipt import Receipt


class Header(NamedTuple):
    """Source of a field: the column's name in the file and its letter in the sheet."""

    name: str
    letter: str


@dataclass(frozen=True)
class Unparsed:
    """The cells of one column that hold something unreadable (blank cells are not among them).

    `codes` has one entry per frame row: 0 = read or blank, k = `reasons[k - 1]`.
    """

    codes: npt.NDArray[np.int16]
    reasons: tuple[str, ...]

    @cached_property
    def mask(self) -> npt.NDArray[np.bool_]:
        """True where the cell could not be read, one entry per frame row."""
        return np.not_equal(self.codes, 0)

    def reason(self, index: int) -> str | None:
        """Why the cell of frame row `index` could not be read; None if it could."""
        code = int(self.codes[index])
        return self.reasons[code - 1] if code else None

    def counts(self) -> dict[str, int]:
        """Rows per reason."""
        sizes = np.bincount(self.codes, minlength=len(self.reasons) + 1)[1:]
        return {reason: int(size) for reason, size in zip(self.reasons, sizes, strict=True) if size}


class RawCells(Sequence[Any]):
    """The cells of one column as the file holds them, aligned with the frame, without a copy."""

    def __init__(self, cells: Sequence[Any], positions: npt.NDArray[np.int64]) -> None:
        self._cells = cells
        self._positions = positions

    def __len__(self) -> int:
        return len(self._positions)

    @overload
    def __getitem__(self, index: int) -> Any: ...
    @overload
    def __getitem__(self, index: slice) -> list[Any]: ...
    def __getitem__(self, index: int | slice) -> Any:
        if isinstance(index, slice):
            return [self._cells[position] for position in self._positions[index]]
        return self._cells[self._positions[index]]


@dataclass(frozen=True)
class Inventory:
    """One inventory, ready for the rules.

    `frame` has a RangeIndex, one row per evaluated inventory row, and a column for each mapped
    canonical field:

    - text fields (pallet_id, location, receipt_number, description, …): object, trimmed text,
      None where the cell is blank or unreadable; `location` keeps words such as `NULL`;
    - creation_date, expiry_date, last_movement_date: datetime64[ns, UTC], NaT likewise;
    - quantity, weight: float64, NaN likewise; time_in_storage: float64 in hours.

    `rows` are the 1-based sheet rows of the frame's rows, `raw` the cells they come from,
    `unparsed` the cells per field that hold something which could not be read. `timezone` is that
    of the file's days and of its times without an offset.
    """

    frame: pd.DataFrame
    rows: npt.NDArray[np.int64]
    sheet: str
    headers: Mapping[str, Header]
    raw: Mapping[str, Sequence[Any]]
    unparsed: Mapping[str, Unparsed]
    receipt: Receipt
    as_of: datetime
    timezone: str = "UTC"
    notes: tuple[str, ...] = ()
