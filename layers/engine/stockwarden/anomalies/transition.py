"""A change of one anomaly, ready to be written."""

from dataclasses import dataclass

from stockwarden.anomalies.model import HistoryEntry
from stockwarden.anomalies.records import Carried, WorkState, state_of
from stockwarden.storage.attributes import Item


@dataclass(frozen=True)
class Transition:
    """A change of one anomaly: the head as it was read, and what becomes of it.

    `snapshot` is the report for whose sake a change was made by the system. `carried` is what the
    anomaly is beside the snapshot before, where that changes too.
    """

    record: Item
    after: WorkState
    comment: str | None
    by: str
    snapshot: str | None = None
    carried: Carried | None = None

    @property
    def before(self) -> WorkState:
        return state_of(self.record)

    @property
    def at(self) -> str:
        return self.after.updated_at

    def entry(self) -> HistoryEntry:
        return HistoryEntry(
            at=self.at,
            by=self.by,
            old_status=self.before.status,
            new_status=self.after.status,
            comment=self.comment,
            reason=self.after.reason,
            assignee=self.after.assignee,
            due_date=self.after.due_date,
            version=self.after.version,
        )
