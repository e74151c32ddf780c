"""Detector of pallets that expire soon."""

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


def days_left(stock: Stock, *, share: float) -> npt.NDArray[np.float64]:
    """Days until the expiry date; NaN if past, or if more than a share of shelf life is left."""
    import numpy as np

    days = stock.days_until("expiry_date").to_numpy(dtype=np.float64)
    return np.where((days >= 0) & ~(days >= share * _shelf_lives(stock)), days, np.nan)


def _shelf_lives(stock: Stock) -> npt.NDArray[np.float64]:
    """Days that each row's product keeps: as the catalog says, else the usual ones from creation
    to expiry; NaN where none were seen."""
    import numpy as np

    ages = stock.frame.age_hours.to_numpy() / 24
    life = stock.days_until("expiry_date") + ages
    product = stock.products.index
    seen = life.where((life > 0) & (product >= 0))
    usual = seen.groupby(product).transform("median").where(product >= 0).to_numpy()
    told = stock.goods.facts(lambda item: item.shelf_life_days or np.nan, missing=np.nan)
    return np.where(np.isnan(told), usual, told)


@detector(
    code="expiring-soon",
    title="Expiring soon",
    priority=Priority.MEDIUM,
    needs={"expiry_date"},
    subject="pallet",
    judges_lines=True,
    message="{pallet_id} expires on {expires}, {_when} (warning from {warning_days:g} days).",
    cost=CostBasis(minutes=5, share=0.25),
    flood_cause="The limit may be too long.",
    limits={"max_days": Bounds(1, 365), "share": Bounds(0.05, 1)},
    about={
        "max_days": "How many days before its date goods are reported.",
        "share": "The share of shelf life left from which goods are reported, where that is less.",
    },
    threshold=Threshold(
        "max_days", "below", 1, "days", "had {limit:g} days or more left", days_left
    ),
    shows=("location", "description", "creation_date"),
)
def expiring_soon(stock: Stock, *, max_days: int = 30, share: float = 0.25) -> pd.DataFrame:
    """Goods near their date can still be sold first, or cheaper; afterwards they are waste.

    Days count in the warehouse's time zone, and goods are good until their day is over. Near is
    relative: yoghurt that lives for 20 days is reported later than rice. The shelf life is that
    of the item in the catalog, else the usual time from creation to expiry that this inventory
    shows for the product (product_code, else description); the smaller of the days and the share
    of it decides.
    """
    import numpy as np

    days = days_left(stock, share=share)
    soon = days < max_days
    rows, left = stock.frame[soon], days[soon].astype(int)
    return rows.assign(
        expires=stock.format_days(rows.expiry_date),
        days=left,
        warning_days=np.fmin(max_days, np.round(share * _shelf_lives(stock)[soon], 1)),
        _when=[_when(number) for number in left.tolist()],
    )


def _when(days: int) -> str:
    return ("today", "tomorrow")[days] if days < 2 else f"in {days} days"
