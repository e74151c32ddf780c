"""Detector of pallets in receiving whose lot is mostly in storage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stockwarden.detection.cost_basis import CostBasis
from stockwarden.detection.detector import Verdict, detector
from stockwarden.detection.parameters import Bounds
from stockwarden.detection.priority import Priority
from stockwarden.detection.threshold import Threshold

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from stockwarden.detection.stock import Stock

_ONE_RECEIPT_HOURS = 72
_OTHER_DATES = 0.2
_NO_RECEIPT = "lot received over more than 3 days"


def _lot_pallets(stock: Stock) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Per lot, the number of its pallets and of those in storage."""
    lots = stock.codes("receipt_number")
    stored = stock.distinct_pallets(lots, stock.in_types(["STORAGE"]))
    return stock.distinct_pallets(lots), stored


def share_stored(stock: Stock, *, min_hours: float) -> npt.NDArray[np.float64]:
    """The share of each row's lot in storage; NaN outside RECEIVING, for lots of one pallet, and
    for pallets that have not yet waited `min_hours`."""
    return _share_stored(stock, *_lot_pallets(stock), min_hours)


def _share_stored(
    stock: Stock,
    pallets: npt.NDArray[np.int64],
    stored: npt.NDArray[np.int64],
    min_hours: float,
) -> npt.NDArray[np.float64]:
    import numpy as np

    lots = stock.codes("receipt_number")
    shares = np.where(pallets > 1, stored / pallets.clip(min=1), np.nan)
    ages = stock.frame.age_hours.to_numpy()
    just_arrived = (ages >= 0) & (ages < min_hours)
    waiting = stock.in_types(["RECEIVING"]) & ~just_arrived
    return np.where(waiting, lots.broadcast(shares, np.nan), np.nan)


def _produced_over_weeks(stock: Stock) -> npt.NDArray[np.bool_]:
    """Mask of the rows of lots whose stored pallets were not received within a few days.

    A fifth of them may have other dates: a second delivery, an entry made later.
    """
    import numpy as np
    import pandas as pd

    lots = stock.codes("receipt_number")
    ages = stock.frame.age_hours.to_numpy()
    dated = stock.in_types(["STORAGE"]) & (lots.index >= 0) & (ages >= 0)
    first, last = np.full(len(lots.values), -np.inf), np.full(len(lots.values), np.inf)
    np.maximum.at(first, lots.index[dated], ages[dated])
    np.minimum.at(last, lots.index[dated], ages[dated])
    over_weeks = first - last > _ONE_RECEIPT_HOURS
    if over_weeks.any():
        rows = dated & lots.broadcast(over_weeks, False)
        age, lot = pd.Series(ages[rows]), lots.index[rows]
        apart = (age - age.groupby(lot).transform("median")).abs() > _ONE_RECEIPT_HOURS
        shares = apart.groupby(lot).mean()
        over_weeks[shares.index[shares <= _OTHER_DATES]] = False
    mask: npt.NDArray[np.bool_] = lots.broadcast(over_weeks, False)
    return mask


@detector(
    code="lot-straggler",
    title="Lot straggler",
    priority=Priority.VERY_HIGH,
    needs={"pallet_id", "location", "receipt_number", "known_type"},
    subject="pallet",
    message="{pallet_id} is still in {location} while {stored} of the {lot_pallets} pallets of lot "
    "{receipt_number} are in storage.",
    cost=CostBasis(minutes=10, hours="age_hours"),
    flood_cause="The column may not be the receipt.",
    limits={"completion": Bounds(0.5, 1), "min_hours": Bounds(0, 48)},
    about={
        "completion": "The share of a lot that must be in storage; 0.8 is 80 %.",
        "min_hours": "Hours since creation before which a pallet is no straggler yet.",
    },
    threshold=Threshold(
        "completion",
        "at least",
        0.01,
        "share",
        "were of lots of which less than {percent:g} % was in storage",
        share_stored,
    ),
    required_coverage="file",
    tied_to_location=True,
)
def lot_straggler(stock: Stock, *, completion: float = 0.8, min_hours: float = 2.0) -> Verdict:
    """When most of a receipt is put away, what stays on the dock was forgotten.

    A lot is a receipt number with more than one pallet; its share in storage counts pallets, also
    those whose location is unknown. Exactly the limit is enough: 8 of 10 at 80 %. A pallet that
    has just arrived may be of a second delivery and is no straggler yet; one without a date, or
    with a date in the future, has no such excuse. A number whose stored pallets were received over
    more than a few days is a production batch rather than a receipt, and is skipped.
    """
    pallets, stored = _lot_pallets(stock)
    rows = stock.frame[_share_stored(stock, pallets, stored, min_hours) >= completion]
    lot = stock.codes("receipt_number").index[rows.index]
    return Verdict(
        rows.assign(stored=stored[lot], lot_pallets=pallets[lot]),
        skipped={_NO_RECEIPT: _produced_over_weeks(stock)},
    )
