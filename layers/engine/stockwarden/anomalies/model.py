"""An anomaly as the API gives it, and what people say to it."""

from enum import StrEnum
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from stockwarden.detection.priority import Priority

BULK_LIMIT = 500
NO_LOCATION = "(no location)"

AnomalyId = Annotated[str, StringConstraints(min_length=1, max_length=120)]
Comment = Annotated[str, StringConstraints(max_length=2000, strip_whitespace=True)]


class Status(StrEnum):
    """Work goes forward in this order, and any step may be taken back: people err, stock moves."""

    NEW = "New"
    ACKNOWLEDGED = "Acknowledged"
    IN_PROGRESS = "In Progress"
    RESOLVED = "Resolved"


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


class HistoryEntry(BaseModel):
    """One change: who, when (ISO 8601, UTC), from what to what, and the version it made."""

    at: str
    by: str
    old_status: Status
    new_status: Status
    comment: str | None = None
    version: int


class Anomaly(BaseModel):
    """In lists `evidence` holds the first row's cells, or nothing where those are very long."""

    id: str
    report_id: str
    rule: str
    title: str
    priority: Priority
    status: Status
    assignee: str | None = None
    subject: Subject
    pallet_id: str | None = None
    location: str | None = None
    message: str
    details: dict[str, Any]
    affected_pallets: int
    evidence: list[Evidence]
    evidence_total: int
    fingerprint: str
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
    """Everything given must hold. Locations compare trimmed and upper-cased."""

    status: Status | None = None
    priority: Priority | None = None
    rule: str | None = Field(None, min_length=1, max_length=60)
    location: str | None = Field(None, min_length=1, max_length=300)
    assignee: str | None = Field(None, min_length=1, max_length=120)


class StatusChange(BaseModel):
    model_config = ConfigDict(extra="forbid")

    status: Status
    comment: Comment | None = None


class StatusChanged(BaseModel):
    success: Literal[True] = True
    id: str
    old_status: Status
    new_status: Status
    history: list[HistoryEntry]


class BulkFilter(AnomalyFilter):
    model_config = ConfigDict(extra="forbid")

    report_id: str = Field(min_length=1, max_length=80)


class BulkStatusChange(StatusChange):
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


class BulkFailure(BaseModel):
    id: str
    reason: str


class BulkStatusChanged(BaseModel):
    """`unchanged` had the status already. With a `next_cursor` the filter may match more."""

    updated: int
    unchanged: int
    failed: list[BulkFailure]
    next_cursor: str | None = None
