"""An inventory at a moment with its layout, in the columnar form that detectors use."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import cached_property
from itertools import compress
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from stockwarden.detection.catalog_items import CatalogItems
from stockwarden.detection.categories import Categories, as_categorical
from stockwarden.detection.goods import Goods
from stockwarden.detection.inputs import Inputs
from stockwarden.detection.subjects import Subjects, subjects_of_rows
from stockwarden.detection.zones import zones_of_rows
from stockwarden.ingestion.inventory import Inventory
from stockwarden.ingestion.mapping.fields import ITEM
from stockwarden.warehouse.layout.layout import NO_ROW, Layout
from stockwarden.warehouse.layout.location_codes import NOTHING, why_impossible
from stockwarden.warehouse.layout.location_types import (
    LocationType,
    read_location_type,
    type_from_name,
)

Mask = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
_TYPES = tuple(LocationType)
_TYPE_INDEX = {kind: index for index, kind in enumerate(_TYPES)}


class Stock:
    """An inventory with derived columns. `frame` is the inventory's (same index), and in addition

    - location_type: category, the type of the location; the layout decides where a row matches,
      else the file's own column, else (only without a layout) the name. Missing = unknown;
    - stated_type: the file's own location_type column, if it has one;
    - layout_row: int32 index into `layout.rows`, -1 = none;
    - capacity: float64 pallets, NaN = unknown;  zone: category, upper-cased;
    - age_hours: float64 since creation, negative = created after as_of, NaN = unknown;
    - dwell_hours: the same since the last movement, where that is known and not in the future.

    A layout without rows counts as none. `goods` are joined with the catalog's items, if given.
    """

    def __init__(
        self,
        inventory: Inventory,
        layout: Layout | None,
        as_of: datetime,
        catalog: CatalogItems | None = None,
    ) -> None:
        if as_of.tzinfo is None:
            raise ValueError("as_of needs a time zone: ages are differences of absolute times")
        self.inventory = inventory
        self.layout = layout or None
        self.as_of = pd.Timestamp(as_of).tz_convert("UTC")
        self.join_catalog(catalog)
        self._codes: dict[str, Categories] = {}
        self._mapped = frozenset(inventory.frame.columns)
        self.frame = inventory.frame.copy(deep=False)
        if "location_type" in self._mapped:
            self.frame["stated_type"] = inventory.frame["location_type"]
        self.frame["layout_row"] = self._layout_rows()
        self.frame["location_type"] = self._location_types()
        self.frame["capacity"] = self._from_layout([row.capacity for row in self.layout_rows])
        self.frame["zone"] = zones_of_rows(self)
        self.frame["age_hours"] = self._age_hours()
        self.frame["dwell_hours"] = self._dwell_hours()

    def join_catalog(self, catalog: CatalogItems | None) -> None:
        """What is known of the goods, where it was looked up by the file's codes afterwards."""
        self.catalog = catalog
        self.goods = Goods(self, catalog)

    @property
    def layout_rows(self) -> Sequence[Any]:
        return self.layout.rows if self.layout else ()

    def format_days(self, moments: "pd.Series[Any]") -> "pd.Series[Any]":
        """The days in the warehouse's time zone, as text: 2026-03-31."""
        days: pd.Series[Any] = moments.dt.tz_convert(self.inventory.timezone).dt.strftime(
            "%Y-%m-%d"
        )
        return days

    def days_until(self, field: str) -> "pd.Series[Any]":
        """Whole days from the day of as_of to the day of a date, in the warehouse's time zone.

        Negative before it, NaN without a date.
        """
        zone = self.inventory.timezone
        days = self.frame[field].dt.tz_convert(zone).dt.tz_localize(None).dt.normalize()
        today = self.as_of.tz_convert(zone).tz_localize(None).normalize()
        left: pd.Series[Any] = (days - today).dt.days
        return left

    def day_after(self, days: int) -> str:
        """The day so many days after the snapshot, as text; see `days_until`."""
        today = self.as_of.tz_convert(self.inventory.timezone).date()
        return (today + timedelta(days=days)).isoformat()

    @cached_property
    def locations(self) -> Categories:
        return self.codes("location")

    @cached_property
    def products(self) -> Categories:
        """The product of each row: its product_code, else its description."""
        return self.first_of(ITEM)

    @cached_property
    def pallets(self) -> Categories:
        return self.codes("pallet_id") if self.has("pallet_id") else self.no_codes

    @cached_property
    def subjects(self) -> Subjects:
        return subjects_of_rows(self)

    @cached_property
    def lines(self) -> Categories:
        """The stock lines of the rows without a pallet id."""
        codes, first = self.subjects
        return Categories(np.maximum(codes.index - first, -1), codes.values[first:])

    @cached_property
    def no_codes(self) -> Categories:
        return Categories(np.full(len(self.frame), -1, dtype=np.int64), [])

    def codes(self, field: str) -> Categories:
        """The distinct comparable texts of a mapped text field."""
        if field not in self._codes:
            codes = Categories.from_column(self.inventory.frame[field])
            if field == "location":
                spelled_out = self.layout.exact_codes if self.layout else ()
                codes = codes.without(NOTHING.difference(spelled_out))
            self._codes[field] = codes
        return self._codes[field]

    def first_of(self, fields: Iterable[str]) -> Categories:
        """The first of these text fields that a row has; a text may stand for several of them."""
        index = np.full(len(self.frame), -1, dtype=np.int64)
        values: list[str] = []
        for field in filter(self.has, fields):
            codes = self.codes(field)
            index = np.where((index < 0) & (codes.index >= 0), codes.index + len(values), index)
            values += codes.values
        return Categories(index, values)

    def has(self, field: str) -> bool:
        """Whether the file has the field, or a column that substitutes it."""
        return field in self._mapped or _SUBSTITUTES.get(field) in self._mapped

    def in_types(self, types: Iterable[str]) -> Mask:
        """Mask of the rows whose location is of one of these types."""
        indexes = [_TYPE_INDEX[LocationType(kind)] for kind in types]
        mask: Mask = np.isin(self._type_index, indexes)
        return mask

    @cached_property
    def impossible(self) -> dict[int, str]:
        """Reasons why `locations.values` cannot be codes, by position; literal layout codes can."""
        doubtful = np.array([*(row.pattern.open_ended for row in self.layout_rows), True])
        names = self.locations.values
        positions = np.flatnonzero(doubtful[self._row_of_code]).tolist()
        return {
            position: reason
            for position in positions
            if (reason := why_impossible(names[position]))
        }

    def known_codes(self, limit: int) -> list[str]:
        """The file's codes that the layout has, then other literal codes of the layout."""
        used = list(compress(self.locations.values, (self._row_of_code != NO_ROW).tolist()))[:limit]
        spelled_out = self.layout.exact_codes if self.layout else ()
        repeated = frozenset(spelled_out).intersection(used)
        return [*used, *(code for code in spelled_out if code not in repeated)][:limit]

    @cached_property
    def pallets_at_location(self) -> npt.NDArray[np.int64]:
        """The number of pallets in each row's location; 0 for rows without a location."""
        return self.locations.broadcast(self.distinct_pallets(self.locations), 0)

    def distinct_pallets(
        self, groups: Categories, rows: Mask | None = None
    ) -> npt.NDArray[np.int64]:
        """The number of distinct pallets per value of `groups` (in these rows)."""
        counted = self.pallets.index >= 0
        if rows is not None:
            counted &= rows
        repeated = np.flatnonzero(counted & self._in_several_rows)
        pairs = (
            groups.index[repeated] * (len(self.pallets.values) + 1) + self.pallets.index[repeated]
        )
        counted[repeated] = ~pd.Series(pairs).duplicated().to_numpy()
        return groups.counts(counted)

    @cached_property
    def _in_several_rows(self) -> Mask:
        """Mask of the rows whose pallet has several rows; only these can count a pallet twice."""
        pallet = self.pallets.index + 1
        mask: Mask = (np.bincount(pallet) > 1)[pallet]
        return mask

    def unreadable(self, field: str) -> Mask:
        """Mask of the rows whose cell of this field could not be read."""
        mask: Mask = np.zeros(len(self.frame), dtype=bool)
        for source in (field, _SUBSTITUTES.get(field, field)):
            unparsed = self.inventory.unparsed.get(source)
            if unparsed is not None:
                mask |= unparsed.mask
        return mask

    def mask_of_layout_rows(self, chosen: Sequence[bool]) -> Mask:
        """Mask of the rows whose layout row is `chosen` (one flag per layout row)."""
        by_row: Mask = np.array([*chosen, False])
        mask: Mask = by_row[self.frame["layout_row"].to_numpy()]
        return mask

    @cached_property
    def inputs(self) -> Inputs:
        return Inputs(self)

    @property
    def known_type(self) -> Mask:
        """Mask of the rows whose location's type is known."""
        mask: Mask = self._type_index >= 0
        return mask

    @cached_property
    def _row_of_code(self) -> npt.NDArray[np.int32]:
        names = self.locations.values
        rows = self.layout.decide(names) if self.layout else [NO_ROW] * len(names)
        return np.array(rows, dtype=np.int32)

    def _layout_rows(self) -> npt.NDArray[np.int32]:
        return self.locations.broadcast(self._row_of_code, np.int32(NO_ROW))

    def _from_layout(self, values: Sequence[float | None]) -> Floats:
        """One number per inventory row from one per layout row; NaN where there is none."""
        by_row: Floats = np.array([*values, None], dtype=np.float64)
        column: Floats = by_row[self.frame["layout_row"].to_numpy()]
        return column

    def _location_types(self) -> "pd.Categorical[Any]":
        if self.layout:
            kinds = _indexes([*(row.location_type for row in self.layout_rows), None])
            index = kinds[self.frame["layout_row"].to_numpy()]
            index = np.where(index < 0, self._stated_types(), index)
        else:
            index = self._stated_types()
            named = self.locations.broadcast(
                _indexes(map(type_from_name, self.locations.values)), np.int8(-1)
            )
            index = np.where(index < 0, named, index)
        index = np.where(self.locations.index < 0, np.int8(-1), index)
        self._type_index: npt.NDArray[np.int8] = index
        return as_categorical(index, [kind.value for kind in _TYPES])

    def _stated_types(self) -> npt.NDArray[np.int8]:
        if "location_type" not in self._mapped:
            return np.full(len(self.frame), -1, dtype=np.int8)
        stated = self.codes("location_type")
        return stated.broadcast(_indexes(map(read_location_type, stated.values)), np.int8(-1))

    def _age_hours(self) -> Floats:
        hours = self._hours_since("creation_date")
        if "time_in_storage" in self._mapped:
            stated = self.frame["time_in_storage"].to_numpy(dtype=np.float64)
            hours = np.where(np.isnan(hours), stated, hours)
        return hours

    def _dwell_hours(self) -> Floats:
        hours = self._hours_since("last_movement_date")
        return np.where(hours >= 0, hours, self.frame["age_hours"].to_numpy())

    def _hours_since(self, field: str) -> Floats:
        if field not in self._mapped:
            return np.full(len(self.frame), np.nan)
        since = self.as_of - self.frame[field]
        hours: Floats = (since.dt.total_seconds() / 3600).to_numpy(dtype=np.float64)
        return hours


_SUBSTITUTES = {"creation_date": "time_in_storage"}


def _indexes(kinds: Iterable[LocationType | None]) -> npt.NDArray[np.int8]:
    return np.array([-1 if kind is None else _TYPE_INDEX[kind] for kind in kinds], dtype=np.int8)
