"""Broken and hostile delimited text: refused naming the row, or read."""

import os
import subprocess
import sys
import time
from collections.abc import Callable

import pytest

from stockwarden.core.errors import UnreadableFile
from stockwarden.ingestion.formats.limits import MAX_CELL_TEXT
from stockwarden.ingestion.formats.workbook import Workbook, open_workbook
from stockwarden.ingestion.inspection import inspect_workbook

_HEADER = b"Pallet ID,Location,Description\n"
_ROW = b"P1,A-01,goods\n"
_LONG = b"x" * (MAX_CELL_TEXT + 1)
_MOST = f"{MAX_CELL_TEXT:,}"

# {name: (the file, the reason, what the sentence names)}
_REFUSED: dict[str, tuple[Callable[[], bytes], str, tuple[str, ...]]] = {
    "a cell too long": (
        lambda: _HEADER + _ROW * 3 + b"P2,A-02," + _LONG + b"\n" + _ROW,
        "too_large",
        ("row 5, column C", _MOST),
    ),
    "a cell too long in the first row": (
        lambda: _LONG + b",Location\n" + _ROW,
        "too_large",
        ("row 1, column A", _MOST),
    ),
    "a cell too long between quotation marks": (
        lambda: _HEADER + b'"P ""1""",A,"' + _LONG + b'"\n' + _ROW,
        "too_large",
        ("row 2, column C", _MOST),
    ),
    "a cell too long of many lines": (
        lambda: _HEADER + b'P1,A,"' + b"a line of a text\n" * 70_000 + b'"\n' + _ROW,
        "too_large",
        ("row 2, column C", _MOST),
    ),
    "a cell too long after rows of several lines": (
        lambda: _HEADER + b'P1,A,"two\nlines"\n' * 4_000 + b"P2;A" + _LONG + b",x,y\n",
        "too_large",
        ("row 4,002, column A", _MOST),
    ),
    "a cell too long in UTF-16": (
        lambda: (_HEADER + b"P1," + _LONG + b",x\n").decode().encode("utf-16"),
        "too_large",
        ("row 2, column B", _MOST),
    ),
    "a line without an end": (
        lambda: b"x" * 40_000_000,
        "too_large",
        ("row 1, column A", _MOST),
    ),
    "a line of cells without an end": (
        lambda: _HEADER + b"ab," * 1_500_000,
        "too_large",
        ("Line 2", "1,500,001 cells", "2,000 columns"),
    ),
    "100,000 columns": (
        lambda: b",".join(b"c%d" % n for n in range(100_000)) + b"\n" + _ROW,
        "too_large",
        ("1 has 100,000 cells", "2,000 columns"),
    ),
    "one row too wide": (
        lambda: _HEADER + _ROW * 5_000 + b"x," * 2_500 + b"\n" + _ROW,
        "too_large",
        ("Row 5,002 has 2,501 cells", "2,000 columns"),
    ),
    "too many cells": (
        lambda: _HEADER + b"x," * 1_999 + b"\n" + _ROW * 7_000,
        "too_large",
        ("rows or more and 2,000 columns", "12,000,000 cells"),
    ),
    "a quotation mark that swallows a short file": (
        lambda: _HEADER + _ROW * 6 + b'P2,A-02,"never closed\n' + _ROW * 20 + b"P3,A\n",
        "corrupted",
        ("row 8", "quotation mark"),
    ),
    "a quotation mark that swallows a long file": (
        lambda: _HEADER + _ROW * 6 + b'P2,A-02,"never closed\n' + _ROW * 90_000 + b"P3,A\n",
        "corrupted",
        ("row 8", "quotation mark"),
    ),
    "an encoding that breaks off": (
        lambda: (_HEADER + _ROW).decode().encode("utf-8-sig") + b"P2,A,caf\xe9\n",
        "unknown_encoding",
        ("line 3", "UTF-8"),
    ),
    "nothing that is text": (lambda: bytes(range(1, 256)) * 40, "not_a_spreadsheet", ("type",)),
}


@pytest.mark.parametrize("name", list(_REFUSED))
def test_refused_with_the_place(name: str) -> None:
    make, reason, named = _REFUSED[name]
    data = make()
    started = time.process_time()
    with pytest.raises(UnreadableFile) as refused:
        open_workbook(data, "stock.csv")
    assert refused.value.reason == reason
    for words in named:
        assert words in refused.value.detail
    assert "csv" not in refused.value.detail, "nobody is told to send as csv what is one"
    assert time.process_time() - started < 3


def _open(data: bytes) -> Workbook:
    workbook = open_workbook(data, "stock.csv")
    inspect_workbook(workbook).to_document()
    return workbook


def test_a_swallowing_mark_that_is_a_plain_character_is_read_as_one() -> None:
    rows = b'P1,A-01,pipe 3" wide\n' + b'P2,A-02,"4 inch\n' + _ROW * 90_000
    (sheet,) = _open(_HEADER + rows).sheets
    assert sheet.height == 90_003
    assert sheet.rows[2] == ["P2", "A-02", '"4 inch']


def test_the_longest_cell_there_may_be_is_read() -> None:
    (sheet,) = _open(_HEADER + b"P1,A-01," + _LONG[1:] + b"\n" + _ROW).sheets
    assert sheet.height == 3


@pytest.mark.parametrize("title", ["BM", "MZ", "PAR1", "GIF8"])
def test_letters_that_begin_pictures_and_programs_may_begin_a_header(title: str) -> None:
    data = f"{title} code,Pallet ID,Location\nx,P1,A-01\ny,P2,A-02\n".encode()
    assert _open(data).kind == "text"


_FIRST_READ = """
import sys
from stockwarden.core.errors import UnreadableFile
from stockwarden.ingestion.formats.workbook import open_workbook
for size in map(int, sys.argv[1:]):
    try:
        open_workbook(b"Pallet ID,Location\\n" + b"x" * size + b",A\\nP2,B\\n", "stock.csv")
        print("read")
    except UnreadableFile as refused:
        print(refused.detail)
"""


def test_a_worker_answers_the_same_whichever_file_it_reads_first() -> None:
    """200,000 characters are more than Python's own limit, and within the part that is sampled."""
    sizes = ["200000", str(MAX_CELL_TEXT + 1)]
    answers = []
    for order in (sizes, sizes[::-1]):
        run = [sys.executable, "-c", _FIRST_READ, *order]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        out = subprocess.run(run, check=True, capture_output=True, text=True, env=environment)
        answers.append(dict(zip(order, out.stdout.splitlines(), strict=True)))
    assert answers[0] == answers[1]
    assert answers[0]["200000"] == "read"
    assert "row 2, column A" in answers[0][sizes[1]]


def test_marks_of_damage_are_told_and_the_rest_is_read() -> None:
    workbook = _open(_HEADER + _ROW * 2 + b"P2,A\x00-02,goods\n" + _ROW)
    assert any("NUL" in note and "line 4" in note for note in workbook.notes)
    assert workbook.sheets[0].rows[3] == ["P2", "A-02", "goods"]
