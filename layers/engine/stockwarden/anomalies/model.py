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
    """Usually an anomaly goes through these in order; any status may follow any other, so that
    mistakes can be corrected."""

    NEW = "New"
    ACKNOWLEDGED = "Acknowledged"
    IN_PROGRESS = "In Progress"
    RESOLVED = "Resolved"


class Recurrence(StrEnum):
    """How an anomaly compares with the previous snapshot of the warehouse."""

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
    """The pallet, location, product or lot that the anomaly is about. The id is as in the file. A
    flood, one anomaly that stands for the many subjects that a rule flags, is about the rule: its
    code."""

    type: Literal["pallet", "stock_line", "location", "product", "lot", "rule"]
    id: str


class Evidence(BaseModel):
    """One cell of the inventory: its position (rows count from 1) and its value."""

    sheet: str
    row: int
    column: str
    raw: Any = None
    parsed: Any = None


class Cost(BaseModel):
    """The cost of an anomaly; the names of the inputs form the formula."""

    amount: float
    currency: str
    formula: str
    inputs: dict[str, int | float]


def _is_none(value: object) -> bool:
    return value is None


class HistoryEntry(BaseModel):
    """One change: who, when (ISO 8601, UTC), the values before and after, and the new version.

    `reason`, `assignee` and `due_date` are the values after the change; absent if there are none.
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
    """In lists `evidence` has the cells of the first row, or nothing if those are very long.

    The most urgent anomaly about a subject leads: its `companions` (ids, most urgent first) are the
    others about it, and `lead` is its id in each of them.

    `since` is the `as_of` of the first of the consecutive snapshots that have the anomaly. `since`
    and `recurrence` are null for a report without a warehouse.
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
    lead: str | None = None
    companions: list[str] = []
    created_at: str
    updated_at: str
    version: int


class Newer(BaseModel):
    """The newer report and anomaly to change instead of an anomaly of a superseded snapshot."""

    report_id: str
    anomaly_id: str


class AnomalyItem(BaseModel):
    """An item of the catalog, as it was when the file was analyzed."""

    id: str
    sku: str


class AnomalyDetail(Anomaly):
    """All evidence, and the newest changes, oldest first; `history_total` is the number of all
    changes. `assignee_left`: the assignee may no longer work in this warehouse, so somebody else
    should. `group` are the others about the same subject, most urgent first, as lists show them.
    `newer` is present if a newer snapshot of the warehouse has the same anomaly; change
    that one instead. `item` is what it is about, for readers of the catalog."""

    item: AnomalyItem | None = None
    assignee_left: bool = False
    newer: Newer | None = None
    group: list[Anomaly] = []
    history: list[HistoryEntry]
    history_total: int


def _is_empty(value: list[str]) -> bool:
    return not value


class StatusChanged(BaseModel):
    """`companions` are the ids of the others about the same subject that changed with it."""

    success: Literal[True] = True
    id: str
    old_status: Status
    new_status: Status
    reason: Reason | None = Field(default=None, exclude_if=_is_none)
    companions: list[str] = Field(default=[], exclude_if=_is_empty)
    history: list[HistoryEntry]


class AnomalyPage(BaseModel):
    """Most urgent first. A page may be short, even empty; only a null `next_cursor` is the end.
    `left_out` is the number of companions that a grouped page has under their leads."""

    anomalies: list[Anomaly]
    left_out: int = 0
    next_cursor: str | None


class LocationAnomalies(BaseModel):
    """A location, the number of all its anomalies, and those of this page, most urgent first."""

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
    """`unchanged` anomalies had the requested values already. If there is a `next_cursor`, the
    filter may match more."""

    updated: int
    unchanged: int
    failed: list[BulkFailure]
    next_cursor: str | None = None
