"""Writes the anomalies as CSV, for programs and spreadsheets."""

from typing import IO

from stockwarden.exports.columns import COLUMNS, row_of
from stockwarden.exports.content import Content
from stockwarden.exports.exported_file import TableFormat
from stockwarden.exports.table_file import CountedRows, write_table


def write_csv(content: Content, target: IO[bytes]) -> int:
    """Returns the number of anomalies."""
    zone = content.zone
    anomalies = CountedRows(iter(content.anomalies()))
    rows = (row_of(anomaly, comments, zone) for anomaly, comments in anomalies)
    names = {column.name: len(column.name) for column in COLUMNS}
    write_table(TableFormat.CSV, "Anomalies", names, rows, target)
    return anomalies.count
