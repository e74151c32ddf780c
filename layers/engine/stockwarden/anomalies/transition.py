"""A state transition of one anomaly, to be written with its history entry."""

from dataclasses import dataclass

from stockwarden.anomalies.model import HistoryEntry
from stockwarden.anomalies.records import Carried, WorkState, state_of
from stockwarden.storage.attributes import Item


@dataclass(frozen=True)
class Transition:
    """A change of one anomaly: its record as it was read, and its new state.

    `snapshot` is the id of the report that caused a change by the system. `carried` is the new
    comparison with the previous snapshot, where that changes too.
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
