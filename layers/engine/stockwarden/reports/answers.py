"""What people have said of a file, one answer after the other."""

from collections.abc import Mapping
from typing import Any

from stockwarden.ingestion.fields import REQUIRED


def merged(before: Mapping[str, Any], answers: Mapping[str, Any]) -> dict[str, Any]:
    """The choice (as stored with a report) after new `answers`.

    What they leave out stays, unless it was said of another sheet or header row.
    """
    kept = dict(before)
    given = {name: value for name, value in answers.items() if value != {}}
    if _differs("sheet", kept, given):
        kept = {name: kept[name] for name in ("date_order",) if name in kept}
    if _differs("header_row", kept, given):
        kept.pop("column_mapping", None)
    if "column_mapping" in given:
        given["column_mapping"] = _columns(
            kept.get("column_mapping") or {}, given["column_mapping"]
        )
    return {**kept, **given}


def _differs(name: str, before: Mapping[str, Any], answers: Mapping[str, Any]) -> bool:
    return name in before and name in answers and before[name] != answers[name]


def _columns(before: Mapping[str, str], given: Mapping[str, str]) -> dict[str, str]:
    if set(REQUIRED) <= set(given.values()):
        return dict(given)
    settled = set(given.values())
    return {
        **{column: name for column, name in before.items() if name not in settled},
        **given,
    }
