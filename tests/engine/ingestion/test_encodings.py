"""Text files that are no UTF-8: their words are read right, and a guess is said."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from stockwarden.core.errors import Invalid
from stockwarden.ingestion.formats.workbook import open_workbook
from stockwarden.ingestion.inspection import inspect_workbook
from stockwarden.ingestion.mapping.user_choice import UserChoice
from stockwarden.ingestion.reading import read_stock
from tests.engine.ingestion import files

AS_OF = datetime(2025, 2, 1, tzinfo=UTC)

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


# Letters that no language of the candidates writes so.
DOUBTFUL = b"Pallet ID,Location,Description\r\nP1,A-01,x\xd0y\xdez\r\nP2,A-02,q\xf0w\xfe\r\n"


def test_doubtful_encoding_is_asked_with_what_each_reads() -> None:
    workbook = open_workbook(DOUBTFUL, "stock.csv")
    (question,) = inspect_workbook(workbook).questions
    assert (question.id, question.kind, question.optional) == ("encoding", "encoding", False)
    readings = {choice.value: choice.samples for choice in question.choices}
    assert 2 <= len(readings) <= 6
    assert len(set(readings.values())) == len(readings)
    for encoding, samples in readings.items():
        cells = [line.split(b",")[2] for line in DOUBTFUL.splitlines()[1:]]
        assert samples == tuple(cell.decode(encoding) for cell in cells)
        assert samples[0] in question.detail


def test_stated_encoding_is_used_and_nothing_is_asked() -> None:
    workbook = open_workbook(DOUBTFUL, "stock.csv")
    for encoding in ("cp1251", "cp1250", "cp1251"):
        inspection = inspect_workbook(workbook, choice=UserChoice(encoding=encoding))
        assert not inspection.questions
        assert workbook.sheets[0].rows[1][2] == b"x\xd0y\xdez".decode(encoding)
        assert read_stock(workbook, inspection, as_of=AS_OF).frame["description"].iloc[0]
    assert inspect_workbook(workbook).questions


@pytest.mark.parametrize(
    ("data", "encoding", "detail"),
    [
        (DOUBTFUL, "klingon", "is no encoding; there are: cp1252, "),
        (DOUBTFUL + b"P3,A-03,\x81\x98\r\n", "cp1251", "line 4 has characters that are none of it"),
        (_file(["Café"]).encode(), "cp1252", "leaves nothing to choose"),
        (files.xlsx({"S": [["Pallet ID", "Location"], ["P1", "A-01"]]}), "cp1252", "text file"),
    ],
    ids=["unknown", "impossible", "UTF-8", "workbook"],
)
def test_encoding_that_the_file_cannot_have_is_refused(
    data: bytes, encoding: str, detail: str
) -> None:
    workbook = open_workbook(data, "stock")
    with pytest.raises(Invalid) as refused:
        inspect_workbook(workbook, choice=UserChoice(encoding=encoding))
    (error,) = refused.value.errors
    assert error.pointer == "/encoding"
    assert detail in error.detail
    assert workbook.sheets[0].rows
