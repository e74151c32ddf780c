"""Writes a report as a workbook with the sheets summary, anomalies, coverage and evidence.

Rows are written one by one; the evidence's are cut where the sheet is full, and counted.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import IO, Any

from stockwarden.anomalies.model import Anomaly
from stockwarden.core.cells import moment
from stockwarden.core.text import turned_visible
from stockwarden.exports.columns import COLUMNS, row_of
from stockwarden.exports.content import Content
from stockwarden.exports.workbook_file import SheetWriter, WorkbookFile
from stockwarden.storage.attributes import Item

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


def write_workbook(content: Content, target: IO[bytes], exported_at: datetime) -> int:
    """Writes the workbook; returns the number of anomalies."""
    with WorkbookFile(target) as book:
        summary = _add_table(book, "Summary", _SUMMARY)
        anomalies = _add_table(book, "Anomalies", [(each.name, each.width) for each in COLUMNS])
        coverage = _add_table(book, "Coverage", _COVERAGE)
        evidence = _add_table(book, "Evidence", _EVIDENCE)
        count = evidence_omitted = 0
        for anomaly, comments in content.anomalies():
            count += 1
            anomalies.append(row_of(anomaly, comments, content.zone))
            for row in _evidence(anomaly, content):
                if evidence.is_full:
                    evidence_omitted += 1
                else:
                    evidence.append(row)
        for row in _coverage(content):
            coverage.append(row)
        for row in _summary(content, count, evidence_omitted, exported_at):
            summary.append(row)
        for sheet, columns in (
            (summary, _SUMMARY),
            (anomalies, COLUMNS),
            (coverage, _COVERAGE),
            (evidence, _EVIDENCE),
        ):
            sheet.filter_from(1, len(columns))
    return count


def _add_table(book: WorkbookFile, title: str, columns: Sequence[tuple[str, int]]) -> SheetWriter:
    sheet = book.add_sheet(title, [width for _, width in columns])
    sheet.append_header([name for name, _ in columns])
    return sheet


def _evidence(anomaly: Anomaly, content: Content) -> Iterator[list[Any]]:
    for cell in anomaly.evidence:
        source = [anomaly.id, anomaly.title, cell.sheet, cell.row, cell.column]
        yield [*source, cell.raw, _parsed(cell.parsed, content)]


def _parsed(value: Any, content: Content) -> Any:
    """The parsed value of a cell; an ISO 8601 time with an offset was a date in the file."""
    is_moment = isinstance(value, str) and len(value) >= 20 and value[10] == "T"
    return moment(value, content.zone) if is_moment else value


def _coverage(content: Content) -> Iterator[list[Any]]:
    for receipt in content.detail.get("coverage", []):
        skipped = receipt["rows_skipped"]
        reasons = "; ".join(f"{reason}: {rows}" for reason, rows in skipped.items())
        yield [
            receipt["rule"],
            receipt["status"],
            receipt["anomalies"],
            receipt["suppressed"],
            receipt["rows_judged"],
            sum(skipped.values()),
            reasons or None,
            ", ".join(receipt["needs"]) or None,
        ]


def _summary(
    content: Content, count: int, evidence_omitted: int, exported_at: datetime
) -> Iterator[list[Any]]:
    summary, detail, counts = content.stored.summary, content.detail, content.counts()
    yield ["Report", summary["report_name"]]
    yield ["File", summary["filename"]]
    yield ["Sheet", detail.get("sheet")]
    yield ["Stock as of", moment(detail.get("as_of"), content.zone)]
    yield ["Times are in", str(content.zone)]
    yield ["Exported", exported_at.astimezone(content.zone).replace(tzinfo=None, microsecond=0)]
    filters = content.filters.model_dump(mode="json", exclude_none=True)
    conditions = (
        f"{name}: {' or '.join(value) if isinstance(value, list) else value}"
        for name, value in filters.items()
    )
    yield ["Only", ", ".join(conditions) or "all"]
    yield ["Anomalies in this file", count]
    if evidence_omitted:
        yield ["Evidence cells that found no room", evidence_omitted]
    yield ["Anomalies in the report", counts.to_document()["total"]]
    for priority, number in counts.to_document()["by_priority"].items():
        yield [f"Priority {priority}", number]
    for status, number in counts.to_document()["by_status"].items():
        yield [f"Status {status}", number]
    yield from _costs(detail)
    yield from _comparison(detail)
    for suppression in detail.get("suppressions", []):
        label = f"Suppressed: {suppression['rule']} about {suppression['subject_pattern']}"
        yield [
            label,
            f"{suppression['suppressed']} until {suppression['until']}: "
            f"{turned_visible(suppression['reason'])}",
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
    """Total costs, then those of each rule, most expensive first."""
    costs = detail.get("costs")
    if not costs:
        return
    yield [f"Cost in {costs['currency']}", costs["total"]]
    for rule, amount in sorted(costs["by_rule"].items(), key=lambda cost: (-cost[1], cost[0])):
        yield [f"Cost in {costs['currency']}: {rule}", amount]


def _comparison(detail: Item) -> Iterator[list[Any]]:
    comparison = detail.get("comparison")
    if not comparison:
        return
    yield ["Compared with report", comparison["previous"]]
    for kind in ("new", "persisting", "reappeared", "vanished", "not_covered"):
        yield [f"Since then {kind.replace('_', ' ')}", comparison[kind]]
