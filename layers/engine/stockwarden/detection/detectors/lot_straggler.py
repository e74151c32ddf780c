"""Detector of pallets in receiving whose lot is mostly in storage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stockwarden.detection.cost_basis import CostBasis
from stockwarden.detection.detector import detector
from stockwarden.detection.parameters import Bounds
from stockwarden.detection.priority import Priority
from stockwarden.detection.threshold import Threshold

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pandas as pd

    from stockwarden.detection.stock import Stock


def _lot_pallets(stock: Stock) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Per lot, the number of its pallets and of those in storage."""
    lots = stock.codes("receipt_number")
    stored = stock.distinct_pallets(lots, stock.in_types(["STORAGE"]))
    return stock.distinct_pallets(lots), stored


def share_stored(stock: Stock) -> npt.NDArray[np.float64]:
    """The share of each row's lot in storage; NaN outside RECEIVING and for lots of one pallet."""
    return _share_stored(stock, *_lot_pallets(stock))


def _share_stored(
    stock: Stock, pallets: npt.NDArray[np.int64], stored: npt.NDArray[np.int64]
) -> npt.NDArray[np.float64]:
    import numpy as np

    lots = stock.codes("receipt_number")
    shares = np.where(pallets > 1, stored / pallets.clip(min=1), np.nan)
    return np.where(stock.in_types(["RECEIVING"]), lots.broadcast(shares, np.nan), np.nan)


@detector(
    code="lot-straggler",
    title="Lot straggler",
    priority=Priority.VERY_HIGH,
    needs={"pallet_id", "location", "receipt_number", "known_type"},
    subject="pallet",
    message="{pallet_id} is still in {location} while {stored} of the {lot_pallets} pallets of lot "
    "{receipt_number} are in storage.",
    cost=CostBasis(minutes=10, hours="age_hours"),
    limits={"completion": Bounds(0.5, 1)},
    about={"completion": "The share of a lot that must be in storage; 0.8 is 80 %."},
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
def lot_straggler(stock: Stock, *, completion: float = 0.8) -> pd.DataFrame:
    """When most of a receipt is put away, what stays on the dock was forgotten.

    A lot is a receipt number with more than one pallet; its share in storage counts pallets, also
    those whose location is unknown. Exactly the limit is enough: 8 of 10 at 80 %.
    """
    pallets, stored = _lot_pallets(stock)
    rows = stock.frame[_share_stored(stock, pallets, stored) >= completion]
    lot = stock.codes("receipt_number").index[rows.index]
    return rows.assign(stored=stored[lot], lot_pallets=pallets[lot])
