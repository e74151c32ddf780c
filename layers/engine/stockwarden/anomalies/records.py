"""Anomaly records: items of at most 1 KB, so that a status change costs 1 write unit per index.

pk, sk                     storage/keys/anomalies.py
urgency, place             sort keys of by_urgency and by_location
pk_status, pk_rule         partitions of by_status and by_rule; the ends are status and rule
version, created_at, updated_at, assignee?, due_date?, reason?
since?, recurrence?        compared with earlier snapshots of the warehouse; recurrence's initial
base?                      the version carried over from the previous snapshot, if above 1
line_at, line_bytes        offset and length of the whole finding in evidence.jsonl
at_location                number of anomalies of its report at the same location
lead?, companions?         others about the same subject, see `companions.py`
body                       JSON: the finding, shortened to fit, see `record_body.py`
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from stockwarden.anomalies.ids import AnomalyKey
from stockwarden.anomalies.model import (
    Anomaly,
    Cost,
    Evidence,
    Reason,
    Recurrence,
    Status,
    Subject,
    location_code,
)
from stockwarden.anomalies.record_body import fitted, size_of
from stockwarden.detection.priority import Priority
from stockwarden.rules.pricing import formula
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import anomalies as keys

# 1,024 bytes less the most a change adds: an assignee (72), a due date (18), a reason (20), a
# longer status (9) and a longer version.
_HEAD_BYTES = 900
_DIGEST_LENGTH = 20


@dataclass(frozen=True)
class EvidenceLine:
    """A finding's line in evidence.jsonl."""

    offset: int
    length: int
    document: Mapping[str, Any]


@dataclass(frozen=True)
class WorkState:
    """The state that people give an anomaly; it outlives the analysis that found the anomaly."""

    status: Status
    version: int
    created_at: str
    updated_at: str
    assignee: str | None = None
    due_date: str | None = None
    reason: Reason | None = None


@dataclass(frozen=True)
class Carried:
    """What is carried over to an anomaly from earlier snapshots of its warehouse.

    `state` is None for a new anomaly; `past` are its history entries so far, oldest first.
    """

    recurrence: Recurrence
    since: str
    state: WorkState | None = None
    past: tuple[Mapping[str, Any], ...] = ()


def state_of(record: Item) -> WorkState:
    return state_from({**record, "status": status_of(record)})


def state_from(document: Mapping[str, Any]) -> WorkState:
    """Parses the fields of a `WorkState` from JSON values; other fields are ignored."""
    values = {
        attribute.name: document[attribute.name]
        for attribute in fields(WorkState)
        if attribute.name in document
    }
    reason = Reason(values["reason"]) if values.get("reason") else None
    return WorkState(**{**values, "status": Status(values["status"]), "reason": reason})


def state_after(entry: Item) -> WorkState:
    """The state that a change left, from its history entry."""
    return state_from({**entry, "status": entry["new_status"], "updated_at": entry["at"]})


def make_record(
    pk: str,
    digest: str,
    ordinal: int,
    line: EvidenceLine,
    *,
    at_location: int,
    group: Mapping[str, str],
    state: WorkState,
    carried: Carried | None = None,
) -> Item:
    finding = line.document
    urgency = keys.urgency(Priority(finding["priority"]).rank, ordinal)
    place_key = keys.location_prefix(location_code(finding.get("location"))) + urgency
    record: Item = {
        **keys.record(pk, digest),
        "urgency": urgency,
        "place": place_key,
        "pk_status": keys.by_status(pk, state.status),
        "pk_rule": keys.by_rule(pk, finding["rule"]),
        "version": state.version,
        "created_at": state.created_at,
        "updated_at": state.updated_at,
        "line_at": line.offset,
        "line_bytes": line.length,
        "at_location": at_location,
        **group,
    }
    optional = {"assignee": state.assignee, "due_date": state.due_date, "reason": state.reason}
    record |= {name: str(value) for name, value in optional.items() if value}
    if carried:
        record |= carried_attributes(carried)
        if carried.state and carried.state.version > 1:
            record["base"] = carried.state.version
    record["body"] = fitted(finding, _HEAD_BYTES - size_of(record) - len("body"))
    return record


