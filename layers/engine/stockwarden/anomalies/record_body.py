"""The body of an anomaly's record: its finding as JSON, shortened until it fits."""

import json
from collections.abc import Mapping
from typing import Any

from stockwarden.storage.attributes import Item

_SHORTEST_CUT = 8


def fitted(finding: Mapping[str, Any], room: int) -> str:
    """The finding in at most `room` bytes of JSON.

    Dropped in turn until it fits: evidence beyond the first row, all evidence, details that are
    lists, all details, the ends of long texts, the inputs of the cost. The complete finding is in
    evidence.jsonl, which the anomaly's detail shows.
    """
    body = {
        name: finding[name]
        for name in ("title", "subject", "pallet_id", "location", "message")
        if finding[name] is not None
    }
    if finding["affected_pallets"] != 1:
        body["affected_pallets"] = finding["affected_pallets"]
    if finding.get("cost"):
        body["cost"] = [finding["cost"][name] for name in ("amount", "currency", "inputs")]
    body |= {
        "evidence_total": finding["evidence_total"],
        "details": finding["details"],
        "evidence": _first_row(finding["evidence"]),
    }
    single = {name: value for name, value in body["details"].items() if not _is_list(value)}
    text = compact(body)
    for name, less in (("evidence", None), ("details", single), ("details", None)):
        if len(text.encode()) > room:
            body[name] = less
            if not less:
                del body[name]
            text = compact(body)
    longest = 256
    while len(text.encode()) > room and longest >= _SHORTEST_CUT:
        body = {name: _cut(value, longest) for name, value in body.items()}
        text = compact(body)
        longest //= 2
    if len(text.encode()) > room and "cost" in body:
        text = compact({**body, "cost": body["cost"][:2]})
    return text


def _first_row(evidence: list[Mapping[str, Any]]) -> list[list[Any]]:
    cells: list[list[Any]] = []
    for cell in evidence:
        if (cell["sheet"], cell["row"]) != (evidence[0]["sheet"], evidence[0]["row"]):
            break
        values = [cell["sheet"], cell["row"], cell["column"], cell["raw"]]
        if type(cell["parsed"]) is not type(cell["raw"]) or cell["parsed"] != cell["raw"]:
            values.append(cell["parsed"])
        cells.append(values)
    return cells


def _is_list(value: Any) -> bool:
    return isinstance(value, list | tuple)


def _cut(value: Any, longest: int) -> Any:
    if isinstance(value, dict):
        return {
            name: entry if name == "type" else _cut(entry, longest) for name, entry in value.items()
        }
    return value[:longest] + "…" if isinstance(value, str) and len(value) > longest else value


def compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def size_of(item: Item) -> int:
    """Bytes as DynamoDB counts them, for texts and whole numbers."""
    return sum(
        len(name) + (len(value.encode()) if isinstance(value, str) else len(str(value)) // 2 + 2)
        for name, value in item.items()
    )
