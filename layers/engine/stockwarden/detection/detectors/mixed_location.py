"""Detector of locations that hold several items or lots where the layout allows one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stockwarden.detection.cost_basis import CostBasis
from stockwarden.detection.detector import Verdict, detector
from stockwarden.detection.name_lists import MOST_IN_DETAILS, listed
from stockwarden.detection.priority import Priority

if TYPE_CHECKING:
    from stockwarden.detection.stock import Stock


@detector(
    code="mixed-location",
    title="Mixed location",
    priority=Priority.LOW,
    needs={"location", "layout"},
    subject="location",
    message="{location} is for a single {single}, and holds {count}: {_names}.",
    cost=CostBasis(minutes=8),
    flood_cause="The layout may say single too often.",
    shows=("product_code", "description", "lot", "receipt_number"),
    required_coverage="area",
    tied_to_location=True,
)
def mixed_location(stock: Stock) -> Verdict:
    """Where one item or lot is expected, what stands behind another is picked by mistake, or never.

    The notes of the layout say which locations are single: "single item" (or SKU, product), or
    "single lot" (or batch). Products are compared by product_code, else description; lots by the
    lot column, else by receipt numbers that their column calls lots.
    """
    import numpy as np

    from stockwarden.detection.categories import as_objects
    from stockwarden.detection.lots import lots_of
    from stockwarden.detection.mixed import names_together
    from stockwarden.warehouse.layout.mixing import single_in

    singles = [single_in(row.notes) for row in stock.layout_rows]
    if not any(singles):
        return Verdict(stock.frame[:0], missing_inputs=("single_item_notes",))
    lots = lots_of(stock)
    products = stock.products
    by_item = stock.mask_of_layout_rows([single is not None for single in singles])
    by_lot = stock.mask_of_layout_rows([single == "lot" for single in singles])
    mixed = names_together(stock.locations, products, by_item)
    kinds = dict.fromkeys(mixed, "item")
    if lots is not None:
        for code, names in names_together(stock.locations, lots, by_lot).items():
            if code not in mixed:
                mixed[code], kinds[code] = names, "lot"
    first = {code: tuple(names[:MOST_IN_DETAILS]) for code, names in mixed.items()}
    texts = {code: listed(names) for code, names in mixed.items()}
    rows = stock.frame[stock.locations.mask_of(mixed)]
    codes = stock.locations.index[rows.index].tolist()
    unknown = by_item & (products.index < 0)
    if lots is not None:
        unknown = unknown & ~(by_lot & (lots.index >= 0))
    return Verdict(
        rows.assign(
            single=[kinds[code] for code in codes],
            count=np.array([len(mixed[code]) for code in codes], dtype=np.int64),
            names=as_objects(first[code] for code in codes),
            _names=[texts[code] for code in codes],
        ),
        skipped={"product unknown": unknown},
    )
