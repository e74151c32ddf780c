"""An inventory at a moment, in the form that detectors ask about.

What a detector may need of a row (`Detector.needs`):

    pallet_id, location, …   a canonical field that the file has; the row's cell is readable
    creation_date            the same, or else the row's time_in_storage
    location_type            the file's own column of that name
    known_type               a type for the location, from layout, file or name
    layout                   a layout, with a row that matches the location
    capacity, zone           the layout's capacity; the layout's zone, else the temperature_zone
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from stockwarden.detection.codes import Codes
from stockwarden.ingestion.intake import Intake
from stockwarden.warehouse.impossible import why_impossible
from stockwarden.warehouse.layout import Layout
from stockwarden.warehouse.location_types import LocationType, read_location_type, type_from_name

Mask = npt.NDArray[np.bool_]
_TYPES = tuple(LocationType)
_TYPE_INDEX = {kind: index for index, kind in enumerate(_TYPES)}


class Stock:
    """`frame` is the intake's (same index), and in addition

    - location_type: category, what the location is for; the layout decides where a row matches,
      else the file's own column, else (only without a layout) the name. Missing = unknown;
    - stated_type: the file's own location_type column, if it has one;
    - layout_row: int32 index into `layout.rows`, -1 = none;
    - capacity: float64 pallets, NaN = unknown;  zone: category, upper-cased;
    - age_hours: float64 since creation, negative = created after as_of, NaN = unknown;
    - dwell_hours: the same since the last movement, where that is known and not in the future.

    A layout without rows counts as none.
    """

    def __init__(self, intake: Intake, layout: Layout | None, as_of: datetime) -> None:
        if as_of.tzinfo is None:
            raise ValueError("as_of needs a time zone: ages are differences of absolute times")
        self.intake = intake
        self.layout = layout or None
        self.as_of = pd.Timestamp(as_of).tz_convert("UTC")
        self._codes: dict[str, Codes] = {}
        self._missing: dict[str, Mask] = {}
        self._mapped = frozenset(intake.frame.columns)
        self.frame = intake.frame.copy(deep=False)
        if "location_type" in self._mapped:
            self.frame["stated_type"] = intake.frame["location_type"]
        self.frame["layout_row"] = self._layout_rows()
        self.frame["location_type"] = self._location_types()
        self.frame["capacity"] = self._from_layout([row.capacity for row in self.layout_rows])
        self.frame["zone"] = self._zones()
        self.frame["age_hours"] = self._age_hours()
        self.frame["dwell_hours"] = self._dwell_hours()

    @property
    def layout_rows(self) -> Sequence[Any]:
        return self.layout.rows if self.layout else ()

    @cached_property
    def locations(self) -> Codes:
        return self.codes("location")

    @cached_property
    def pallets(self) -> Codes:
        return self.codes("pallet_id")

    def codes(self, field: str) -> Codes:
        """The distinct comparable texts of a mapped text field."""
        if field not in self._codes:
            self._codes[field] = Codes.of(self.intake.frame[field])
        return self._codes[field]

    def has(self, field: str) -> bool:
        """Whether the file has the field (or a column that gives it)."""
        return field in self._mapped or (field == "creation_date" and self.has("time_in_storage"))

    def in_types(self, types: Iterable[str]) -> Mask:
        """The rows whose location is of one of these types."""
        return np.isin(self._type_index, [_TYPE_INDEX[LocationType(kind)] for kind in types])

    @cached_property
    def impossible(self) -> dict[str, str]:
        """Location codes that cannot be codes, and why; those a layout spells out are codes."""
        found: dict[str, str] = {}
        rows = self._row_of_code
        for at, code in enumerate(self.locations.names):
            reason = why_impossible(code)
            if reason is None:
                continue
            if rows[at] >= 0 and not self.layout_rows[rows[at]].pattern.open_ended:
                continue
            found[code] = reason
        return found

    def at_codes(self, codes: Collection[str]) -> Mask:
        """The rows whose location is one of these comparable codes."""
        return self.locations.spread([name in codes for name in self.locations.names], False)

    def lacks(self, needs: Iterable[str]) -> tuple[str, ...]:
        """Of these needs, what the whole file or the layout does not give."""
        return tuple(dict.fromkeys(lack for need in needs if (lack := self._lack(need))))

    def judgeable(self, needs: Iterable[str]) -> tuple[Mask, dict[str, int]]:
        """The rows that have all of these needs, and the number of others by their first lack."""
        judged = np.ones(len(self.frame), dtype=bool)
        skipped: dict[str, int] = {}
        for need in needs:
            missing = self._missing_rows(need) & judged
            if not missing.any():
                continue
            judged &= ~missing
            unparsed = self.intake.unparsed.get(need)
            unreadable = int((missing & unparsed.mask).sum()) if unparsed is not None else 0
            absent = int(missing.sum()) - unreadable
            if unreadable:
                skipped[f"{need} unreadable"] = unreadable
            if absent:
                skipped[_ABSENT.get(need, f"{need} missing")] = absent
        return judged, skipped

    def _lack(self, need: str) -> str | None:
        if need in ("layout", "capacity") and self.layout is None:
            return "layout"
        if need == "capacity" and all(row.capacity is None for row in self.layout_rows):
            return "capacity in the layout"
        if need == "zone":
            zoned = self.has("temperature_zone") or any(row.zone for row in self.layout_rows)
            return None if zoned else "temperature_zone, or zones in the layout"
        derived = need in ("layout", "capacity", "known_type")
        return None if derived or self.has(need) else need

    def _missing_rows(self, need: str) -> Mask:
        if need not in self._missing:
            self._missing[need] = self._find_missing(need)
        return self._missing[need]

    def _find_missing(self, need: str) -> Mask:
        match need:
            case "layout":
                return self.frame["layout_row"].to_numpy() < 0
            case "known_type":
                return self._type_index < 0
            case "creation_date":
                return np.isnan(self.frame["age_hours"].to_numpy())
            case "location_type":
                return self.frame["stated_type"].isna().to_numpy()
            case "pallet_id" | "location":
                return self.codes(need).index < 0
        return self.frame[need].isna().to_numpy()

    @cached_property
    def _row_of_code(self) -> npt.NDArray[np.int32]:
        names = self.locations.names
        rows = self.layout.classify(names) if self.layout else [None] * len(names)
        return np.array([-1 if row is None else row for row in rows], dtype=np.int32)

    def _layout_rows(self) -> npt.NDArray[np.int32]:
        return self.locations.spread(self._row_of_code, np.int32(-1))

    def _from_layout(self, values: Sequence[float | None]) -> npt.NDArray[np.float64]:
        """From one number per layout row to one per inventory row, NaN where there is none."""
        by_row = np.array([*values, None], dtype=np.float64)
        return by_row[self.frame["layout_row"].to_numpy()]

    def _location_types(self) -> pd.Categorical:
        names = self.locations.names
        if self.layout:
            kinds = [row.location_type for row in self.layout_rows]
            decided = [kinds[row] if row >= 0 else None for row in self._row_of_code]
            index = self.locations.spread(_indexes(decided), np.int8(-1))
            index = np.where(index < 0, self._stated_types(), index)
        else:
            index = self._stated_types()
            named = self.locations.spread(_indexes(map(type_from_name, names)), np.int8(-1))
            index = np.where(index < 0, named, index)
        self._type_index: npt.NDArray[np.int8] = index
        return pd.Categorical.from_codes(index, categories=[kind.value for kind in _TYPES])

    def _stated_types(self) -> npt.NDArray[np.int8]:
        if "location_type" not in self._mapped:
            return np.full(len(self.frame), -1, dtype=np.int8)
        stated = self.codes("location_type")
        return stated.spread(_indexes(map(read_location_type, stated.names)), np.int8(-1))

    def _zones(self) -> pd.Categorical:
        given = [row.zone.strip().upper() if row.zone else None for row in self.layout_rows]
        stated = self.codes("temperature_zone") if self.has("temperature_zone") else None
        zones = list(dict.fromkeys([*filter(None, given), *(stated.names if stated else ())]))
        at = {zone: index for index, zone in enumerate(zones)}
        by_row = np.array([*(at[zone] if zone else -1 for zone in given), -1], dtype=np.int32)
        index = by_row[self.frame["layout_row"].to_numpy()]
        if stated:
            own = stated.spread(np.array([at[name] for name in stated.names], dtype=np.int32), -1)
            index = np.where(index < 0, own, index)
        return pd.Categorical.from_codes(index, categories=zones)

    def _age_hours(self) -> npt.NDArray[np.float64]:
        hours = self._hours_since("creation_date")
        if "time_in_storage" in self._mapped:
            stated = self.frame["time_in_storage"].to_numpy(dtype=np.float64)
            hours = np.where(np.isnan(hours), stated, hours)
        return hours

    def _dwell_hours(self) -> npt.NDArray[np.float64]:
        hours = self._hours_since("last_movement_date")
        return np.where(hours >= 0, hours, self.frame["age_hours"].to_numpy())

    def _hours_since(self, field: str) -> npt.NDArray[np.float64]:
        if field not in self._mapped:
            return np.full(len(self.frame), np.nan)
        since = self.as_of - self.frame[field]
        return (since.dt.total_seconds() / 3600).to_numpy(dtype=np.float64)


_ABSENT = {
    "layout": "location not in the layout",
    "capacity": "no capacity in the layout",
    "known_type": "location type unknown",
    "zone": "zone unknown",
}


def _indexes(kinds: Iterable[LocationType | None]) -> npt.NDArray[np.int8]:
    return np.array([-1 if kind is None else _TYPE_INDEX[kind] for kind in kinds], dtype=np.int8)
