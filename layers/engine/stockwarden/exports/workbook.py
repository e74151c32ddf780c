"""The whole report as a workbook: summary, anomalies, coverage, evidence.

Written row by row into openpyxl's write-only sheets, which lie on disk until they are joined.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from stockwarden.anomalies.model import Anomaly
from stockwarden.core.text import turned_visible
from stockwarden.exports.cells import cells, header_cells, moment
from stockwarden.exports.columns import COLUMNS, row_of
from stockwarden.exports.content import Content
from stockwarden.storage.attributes import Item

SHEET_ROWS = 1_048_576
_EVIDENCE = (
    ("Anomaly id", 50),
    ("Anomaly", 26),
    ("Sheet", 18),
    ("Row", 9),
    ("Column", 24),
    ("In the file", 30),
    ("Read as", 30),
)
_COVERAGE = (
    ("Rule", 26),
    ("Status", 16),
    ("Anomalies", 11),
    ("Suppressed", 12),
    ("Rows judged", 12),
    ("Rows skipped", 12),
    ("Why skipped", 60),
    ("Needs", 40),
)
_SUMMARY = (("What", 44), ("Value", 60))


class TableSheet:
    """A sheet with a frozen header, a filter over all rows, and widths."""

    def __init__(self, book: Any, title: str, columns: list[tuple[str, int]]) -> None:
        self.sheet = book.create_sheet(title)
        self.rows = 1
        self._width = len(columns)
        for place, (_, width) in enumerate(columns, start=1):
            self.sheet.column_dimensions[get_column_letter(place)].width = width
        self.sheet.freeze_panes = "A2"
        self.sheet.append(header_cells(self.sheet, [name for name, _ in columns]))

    @property
    def is_full(self) -> bool:
        return self.rows >= SHEET_ROWS

    def append(self, values: list[Any]) -> None:
        self.sheet.append(cells(self.sheet, values))
        self.rows += 1

    def finish(self) -> None:
        self.sheet.auto_filter.ref = f"A1:{get_column_letter(self._width)}{self.rows}"


def write_workbook(content: Content, target: IO[bytes], made_at: datetime) -> int:
    """Answers how many anomalies it wrote."""
    book = Workbook(write_only=True)
    summary = TableSheet(book, "Summary", list(_SUMMARY))
    anomalies = TableSheet(book, "Anomalies", [(column.name, column.width) for column in COLUMNS])
    coverage = TableSheet(book, "Coverage", list(_COVERAGE))
    evidence = TableSheet(book, "Evidence", list(_EVIDENCE))
    count = left_off = 0
    for anomaly, comments in content.anomalies():
        count += 1
        anomalies.append(row_of(anomaly, comments, content.zone))
        for row in _evidence(anomaly, content):
            if evidence.is_full:
                left_off += 1
            else:
                evidence.append(row)
    for row in _coverage(content):
        coverage.append(row)
    for row in _summary(content, count, left_off, made_at):
        summary.append(row)
    for sheet in (summary, anomalies, coverage, evidence):
        sheet.finish()
    book.save(target)
    return count


def _evidence(anomaly: Anomaly, content: Content) -> Iterator[list[Any]]:
    for cell in anomaly.evidence:
        where = [anomaly.id, anomaly.title, cell.sheet, cell.row, cell.column]
        yield [*where, cell.raw, _parsed(cell.parsed, content)]


def _parsed(value: Any, content: Content) -> Any:
    """What is a time with its offset was read from a date."""
    is_moment = isinstance(value, str) and len(value) >= 20 and value[10] == "T"
    return moment(value, content.zone) if is_moment else value


def _coverage(content: Content) -> Iterator[list[Any]]:
    for covered in content.detail.get("coverage", []):
        skipped = covered["rows_skipped"]
        reasons = "; ".join(f"{reason}: {rows}" for reason, rows in skipped.items())
        yield [
            covered["rule"],
            covered["status"],
            covered["anomalies"],
            covered["suppressed"],
            covered["rows_judged"],
            sum(skipped.values()),
            reasons or None,
            ", ".join(covered["needs"]) or None,
        ]


def _summary(content: Content, count: int, left_off: int, made_at: datetime) -> Iterator[list[Any]]:
    summary, detail, counts = content.stored.summary, content.detail, content.counts()
    yield ["Report", summary["report_name"]]
    yield ["File", summary["filename"]]
    yield ["Sheet", detail.get("sheet")]
    yield ["Stock as of", moment(detail.get("as_of"), content.zone)]
    yield ["Times are in", str(content.zone)]
    yield ["Exported", made_at.astimezone(content.zone).replace(tzinfo=None, microsecond=0)]
    filters = content.filters.model_dump(mode="json", exclude_none=True)
    told = (
        f"{name}: {' or '.join(value) if isinstance(value, list) else value}"
        for name, value in filters.items()
    )
    yield ["Only", ", ".join(told) or "all"]
    yield ["Anomalies in this file", count]
    if left_off:
        yield ["Evidence cells that found no room", left_off]
    yield ["Anomalies in the report", counts.to_document()["total"]]
    for priority, number in counts.to_document()["by_priority"].items():
        yield [f"Priority {priority}", number]
    for status, number in counts.to_document()["by_status"].items():
        yield [f"Status {status}", number]
    yield from _costs(detail)
    yield from _comparison(detail)
    for used in detail.get("suppressions", []):
        what = f"Suppressed: {used['rule']} about {used['subject_pattern']}"
        yield [
            what,
            f"{used['suppressed']} until {used['until']}: {turned_visible(used['reason'])}",
        ]
    rows = detail.get("rows", {})
    yield ["Rows in the file", rows.get("total")]
    yield ["Rows evaluated", rows.get("evaluated")]
    for kind in ("skipped", "rejected"):
        for reason, number in rows.get(kind, {}).items():
            yield [f"Rows {kind}: {reason}", number]
    for note in detail.get("notes", []):
        yield ["Note", note]


def _costs(detail: Item) -> Iterator[list[Any]]:
    """The dearest rule first."""
    costs = detail.get("costs")
    if not costs:
        return
    yield [f"Cost in {costs['currency']}", costs["total"]]
    for rule, amount in sorted(costs["by_rule"].items(), key=lambda one: (-one[1], one[0])):
        yield [f"Cost in {costs['currency']}: {rule}", amount]


def _comparison(detail: Item) -> Iterator[list[Any]]:
    compared = detail.get("comparison")
    if not compared:
        return
    yield ["Compared with report", compared["previous"]]
    for kind in ("new", "persisting", "reappeared", "vanished", "not_covered"):
        yield [f"Since then {kind.replace('_', ' ')}", compared[kind]]
