"""An anomaly as the API gives it."""

from enum import StrEnum
from typing import Any, Literal

from pydantic import BaseModel, Field

from stockwarden.detection.priority import Priority

NO_LOCATION = "(no location)"
# Who made the changes that no person made.
SYSTEM = "system"


def location_code(location: str | None) -> str:
    """What anomalies of one location share: codes compare trimmed and upper-cased. "" is none."""
    code = (location or "").strip().upper()
    return "" if code == NO_LOCATION.upper() else code


def location_name(location: str | None) -> str:
    """The code as lists show it."""
    return location_code(location) or NO_LOCATION


class Status(StrEnum):
    """Work goes forward in this order, and any step may be taken back: people err, stock moves."""

    NEW = "New"
    ACKNOWLEDGED = "Acknowledged"
    IN_PROGRESS = "In Progress"
    RESOLVED = "Resolved"


class Recurrence(StrEnum):
    """What an anomaly is beside the warehouse's snapshot before."""

    NEW = "new"
    PERSISTING = "persisting"
    REAPPEARED = "reappeared"


class Reason(StrEnum):
    """Why an anomaly is resolved. The first four are a person's verdict."""

    REAL = "real"
    FALSE_POSITIVE = "false_positive"
    DATA_ERROR = "data_error"
    ACCEPTED = "accepted"
    VANISHED = "vanished"


VERDICTS = (Reason.REAL, Reason.FALSE_POSITIVE, Reason.DATA_ERROR, Reason.ACCEPTED)


class Subject(BaseModel):
    """What the anomaly is about. The id is the text in the file."""

    type: Literal["pallet", "location", "lot"]
    id: str


class Evidence(BaseModel):
    """One cell of the inventory: where it stands (row counted from 1), what it holds."""

    sheet: str
    row: int
    column: str
    raw: Any = None
    parsed: Any = None


class Cost(BaseModel):
    """What an anomaly costs; the formula is in the names of the inputs."""

    amount: float
    currency: str
    formula: str
    inputs: dict[str, int | float]


def _is_none(value: object) -> bool:
    return value is None


class HistoryEntry(BaseModel):
    """One change: who, when (ISO 8601, UTC), from what to what, and the version it made.

    `reason`, `assignee` and `due_date` are as the change left them; absent where there is none.
    """

    at: str
    by: str
    old_status: Status
    new_status: Status
    comment: str | None = None
    reason: Reason | None = Field(default=None, exclude_if=_is_none)
    assignee: str | None = Field(default=None, exclude_if=_is_none)
    due_date: str | None = Field(default=None, exclude_if=_is_none)
    version: int


class Anomaly(BaseModel):
    """In lists `evidence` holds the first row's cells, or nothing where those are very long.

    `since` is the as_of of the first snapshot in a row that has it; it and `recurrence` are null
    for a report without a warehouse.
    """

    id: str
    report_id: str
    rule: str
    title: str
    priority: Priority
    status: Status
    reason: Reason | None = None
    assignee: str | None = None
    due_date: str | None = None
    subject: Subject
    pallet_id: str | None = None
    location: str | None = None
    message: str
    details: dict[str, Any]
    affected_pallets: int
    cost: Cost | None = None
    evidence: list[Evidence]
    evidence_total: int
    fingerprint: str
    since: str | None = None
    recurrence: Recurrence | None = None
    created_at: str
    updated_at: str
    version: int


class Newer(BaseModel):
    """Where an anomaly of a superseded snapshot is worked now."""

    report_id: str
    anomaly_id: str


class AnomalyDetail(Anomaly):
    """All evidence, and the newest changes in order of time; `history_total` counts all changes.

    `assignee_left`: the assignee may no longer work here, so somebody else should. `newer` is
    there where a newer snapshot of the warehouse has the same anomaly; changes go there.
    """

    assignee_left: bool = False
    newer: Newer | None = None
    history: list[HistoryEntry]
    history_total: int


class StatusChanged(BaseModel):
    success: Literal[True] = True
    id: str
    old_status: Status
    new_status: Status
    reason: Reason | None = Field(default=None, exclude_if=_is_none)
    history: list[HistoryEntry]


class AnomalyPage(BaseModel):
    """Most urgent first. A page may be short, even empty; only `next_cursor` null is the end."""

    anomalies: list[Anomaly]
    next_cursor: str | None


class LocationAnomalies(BaseModel):
    """A location, how many anomalies it has in all, and those of this page, most urgent first."""

    name: str
    anomalyCount: int
    anomalies: list[Anomaly]


class LocationPage(BaseModel):
    """Locations by name. One with many anomalies goes on, under its name, on the next page."""

    locations: list[LocationAnomalies]
    next_cursor: str | None


class BulkFailure(BaseModel):
    id: str
    reason: str


class BulkChanged(BaseModel):
    """`unchanged` were so already. With a `next_cursor` the filter may match more."""

    updated: int
    unchanged: int
    failed: list[BulkFailure]
    next_cursor: str | None = None