def carried_attributes(carried: Carried) -> dict[str, str]:
    return {"since": carried.since, "recurrence": carried.recurrence[0]}


def subject_of(record: Item) -> tuple[Subject, str | None]:
    """The anomaly's subject and location; very long texts are cut."""
    body = json.loads(record["body"])
    return Subject(**body["subject"]), body.get("location")


def status_of(record: Item) -> Status:
    return Status(keys.status_in(record))


def reason_of(record: Item) -> Reason | None:
    return Reason(record["reason"]) if "reason" in record else None


def rule_of(record: Item) -> str:
    return keys.rule_in(record)


def recurrence_of(record: Item) -> Recurrence | None:
    return _RECURRENCES[record["recurrence"]] if "recurrence" in record else None


_RECURRENCES = {kind[0]: kind for kind in Recurrence}


def priority_of(record: Item) -> Priority:
    return list(Priority)[keys.rank_in(record)]


def cents_of(record: Item) -> int:
    """The anomaly's cost in hundredths of its currency; 0 if it has no price."""
    cost = json.loads(record["body"]).get("cost")
    return round(cost[0] * 100) if cost else 0


def companions_of(record: Item) -> list[str]:
    """The digests of the companions that the record's anomaly leads, most urgent first."""
    joined = record.get("companions", "")
    return [
        joined[start : start + _DIGEST_LENGTH] for start in range(0, len(joined), _DIGEST_LENGTH)
    ]


def group_fields(record: Item) -> dict[str, Any]:
    report_id, lead = keys.report_in(record), record.get("lead")
    return {
        "lead": AnomalyKey(report_id, lead).id if lead else None,
        "companions": [AnomalyKey(report_id, digest).id for digest in companions_of(record)],
    }


def id_of(record: Item) -> str:
    return AnomalyKey(keys.report_in(record), keys.digest_in(record)).id


def anomaly_of(record: Item) -> Anomaly:
    """The anomaly as lists show it, from its record alone."""
    return Anomaly(**fields_of(record, json.loads(record["body"])))


def fields_of(record: Item, finding: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of `Anomaly`: the state from the record, the rest from a finding or a body."""
    subject = Subject(**finding["subject"])
    return {
        "id": id_of(record),
        "report_id": keys.report_in(record),
        "rule": rule_of(record),
        "priority": priority_of(record),
        "status": status_of(record),
        "reason": reason_of(record),
        "assignee": record.get("assignee"),
        "due_date": record.get("due_date"),
        "since": record.get("since"),
        "recurrence": recurrence_of(record),
        "created_at": record["created_at"],
        "updated_at": record["updated_at"],
        "version": record["version"],
        **group_fields(record),
        "title": finding["title"],
        "subject": subject,
        "pallet_id": finding.get("pallet_id"),
        "location": finding.get("location"),
        "message": finding["message"],
        "details": finding.get("details", {}),
        "affected_pallets": finding.get("affected_pallets", 1),
        "cost": _cost(finding.get("cost")),
        "evidence": [_evidence(cell) for cell in finding.get("evidence", ())],
        "evidence_total": finding["evidence_total"],
        "fingerprint": f"{rule_of(record)}|{subject.type}|{subject.id}",
    }


def _cost(cost: Mapping[str, Any] | list[Any] | None) -> Cost | None:
    """The cost of a finding, or of a body, which omits the formula: it follows from the inputs."""
    if isinstance(cost, list):
        amount, currency, *rest = cost
        inputs = rest[0] if rest else {}
        terms = formula(inputs) if inputs else ""
        return Cost(amount=amount, currency=currency, formula=terms, inputs=inputs)
    return Cost(**cost) if cost else None


def _evidence(cell: Mapping[str, Any] | list[Any]) -> Evidence:
    if isinstance(cell, Mapping):
        return Evidence(**cell)
    sheet, row, column, raw, *parsed = cell
    return Evidence(
        sheet=sheet, row=row, column=column, raw=raw, parsed=parsed[0] if parsed else raw
    )
