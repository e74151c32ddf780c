"""How long pallets have been where goods only pass. No pandas at import."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

    import pandas as pd

    from stockwarden.detection.stock import Stock


def hours_in(stock: Stock, *, location_types: tuple[str, ...]) -> pd.Series[Any]:
    """The hours since the last movement, else since creation; NaN outside these types."""
    return stock.frame.dwell_hours.where(stock.in_types(location_types))
