"""What looks at untrusted bytes and texts takes time that grows with their length, no faster.

Each case is one text for one function, made of a part that is repeated: of four times as many
parts it takes about four times as long, where comparing each with each of the others takes sixteen.
"""

import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

import pytest

from stockwarden.core.errors import UnreadableFile
from stockwarden.ingestion.columns.durations import clock_hours, worded_hours
from stockwarden.ingestion.columns.identifiers import cell_text, read_texts
from stockwarden.ingestion.columns.numbers import decimal_mark, looks_numeric, read_numbers
from stockwarden.ingestion.formats.delimiter import find_split
from stockwarden.ingestion.formats.formulas import empty_formulas
from stockwarden.ingestion.formats.limits import SafetyLimits
from stockwarden.ingestion.formats.properties import read_properties
from stockwarden.ingestion.formats.sheet import Sheet
from stockwarden.ingestion.formats.workbook import open_workbook
from stockwarden.ingestion.mapping.header_text import header_words
from stockwarden.ingestion.mapping.names import name_scores
from stockwarden.ingestion.mapping.profiles import profile_column
from stockwarden.ingestion.table.header import is_label
from stockwarden.ingestion.table.rows import plan_rows
from stockwarden.ingestion.table.sheets import view_sheet
from stockwarden.warehouse.layout.layout_file import read_layout
from stockwarden.warehouse.layout.location_codes import why_impossible
from tests.engine.ingestion import files

_TIMES = 10_000
_AT_MOST = 8
_NOISE = 0.02  # seconds

_READERS: dict[str, Callable[[str], Any]] = {
    "worded_hours": worded_hours,
    "clock_hours": clock_hours,
    "is_label": is_label,
    "cell_text": cell_text,
    "header_words": header_words,
    "name_scores": name_scores,
    "decimal_mark": lambda text: decimal_mark([text]),
    "looks_numeric": looks_numeric,
    "read_numbers": lambda text: read_numbers([text, "1,5"]),
    "read_texts": lambda text: read_texts([text]),
    "profile_column": lambda text: profile_column([text] * 3),
    "find_split": find_split,
    "why_impossible": why_impossible,
}
# (before, repeated, after)
_TEXTS = [
    ("", "x", "1"),
    ("1,", "x", "1"),
    ("", "0", "x"),
    ("", "1 d ", "!"),
    ("", "1,1", "-"),
    ("1", " ", "x"),
    ("", "a1", "!"),
    ("", "Ab", ""),
    ("", "\u0315\u0300", ""),  # marks that are put in order
    ("", "-", "!"),
    ("", "n", "º"),
    ("", "E+", ""),
    ('"', '""', ""),
    ("", "total ", "7"),
    ("", "1:", "1"),
]


def _grows_linearly(work: Callable[[int], Callable[[], Any]], times: int) -> bool:
    """`work(count)` prepares a run of so many parts; compares the best of three run times."""
    once, four_times = (
        min(_seconds(run) for run in [work(count)] * 3) for count in (times, 4 * times)
    )
    return four_times < _AT_MOST * once + _NOISE


def _seconds(run: Callable[[], Any]) -> float:
    started = time.process_time()
    run()
    return time.process_time() - started


@pytest.mark.parametrize("reader", list(_READERS))
def test_texts(reader: str) -> None:
    read = _READERS[reader]
    for before, repeated, after in _TEXTS:

        def work(times: int, text: tuple[str, str, str] = (before, repeated, after)) -> Any:
            return partial(read, text[0] + text[1] * times + text[2])

        assert _grows_linearly(work, _TIMES), f"{before!r} {repeated!r} {after!r}"


_SHEETS = {
    "blanks in a formula's cell": ('<c r="A3"><f>1</f>', " ", "<v>1</v></c>"),
    "blanks before a formula": ('<c r="A3">', " ", "<v>1</v></c>"),
    "formulas without an end": ("", '<c r="A3"><f>', ""),
    "formulas with a value": ("", '<c r="A3"><f>1</f><v> </v>', "</c>"),
    "cells in cells": ("", '<c r="A3" ', "/>"),
}


@pytest.mark.parametrize("name", list(_SHEETS))
def test_formulas_without_values_are_looked_for(name: str) -> None:
    before, repeated, after = _SHEETS[name]

    def work(times: int) -> Any:
        data = files.raw_xlsx(f"<row>{before}{repeated * times}{after}</row>")
        return partial(empty_formulas, data, SafetyLimits())

    assert _grows_linearly(work, 30_000)


@pytest.mark.parametrize("part", ["docProps/core.xml", "xl/workbook.xml"])
def test_properties_are_looked_for(part: str) -> None:
    def work(times: int) -> Any:
        more = _workbook("<workbookPr " * times)
        data = files.raw_xlsx(f"<row>{files.cell('A1')}</row>", {part: more})
        return partial(_read_or_refuse, data)

    assert _grows_linearly(work, 30_000)


def _read_or_refuse(data: bytes) -> None:
    with suppress(UnreadableFile):
        read_properties(data, SafetyLimits())


def _workbook(more: str) -> str:
    return f'<workbook xmlns:r="r"><sheets><sheet name="S" r:id="r1"/></sheets>{more}</workbook>'


def test_values_without_a_tag_are_looked_through() -> None:
    def work(times: int) -> Any:
        data = files.raw_xlsx(f'<row><c r="A1" t="str"><v>{"x" * times}</v></c></row>')
        return partial(_open_or_refuse, data)

    assert _grows_linearly(work, 5_000_000)


@pytest.mark.parametrize("repeated", ['t="s" ', "t = ", 't="s"><v>', "&#65;"])
def test_values_that_look_like_something_else_are_looked_through(repeated: str) -> None:
    shared = f"<sst><si><t>{'x' * 100_000}</t></si></sst>"  # so that cells are counted exactly

    def work(times: int) -> Any:
        cell = f'<c r="A1"><v>{repeated.replace("<", "&lt;") * times}</v></c>'
        data = files.raw_xlsx(f"<row>{cell}</row>", {"xl/sharedStrings.xml": shared})
        return partial(_open_or_refuse, data)

    assert _grows_linearly(work, 5_000)


def _open_or_refuse(data: bytes) -> None:
    with suppress(UnreadableFile):
        _ = open_workbook(data, "stock.xlsx").sheets


def test_rows_that_are_blank_and_rows_that_are_too_long() -> None:
    def work(times: int) -> Any:
        lines = ["Pallet ID,Location", *["P1,A-01"] * 300, *[",", "P2,A-02,more"] * times]
        workbook = open_workbook("\n".join(lines).encode(), "stock.csv")
        return partial(_plan, workbook.sheets[0], times)

    assert _grows_linearly(work, 5_000)


def _plan(sheet: Sheet, expected: int) -> None:
    view = view_sheet(sheet, 1, None, is_text=True)
    plan = plan_rows(view.sheet, view.table, {})
    assert len(plan.skipped["blank"]) == len(plan.rejected["extra_cells"]) == expected


def test_titles_of_a_layout() -> None:
    def work(times: int) -> Any:
        titles = ["location_pattern", "location_type", "\u0315\u0300" * times]
        return partial(read_layout, [titles, ["A-*", "STORAGE", 1]])

    assert _grows_linearly(work, 50_000)
