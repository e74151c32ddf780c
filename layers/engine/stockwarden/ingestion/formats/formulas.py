"""Finds formulas without stored results, as written by programs that do not calculate."""

import re

from stockwarden.ingestion.formats.archive import Inflater, check_zip
from stockwarden.ingestion.formats.limits import SafetyLimits
from stockwarden.ingestion.formats.markup import windows

# No part matches across a tag, and no two adjacent parts match the same character: so the time is
# linear.
_EMPTY = re.compile(
    rb'<c r="([A-Z]{1,3})[0-9]{1,7}"[^<>]*>\s*<f(?:[^<>]*/>|[^<>]*>[^<]*</f>)\s*'
    rb"(?:<v\s*/>\s*|<v></v>\s*)?</c>"
)
_LONGEST_CELL = 1 << 16


def empty_formulas(data: bytes, limits: SafetyLimits) -> frozenset[str]:
    """The letters of the columns, on any sheet of an xlsx, with formulas that have no value."""
    inflater, columns = Inflater(data, limits), set[bytes]()
    for entry in check_zip(data, limits).infolist():
        if not entry.filename.startswith("xl/worksheets/"):
            continue
        rest = b""
        for part in windows(inflater.pieces(entry), entry.filename):
            window = rest + part
            columns.update(_EMPTY.findall(window))
            rest = window[max(window.rfind(b"<c "), len(window) - _LONGEST_CELL) :]
    return frozenset(letters.decode() for letters in columns)
