"""The shared strings of an xls: how long they are in memory, whatever record they are in."""

import struct
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockwarden.core.errors import UnreadableFile
from stockwarden.ingestion.formats.limits import WIDEST
from stockwarden.ingestion.formats.xls_strings import string_lengths
from tests.engine.ingestion import binary_books

_RUNS, _MORE, _IS_WIDE = 8, 4, 1
_NOTHING_AFTER = b"\x0a\0\0\0"


def string(text: str, *, wide: bool = True, runs: int = 0, more: int = 0) -> list[bytes]:
    """One string record; `runs` are of its formats, `more` are bytes of phonetic data."""
    flags = _IS_WIDE * wide | _RUNS * bool(runs) | _MORE * bool(more)
    head = struct.pack("<HB", len(text), flags)
    head += struct.pack("<H", runs) if runs else b""
    head += struct.pack("<I", more) if more else b""
    characters = text.encode("utf-16-le" if wide else "latin-1")
    return [head + characters + b"\x01" * (4 * runs + more)]


def lengths(strings: list[list[bytes]], claimed: int | None = None) -> list[int]:
    table = binary_books.string_table(strings, claimed=claimed)
    first = 4 + int.from_bytes(table[2:4], "little")
    return string_lengths(table + _NOTHING_AFTER, 4, first)


@st.composite
def continued(draw: st.DrawFn) -> tuple[list[bytes], int]:
    """A string that may be continued in further records, each with its own width; its length.

    In memory, one wide character makes the whole string wide."""
    text = draw(st.text("abcü", max_size=12))
    wide = draw(st.booleans())
    cuts = sorted(draw(st.sets(st.integers(1, max(1, len(text) - 1)), max_size=3)))
    cuts = [cut for cut in cuts if cut < len(text)]
    (first,) = string(text[: cuts[0]] if cuts else text, wide=wide)
    parts = [struct.pack("<H", len(text)) + first[2:]]
    for start, end in pairwise([*cuts, len(text)]):
        width = draw(st.booleans())
        wide |= width
        characters = text[start:end].encode("utf-16-le" if width else "latin-1")
        parts.append(bytes([width]) + characters)
    return parts, len(text) * (WIDEST if wide else 1)


@given(st.lists(continued(), max_size=6))
def test_every_string_is_measured_across_records(strings):
    assert lengths([parts for parts, _ in strings]) == [length for _, length in strings]


@pytest.mark.parametrize("options", [{"runs": 2}, {"more": 10}, {"runs": 1, "more": 3}])
def test_formats_and_phonetics_are_no_characters(options):
    strings = [string("Apples", **options), string("Figs", wide=False, **options), string("x")]
    assert lengths(strings) == [6 * WIDEST, 4, WIDEST]


def test_formats_may_be_continued_in_the_next_record():
    (whole,) = string("Apples", runs=2)
    assert lengths([[whole[:-6], whole[-6:]], string("x")]) == [6 * WIDEST, WIDEST]


def test_string_without_an_end_counts_as_the_longest():
    (whole,) = string("Apples")
    longest = 0xFFFF * WIDEST
    assert lengths([string("x"), [whole[:-4]]]) == [WIDEST, longest]
    assert lengths([string("x"), [whole[:2]]]) == [WIDEST, longest]
    assert lengths([string("x"), string("x")], claimed=3) == [WIDEST, WIDEST, longest]


@pytest.mark.parametrize(
    "table",
    [
        binary_books.string_table([string("x")], claimed=1_000_000_000),
        b"\xfc\0\x04\0\x01\0\0\0",  # too short for its own head
    ],
)
def test_more_strings_than_there_is_room_for_are_refused(table):
    with pytest.raises(UnreadableFile):
        string_lengths(table, 4, len(table))
