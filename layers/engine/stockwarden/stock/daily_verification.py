"""Verifies the ledgers of all items once a day, in runs that have little time each.

A run goes on after the item at which the last one ended; where all items are verified, the next
round begins a day after this one began.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from stockwarden.audit.entry import SECURITY, SYSTEM, Change
from stockwarden.audit.log import AuditLog
from stockwarden.audit.origin import Origin
from stockwarden.core.clock import Clock, iso
from stockwarden.stock.verification import Difference, LedgerVerification
from stockwarden.storage.index_walk import Position
from stockwarden.storage.keys import reports as keys
from stockwarden.storage.tables import Table, write

logger = logging.getLogger(__name__)

# Less than a day by more than the time between runs, so that it stays at the same hour.
_INTERVAL = timedelta(hours=23)
_SCHEDULE = Origin(SYSTEM, "schedule")
# How many differences of an item stand in the log; their number is in the event.
_SHOWN = 20


@dataclass(frozen=True)
class VerifiedLedgers:
    """How many items a run verified, and how many differences it found in them."""

    items: int
    differences: int


class DailyLedgerVerification:
    """`notes` is the table that holds where the next run goes on."""

    def __init__(
        self, *, verification: LedgerVerification, notes: Table, audit: AuditLog, clock: Clock
    ) -> None:
        self.verification = verification
        self.notes = notes
        self.audit = audit
        self.clock = clock

    def run(self, has_time: Callable[[], bool]) -> VerifiedLedgers:
        """Begins with another item only while there is time. Raises Unavailable."""
        begun_at, position = self._begin()
        if begun_at is None:
            return VerifiedLedgers(0, 0)
        items = found = 0
        for item_id, reached in self.verification.item_ids(position):
            if not has_time():
                self._note(begun_at, position)
                return VerifiedLedgers(items, found)
            differences = self.verification.differences(item_id)
            if differences:
                self._report(item_id, differences)
            items, found, position = items + 1, found + len(differences), reached
        self._note(begun_at, None, complete=True)
        return VerifiedLedgers(items, found)

    def _begin(self) -> tuple[str | None, Position | None]:
        """When the round began that goes on now, and where; None where none is due."""
        stored = self.notes.get(keys.ledger_verification(), consistent=True)
        if stored is not None and not stored["complete"]:
            at = stored["position"]
            return stored["begun_at"], Position(at["shard"], at["key"]) if at else None
        if stored is not None and stored["begun_at"] > iso(self.clock() - _INTERVAL):
            return None, None
        return iso(self.clock()), None

    def _note(self, begun_at: str, position: Position | None, *, complete: bool = False) -> None:
        at: dict[str, Any] | None = vars(position) if position else None
        note = {"begun_at": begun_at, "position": at, "complete": complete}
        write(self.notes.put({**keys.ledger_verification(), **note}))

    def _report(self, item_id: str, differences: list[Difference]) -> None:
        """The log says all of it; the event that nobody takes back, that there is something."""
        for each in differences[:_SHOWN]:
            logger.error("ledger difference", extra=vars(each))
        fields = {"differences": (None, len(differences)), "first": (None, differences[0].what)}
        change = Change(SECURITY, "ledger.differs", f"item/{item_id}", fields)
        write(self.audit.entry(_SCHEDULE, change))
