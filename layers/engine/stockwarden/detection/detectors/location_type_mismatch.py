"""Detector of locations whose type in the file differs from the layout."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stockwarden.detection.cost_basis import CostBasis
from stockwarden.detection.detector import Verdict, detector
from stockwarden.detection.priority import Priority
from stockwarden.warehouse.layout.location_types import read_location_type

if TYPE_CHECKING:
    from stockwarden.detection.stock import Stock


@detector(
    code="location-type-mismatch",
    title="Location type mismatch",
    priority=Priority.LOW,
    needs={"location", "location_type", "layout"},
    subject="location",
    message="The file calls {location} {stated}, the layout {location_type}.",
    tied_to_location=True,
    cost=CostBasis(minutes=3),
    flood_cause="The layout may be of another warehouse.",
)
def location_type_mismatch(stock: Stock) -> Verdict:
    """One of the two is out of date, and every rule that looks at the type judges by the layout.

    Aliases are the same type: FINAL is STORAGE, AISLE is TRANSITIONAL.
    """
    stated = stock.codes("location_type")
    kinds = [read_location_type(name) for name in stated.values]
    no_type = stated.broadcast([kind is None for kind in kinds], False)
    kind_of_row = stated.broadcast([kind or "" for kind in kinds], "")
    differs = kind_of_row != stock.frame.location_type.astype(object).to_numpy()
    rows = stock.frame[differs & ~no_type]
    return Verdict(
        rows.assign(stated=kind_of_row[rows.index]),
        skipped={"location_type is no type": no_type},
    )
