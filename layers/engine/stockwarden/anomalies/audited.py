"""The audit entries of changed anomalies."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from stockwarden.anomalies.records import WorkState, id_of
from stockwarden.anomalies.report_access import ReportView
from stockwarden.anomalies.transition import Transition
from stockwarden.audit.changes import differences
from stockwarden.audit.entry import Change, resource_scope
from stockwarden.audit.log import AuditLog
from stockwarden.identity.access import Caller
from stockwarden.identity.user_ids import UserIds
from stockwarden.storage.tables import Operation

_FIELDS = ("status", "reason", "assignee", "due_date")


class TransitionEntries:
    def __init__(self, audit: AuditLog, user_ids: UserIds) -> None:
        self.audit = audit
        self.user_ids = user_ids

    def find_assignees(self, caller: Caller, transitions: Sequence[Transition]) -> dict[str, str]:
        """Reads the ids of assignees, where these change: {user name: id}."""
        return self.user_ids.find_ids(caller, _changed_assignees(transitions))

    def operations(
        self,
        caller: Caller,
        report: ReportView,
        transitions: Sequence[Transition],
        user_ids: Mapping[str, str],
    ) -> list[Operation]:
        """One entry for each. `user_ids` has those of `find_assignees`."""
        return [
            self.audit.entry(caller.origin, _change(report, transition, user_ids))
            for transition in transitions
        ]


def _change(report: ReportView, transition: Transition, user_ids: Mapping[str, str]) -> Change:
    before, after = (_facts(state, user_ids) for state in (transition.before, transition.after))
    fields = differences(before, {**after, "comment": transition.comment}, (*_FIELDS, "comment"))
    return Change(
        resource_scope(report.warehouse_id),
        _action(fields),
        f"anomaly/{id_of(transition.record)}",
        fields,
    )


def _action(fields: Mapping[str, Any]) -> str:
    if fields.keys() & {"status", "reason"}:
        return "anomaly.status_changed"
    return "anomaly.assigned" if fields.keys() - {"comment"} else "anomaly.commented"


def _facts(state: WorkState, user_ids: Mapping[str, str]) -> dict[str, Any]:
    facts = {name: getattr(state, name) for name in _FIELDS}
    # A name that has not changed was not looked up, and stays equal.
    return facts | {"assignee": user_ids.get(state.assignee or "", state.assignee)}


def _changed_assignees(transitions: Iterable[Transition]) -> set[str | None]:
    return {
        state.assignee
        for transition in transitions
        if transition.before.assignee != transition.after.assignee
        for state in (transition.before, transition.after)
    }
