"""The audit entries of what snapshots change by themselves in anomalies.

One entry for each transaction, so for forty anomalies at most: beside how many there are and the
report whose snapshot is the cause, it has the state of each before and after, by the digest in its
id, as far as there is room; of the others the log has a SHA-256.
"""

from collections.abc import Sequence
from typing import Any, Literal

from stockwarden.anomalies.records import WorkState
from stockwarden.anomalies.transition import Transition
from stockwarden.audit.entry import SYSTEM, Change, warehouse_scope
from stockwarden.audit.log import AuditLog
from stockwarden.audit.origin import Origin
from stockwarden.storage.keys import anomalies as keys
from stockwarden.storage.tables import Operation

Action = Literal["anomalies.resolved", "anomalies.reopened", "anomalies.compared_anew"]
_ORIGIN = Origin(SYSTEM, "analysis")
# How many, why: more than the state of any one of them.
_SUMMARY = ("anomalies", "because_of", "reassigned")


class SnapshotEntries:
    def __init__(self, audit: AuditLog) -> None:
        self.audit = audit

    def operation(
        self,
        action: Action,
        transitions: Sequence[Transition],
        *,
        warehouse_id: str,
        holder: str,
        cause: str,
    ) -> Operation:
        """The entry of changes in the report `holder`; `cause` is the report that was analyzed,
        deleted or moved."""
        fields: dict[str, tuple[Any, Any]] = {
            "anomalies": (None, len(transitions)),
            "because_of": (None, f"report/{cause}"),
        }
        reassigned = sum(
            transition.before.assignee != transition.after.assignee for transition in transitions
        )
        if reassigned:
            fields["reassigned"] = (None, reassigned)
        for transition in transitions:
            digest = keys.digest_in(transition.record)
            fields[digest] = (_told(transition.before), _told(transition.after))
        scope, about = warehouse_scope(warehouse_id), f"report/{holder}"
        change = Change(scope, action, about, fields, foremost=_SUMMARY)
        return self.audit.entry(_ORIGIN, change)


def _told(state: WorkState) -> str:
    """Names nobody: `reassigned` says of how many the assignee changes."""
    facts = [str(state.status), state.reason and str(state.reason), state.due_date]
    return ", ".join(filter(None, facts))
