"""The goods of a stock's rows: their product codes, and the items of the catalog that they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from stockwarden.detection.catalog_items import AskedCodes, CatalogItem, CatalogItems
from stockwarden.detection.categories import Categories

if TYPE_CHECKING:
    from stockwarden.detection.stock import Stock

Mask = npt.NDArray[np.bool_]
Positions = npt.NDArray[np.int64]
PRODUCT_CODES = ("product_code", "gtin")


class Goods:
    """The item of a row is that of its product code, else that of its GTIN.

    `items` are those of the file, by their ids; `index` has a position in it per row, -1 = none.
    """

    def __init__(self, stock: Stock, catalog: CatalogItems | None) -> None:
        self.stock = stock
        self.catalog = catalog or CatalogItems()

    @cached_property
    def codes(self) -> Categories:
        """The product code of each row; its GTIN in a file without product codes."""
        field = next(filter(self.stock.has, PRODUCT_CODES), None)
        return self.stock.codes(field) if field else self.stock.no_codes

    @cached_property
    def items(self) -> Sequence[CatalogItem]:
        return [self.catalog.items[item_id] for item_id in sorted(self.catalog.items)]

    @cached_property
    def by_code(self) -> Positions:
        """The item that each row's product code names."""
        return self._named("product_code", self.catalog.by_code)

    @cached_property
    def by_gtin(self) -> Positions:
        """The item that each row's GTIN names."""
        return self._named("gtin", self.catalog.by_gtin)

    @cached_property
    def index(self) -> Positions:
        return np.where(self.by_code >= 0, self.by_code, self.by_gtin)

    @property
    def known(self) -> Mask:
        mask: Mask = self.index >= 0
        return mask

    @cached_property
    def looked_up(self) -> Mask:
        """Mask of the rows whose code was looked up."""
        left_out = self.catalog.left_out
        by_code: Mask = self.codes.broadcast(
            np.array([code not in left_out for code in self.codes.values], dtype=bool), False
        )
        return by_code

    def mask(self, applies: Callable[[CatalogItem], bool]) -> Mask:
        """Mask of the rows whose item is one of those that it applies to."""
        return self.facts(applies, missing=False)

    def facts(self, of: Callable[[CatalogItem], Any], missing: Any) -> npt.NDArray[Any]:
        """One fact of each row's item; `missing` for rows without an item."""
        dtype = np.asarray(missing).dtype if not isinstance(missing, str | None) else object
        values = np.empty(len(self.items) + 1, dtype=dtype)
        values[:-1] = [of(item) for item in self.items]
        values[-1] = missing
        by_row: npt.NDArray[Any] = values[self.index]
        return by_row

    def asked(self) -> AskedCodes:
        """What is looked up in the catalog."""
        day = self.stock.as_of.tz_convert(self.stock.inventory.timezone).date()
        return AskedCodes(day, *map(self._texts, (*PRODUCT_CODES, "unit")))

    def _texts(self, field: str) -> list[str]:
        """The distinct texts of a field, the most frequent ones first."""
        if not self.stock.has(field):
            return []
        codes = self.stock.codes(field)
        counts = codes.counts(codes.index >= 0).tolist()
        ordered = sorted(
            zip(counts, codes.values, strict=True), key=lambda pair: (-pair[0], pair[1])
        )
        return [text for _, text in ordered]

    def _named(self, field: str, ids: Mapping[str, str]) -> Positions:
        if not ids or not self.stock.has(field):
            return np.full(len(self.stock.frame), -1, dtype=np.int64)
        position_of = {item.id: position for position, item in enumerate(self.items)}
        codes = self.stock.codes(field)
        positions = [position_of.get(ids.get(code, ""), -1) for code in codes.values]
        by_row: Positions = codes.broadcast(np.array(positions, dtype=np.int64), np.int64(-1))
        return by_row
