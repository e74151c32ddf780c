"""A requested change to an anomaly, independent of the request type."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from stockwarden.anomalies.model import Reason, Status
from stockwarden.anomalies.records import WorkState
from stockwarden.anomalies.requests import Assignment, StatusChange


@dataclass(frozen=True)
class Change:
    """`fields` are the new values of `WorkState` fields; a comment alone is a change too.

    `companions`: the others about the same subject that are not resolved change with the anomaly.
    """

    fields: Mapping[str, Any]
    comment: str | None
    companions: bool = False

    @classmethod
    def of_status(cls, request: StatusChange) -> "Change":
        fields: dict[str, Any] = {"status": request.status}
        if request.status is not Status.RESOLVED:
            fields["reason"] = None
        elif request.reason:
            fields["reason"] = Reason(request.reason)
        return cls(fields, request.comment or None, request.companions)

    @classmethod
    def of_assignment(cls, request: Assignment) -> "Change":
        names = {"assignee", "due_date"} & request.model_fields_set
        fields = {name: getattr(request, name) for name in names}
        return cls(fields, request.comment or None, request.companions)

    @property
    def assignee(self) -> str | None:
        """The new assignee; None where it is removed or not changed."""
        assignee: str | None = self.fields.get("assignee")
        return assignee

    def applied_to(self, state: WorkState, now: str) -> WorkState | None:
        """The state after the change at `now` (ISO 8601); None where it changes nothing."""
        changed = replace(state, **self.fields)
        if changed == state and self.comment is None:
            return None
        return replace(changed, version=state.version + 1, updated_at=now)
