"""API requests about anomalies: filters, status changes, assignments, comments, bulk changes."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    StringConstraints,
    ValidationInfo,
    WithJsonSchema,
    field_validator,
    model_validator,
)

from stockwarden.anomalies.model import Reason, Status
from stockwarden.core.fields import FREE_TEXT, NAME
from stockwarden.detection.priority import Priority

BULK_LIMIT = 500

AnomalyId = Annotated[str, StringConstraints(min_length=1, max_length=120)]
Comment = Annotated[str, StringConstraints(max_length=2000, strip_whitespace=True), FREE_TEXT]
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


def listed_statuses(value: object) -> object:
    """A single status as a list. Raises ValueError where one of them is not a status."""
    listed = value if isinstance(value, list | tuple) else [value]
    if not listed or not all(status in list(Status) for status in listed):
        raise ValueError(f"Give one or more of {', '.join(Status)}.")
    return listed


def _in_order(statuses: tuple[Status, ...]) -> tuple[Status, ...]:
    """Distinct and in the order of work, so that equal filters have equal cursors."""
    return tuple(status for status in Status if status in statuses)


def _as_given(statuses: tuple[Status, ...]) -> str | list[str]:
    return str(statuses[0]) if len(statuses) == 1 else [str(status) for status in statuses]


_STATUS = {"$ref": "#/components/schemas/Status"}
# One status, or several of which any will do; in JSON one stands by itself or in a list.
Statuses = Annotated[
    tuple[Status, ...],
    BeforeValidator(listed_statuses),
    AfterValidator(_in_order),
    PlainSerializer(_as_given),
    WithJsonSchema(
        {
            "anyOf": [
                _STATUS,
                {"type": "array", "items": _STATUS, "minItems": 1},
            ]
        }
    ),
]


class Order(StrEnum):
    """Which end of a list comes first; one order is the reverse of the other."""

    MOST_URGENT = "most_urgent"
    LEAST_URGENT = "least_urgent"


class AnomalyFilter(BaseModel):
    """Everything given must hold. Locations compare trimmed and upper-cased.

    Of several statuses one must hold. `assignee` may be `me`; `due_before` finds what is due on
    an earlier day.
    """

    status: Statuses | None = None
    priority: Priority | None = None
    rule: str | None = Field(default=None, min_length=1, max_length=60)
    location: str | None = Field(default=None, min_length=1, max_length=300)
    assignee: Username | None = None
    due_before: Day | None = None
    reason: Reason | None = None

    def for_user(self, username: str) -> Self:
        """The filter with `username` for the assignee `me`."""
        return self.model_copy(update={"assignee": username}) if self.assignee == "me" else self


WithCompanions = Annotated[
    bool,
    Field(
        description="Also changes the others about the same subject that are not resolved; of "
        "many anomalies, the companions that each of them leads."
    ),
]


class StatusChange(BaseModel):
    """`reason` says why the anomaly is resolved; every other status removes the reason."""

    model_config = ConfigDict(extra="forbid")

    status: Status
    reason: Literal["real", "false_positive", "data_error", "accepted"] | None = None
    comment: Comment | None = None
    companions: WithCompanions = False

    @field_validator("reason")
    @classmethod
    def _only_resolved(cls, reason: str | None, info: ValidationInfo) -> str | None:
        if reason is not None and info.data.get("status", Status.RESOLVED) is not Status.RESOLVED:
            raise ValueError("A reason goes only with the status Resolved.")
        return reason


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
    """One change of status for many anomalies."""


class Assignment(BaseModel):
    """A field that is left out stays as it is; null removes the value."""

    model_config = ConfigDict(extra="forbid")

    assignee: Annotated[Username, NAME] | None = Field(
        None,
        description="The user name of the owner, or of an operator or manager of the report's "
        "warehouse.",
    )
    due_date: Day | None = None
    comment: Comment | None = None
    companions: WithCompanions = False

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not {"assignee", "due_date"} & self.model_fields_set and not self.comment:
            raise ValueError("Give assignee, due_date or comment.")
        return self


class BulkAssignment(Selection, Assignment):
    """One assignment for many anomalies."""


class CommentRequest(BaseModel):
    model_config = ConfigDict(extra="forbid")

    comment: Comment = Field(min_length=1)
