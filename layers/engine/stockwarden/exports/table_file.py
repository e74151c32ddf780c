"""Writes rows as a table file, csv or xlsx. A text that looks like a formula stays a text."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import IO, Any, Generic, TypeVar

from stockwarden.core.cells import write_csv
from stockwarden.exports.exported_file import TableFormat
from stockwarden.exports.workbook_file import WorkbookFile

Row = TypeVar("Row")


class CountedRows(Generic[Row]):
    """The first `most` rows of a source, how many have been taken, and whether there were more."""

    def __init__(self, source: Iterator[Row], most: int | None = None) -> None:
        self._source = source
        self._most = most
        self.count = 0

    def __iter__(self) -> Iterator[Row]:
        for row in islice(self._source, self._most):
            self.count += 1
            yield row

    def were_more(self) -> bool:
        """Whether the source goes on. To be asked once, at the end: it takes a row more."""
        return next(self._source, None) is not None


def write_table(
    form: TableFormat,
    title: str,
    columns: Mapping[str, int],
    rows: Iterable[Iterable[Any]],
    target: IO[bytes],
) -> None:
    """Writes a header and the rows, and leaves `target` at its end.

    `columns` are the headings with their widths in characters; `title` is the sheet's name.
    """
    match form:
        case TableFormat.CSV:
            write_csv(columns, rows, target)
        case TableFormat.XLSX:
            _write_workbook(title, columns, rows, target)
    target.seek(0, 2)


def _write_workbook(
    title: str, columns: Mapping[str, int], rows: Iterable[Iterable[Any]], target: IO[bytes]
) -> None:
    with WorkbookFile(target) as book:
        sheet = book.add_sheet(title, columns.values())
        sheet.append_header(columns)
        for row in rows:
            sheet.append(row)
        sheet.filter_from(1, len(columns))
