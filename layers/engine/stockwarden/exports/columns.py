"""The columns that tell of an anomaly, in xlsx and csv alike."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from stockwarden.anomalies.model import Anomaly
from stockwarden.core.text import turned_visible
from stockwarden.exports.cells import moment

Comments = Sequence[str]


@dataclass(frozen=True)
class Column:
    """`width` in characters, for sheets."""

    name: str
    width: int
    value: Callable[[Anomaly, Comments, ZoneInfo], Any]


COLUMNS = (
    Column("Priority", 11, lambda found, *_: str(found.priority)),
    Column("Status", 14, lambda found, *_: str(found.status)),
    Column("Reason", 14, lambda found, *_: found.reason and found.reason.replace("_", " ")),
    Column("Rule", 24, lambda found, *_: found.rule),
    Column("Anomaly", 26, lambda found, *_: found.title),
    Column("Subject type", 12, lambda found, *_: found.subject.type),
    Column("Subject", 22, lambda found, *_: found.subject.id),
    Column("Pallet", 22, lambda found, *_: found.pallet_id),
    Column("Location", 18, lambda found, *_: found.location),
    Column("Message", 70, lambda found, *_: found.message),
    Column("Affected pallets", 10, lambda found, *_: found.affected_pallets),
    Column("Cost", 11, lambda found, *_: found.cost and found.cost.amount),
    Column("Currency", 10, lambda found, *_: found.cost and found.cost.currency),
    Column("Assignee", 16, lambda found, *_: found.assignee),
    Column("Due", 12, lambda found, *_: found.due_date and date.fromisoformat(found.due_date)),
    Column("Recurrence", 12, lambda found, *_: found.recurrence and str(found.recurrence)),
    Column("Since", 19, lambda found, _, zone: moment(found.since, zone)),
    Column("Comments", 11, lambda _, comments, __: len(comments)),
    Column("Last comment", 40, lambda _, comments, __: _last(comments)),
    Column("First row", 9, lambda found, *_: found.evidence[0].row if found.evidence else None),
    Column("Evidence cells", 9, lambda found, *_: found.evidence_total),
    Column("Details", 40, lambda found, *_: _json(found.details)),
    Column("Cost formula", 40, lambda found, *_: found.cost and found.cost.formula),
    Column("Cost inputs", 40, lambda found, *_: found.cost and _json(found.cost.inputs)),
    Column("Created", 19, lambda found, _, zone: moment(found.created_at, zone)),
    Column("Updated", 19, lambda found, _, zone: moment(found.updated_at, zone)),
    Column("Id", 50, lambda found, *_: found.id),
)


def row_of(anomaly: Anomaly, comments: Comments, zone: ZoneInfo) -> list[Any]:
    return [column.value(anomaly, comments, zone) for column in COLUMNS]


def _last(comments: Comments) -> str | None:
    """What people write may turn the direction of writing, but not that of the file around it."""
    return turned_visible(comments[-1]) if comments else None


def _json(details: Mapping[str, Any]) -> str | None:
    return json.dumps(details, ensure_ascii=False, sort_keys=True) if details else None
