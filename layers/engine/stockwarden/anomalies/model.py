"""An anomaly as the API gives it, and what people say to it."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationInfo,
    field_validator,
    model_validator,
)

from stockwarden.detection.priority import Priority

BULK_LIMIT = 500
NO_LOCATION = "(no location)"

AnomalyId = Annotated[str, StringConstraints(min_length=1, max_length=120)]
Comment = Annotated[str, StringConstraints(max_length=2000, strip_whitespace=True)]
Username = Annotated[
    str, StringConstraints(min_length=1, max_length=120, strip_whitespace=True, to_lower=True)
]


def _day(text: str) -> str:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise ValueError("Give a date in ISO 8601, such as 2026-03-31.") from None
    if not _FIRST_DAY <= day <= _LAST_DAY:
        raise ValueError(f"Give a date from {_FIRST_DAY} to {_LAST_DAY}.")
    return day.isoformat()


_FIRST_DAY, _LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)
Day = Annotated[
    str,
    StringConstraints(max_length=10, strip_whitespace=True),
    AfterValidator(_day),
    Field(json_schema_extra={"format": "date"}, examples=["2026-03-31"]),
]


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


class AnomalyDetail(Anomaly):
    """All evidence, and the newest changes in order of time; `history_total` counts all changes."""

    history: list[HistoryEntry]
    history_total: int


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


class AnomalyFilter(BaseModel):
    """Everything given must hold. Locations compare trimmed and upper-cased.

    `assignee` may be `me`; `due_before` finds what is due on an earlier day.
    """

    status: Status | None = None
    priority: Priority | None = None
    rule: str | None = Field(default=None, min_length=1, max_length=60)
    location: str | None = Field(default=None, min_length=1, max_length=300)
    assignee: Username | None = None
    due_before: Day | None = None
    reason: Reason | None = None

    def asked_by(self, username: str) -> Self:
        """With the name of who asks for `me`."""
        return self.model_copy(update={"assignee": username}) if self.assignee == "me" else self


class StatusChange(BaseModel):
    """`reason` says why it is resolved; every other status takes the reason away."""

    model_config = ConfigDict(extra="forbid")

    status: Status
    reason: Literal["real", "false_positive", "data_error", "accepted"] | None = None
    comment: Comment | None = None

    @field_validator("reason")
    @classmethod
    def _only_resolved(cls, reason: str | None, info: ValidationInfo) -> str | None:
        if reason is not None and info.data.get("status", Status.RESOLVED) is not Status.RESOLVED:
            raise ValueError("A reason goes only with the status Resolved.")
        return reason


class StatusChanged(BaseModel):
    success: Literal[True] = True
    id: str
    old_status: Status
    new_status: Status
    reason: Reason | None = Field(default=None, exclude_if=_is_none)
    history: list[HistoryEntry]


class BulkFilter(AnomalyFilter):
    model_config = ConfigDict(extra="forbid")

    report_id: str = Field(min_length=1, max_length=80)


class Selection(BaseModel):
    """Either `ids`, or `filter` (and, to go on where an answer stopped, its `next_cursor`)."""

    ids: list[AnomalyId] | None = Field(None, min_length=1, max_length=BULK_LIMIT)
    filter: BulkFilter | None = None
    cursor: str | None = Field(None, max_length=2048)

    @model_validator(mode="after")
    def _one_selection(self) -> Self:
        if (self.ids is None) == (self.filter is None):
            raise ValueError("Give either ids or filter.")
        if self.cursor and self.filter is None:
            raise ValueError("A cursor goes with filter.")
        return self


class BulkStatusChange(Selection, StatusChange):
    """One change of status for many."""


class Assignment(BaseModel):
    """What is left out stays as it is; null takes it away."""

    model_config = ConfigDict(extra="forbid")

    assignee: Username | None = Field(
        None, description="The owner, or a member of the report's warehouse."
    )
    due_date: Day | None = None
    comment: Comment | None = None

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not {"assignee", "due_date"} & self.model_fields_set and not self.comment:
            raise ValueError("Give assignee, due_date or comment.")
        return self


class BulkAssignment(Selection, Assignment):
    """One assignment for many."""


class CommentRequest(BaseModel):
    model_config = ConfigDict(extra="forbid")

    comment: Comment = Field(min_length=1)


class BulkFailure(BaseModel):
    id: str
    reason: str


class BulkChanged(BaseModel):
    """`unchanged` were so already. With a `next_cursor` the filter may match more."""

    updated: int
    unchanged: int
    failed: list[BulkFailure]
    next_cursor: str | None = None
