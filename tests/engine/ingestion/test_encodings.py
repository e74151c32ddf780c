"""Text files that are no UTF-8: their words are read right, and a guess is said."""

from pathlib import Path

import pytest
import yaml

from stockwarden.ingestion.formats.workbook import open_workbook
from stockwarden.ingestion.inspection import inspect_workbook

_CASES = [
    (case["language"], encoding, case["words"])
    for case in yaml.safe_load(
        (Path(__file__).parent / "cases" / "encodings.yaml").read_text(encoding="utf-8")
    )
    for encoding in case["encodings"]
]


def _file(words: list[str]) -> str:
    rows = [f"P{index},A-{index:02},{word}" for index, word in enumerate(words)]
    return "\r\n".join(["Pallet ID,Location,Description", *rows, ""])


@pytest.mark.parametrize(
    ("language", "encoding", "words"), _CASES, ids=[f"{case[0]} {case[1]}" for case in _CASES]
)
def test_words_are_read_right(language: str, encoding: str, words: list[str]) -> None:
    workbook = open_workbook(_file(words).encode(encoding), "stock.csv")
    assert [row[2] for row in workbook.sheets[0].rows[1:]] == words
    says_guess = any("guess" in note for note in inspect_workbook(workbook).notes)
    assert says_guess == (encoding != "cp1252")


def test_codes_are_read_right_as_well() -> None:
    text = "Pallet ID,Location\r\nP1,棚01-A\r\nP2,棚02-A\r\n"
    workbook = open_workbook(text.encode("cp932"), "stock.csv")
    assert [row[1] for row in workbook.sheets[0].rows[1:]] == ["棚01-A", "棚02-A"]


def test_utf8_is_no_guess() -> None:
    workbook = open_workbook(_file(["Mleko świeże", "牛奶"]).encode(), "stock.csv")
    assert not workbook.notes


def test_broken_characters_in_utf8_are_named() -> None:
    data = _file(["Café", "Crème", "Pâté"]).encode() + b"P9,A-9,Caf\xe9\r\n"
    workbook = open_workbook(data, "stock.csv")
    assert [row[2] for row in workbook.sheets[0].rows[1:]] == ["Café", "Crème", "Pâté", "Caf�"]
    assert "line 5" in workbook.notes[0]
