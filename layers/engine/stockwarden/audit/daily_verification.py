"""Verifies every chain once a day, in runs that have little time each.

A run takes the chains whose last verification is more than a day ago, the longest ago first, as
long as it has time, and the next run goes on with the others.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from stockwarden.audit.heads import HeadRepository
from stockwarden.audit.signed_heads import SignedHeads
from stockwarden.audit.verification import AuditVerification
from stockwarden.audit.verifications import SCHEDULE, VerificationRepository
from stockwarden.core.clock import Clock, iso
from stockwarden.core.errors import StockwardenError

logger = logging.getLogger(__name__)

# Less than a day by more than the time of a run, so that it stays at the same hour.
_INTERVAL = timedelta(hours=23)


@dataclass(frozen=True)
class VerifiedChains:
    """How many chains a run verified, and how many of them are broken."""

    chains: int
    broken: int


class DailyVerification:
    def __init__(
        self,
        *,
        verification: AuditVerification,
        heads: HeadRepository,
        signed_heads: SignedHeads,
        notes: VerificationRepository,
        clock: Clock,
    ) -> None:
        self.verification = verification
        self.heads = heads
        self.signed_heads = signed_heads
        self.notes = notes
        self.clock = clock

    def run(self, has_time: Callable[[], bool]) -> VerifiedChains:
        """Begins with another chain only while there is time. One that cannot be read does not keep
        the others waiting: its failure is raised after them. Raises Unavailable."""
        chains = broken = 0
        failures: list[StockwardenError] = []
        for scope in self._due():
            if not has_time():
                break
            try:
                report = self.verification.verify_scope(scope)
                self.notes.note(SCHEDULE, report)
            except StockwardenError as failure:
                logger.error("chain not verified", extra={"scope": scope})
                failures.append(failure)
                continue
            chains += 1
            if report.fault:
                broken += 1
                logger.error(
                    "broken audit chain",
                    extra={"scope": scope, "seq": report.fault.seq, "kind": report.fault.kind},
                )
        if failures:
            raise failures[0]
        return VerifiedChains(chains, broken)

    def _due(self) -> list[str]:
        """Of the table and of the bucket, so that a chain whose head is gone is found too."""
        scopes = {state.head.scope for state in self.heads.list_states()}
        last = {scope: found.at for scope, found in self.notes.list_last().items()}
        before = iso(self.clock() - _INTERVAL)
        due = [
            (last.get(scope, ""), scope)
            for scope in scopes.union(self.signed_heads.scopes(), last)
            if last.get(scope, "") <= before
        ]
        return [scope for _, scope in sorted(due)]
