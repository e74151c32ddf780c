"""The structure of files: each of the corpus is read right, asked about, or refused with why."""

from datetime import UTC, datetime

import pandas as pd
import pytest

from stockwarden.core.errors import UnreadableFile
from stockwarden.ingestion.formats.workbook import open_workbook
from stockwarden.ingestion.inspection import inspect_workbook
from stockwarden.ingestion.mapping.user_choice import UserChoice
from stockwarden.ingestion.reading import read_stock
from tests.engine.ingestion.corpus.case import Case
from tests.engine.ingestion.corpus.structure import cases

_AS_OF = datetime(2026, 3, 2, 6, tzinfo=UTC)
_CASES = list(cases())
_ABOUT_STRUCTURE = ("list", "hidden", "take", "stand", "beside", "separat", "fixed")


def test_the_corpus_is_large() -> None:
    assert len(_CASES) >= 60
    assert len({case.name for case in _CASES}) == len(_CASES)


@pytest.mark.parametrize("case", _CASES, ids=[case.name for case in _CASES])
def test_structure(case: Case) -> None:
    if case.outcome == "refused":
        with pytest.raises(UnreadableFile) as refused:
            inspect_workbook(open_workbook(case.data, "stock.xls"))
        for words in case.says:
            assert words in f"{refused.value.reason}: {refused.value.detail}"
        return
    workbook = open_workbook(case.data, "stock.csv")
    inspection = inspect_workbook(workbook, choice=UserChoice(column_mapping=case.mapping))
    assert tuple(question.field for question in inspection.questions) == case.asks
    if case.outcome == "asked":
        return
    inventory = read_stock(workbook, inspection, as_of=_AS_OF)
    receipt = inventory.receipt
    assert receipt.evaluated == case.evaluated
    assert (dict(receipt.skipped), dict(receipt.rejected)) == (case.skipped, case.rejected)
    assert receipt.total == receipt.evaluated + sum(
        (*receipt.skipped.values(), *receipt.rejected.values())
    )
    assert dict(receipt.unread) == case.unread
    places = dict(zip(inventory.frame["pallet_id"], inventory.frame["location"], strict=True))
    for pallet, place in case.places.items():
        assert (None if pd.isna(places[pallet]) else places[pallet]) == place
    notes = " ".join(inventory.notes)
    for words in case.says:
        assert words in notes
    if case.silent:
        assert not [word for word in _ABOUT_STRUCTURE if word in notes]
