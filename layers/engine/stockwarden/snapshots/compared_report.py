"""The report that is compared with the other snapshots of its warehouse."""

from dataclasses import dataclass
from datetime import datetime

from stockwarden.snapshots.scope import ScopeClaim
from stockwarden.snapshots.timeline import rank_of
from stockwarden.warehouse.model import PART_BELOW


@dataclass(frozen=True)
class ComparedReport:
    """A report whose analysis is about to be shown. `shown_as_of` is the `as_of` of the analysis
    that is shown now, if any.

    `claim` is a person's statement about its file's scope; `part_below` is the warehouse's limit.
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
        as_of = self.shown_as_of
        return self.rank(datetime.fromisoformat(as_of)) if as_of else None
