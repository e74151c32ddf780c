"""Decides whether a file is the whole of its warehouse: by size, by claim, or by a question."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from stockwarden.snapshots.scope import (
    LastWholeSnapshot,
    ScopeClaim,
    ScopeUnclear,
    SizeComparison,
    decide,
    is_part,
)

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "scope.yaml").read_text(encoding="utf-8"))
OWN = {
    "whole": {"scope": "whole", "scope_said": True},
    "part": {"scope": "part", "scope_said": True},
    "unasked": {"scope": "whole", "scope_said": False},
}


def _decided(case: dict[str, Any]) -> str:
    rows, known_pallets = case["file"]
    last = LastWholeSnapshot("rep_1", "2025-01-06", *case["last"]) if "last" in case else None
    sizes = SizeComparison(rows, rows, known_pallets, last) if last else None
    claim = None
    if "claim" in case:
        previous_report = "rep_2" if case.get("beside") == "other" else "rep_1"
        about = (
            LastWholeSnapshot(previous_report, "2025-01-06", *case["about"])
            if "about" in case
            else None
        )
        claim = ScopeClaim(case["claim"], about)
    try:
        decision = decide(sizes, claim, case.get("share", 0.5), OWN.get(case.get("own", "")))
    except ScopeUnclear as unclear:
        assert unclear.sizes is sizes
        return "asked"
    assert decision.said is (claim is not None)
    return decision.scope


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    assert _decided(case) == case["is"]


def test_claim_is_parsed_from_its_document() -> None:
    last = {"report_id": "rep_1", "as_of": "2025-01-06", "rows": 4, "pallets": 3}
    assert ScopeClaim.from_document({"scope": "part", "by": "alice"}) == ScopeClaim("part")
    assert ScopeClaim.from_document({"scope": "whole", "about": last}) == ScopeClaim(
        "whole", LastWholeSnapshot(**last)
    )


def test_a_snapshot_of_an_earlier_version_is_whole() -> None:
    assert [is_part(snapshot) for snapshot in ({}, {"scope": "whole"}, {"scope": "part"})] == [
        False, False, True,
    ]  # fmt: skip
