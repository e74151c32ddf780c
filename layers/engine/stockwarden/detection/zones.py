"""The zones of a stock's rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from stockwarden.detection.categories import as_categorical
from stockwarden.warehouse.layout.patterns import comparable

if TYPE_CHECKING:
    import pandas as pd

    from stockwarden.detection.stock import Stock


def zones_of_rows(stock: Stock) -> pd.Categorical[Any]:
    """The layout's zone of each row, else that of the file's temperature_zone; upper-cased."""
    layout_zones = [comparable(row.zone) if row.zone else None for row in stock.layout_rows]
    stated = stock.codes("temperature_zone") if stock.has("temperature_zone") else None
    zones = list(dict.fromkeys([*filter(None, layout_zones), *(stated.values if stated else ())]))
    index_of = {zone: index for index, zone in enumerate(zones)}
    by_row = np.array(
        [*(index_of[zone] if zone else -1 for zone in layout_zones), -1], dtype=np.int32
    )
    index = by_row[stock.frame["layout_row"].to_numpy()]
    if stated:
        stated_index = stated.broadcast(
            np.array([index_of[name] for name in stated.values], dtype=np.int32), -1
        )
        index = np.where(index < 0, stated_index, index)
    return as_categorical(index, zones)
