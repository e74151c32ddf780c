"""Detector of expiry dates that are further ahead than the product keeps."""

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

# Goods may come in on the day that they are made, and a date may lack its time.
_DAYS_OF_GRACE = 1


def percent_left(stock: Stock) -> npt.NDArray[np.float64]:
    """The days from when goods came in to their expiry date, in percent of their shelf life."""
    return 100 * (_days(stock) - _DAYS_OF_GRACE) / _shelf_lives(stock)


def _days(stock: Stock) -> npt.NDArray[np.float64]:
    import numpy as np

    age = stock.frame.age_hours.to_numpy() / 24
    left = stock.days_until("expiry_date").to_numpy(dtype=np.float64)
    return left + np.floor(np.where(age > 0, age, 0.0))


def _shelf_lives(stock: Stock) -> npt.NDArray[np.float64]:
    import numpy as np

    return stock.goods.facts(lambda item: item.shelf_life_days or np.nan, missing=np.nan)


@detector(
    code="shelf-life-impossible",
    title="Expiry date beyond shelf life",
    priority=Priority.HIGH,
    needs={"expiry_date", "product", "catalog", "item"},
    subject="pallet",
    judges_lines=True,
    message="{pallet_id} expires on {expires}, {days:g} days after {_since}; {item_name} keeps for "
    "{shelf_life_days:g} days.",
    cost=CostBasis(minutes=10, share=0.1),
    flood_cause="The shelf lives may be wrong.",
    limits={"max_percent": Bounds(100, 300)},
    about={
        "max_percent": "How much of the product's shelf life goods may have when they come in, "
        "in percent."
    },
    threshold=Threshold(
        "max_percent",
        "above",
        1,
        "%",
        "came in with {limit:g} % of their shelf life or less",
        percent_left,
    ),
    shows=("product_code", "gtin", "description", "lot", "location", "creation_date"),
)
def shelf_life_impossible(stock: Stock, *, max_percent: float = 110.0) -> Verdict:
    """A date that is too far ahead is a typing error, and hides goods that expire long before.

    Goods cannot come in with more life than the catalog says that they have. The tenth above it
    leaves room for dates that name a month only, and one day for the hours. Counted is from the
    creation date, and from the inventory where there is none, or where it is in the future. Dates
    before goods came in are possible: returns and late deliveries are what `expired` tells of.
    """
    import numpy as np

    percent = percent_left(stock)
    beyond = percent > max_percent
    rows = stock.frame[beyond]
    names = stock.goods.facts(lambda item: item.name, missing=None)
    has_age = (rows.age_hours > 0).to_numpy()
    return Verdict(
        rows.assign(
            expires=stock.format_days(rows.expiry_date),
            days=_days(stock)[beyond],
            shelf_life_days=_shelf_lives(stock)[beyond],
            item_name=names[beyond],
            counted_from=np.where(has_age, "receipt", "inventory"),
            _since=np.where(has_age, "it came in", "this inventory"),
        ),
        skipped={"no shelf life in the catalog": np.isnan(_shelf_lives(stock))},
    )
