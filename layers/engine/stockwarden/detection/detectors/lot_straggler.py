"""Pallets that their lot has left behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stockwarden.detection.detector import detector
from stockwarden.detection.parameters import Bounds
from stockwarden.detection.priority import Priority

if TYPE_CHECKING:
    import pandas as pd

    from stockwarden.detection.stock import Stock


@detector(
    code="lot-straggler",
    title="Lot straggler",
    priority=Priority.VERY_HIGH,
    needs={"pallet_id", "location", "receipt_number", "known_type"},
    subject="pallet",
    message="{pallet_id} is still in {location} while {stored} of the {lot_pallets} pallets of lot "
    "{receipt_number} are in storage.",
    limits={"completion": Bounds(0.5, 1)},
)
def lot_straggler(stock: Stock, *, completion: float = 0.8) -> pd.DataFrame:
    """When most of a receipt is put away, what stays on the dock was forgotten.

    A lot is a receipt number with more than one pallet; its share in storage counts pallets, also
    those whose location is unknown. Exactly the limit is enough: 8 of 10 at 80 %.
    """
    lots = stock.codes("receipt_number")
    pallets = stock.distinct_pallets(lots)
    stored = stock.distinct_pallets(lots, stock.in_types(["STORAGE"]))
    left_behind = (pallets > 1) & (stored / pallets.clip(min=1) >= completion)
    found: pd.DataFrame = stock.frame[
        stock.in_types(["RECEIVING"]) & lots.spread(left_behind, False)
    ]
    lot = lots.index[found.index]
    return found.assign(stored=stored[lot], lot_pallets=pallets[lot])
