"""Detector of lots whose goods have several expiry dates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stockwarden.detection.cost_basis import CostBasis
from stockwarden.detection.detector import Verdict, detector
from stockwarden.detection.priority import Priority

if TYPE_CHECKING:
    from stockwarden.detection.stock import Stock


@detector(
    code="lot-expiry-conflict",
    title="Expiry dates of a lot differ",
    priority=Priority.HIGH,
    needs={"expiry_date"},
    subject="pallet",
    judges_lines=True,
    message="{pallet_id} of lot {lot_number} expires on {expires}, others of the lot on {_others}.",
    cost=CostBasis(minutes=10, share=0.1),
    flood_cause="The column may not be the lot.",
    shows=("lot", "receipt_number", "product_code", "description", "location", "creation_date"),
    required_coverage="file",
)
def lot_expiry_conflict(stock: Stock) -> Verdict:
    """Goods of one lot expire on one day; a second date is a typing error, and one of them is sold.

    Compared are the days within a lot and product (product_code, else description). Pallets whose
    date is not the usual one of their lot are reported, all of them where no date is usual.
    Several pallets that came later and expire later are another delivery. Where many lots have
    several dates, lots do not decide them, and none is reported. Receipt numbers serve as
    lots only where their column calls them lots or batches.
    """
    from stockwarden.detection.categories import as_objects
    from stockwarden.detection.lot_dates import conflicting_dates
    from stockwarden.detection.lots import MISSING, lots_of

    lots = lots_of(stock)
    if lots is None:
        return Verdict(stock.frame[:0], missing_inputs=(MISSING,))
    if not any(map(stock.has, ("product_code", "description"))):
        return Verdict(stock.frame[:0], missing_inputs=("product_code or description",))
    found = conflicting_dates(stock, lots)
    rows = stock.frame[found.conflicting]
    others = [tuple(map(stock.day_after, days)) for days in found.other_days]
    return Verdict(
        rows.assign(
            lot_number=[lots.values[index] for index in lots.index[rows.index].tolist()],
            expires=stock.format_days(rows.expiry_date),
            other_dates=as_objects(others),
            _others=[", ".join(days) for days in others],
        ),
        skipped={
            "lot missing": lots.index < 0,
            "product unknown": stock.products.index < 0,
            "dates do not depend on lots": found.unrelated,
            "lot of many expiry dates": found.many_dates,
            "another delivery of the lot": found.other_deliveries,
        },
    )
