"""Which inputs of rules a stock has: for the whole of it, and row by row.

The values that a detector may need of a row (`Detector.needs`):

    pallet_id, location, …   a canonical field that the file has; the row's cell is readable
    creation_date            the same, or else the row's time_in_storage
    location_type            the file's own column of that name
    known_type               a type for the location, from layout, file or name
    layout                   a layout, with a row that matches the location
    subject                  a pallet id or an item
    capacity, zone           the layout's capacity; the layout's zone, else the temperature_zone
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from stockwarden.detection.stock import Stock

Mask = npt.NDArray[np.bool_]

_ABSENT = {
    "subject": "neither pallet id nor item",
    "layout": "location not in the layout",
    "capacity": "no capacity in the layout",
    "known_type": "location type unknown",
    "zone": "zone unknown",
}


class Inputs:
    """The inputs of a stock, by the names that `Detector.needs` uses."""

    def __init__(self, stock: Stock) -> None:
        self.stock = stock
        self._missing: dict[str, Mask] = {}

    def list_missing(self, needs: Iterable[str]) -> tuple[str, ...]:
        """The needs that neither the file nor the layout provides for any row."""
        return tuple(
            dict.fromkeys(missing for need in needs if (missing := self._missing_input(need)))
        )

    def evaluable_rows(self, needs: Iterable[str], within: Mask) -> tuple[Mask, dict[str, int]]:
        """Mask of the rows `within` that have all needs; counts of others by first missing need."""
        judged = within.copy()
        skipped: dict[str, int] = {}
        for need in needs:
            missing = self._missing_rows(need) & judged
            if not missing.any():
                continue
            judged &= ~missing
            unreadable = int((missing & self.stock.unreadable(need)).sum())
            absent = int(missing.sum()) - unreadable
            if unreadable:
                skipped[f"{need} unreadable"] = unreadable
            if absent:
                skipped[_ABSENT.get(need, f"{need} missing")] = absent
        return judged, skipped

    def _missing_input(self, need: str) -> str | None:
        if need in ("layout", "capacity") and self.stock.layout is None:
            return "layout"
        if need == "capacity" and all(row.capacity is None for row in self.stock.layout_rows):
            return "capacity in the layout"
        if need == "zone":
            zoned = self.stock.has("temperature_zone") or any(
                row.zone for row in self.stock.layout_rows
            )
            return None if zoned else "temperature_zone, or zones in the layout"
        derived = need in ("layout", "capacity", "known_type")
        return None if derived or self.stock.has(need) else need

    def _missing_rows(self, need: str) -> Mask:
        if need not in self._missing:
            self._missing[need] = self._find_missing(need)
        return self._missing[need]

    def _find_missing(self, need: str) -> Mask:
        missing: Mask
        match need:
            case "layout":
                missing = self.stock.frame["layout_row"].to_numpy() < 0
            case "known_type":
                missing = ~self.stock.known_type
            case "creation_date":
                missing = np.isnan(self.stock.frame["age_hours"].to_numpy())
            case "location_type":
                missing = self.stock.frame["stated_type"].isna().to_numpy()
            case "subject":
                missing = self.stock.subjects.codes.index < 0
            case "pallet_id":
                missing = self.stock.pallets.index < 0
            case "location":
                missing = self.stock.locations.index < 0
            case _:
                missing = self.stock.frame[need].isna().to_numpy()
        return missing
