"""Occupancy of a stock's locations, by type and zone."""

from typing import Any

import numpy as np
import pandas as pd

from stockwarden.detection.stock import Stock

MOST_AREAS = 100
# More than any one warehouse has: a layout row beyond this is not expanded.
_MOST_LOCATIONS = 200_000


def occupancy(stock: Stock) -> list[dict[str, Any]]:
    """`{"type", "zone", "pallets", "locations", "empty", "capacity", "in_capacity"}`, the fullest
    first.

    `locations` are those with stock, `empty` those without that the layout's patterns spell out.
    `capacity` sums both, where it is known; `in_capacity` are the pallets in locations that have
    one.
    A pallet that is in two locations counts in both.
    """
    if not stock.locations.values:
        return []
    by_location = locations_of(stock).assign(locations=1, empty=0)
    has_capacity = by_location["capacity"].notna()
    by_location["in_capacity"] = by_location["pallets"].where(has_capacity, 0)
    tables = [by_location, _empty(stock)]
    whole = pd.concat([table for table in tables if len(table)], ignore_index=True)
    whole[["type", "zone"]] = (
        whole[["type", "zone"]].astype(object).where(whole[["type", "zone"]].notna(), "")
    )
    sums = whole.groupby(["type", "zone"], sort=True)[
        ["pallets", "locations", "empty", "capacity", "in_capacity"]
    ].sum(min_count=1)
    sums = sums.sort_values("pallets", ascending=False, kind="stable").head(MOST_AREAS)
    return [
        {
            "type": kind or None,
            "zone": zone or None,
            "pallets": int(pallets_in),
            "locations": int(locations),
            "empty": int(empty),
            "capacity": None if np.isnan(capacity) else int(capacity),
            "in_capacity": int(in_capacity),
        }
        for (kind, zone), (pallets_in, locations, empty, capacity, in_capacity) in zip(
            sums.index, sums.to_numpy(dtype=float).tolist(), strict=True
        )
    ]


def locations_of(stock: Stock) -> pd.DataFrame:
    """For each of `stock.locations.values`: its type, zone, capacity and distinct pallets."""
    locations = stock.locations
    placed = locations.index >= 0
    first = np.full(len(locations.values), -1)
    first[locations.index[placed][::-1]] = np.flatnonzero(placed)[::-1]
    frame = stock.frame.iloc[first]
    return pd.DataFrame(
        {
            "type": frame["location_type"].astype(object).to_numpy(),
            "zone": frame["zone"].astype(object).to_numpy(),
            "pallets": stock.distinct_pallets(locations),
            "capacity": frame["capacity"].to_numpy(),
        }
    )


def pallets_without_location(stock: Stock) -> int:
    """The number of distinct pallets that have a row without a location."""
    pallets = stock.pallets.index[stock.locations.index < 0]
    return len(np.unique(pallets[pallets >= 0]))


def outside_layout(stock: Stock) -> int | None:
    """The number of locations in use that match no row of the layout; None without a layout."""
    if stock.layout is None:
        return None
    located = stock.locations.index >= 0
    unknown = located & (stock.frame["layout_row"].to_numpy() < 0)
    return len(np.unique(stock.locations.index[unknown]))


def _empty(stock: Stock) -> pd.DataFrame:
    """The locations without stock that the layout's patterns spell out, by layout row."""
    layout = stock.layout
    occupied = set(stock.locations.values)
    spelled_out = layout.spelled_out(_MOST_LOCATIONS) if layout else []
    decided = (
        layout.decide([code for code in spelled_out if code not in occupied]) if layout else []
    )
    counts = np.bincount(decided) if decided else np.zeros(0, dtype=np.int64)
    empty = {index: int(counts[index]) for index in np.flatnonzero(counts).tolist()}
    rows = [stock.layout_rows[index] for index in empty]
    return pd.DataFrame(
        {
            "type": [str(row.location_type) for row in rows],
            "zone": [row.zone.strip().upper() if row.zone else None for row in rows],
            "pallets": 0,
            "locations": 0,
            "empty": empty.values(),
            "capacity": [
                np.nan if row.capacity is None else row.capacity * count
                for row, count in zip(rows, empty.values(), strict=True)
            ],
            "in_capacity": 0,
        }
    )
