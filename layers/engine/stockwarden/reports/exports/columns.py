"""The columns that tell of an anomaly, in xlsx and csv alike."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from stockwarden.anomalies.model import Anomaly
from stockwarden.reports.exports.cells import moment


@dataclass(frozen=True)
class Column:
    """`width` in characters, for sheets."""

    name: str
    width: int
    value: Callable[[Anomaly, ZoneInfo], Any]


COLUMNS = (
    Column("Priority", 11, lambda found, _: str(found.priority)),
    Column("Status", 14, lambda found, _: str(found.status)),
    Column("Rule", 24, lambda found, _: found.rule),
    Column("Anomaly", 26, lambda found, _: found.title),
    Column("Subject type", 12, lambda found, _: found.subject.type),
    Column("Subject", 22, lambda found, _: found.subject.id),
    Column("Pallet", 22, lambda found, _: found.pallet_id),
    Column("Location", 18, lambda found, _: found.location),
    Column("Message", 70, lambda found, _: found.message),
    Column("Affected pallets", 10, lambda found, _: found.affected_pallets),
    Column("Assignee", 16, lambda found, _: found.assignee),
    Column("First row", 9, lambda found, _: found.evidence[0].row if found.evidence else None),
    Column("Evidence cells", 9, lambda found, _: found.evidence_total),
    Column("Details", 40, lambda found, _: _json(found.details)),
    Column("Created", 19, lambda found, zone: moment(found.created_at, zone)),
    Column("Updated", 19, lambda found, zone: moment(found.updated_at, zone)),
    Column("Id", 50, lambda found, _: found.id),
)


def row_of(anomaly: Anomaly, zone: ZoneInfo) -> list[Any]:
    return [column.value(anomaly, zone) for column in COLUMNS]


def _json(details: dict[str, Any]) -> str | None:
    return json.dumps(details, ensure_ascii=False, sort_keys=True) if details else None
