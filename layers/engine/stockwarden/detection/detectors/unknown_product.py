"""Detector of product codes that no item of the catalog has."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from stockwarden.detection.cost_basis import CostBasis
from stockwarden.detection.detector import Verdict, detector
from stockwarden.detection.priority import Priority

if TYPE_CHECKING:
    import pandas as pd

    from stockwarden.detection.stock import Stock

# A catalog that knows less of a file with many codes is being filled, or is about other goods.
_MANY_UNKNOWN, _LEAST_KNOWN = 20, 0.2
_NAMED = 3


@detector(
    code="unknown-product",
    title="Unknown product",
    priority=Priority.MEDIUM,
    needs={"product", "catalog"},
    subject="product",
    message="No item of the catalog has the code {subject}{_hint}.",
    cost=CostBasis(minutes=10),
    flood_cause="The catalog may lack these goods, or the column may not be the product code.",
    shows=("product_code", "gtin", "description"),
)
def unknown_product(stock: Stock) -> Verdict:
    """Goods under a code that no item has can be neither sold nor ordered: no one will find them.

    One anomaly for each code, as an SKU or a GTIN, alone or in an element string. A code is known,
    too, where the GTIN beside it is an item's. The nearest codes are named: those that the catalog
    has and that a wrong letter, a lost zero or dash, or two exchanged digits make of it, then those
    of the file that items have. Where the catalog knows less than a fifth of many codes, it is not
    about this file, and nothing is judged.
    """
    import numpy as np

    goods = stock.goods
    is_known = goods.codes.counts(goods.known) > 0
    is_in_file = goods.codes.counts(goods.looked_up) > 0
    unknown = np.flatnonzero(is_in_file & ~is_known)
    if len(unknown) > _MANY_UNKNOWN and is_known.sum() < _LEAST_KNOWN * is_in_file.sum():
        return Verdict(
            stock.frame[:0], missing_inputs=("a catalog with more of this file's product codes",)
        )
    rows = stock.frame[goods.codes.mask_of(unknown.tolist())]
    return Verdict(rows, explain=partial(_with_nearest, stock))


def _with_nearest(stock: Stock, rows: pd.DataFrame) -> pd.DataFrame:
    import numpy as np

    from stockwarden.detection.categories import as_objects
    from stockwarden.detection.nearest import MOST_KNOWN, Nearest

    goods = stock.goods
    values = goods.codes.values
    codes = [values[code] for code in goods.codes.index[rows.index]]
    unknown = dict.fromkeys(codes)
    known = np.flatnonzero(goods.codes.counts(goods.known)).tolist()
    near = Nearest([values[code] for code in known[:MOST_KNOWN]], asked=len(unknown))
    similar = goods.catalog.similar
    nearest = {
        code: tuple(dict.fromkeys((*similar.get(code, ()), *near.nearest_to(code))))[:_NAMED]
        for code in unknown
    }
    hints = {
        code: f"; the nearest are {', '.join(names)}" if names else ""
        for code, names in nearest.items()
    }
    return rows.assign(
        _hint=[hints[code] for code in codes],
        nearest=as_objects(nearest[code] for code in codes),
    )
