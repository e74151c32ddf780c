"""A report among the snapshots of its warehouse."""

from dataclasses import dataclass
from datetime import datetime

from stockwarden.snapshots.scope import ScopeClaim
from stockwarden.snapshots.timeline import rank_of
from stockwarden.warehouse.model import PART_BELOW


@dataclass(frozen=True)
class ComparedReport:
    """A report that an analysis is about to show. `shown_as_of`: that of the analysis before.

    `claim` is what somebody has said that its file is; `part_below` is the warehouse's limit.
    """

    report_id: str
    warehouse_id: str | None
    sent_at: str
    shown_as_of: str | None
    claim: ScopeClaim | None = None
    part_below: float = PART_BELOW

    def rank(self, as_of: datetime) -> str:
        return rank_of(as_of, self.sent_at, self.report_id)

    @property
    def shown_rank(self) -> str | None:
        shown = self.shown_as_of
        return self.rank(datetime.fromisoformat(shown)) if shown else None
