"""A layout out of a spreadsheet: the rules_file of a report, the layout of a warehouse."""

from stockwarden.ingestion.workbook import open_workbook
from stockwarden.warehouse.layout import Layout


def read_layout(data: bytes, filename: str) -> Layout:
    """Raises UnreadableFile for a file that is no table, Invalid for one that is no layout."""
    from stockwarden.warehouse.rules_file import read_rules

    return read_rules(open_workbook(data, filename).sheets[0].rows)
