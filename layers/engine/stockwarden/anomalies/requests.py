"""What people ask of anomalies, and what they say to them."""

from datetime import date
from typing import Annotated, Literal, Self

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

from stockwarden.anomalies.model import Reason, Status
from stockwarden.detection.priority import Priority

BULK_LIMIT = 500

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
        None, description="The owner, or an operator or manager of the report's warehouse."
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
