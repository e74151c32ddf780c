"""The corpus: realistic files with the expected inspection and inventory."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml

from stockwarden.core.errors import UnreadableFile
from stockwarden.ingestion.formats.workbook import Workbook, open_workbook
from stockwarden.ingestion.inspection import Inspection, inspect_workbook
from stockwarden.ingestion.inventory import Inventory
from stockwarden.ingestion.mapping.user_choice import UserChoice
from stockwarden.ingestion.reading import read_stock
from tests.engine.ingestion import files

AS_OF = datetime(2025, 2, 1, tzinfo=UTC)
_CASES = [
    case
    for name in ("tables", "cells", "values")
    for case in yaml.safe_load(
        (Path(__file__).parent / "cases" / f"{name}.yaml").read_text(encoding="utf-8")
    )
]


def _open(case: dict[str, Any]) -> Workbook:
    if "text" in case:
        encoded = case["text"].encode(case.get("encoding", "utf-8"))
        return open_workbook(encoded, "stock.csv")
    sheets = case.get("sheets") or {"Sheet1": case["rows"]}
    data = files.xlsx(sheets, merges=case.get("merges", ()), hidden=case.get("hidden", ()))
    return open_workbook(data, "stock.xlsx")


@pytest.mark.parametrize("case", _CASES, ids=[case["name"] for case in _CASES])
def test_case(case: dict[str, Any]) -> None:
    if "unreadable" in case:
        with pytest.raises(UnreadableFile) as refused:
            inspect_workbook(_open(case))
        assert refused.value.reason == case["unreadable"]
        return
    workbook = _open(case)
    inspection = inspect_workbook(workbook, choice=UserChoice(**case.get("choice", {})))
    _check_inspection(case, inspection)
    if "asks" not in case:
        intake = read_stock(workbook, inspection, as_of=AS_OF, timezone="UTC")
        _check_intake(case, intake)
        assert case.get("notes", "") in " ".join(intake.notes)


def _check_inspection(case: dict[str, Any], inspection: Inspection) -> None:
    asked_fields = [
        question.field if question.kind == "field" else question.kind
        for question in inspection.questions
    ]
    assert asked_fields == case.get("asks", [])
    assert len({question.id for question in inspection.questions}) == len(asked_fields)
    for name in ("header_row", "sheet"):
        if name in case:
            assert getattr(inspection, name) == case[name]
    if "mapping" in case:
        assert dict(inspection.mapping) == case["mapping"]
    if "columns" in case:
        assert [column.name for column in inspection.columns] == case["columns"]
    for name, field in case.get("suggestions", {}).items():
        assert {column.name: column.suggestion for column in inspection.columns}[name] == field


def _check_intake(case: dict[str, Any], intake: Inventory) -> None:
    receipt = intake.receipt
    assert receipt.evaluated == case["evaluated"] == len(intake.frame) == len(intake.rows)
    assert dict(receipt.skipped) == case.get("skipped", {})
    assert dict(receipt.rejected) == case.get("rejected", {})
    assert receipt.total == receipt.evaluated + sum(
        (*receipt.skipped.values(), *receipt.rejected.values())
    )
    if "sheet_rows" in case:
        assert intake.rows.tolist() == case["sheet_rows"]
    for field, letter in case.get("letters", {}).items():
        assert intake.headers[field].letter == letter
    for field, expected in case.get("moments", {}).items():
        moments = intake.frame[field].dt.strftime("%Y-%m-%dT%H:%M:%S")
        assert moments.fillna("NaT").tolist() == expected
    for field, expected in case.get("frame", {}).items():
        values = [None if pd.isna(value) else value for value in intake.frame[field]]
        assert values == pytest.approx(expected), field
    unparsed = {field: odd.counts() for field, odd in intake.unparsed.items() if odd.counts()}
    if "rejected" not in case:
        assert unparsed == case.get("unparsed", {})
