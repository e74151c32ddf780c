"""Writes the uploaded table with an additional column: the anomalies of each row."""

from collections import defaultdict
from typing import IO, Any

from stockwarden.core.errors import NotFound, TooLarge
from stockwarden.exports.content import Content
from stockwarden.exports.workbook_file import SHEET_ROWS, WorkbookFile
from stockwarden.ingestion.columns.identifiers import cell_text
from stockwarden.ingestion.formats.sheet import Sheet
from stockwarden.ingestion.formats.workbook import open_workbook
from stockwarden.reports.uploads import MAX_UPLOAD_BYTES

REASON = "Reason"
_REASON_WIDTH = 80
_BLOCK = 2_000
_SAMPLE = 200
_FORBIDDEN_IN_TITLES = str.maketrans(dict.fromkeys(r"[]:*?/\'", " "))


def write_annotated(content: Content, target: IO[bytes]) -> int:
    """Writes the table; returns the number of anomalies. Every row keeps its number and cells.

    Raises NotFound when the uploaded file is missing, TooLarge for more rows than a sheet holds.
    """
    count, reasons = _reasons(content)
    sheet, header_row = _read_sheet(content), int(content.detail["header_row"])
    if sheet.height > SHEET_ROWS:
        raise TooLarge(f"The table has {sheet.height:,} rows; a sheet holds {SHEET_ROWS:,}.")
    reason_header = _unused_header(sheet, header_row)
    with WorkbookFile(target) as book:
        annotated = book.add_sheet(_title(sheet.name), _widths(sheet))
        for start in range(0, sheet.height, _BLOCK):
            for row, values in enumerate(sheet.head(start, start + _BLOCK), start=start + 1):
                if row == header_row:
                    annotated.append_header([*map(cell_text, values), reason_header])
                else:
                    row_values = [None if value == "" else value for value in values]
                    annotated.append([*row_values, "; ".join(reasons.get(row, ())) or None])
        if header_row:
            annotated.filter_from(header_row, sheet.width + 1)
    return count


def _reasons(content: Content) -> tuple[int, dict[int, list[str]]]:
    """The number of anomalies, and the reasons of each row by its row number."""
    count, reasons = 0, defaultdict[int, list[str]](list)
    for anomaly, _ in content.anomalies():
        count += 1
        text = f"{anomaly.priority}: {anomaly.message}"
        rows = dict.fromkeys(cell.row for cell in anomaly.evidence)
        if anomaly.evidence_total > len(anomaly.evidence):
            text += f" (Marked in the first {len(rows):,} of its rows only.)"
        for row in rows:
            reasons[row].append(text)
    return count, reasons


def _read_sheet(content: Content) -> Sheet:
    inventory = content.stored.inventory_file
    if inventory is None:
        raise NotFound("The report has no file.")
    data = content.repository.objects.read(
        inventory.key, inventory.version_id, max_bytes=MAX_UPLOAD_BYTES
    )
    sheet = open_workbook(data, content.stored.summary["filename"]).sheet(content.detail["sheet"])
    if sheet is None:
        raise NotFound("The uploaded file no longer has the sheet that was analyzed.")
    return sheet


def _widths(sheet: Sheet) -> list[int]:
    sample = sheet.head(0, _SAMPLE)
    longest = [max(len(cell_text(row[column])) for row in sample) for column in range(sheet.width)]
    return [*(min(max(length + 2, 9), 50) for length in longest), _REASON_WIDTH]


def _unused_header(sheet: Sheet, header_row: int) -> str:
    row: list[Any] = sheet.head(header_row - 1, header_row)[0] if header_row else []
    headers = {cell_text(value).strip().casefold() for value in row}
    names = (REASON, f"{REASON} (Stockwarden)", *(f"{REASON} {n}" for n in range(2, 1000)))
    return next(name for name in names if name.casefold() not in headers)


def _title(name: str) -> str:
    return name.translate(_FORBIDDEN_IN_TITLES).strip()[:31] or "Inventory"
