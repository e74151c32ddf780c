"""Which inputs of rules a stock has: for the whole of it, and row by row.

The values that a detector may need of a row (`Detector.needs`):

    pallet_id, location, …   a canonical field that the file has; the row's cell is readable
    creation_date            the same, or else the row's time_in_storage
    location_type            the file's own column of that name
    known_type               a type for the location, from layout, file or name
    layout                   a layout, with a row that matches the location
    subject                  a pallet id or an item
    capacity, zone           the layout's capacity; the layout's zone, else the temperature_zone
    goods                    a description, or the storage class of the catalog's item
    product                  a product_code, or in a file without them a GTIN
    catalog                  the same, where it was looked up and the catalog knows some of the file
    item                     an item of the catalog with the row's product_code or GTIN
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from stockwarden.detection.goods import PRODUCT_CODES

if TYPE_CHECKING:
    from stockwarden.detection.stock import Stock

Mask = npt.NDArray[np.bool_]

_OF_GOODS = ("goods", "product", "catalog", "item")
_ABSENT = {
    "subject": "neither pallet id nor item",
    "layout": "location not in the layout",
    "capacity": "no capacity in the layout",
    "known_type": "location type unknown",
    "zone": "zone unknown",
    "goods": "description missing",
    "product": "product code missing",
    "catalog": "product code not looked up",
    "item": "product not in the catalog",
}
_KNOWN_PRODUCTS = "items in the catalog with product codes of this file"
# The fields whose cells a need reads under another name.
_CELLS = {"goods": "description", "product": "product_code"}


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
            cells = _CELLS.get(need, need)
            unreadable = int((missing & self.stock.unreadable(cells)).sum())
            absent = int(missing.sum()) - unreadable
            if unreadable:
                skipped[f"{cells} unreadable"] = unreadable
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
        if need in _OF_GOODS:
            return self._missing_goods(need)
        derived = need in ("layout", "capacity", "known_type")
        return None if derived or self.stock.has(need) else need

    def _missing_goods(self, need: str) -> str | None:
        goods = self.stock.goods
        if need == "goods":
            described = self.stock.has("description") or self._has_storage_class.any()
            return None if described else "description"
        if not any(map(self.stock.has, PRODUCT_CODES)):
            return "product_code or gtin"
        return None if need == "product" or goods.items else _KNOWN_PRODUCTS

    def _rows_without(self, need: str) -> Mask:
        goods = self.stock.goods
        match need:
            case "product":
                return goods.codes.index < 0
            case "catalog":
                return ~goods.looked_up
            case "item":
                return ~goods.known
            case _:
                missing = ~self._has_storage_class
                if self.stock.has("description"):
                    missing &= self.stock.frame["description"].isna().to_numpy()
                return missing

    @cached_property
    def _has_storage_class(self) -> Mask:
        return self.stock.goods.mask(lambda item: item.storage_class is not None)

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
            case "goods" | "product" | "catalog" | "item":
                missing = self._rows_without(need)
            case "location":
                missing = self.stock.locations.index < 0
            case _:
                missing = self.stock.frame[need].isna().to_numpy()
        return missing
