"""What people want of an anomaly, whichever request it came with."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from stockwarden.anomalies.model import Reason, Status
from stockwarden.anomalies.records import WorkState
from stockwarden.anomalies.requests import Assignment, StatusChange


@dataclass(frozen=True)
class Change:
    """`fields` are those of `State` that shall become so; a comment alone is a change too."""

    fields: Mapping[str, Any]
    comment: str | None

    @classmethod
    def of_status(cls, request: StatusChange) -> "Change":
        fields: dict[str, Any] = {"status": request.status}
        if request.status is not Status.RESOLVED:
            fields["reason"] = None
        elif request.reason:
            fields["reason"] = Reason(request.reason)
        return cls(fields, request.comment or None)

    @classmethod
    def of_assignment(cls, request: Assignment) -> "Change":
        given = {"assignee", "due_date"} & request.model_fields_set
        return cls({name: getattr(request, name) for name in given}, request.comment or None)

    @property
    def assignee(self) -> str | None:
        """Whom it makes responsible; None also where it changes nothing about that."""
        found: str | None = self.fields.get("assignee")
        return found

    def applied_to(self, before: WorkState, at: str) -> WorkState | None:
        """None where everything is so already."""
        after = replace(before, **self.fields)
        if after == before and self.comment is None:
            return None
        return replace(after, version=before.version + 1, updated_at=at)
