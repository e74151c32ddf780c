"""One anomaly as an item of at most 1 KB, so that a change of its status costs 1 unit per index.

pk, sk                     keys.py
urgency, place             sort keys of by_urgency and by_location
pk_status, pk_rule         partitions of by_status and by_rule; the ends are status and rule
version, created_at, updated_at, assignee?
line_at, line_bytes        where the whole finding lies in evidence.jsonl
at_location                anomalies of its report at the same location
body                       JSON: what of the finding fits, see `_fitted`
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from stockwarden.anomalies import keys
from stockwarden.anomalies.model import Anomaly, Evidence, Status, Subject
from stockwarden.detection.priority import Priority
from stockwarden.storage.attributes import Item

# 1,024 bytes less what a change may add: an assignee, a longer status, a longer version.
_HEAD_BYTES = 930
_SHORTEST_CUT = 8


@dataclass(frozen=True)
class Line:
    """A finding's line in evidence.jsonl."""

    offset: int
    length: int
    document: Mapping[str, Any]


@dataclass(frozen=True)
class State:
    """What people made of an anomaly; it outlives the analysis that found the anomaly."""

    status: Status
    version: int
    created_at: str
    updated_at: str
    assignee: str | None = None


def make_head(
    pk: str, digest: str, ordinal: int, line: Line, *, at_location: int, state: State
) -> Item:
    finding = line.document
    urgency = keys.urgency(Priority(finding["priority"]), ordinal)
    place = keys.place_prefix(keys.location_name(finding.get("location"))) + urgency
    head: Item = {
        "pk": pk,
        "sk": digest,
        "urgency": urgency,
        "place": place,
        "pk_status": keys.status_partition(pk, state.status),
        "pk_rule": keys.rule_partition(pk, finding["rule"]),
        "version": state.version,
        "created_at": state.created_at,
        "updated_at": state.updated_at,
        "line_at": line.offset,
        "line_bytes": line.length,
        "at_location": at_location,
    }
    if state.assignee:
        head["assignee"] = state.assignee
    head["body"] = _fitted(finding, _HEAD_BYTES - _size(head) - len("body"))
    return head


def status_of(head: Item) -> Status:
    return Status(head["pk_status"][len(head["pk"]) + 1 :])


def rule_of(head: Item) -> str:
    return str(head["pk_rule"][len(head["pk"]) + 1 :])


def priority_of(head: Item) -> Priority:
    return list(Priority)[int(head["urgency"][0])]


def report_of(head: Item) -> str:
    return str(head["pk"].partition("#")[0])


def id_of(head: Item) -> str:
    return keys.AnomalyKey(report_of(head), head["sk"]).id


def anomaly_of(head: Item) -> Anomaly:
    """As lists give it, from the head alone."""
    return Anomaly(**fields_of(head, json.loads(head["body"])))


def fields_of(head: Item, finding: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of `Anomaly`: the state from the head, the rest from a finding or a body."""
    subject = Subject(**finding["subject"])
    return {
        "id": id_of(head),
        "report_id": report_of(head),
        "rule": rule_of(head),
        "priority": priority_of(head),
        "status": status_of(head),
        "assignee": head.get("assignee"),
        "created_at": head["created_at"],
        "updated_at": head["updated_at"],
        "version": head["version"],
        "title": finding["title"],
        "subject": subject,
        "pallet_id": finding.get("pallet_id"),
        "location": finding.get("location"),
        "message": finding["message"],
        "details": finding.get("details", {}),
        "affected_pallets": finding.get("affected_pallets", 1),
        "evidence": [_evidence(cell) for cell in finding.get("evidence", ())],
        "evidence_total": finding["evidence_total"],
        "fingerprint": f"{rule_of(head)}|{subject.type}|{subject.id}",
    }


def _evidence(cell: Mapping[str, Any] | list[Any]) -> Evidence:
    if isinstance(cell, Mapping):
        return Evidence(**cell)
    sheet, row, column, raw, *parsed = cell
    return Evidence(
        sheet=sheet, row=row, column=column, raw=raw, parsed=parsed[0] if parsed else raw
    )


def _fitted(finding: Mapping[str, Any], room: int) -> str:
    """The finding in at most `room` bytes of JSON.

    Dropped in turn until it fits: evidence beyond the first row, all evidence, details, the ends
    of long texts. The whole of it is in evidence.jsonl, and that is what the detail shows.
    """
    body = {
        name: finding[name]
        for name in ("title", "subject", "pallet_id", "location", "message")
        if finding[name] is not None
    }
    if finding["affected_pallets"] != 1:
        body["affected_pallets"] = finding["affected_pallets"]
    body |= {
        "evidence_total": finding["evidence_total"],
        "details": finding["details"],
        "evidence": _first_row(finding["evidence"]),
    }
    text = compact(body)
    for name in ("evidence", "details"):
        if len(text.encode()) > room:
            del body[name]
            text = compact(body)
    longest = 256
    while len(text.encode()) > room and longest >= _SHORTEST_CUT:
        body = {name: _cut(value, longest) for name, value in body.items()}
        text = compact(body)
        longest //= 2
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


def _cut(value: Any, longest: int) -> Any:
    if isinstance(value, dict):
        return {name: _cut(entry, longest) for name, entry in value.items()}
    return value[:longest] + "…" if isinstance(value, str) and len(value) > longest else value


def compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _size(item: Item) -> int:
    """Bytes as DynamoDB counts them, for texts and whole numbers."""
    return sum(
        len(name) + (len(value.encode()) if isinstance(value, str) else len(str(value)) // 2 + 2)
        for name, value in item.items()
    )
