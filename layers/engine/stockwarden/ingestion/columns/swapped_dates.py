"""Finds true dates whose day and month a spreadsheet program may have swapped.

A program that reads `02/03/2026` in the other order turns it into a true date, and leaves
`02/27/2026`, which is none in that order, as text. So the texts prove one order, all of them by a
number above 12, and the true dates beside them have no day above 12.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from stockwarden.ingestion.columns.calendar import NANOSECONDS_A_DAY, OrderDecision, Parts
from stockwarden.ingestion.columns.text_shapes import Integers

SWAPPED = "swapped"
"""The style of true dates that may be swapped."""


def swapped_dates(
    styles: Mapping[str, Sequence[Parts]],
    decisions: Mapping[str, OrderDecision],
    positions: Integers,
    nanoseconds: Integers,
) -> Parts | None:
    """The true dates at `positions`, as the parts of texts; None if nothing says that they are.

    Read in the order that the texts prove they are swapped back; in the other they stay.
    """
    order = _left_texts_order(styles, decisions)
    if order is None or not len(positions):
        return None
    moments = pd.DatetimeIndex(nanoseconds.view("datetime64[ns]"))
    day, month, year = (
        np.asarray(part, dtype=np.int64) for part in (moments.day, moments.month, moments.year)
    )
    if (day > 12).any() or (day == month).all():
        return None
    first, second = (day, month) if order == "MDY" else (month, day)
    time = nanoseconds % NANOSECONDS_A_DAY
    return Parts(SWAPPED, positions, time, first, second, year)


def _left_texts_order(
    styles: Mapping[str, Sequence[Parts]], decisions: Mapping[str, OrderDecision]
) -> str | None:
    """The order of a style whose texts are all dates in that order only."""
    for style, groups in styles.items():
        order = decisions[style].order
        if order not in {"DMY", "MDY"} or style.endswith("z") or groups[0].eight is not None:
            continue
        days = [group.first if order == "DMY" else group.second for group in groups]
        if all((day > 12).all() for day in days):
            return order
    return None
