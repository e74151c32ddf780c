"""What a person should know of how a file was read, though it is no fault."""

from collections.abc import Iterator

from stockwarden.imports.checked import Checked
from stockwarden.imports.sheet import SheetRows
from stockwarden.ingestion.inspection import Inspection

_REASONS = {
    "blank": "empty",
    "repeated_header": "the header again",
    "separator": "a separating line",
    "other_table": "of another table",
    "note": "a note",
    "page_head": "the head or foot of a page",
    "group_heading": "the heading of a group",
}


def warnings_of(inspection: Inspection, sheet: SheetRows, checked: Checked) -> list[str]:
    return [*_warnings(sheet, checked), *inspection.notes]


def _warnings(sheet: SheetRows, checked: Checked) -> Iterator[str]:
    unread = sheet.unread_columns
    if unread:
        named = ", ".join(f"“{name}”" for name in unread[:20]) + (", …" if len(unread) > 20 else "")
        columns = "1 column is" if len(unread) == 1 else f"{len(unread):,} columns are"
        yield f"{columns} not read: {named}."
    for reason, count in sheet.skipped.items():
        rows = "1 row is" if count == 1 else f"{count:,} rows are"
        yield f"{rows} {_REASONS.get(reason, reason)}, and left out."
    if checked.only_named:
        items = "1 item has" if checked.only_named == 1 else f"{checked.only_named:,} items have"
        yield (
            f"{items} neither SKU nor GTIN: a new item is made of each, also if the file is "
            "imported again."
        )
    if checked.named_by_description:
        items = (
            "1 new item gets its"
            if checked.named_by_description == 1
            else f"{checked.named_by_description:,} new items get their"
        )
        yield f"The file has no column of names: {items} description as name."
    if checked.unused_places:
        rows = (
            "1 row names" if checked.unused_places == 1 else f"{checked.unused_places:,} rows name"
        )
        yield f"{rows} a location, a lot or an expiry date without a quantity: it is not used."
