"""Writes what an export of the catalog, of stock or of orders ordered."""

from collections.abc import Callable, Mapping
from typing import IO, Any

from stockwarden.exports.catalog_lists import CATALOG_LISTS
from stockwarden.exports.catalog_model import ListName
from stockwarden.exports.catalog_source import MOST_ROWS, CatalogSource
from stockwarden.exports.exported_file import TableFormat
from stockwarden.exports.order_lists import ORDER_LISTS
from stockwarden.exports.stock_lists import STOCK_LISTS
from stockwarden.exports.table_file import CountedRows, write_table
from stockwarden.exports.usage_lists import USAGE_LISTS
from stockwarden.storage.attributes import Item

_LISTS = {**CATALOG_LISTS, **STOCK_LISTS, **ORDER_LISTS, **USAGE_LISTS}


class CatalogWriter:
    """`open_source` gives a source for one export."""

    def __init__(self, open_source: Callable[[], CatalogSource]) -> None:
        self.open_source = open_source

    def filename(self, export: Item) -> str:
        name = _LISTS[ListName(export["filters"]["list"])].title.lower()
        return f"{name} {export['created_at'][:10]}.{export['format']}"

    def write(self, export: Item, target: IO[bytes]) -> Mapping[str, Any]:
        """How many rows the file has, and whether there were more."""
        selection = export["filters"]
        wanted = _LISTS[ListName(selection["list"])]
        rows = CountedRows(wanted.rows(self.open_source(), selection), MOST_ROWS)
        write_table(TableFormat(export["format"]), wanted.title, wanted.columns, rows, target)
        return {"rows": rows.count, "truncated": rows.were_more()}
