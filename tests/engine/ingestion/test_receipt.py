"""Every data row ends exactly once in evaluated, skipped or rejected, whatever the grid holds."""

from datetime import UTC, datetime
from typing import Any

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from stockwarden.core.errors import UnreadableFile
from stockwarden.ingestion.columns.dates import DateColumn
from stockwarden.ingestion.columns.identifiers import is_nothing
from stockwarden.ingestion.formats.workbook import open_workbook
from stockwarden.ingestion.inspection import inspect_workbook
from stockwarden.ingestion.inventory import Inventory
from stockwarden.ingestion.mapping.fields import DATES, DURATIONS, ITEM, NUMBERS
from stockwarden.ingestion.mapping.user_choice import UserChoice
from stockwarden.ingestion.reading import read_stock
from tests.engine.ingestion import files
from tests.support.examples import examples

AS_OF = datetime(2025, 2, 1, tzinfo=UTC)
_HEADER = ["Pallet ID", "Location", "Created", "Receipt Number", "Description", "Quantity"]
_MAPPING = dict(
    zip(
        _HEADER,
        ("pallet_id", "location", "creation_date", "receipt_number", "description", "quantity"),
        strict=True,
    )
)
_WORDS = st.sampled_from(
    ["", " ", "PLT-1", "PLT-2", "001A", "Total", "# note", "-----", "Pallet ID", "Location",
     "2025-01-09", "13/01/2025", "01/13/2025", "NULL", "#N/A", "3.4E+17", "two words", "12", "1,5",
     "1.234", "12w 1d", "Zone", "Manager", "0012", "x" * 300]
)  # fmt: skip
_ANY_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=12)
_TYPED = st.one_of(
    st.integers(-(10**6), 10**18),
    st.floats(allow_nan=False, allow_infinity=False, width=64),
    st.booleans(),
    st.datetimes(datetime(1990, 1, 1), datetime(2060, 1, 1)).map(
        lambda moment: moment.replace(microsecond=0)
    ),
)


def _rows(cells: st.SearchStrategy[Any]) -> st.SearchStrategy[list[list[Any]]]:
    return st.lists(st.lists(cells, min_size=6, max_size=6), min_size=1, max_size=30)


def _check(intake: Inventory, total: int) -> None:
    receipt = intake.receipt
    assert receipt.total == total
    assert receipt.total == receipt.evaluated + sum(
        (*receipt.skipped.values(), *receipt.rejected.values())
    )
    assert receipt.evaluated == len(intake.frame) == len(intake.rows)
    assert len(set(intake.rows.tolist())) == len(intake.rows)
    named = [name for name in ("pallet_id", *ITEM) if name in intake.frame]
    assert intake.frame[named].notna().any(axis=1).all()
    for field in intake.frame:
        assert len(intake.raw[field]) == receipt.evaluated
        for index, value in enumerate(intake.frame[field]):
            raw, reason = intake.raw[field][index], intake.unparsed[field].reason(index)
            if reason:
                assert pd.isna(value)
            elif pd.isna(value) and field in DATES | NUMBERS | DURATIONS:
                assert is_nothing(str(raw)) or _is_null_date(raw), (field, raw)


def _is_null_date(raw: Any) -> bool:
    return bool(DateColumn([raw]).read(as_of=AS_OF, timezone="UTC", order=None).null[0])


def _read(data: bytes, name: str) -> Inventory | None:
    workbook = open_workbook(data, name)
    choice = UserChoice(column_mapping=_MAPPING, header_row=1, date_order="DMY")
    try:
        inspection = inspect_workbook(workbook, choice=choice)
    except UnreadableFile as refused:
        assert refused.reason == "no_rows"
        return None
    return read_stock(workbook, inspection, as_of=AS_OF, timezone="Europe/Madrid")


@given(_rows(st.one_of(_WORDS, _ANY_TEXT)))
@examples(150)
def test_any_text_file(rows: list[list[str]]) -> None:
    intake = _read(files.csv_bytes([_HEADER, *rows]), "stock.csv")
    if intake:
        _check(intake, len(rows))


@given(_rows(st.one_of(_WORDS, _TYPED)))
@examples(60)
def test_any_workbook(rows: list[list[Any]]) -> None:
    rows = [[None if cell == "" else cell for cell in row] for row in rows]
    while rows and not any(cell is not None for cell in rows[-1]):
        rows.pop()
    intake = _read(files.xlsx({"Sheet1": [_HEADER, *rows]}), "stock.xlsx")
    if intake:
        _check(intake, len(rows))


@given(st.lists(st.lists(st.one_of(_WORDS, _ANY_TEXT), max_size=9), min_size=1, max_size=25))
@examples(150)
def test_any_grid_is_read_refused_or_asked_about(rows: list[list[str]]) -> None:
    try:
        workbook = open_workbook(files.csv_bytes(rows), "stock.csv")
        inspection = inspect_workbook(workbook)
    except UnreadableFile:
        return
    inspection.to_document()
    if not inspection.questions:
        intake = read_stock(workbook, inspection, as_of=AS_OF, timezone="UTC")
        _check(intake, workbook.sheets[0].height - inspection.header_row)


@given(
    st.lists(st.integers(0, 10**8), min_size=1, max_size=30, unique=True),
    st.sampled_from(["text", "number"]),
)
def test_identifiers_come_back_as_they_were(numbers: list[int], kind: str) -> None:
    ids = [f"{number:010d}" if kind == "text" else number for number in numbers]
    rows = [
        ["Pallet ID", "Location"],
        *[[number, f"A-{index:02d}"] for index, number in enumerate(ids)],
    ]
    workbook = open_workbook(files.xlsx({"S": rows}), "stock.xlsx")
    choice = UserChoice(column_mapping={"Pallet ID": "pallet_id", "Location": "location"})
    intake = read_stock(
        workbook, inspect_workbook(workbook, choice=choice), as_of=AS_OF, timezone="UTC"
    )
    assert intake.frame["pallet_id"].tolist() == [str(number) for number in ids]
    assert intake.frame["location"].tolist() == [row[1] for row in rows[1:]]
    assert np.array_equal(intake.rows, np.arange(2, len(rows) + 1))
