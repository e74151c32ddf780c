"""Writes the anomalies as CSV, for programs and spreadsheets."""

import csv
import io
from typing import IO

from stockwarden.exports.cells import csv_value
from stockwarden.exports.columns import COLUMNS, row_of
from stockwarden.exports.content import Content


def write_csv(content: Content, target: IO[bytes]) -> int:
    """Writes UTF-8 with a byte order mark, which Excel needs; returns the number of anomalies."""
    count, zone = 0, content.zone
    text = io.TextIOWrapper(target, encoding="utf-8-sig", errors="replace", newline="")
    writer = csv.writer(text)
    writer.writerow([column.name for column in COLUMNS])
    for anomaly, comments in content.anomalies():
        writer.writerow([csv_value(value) for value in row_of(anomaly, comments, zone)])
        count += 1
    text.flush()
    text.detach()
    return count
