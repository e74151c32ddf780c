"""Detector of goods that must have a lot, and have none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stockwarden.detection.cost_basis import CostBasis
from stockwarden.detection.detector import Verdict, detector
from stockwarden.detection.priority import Priority

if TYPE_CHECKING:
    from stockwarden.detection.stock import Stock


@detector(
    code="lot-missing",
    title="Lot missing",
    priority=Priority.MEDIUM,
    needs={"product", "catalog", "item"},
    subject="pallet",
    judges_lines=True,
    message="{pallet_id} has no {missing}, which {item_name} must have.",
    cost=CostBasis(minutes=10, share=0.05),
    flood_cause="The lots may be in another column.",
    shows=("product_code", "gtin", "description", "lot", "expiry_date", "location"),
)
def lot_missing(stock: Stock) -> Verdict:
    """Goods without their lot cannot be recalled, nor sold in the order in which they expire.

    What a product must have is said by its inventory type. The lot is the file's, or a receipt
    number whose column calls it a lot. A date that is missing is told where there is no lot either:
    lots have theirs in the catalog. Serial numbers are of single pieces, which inventories of
    pallets do not list; they are not judged.
    """
    import numpy as np

    from stockwarden.detection.lots import lots_of

    goods, lots = stock.goods, lots_of(stock)
    dated = stock.has("expiry_date")
    if lots is None and not dated:
        return Verdict(stock.frame[:0], missing_inputs=("lot",))
    nothing = np.zeros(len(stock.frame), dtype=bool)
    demands_lot = goods.mask(lambda item: item.demands_lot)
    demands_expiry = goods.mask(lambda item: item.demands_expiry)
    without_lot = nothing if lots is None else lots.index < 0
    without_date = stock.frame.expiry_date.isna().to_numpy() if dated else nothing
    has_lot = nothing if lots is None else ~without_lot
    no_lot = demands_lot & without_lot
    no_date = demands_expiry & without_date & ~has_lot
    lacking = no_lot | no_date
    what = np.where(no_lot & no_date, "lot and expiry date", np.where(no_lot, "lot", "expiry date"))
    unread = nothing.copy()
    if lots is not None:
        unread = stock.unreadable("lot") & no_lot
    if dated:
        unread |= stock.unreadable("expiry_date") & no_date
    names = goods.facts(lambda item: item.name, missing=None)
    return Verdict(
        stock.frame[lacking].assign(missing=what[lacking], item_name=names[lacking]),
        skipped={
            "lot or expiry_date unreadable": unread,
            "no lots in this file": demands_lot & ~demands_expiry if lots is None else nothing,
        },
    )
