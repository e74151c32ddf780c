"""The uploaded table as it was, with one column more: what is wrong with each row."""

from collections import defaultdict
from typing import IO, Any

from openpyxl import Workbook as Book
from openpyxl.utils import get_column_letter

from stockwarden.core.errors import NotFound, TooLarge
from stockwarden.exports.cells import cells, header_cells
from stockwarden.exports.content import Content
from stockwarden.exports.workbook import SHEET_ROWS
from stockwarden.ingestion.columns.identifiers import cell_text
from stockwarden.ingestion.formats.workbook import Sheet, open_workbook
from stockwarden.reports.uploads import MAX_UPLOAD_BYTES

REASON = "Reason"
_REASON_WIDTH = 80
_BLOCK = 2_000
_SAMPLE = 200
_FORBIDDEN_IN_TITLES = str.maketrans(dict.fromkeys(r"[]:*?/\'", " "))


def write_annotated(content: Content, target: IO[bytes]) -> int:
    """Answers how many anomalies it tells of. Every row keeps its number, and its cells.

    Raises NotFound when the uploaded file is gone, TooLarge for more rows than a sheet holds.
    """
    count, reasons = _reasons(content)
    sheet, header_row = _uploaded(content), int(content.detail["header_row"])
    if sheet.height > SHEET_ROWS:
        raise TooLarge(f"The table has {sheet.height:,} rows; a sheet holds {SHEET_ROWS:,}.")
    book = Book(write_only=True)
    written = book.create_sheet(_title(sheet.name))
    for place, width in enumerate(_widths(sheet), start=1):
        written.column_dimensions[get_column_letter(place)].width = width
    written.freeze_panes = f"A{header_row + 1}" if header_row else None
    name = _free_name(sheet, header_row)
    for start in range(0, sheet.height, _BLOCK):
        for row, values in enumerate(sheet.head(start, start + _BLOCK), start=start + 1):
            filled = [None if value == "" else value for value in values]
            if row == header_row:
                names = [cell_text(value) for value in values]
                written.append(header_cells(written, [*names, name]))
            else:
                written.append(cells(written, [*filled, "; ".join(reasons.get(row, ())) or None]))
    if header_row:
        last = get_column_letter(sheet.width + 1)
        written.auto_filter.ref = f"A{header_row}:{last}{sheet.height}"
    book.save(target)
    return count


def _reasons(content: Content) -> tuple[int, dict[int, list[str]]]:
    """How many anomalies there are, and what each row of the sheet is named for, by number."""
    count, reasons = 0, defaultdict[int, list[str]](list)
    for anomaly, _ in content.anomalies():
        count += 1
        text = f"{anomaly.priority}: {anomaly.message}"
        for row in dict.fromkeys(cell.row for cell in anomaly.evidence):
            reasons[row].append(text)
    return count, reasons


def _uploaded(content: Content) -> Sheet:
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
    longest = [max(len(cell_text(row[place])) for row in sample) for place in range(sheet.width)]
    return [*(min(max(length + 2, 9), 50) for length in longest), _REASON_WIDTH]


def _free_name(sheet: Sheet, header_row: int) -> str:
    row: list[Any] = sheet.head(header_row - 1, header_row)[0] if header_row else []
    taken = {cell_text(value).strip().casefold() for value in row}
    names = (REASON, f"{REASON} (Stockwarden)", *(f"{REASON} {n}" for n in range(2, 1000)))
    return next(name for name in names if name.casefold() not in taken)


def _title(name: str) -> str:
    return name.translate(_FORBIDDEN_IN_TITLES).strip()[:31] or "Inventory"
