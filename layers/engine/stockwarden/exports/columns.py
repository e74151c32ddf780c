"""The columns of an anomaly in xlsx and csv exports."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from stockwarden.anomalies.model import Anomaly
from stockwarden.core.cells import moment
from stockwarden.core.text import turned_visible

Comments = Sequence[str]


@dataclass(frozen=True)
class Column:
    """`width` in characters, for sheets."""

    name: str
    width: int
    value: Callable[[Anomaly, Comments, ZoneInfo], Any]


COLUMNS = (
    Column("Priority", 11, lambda anomaly, *_: str(anomaly.priority)),
    Column("Status", 14, lambda anomaly, *_: str(anomaly.status)),
    Column("Reason", 14, lambda anomaly, *_: anomaly.reason and anomaly.reason.replace("_", " ")),
    Column("Rule", 24, lambda anomaly, *_: anomaly.rule),
    Column("Anomaly", 26, lambda anomaly, *_: anomaly.title),
    Column("Subject type", 12, lambda anomaly, *_: anomaly.subject.type),
    Column("Subject", 22, lambda anomaly, *_: anomaly.subject.id),
    Column("Pallet", 22, lambda anomaly, *_: anomaly.pallet_id),
    Column("Location", 18, lambda anomaly, *_: anomaly.location),
    Column("Message", 70, lambda anomaly, *_: anomaly.message),
    Column("Affected pallets", 10, lambda anomaly, *_: anomaly.affected_pallets),
    Column("Cost", 11, lambda anomaly, *_: anomaly.cost and anomaly.cost.amount),
    Column("Currency", 10, lambda anomaly, *_: anomaly.cost and anomaly.cost.currency),
    Column("Assignee", 16, lambda anomaly, *_: anomaly.assignee),
    Column(
        "Due", 12, lambda anomaly, *_: anomaly.due_date and date.fromisoformat(anomaly.due_date)
    ),
    Column("Recurrence", 12, lambda anomaly, *_: anomaly.recurrence and str(anomaly.recurrence)),
    Column("Since", 19, lambda anomaly, _, zone: moment(anomaly.since, zone)),
    Column("Comments", 11, lambda _, comments, __: len(comments)),
    Column("Last comment", 40, lambda _, comments, __: _last_comment(comments)),
    Column(
        "First row", 9, lambda anomaly, *_: anomaly.evidence[0].row if anomaly.evidence else None
    ),
    Column("Evidence cells", 9, lambda anomaly, *_: anomaly.evidence_total),
    Column("Details", 40, lambda anomaly, *_: _json(anomaly.details)),
    Column("Cost formula", 40, lambda anomaly, *_: anomaly.cost and anomaly.cost.formula),
    Column("Cost inputs", 40, lambda anomaly, *_: anomaly.cost and _json(anomaly.cost.inputs)),
    Column("Created", 19, lambda anomaly, _, zone: moment(anomaly.created_at, zone)),
    Column("Updated", 19, lambda anomaly, _, zone: moment(anomaly.updated_at, zone)),
    Column("Id", 50, lambda anomaly, *_: anomaly.id),
    Column("Companion of", 50, lambda anomaly, *_: anomaly.lead),
)


def row_of(anomaly: Anomaly, comments: Comments, zone: ZoneInfo) -> list[Any]:
    return [column.value(anomaly, comments, zone) for column in COLUMNS]


def _last_comment(comments: Comments) -> str | None:
    """The last comment; characters that change the text direction are made visible."""
    return turned_visible(comments[-1]) if comments else None


def _json(details: Mapping[str, Any]) -> str | None:
    return json.dumps(details, ensure_ascii=False, sort_keys=True) if details else None
