"""Finds the heads of pages: the lines above the header, repeated above it on every page."""

import re
from collections.abc import Sequence

from stockwarden.ingestion.columns.identifiers import cell_text
from stockwarden.ingestion.columns.text_shapes import shape_of
from stockwarden.ingestion.formats.sheet import Sheet
from stockwarden.ingestion.table.columns import Table

_DIGITS = re.compile("0+")
_LONGEST_HEAD = 30


def page_heads(sheet: Sheet, table: Table, headers: Sequence[int]) -> list[int]:
    """The 0-based rows above the repeated `headers` that look like those above the first one."""
    first = table.header_row - 1
    if first < 1 or not headers:
        return []
    # The header that is searched for may be the second of two lines.
    above = [_shapes(sheet, first - step) for step in range(1, min(first, _LONGEST_HEAD) + 1)]
    rows = []
    for header in headers:
        for step, shapes in enumerate(above, start=1):
            row = header - step
            if row < table.first_row or _shapes(sheet, row) != shapes:
                break
            rows.append(row)
    return rows


def _shapes(sheet: Sheet, row: int) -> list[str]:
    """The texts of a row, apart from their digits and where they stand."""
    (cells,) = sheet.head(row, row + 1)
    texts = (cell_text(cell) for cell in cells)
    return [_DIGITS.sub("0", shape_of(text)) for text in texts if text]
