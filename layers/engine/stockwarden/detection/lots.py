"""Production lots of a stock: the file's lot column, else receipt numbers that are called lots."""

import re

from stockwarden.detection.categories import Categories
from stockwarden.detection.stock import Stock

MISSING = "lot"
# The names of lots begin like this in eight languages (Chargennummer, Losnummer, lotto, partii).
_CALLED_LOT = re.compile(
    r"lot(?!ion)|batch|charg|los(?:$|n)|partid|partit|partij|parti[ai]|seri[ae]"
)
_WORDS = re.compile(r"[^\W\d_]+")


def lots_of(stock: Stock) -> Categories | None:
    """The lot of each row; None where the file has none.

    A receipt may bring several production lots, so receipt numbers count only if their column
    calls them lots or batches.
    """
    if stock.has("lot"):
        return stock.codes("lot")
    if not stock.has("receipt_number"):
        return None
    name = stock.inventory.headers["receipt_number"].name.casefold()
    called_lot = any(map(_CALLED_LOT.match, _WORDS.findall(name)))
    return stock.codes("receipt_number") if called_lot else None
