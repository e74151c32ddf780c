"""Checks the size of a workbook against the limits before calamine opens it."""

from collections import Counter
from dataclasses import replace

from stockwarden.ingestion.formats.archive import Inflater, check_zip, plain_name
from stockwarden.ingestion.formats.compound_file import SIGNATURE
from stockwarden.ingestion.formats.limits import SafetyLimits, Tally, corrupted
from stockwarden.ingestion.formats.ods_size import OdsCheck
from stockwarden.ingestion.formats.part_size import PartsCheck
from stockwarden.ingestion.formats.xls_size import measure_xls
from stockwarden.ingestion.formats.xlsb_size import XlsbCheck
from stockwarden.ingestion.formats.xlsx_size import XlsxCheck


def check_workbook(data: bytes, limits: SafetyLimits) -> Tally:
    """Measures a workbook: upper bounds of its content.

    Raises UnreadableFile (`too_large`, `corrupted`).
    """
    if data.startswith(SIGNATURE):
        tally = Tally(_held_twice(limits))
        measure_xls(data, tally)
        return tally
    return _measure_package(data, limits)


def _held_twice(limits: SafetyLimits) -> SafetyLimits:
    """Halved limits, for formats of which calamine holds all sheets and a copy of one."""
    return replace(limits, max_cells=limits.max_cells // 2, max_text=limits.max_text // 2)


def _measure_package(data: bytes, limits: SafetyLimits) -> Tally:
    """Measures every part, once for each format that calamine would try on the archive."""
    entries = check_zip(data, limits).infolist()
    names = Counter(map(plain_name, entries))
    tally = Tally(_held_twice(limits) if names.keys() & OdsCheck.PARTS else limits)
    kinds: tuple[type[PartsCheck], ...] = (XlsxCheck, XlsbCheck, OdsCheck)
    checks = [kind(data, tally) for kind in kinds if names.keys() & kind.PARTS]
    # With two parts of one name, readers may read either.
    if not checks or any(names[check.FIRST] > 1 for check in checks):
        raise corrupted()
    for check in checks:
        inflater = Inflater(data, limits)
        for entry in sorted(entries, key=lambda entry: plain_name(entry) != check.FIRST):
            check.measure(entry, inflater.pieces(entry))
        check.finish()
    return tally
