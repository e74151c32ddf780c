"""Rules about stock that stays too long in locations of a type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from stockwarden.detection.cost_basis import CostBasis
from stockwarden.detection.detector import Detector, detector
from stockwarden.detection.parameters import Bounds
from stockwarden.detection.threshold import Threshold
from stockwarden.warehouse.layout.location_types import LocationType

if TYPE_CHECKING:
    import pandas as pd

    from stockwarden.detection.priority import Priority
    from stockwarden.detection.stock import Stock

_BASIS = "The time counts from the last movement where the file has it, else from creation."


def hours_in(stock: Stock, *, location_types: tuple[str, ...]) -> pd.Series[Any]:
    """The hours since the last movement, else since creation; NaN outside these types.

    Stock that lay in a rack for weeks may be on its way since a minute ago.
    """
    return stock.frame.dwell_hours.where(stock.in_types(location_types))


def dwell_rule(
    *,
    code: str,
    title: str,
    priority: Priority,
    rationale: str,
    location_type: str,
    where: str,
    max_hours: float,
    bounds: Bounds,
    step: float = 1,
) -> Detector:
    """The rule that reports stock that has been in one type of location for too long.

    `location_type` and `max_hours` are the defaults of its parameters; `where` describes the
    locations, `bounds` are those of the hours, `step` is between the limits of its curve.
    """

    def find(
        stock: Stock,
        *,
        location_types: tuple[str, ...] = (location_type,),
        max_hours: float = max_hours,
    ) -> pd.DataFrame:
        return stock.frame[hours_in(stock, location_types=location_types) > max_hours]

    find.__doc__ = f"{rationale}\n\n{_BASIS}"
    return detector(
        code=code,
        title=title,
        priority=priority,
        needs={"location", "creation_date", "known_type"},
        subject="pallet",
        judges_lines=True,
        message="{pallet_id} has been in {location} for {dwell_hours:hours} "
        "(limit {max_hours:g} h).",
        cost=CostBasis(minutes=5, hours="dwell_hours"),
        flood_cause="The limit may be too short.",
        limits={"location_types": LocationType, "max_hours": bounds},
        about={
            "location_types": where,
            "max_hours": "Hours since the last movement that a pallet may be there.",
        },
        threshold=Threshold(
            "max_hours", "above", step, "h", "had been there for {limit:g} h or less", hours_in
        ),
        shows=("last_movement_date",),
        tied_to_location=True,
    )(find)
