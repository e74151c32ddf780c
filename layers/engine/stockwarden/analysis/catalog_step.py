"""Joins a stock with what the catalog says of its codes, and tells what was used.

The catalog is the company's, and so are the goods wherever they stand: a report without a warehouse
is judged by it, too. What anomalies tell of it is about codes that the file itself has, or that one
slip of the pen makes of them.
"""

from collections.abc import Mapping
from typing import Any

from stockwarden.detection.catalog_items import AskedCodes, CatalogItems
from stockwarden.detection.stock import Stock
from stockwarden.stock.item_lookup import ItemLookup


class CatalogStep:
    def __init__(self, lookup: ItemLookup) -> None:
        self.lookup = lookup

    def join(self, stock: Stock, previous: Mapping[str, Any] | None) -> dict[str, Any] | None:
        """Returns the facts that the report keeps; None for a file without product codes, which
        nothing is read for. `previous` are those of the report's analysis before. Raises
        Unavailable."""
        asked = stock.goods.asked()
        if not asked.product_codes and not asked.gtins:
            return None
        found = self.lookup.look_up(asked)
        stock.join_catalog(found)
        return _facts(asked, found, previous)


def _facts(
    asked: AskedCodes, found: CatalogItems, previous: Mapping[str, Any] | None
) -> dict[str, Any]:
    codes, known = asked.product_codes, found.by_code
    if not codes:
        codes, known = asked.gtins, found.by_gtin
    left_out = len(found.left_out.intersection(codes))
    same_codes = previous is not None and previous["codes_sha256"] == asked.digest
    return {
        "codes": len(codes),
        "known": len(known),
        "unknown": len(codes) - len(known) - left_out,
        "not_looked_up": left_out,
        "codes_sha256": asked.digest,
        "sha256": found.digest,
        "changed": bool(same_codes and previous and previous["sha256"] != found.digest),
    }
