"""Lots whose goods have several expiry dates."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from stockwarden.detection.categories import Categories
from stockwarden.detection.stock import Mask, Stock

# More dates than this without a usual one: the number is no production lot.
MOST_DATES = 3
# Where this many lots, and this share of those with several pallets, have several dates, lot
# numbers do not decide dates.
MANY_LOTS = 5
LARGE_SHARE = 0.2
_DELIVERY_HOURS = 24


class LotDates(NamedTuple):
    """Masks over the frame, and per row of `conflicting` the other days of its lot and product.

    `unrelated` are the rows that would conflict, if so many did not.
    """

    conflicting: Mask
    other_days: list[list[int]]
    unrelated: Mask
    many_dates: Mask
    other_deliveries: Mask


def conflicting_dates(stock: Stock, lots: Categories) -> LotDates:
    """Finds rows whose expiry date is not the usual one of their lot and product.

    The usual date is the one that most pallets have. Without one every date of the lot conflicts.
    Several pallets that came later and expire later are another delivery, not a conflict.
    """
    size = len(stock.frame)
    days, products = stock.days_until("expiry_date").to_numpy(np.float64), stock.products
    known = ~np.isnan(days) & (lots.index >= 0) & (products.index >= 0)
    group = lots.index * (len(products.values) + 1) + products.index + 1
    positions = _of_several_days(np.flatnonzero(known), group, days)
    nothing = np.zeros(size, dtype=bool)
    if not len(positions):
        return LotDates(nothing, [], nothing, nothing, nothing)
    rows = pd.DataFrame(
        {
            "group": group[positions],
            "day": days[positions].astype(np.int64),
            "pallet": stock.subjects.codes.index[positions],
            "age": stock.frame["age_hours"].to_numpy()[positions],
        },
        index=positions,
    )
    table = _days_of_groups(rows)
    verdicts = rows[["group", "day"]].merge(table, on=["group", "day"], how="left")
    verdicts.index = rows.index
    conflicting = verdicts["conflict"]
    lots_in_doubt = verdicts.loc[conflicting, "group"].nunique()
    several = np.count_nonzero(np.unique(group[known], return_counts=True)[1] > 1)
    if lots_in_doubt >= MANY_LOTS and lots_in_doubt > LARGE_SHARE * several:
        in_doubt = _mask(size, verdicts.index[conflicting])
        return LotDates(nothing, [], in_doubt, nothing, nothing)
    days_of = table.groupby("group")["day"].agg(list).to_dict()
    flagged = verdicts[conflicting]
    pairs = zip(flagged["group"].tolist(), flagged["day"].tolist(), strict=True)
    return LotDates(
        _mask(size, flagged.index),
        [[other for other in days_of[group_of] if other != day] for group_of, day in pairs],
        nothing,
        _mask(size, verdicts.index[verdicts["many"]]),
        _mask(size, verdicts.index[verdicts["delivery"]]),
    )


def _of_several_days(
    positions: npt.NDArray[np.int64], group: npt.NDArray[np.int64], days: npt.NDArray[np.float64]
) -> npt.NDArray[np.int64]:
    """The positions whose group has rows of several days."""
    codes, distinct = pd.factorize(group[positions])
    first, last = np.full(len(distinct), np.inf), np.full(len(distinct), -np.inf)
    np.minimum.at(first, codes, days[positions])
    np.maximum.at(last, codes, days[positions])
    several: npt.NDArray[np.int64] = positions[(first != last)[codes]]
    return several


def _days_of_groups(rows: pd.DataFrame) -> pd.DataFrame:
    """One row per group and day: whether it conflicts, is another delivery, or one of many."""
    pallets = rows.drop_duplicates(["group", "day", "pallet"])
    by_day = pallets.groupby(["group", "day"])
    table = by_day["age"].agg(pallets="size", youngest="min", oldest="max").reset_index()
    most = table.groupby("group")["pallets"].transform("max")
    tied = (table["pallets"] == most).groupby(table["group"]).transform("sum") > 1
    leading = table[table["pallets"] == most].sort_values("oldest", ascending=False)
    usual = leading.drop_duplicates("group").set_index("group")
    usual_of = usual.loc[table["group"], ["day", "youngest", "oldest"]].reset_index(drop=True)
    is_usual = table["day"] == usual_of["day"]
    later = (table["day"] > usual_of["day"]) & (
        table["oldest"] < usual_of["youngest"] - _DELIVERY_HOURS
    )
    earlier = (table["day"] < usual_of["day"]) & (
        table["youngest"] > usual_of["oldest"] + _DELIVERY_HOURS
    )
    delivery = ~is_usual & (table["pallets"] > 1) & (later | earlier)
    many = tied & (table.groupby("group")["day"].transform("size") > MOST_DATES)
    unlike = ~is_usual & ~delivery & ~many
    no_usual = tied & unlike.groupby(table["group"]).transform("any") & is_usual
    return table.assign(conflict=unlike | no_usual, delivery=delivery & ~many, many=many)


def _mask(size: int, positions: Iterable[int]) -> Mask:
    mask: Mask = np.zeros(size, dtype=bool)
    mask[list(positions)] = True
    return mask
