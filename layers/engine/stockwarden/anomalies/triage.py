"""Working anomalies: their status, whose they are and until when.

The counts of a report, the anomaly and its history change in one transaction, built on what was
read; if that is no longer so, it is read again and tried again. Two people never overwrite each
other unseen, and the counts always equal the anomalies.

An anomaly that a newer snapshot of the warehouse has too is worked there: here it is the past. One
that only an older snapshot has (its subject is gone, or the newer file does not show it) is worked
where it is.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Protocol

from stockwarden.anomalies.changes import Change
from stockwarden.anomalies.ids import AnomalyKey
from stockwarden.anomalies.model import HistoryEntry
from stockwarden.anomalies.records import WorkState, state_of
from stockwarden.anomalies.report_access import ReportAccess, ReportView
from stockwarden.anomalies.repository import (
    HISTORY_SHOWN,
    NO_SUCH_ANOMALY,
    AnomalyRepository,
)
from stockwarden.anomalies.transition import Transition
from stockwarden.core.clock import Clock, iso
from stockwarden.core.errors import (
    Conflict,
    Invalid,
    NotFound,
    Superseded,
    Unavailable,
)
from stockwarden.identity.access import Action, Caller
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import anomalies as keys
from stockwarden.storage.retries import Backoff, retried
from stockwarden.storage.tables import CONTENDED, ConditionFailed, write
from stockwarden.storage.versions import check_version

_TRIES, _BACKOFF = 60, Backoff(first=0.005, longest=0.25)


class Successors(Protocol):
    """The newer snapshots of a warehouse."""

    def find_holders(self, report: ReportView, digests: Collection[str]) -> dict[str, str]:
        """By digest the newest report that has it, for those that any newer one has."""

    def digests(self, report_id: str, generation: str) -> frozenset[str]:
        """All anomalies of a snapshot."""


@dataclass(frozen=True)
class Changed:
    """An anomaly's state before and after, the same where nothing was to be done."""

    before: WorkState
    after: WorkState
    history: list[HistoryEntry]


class Triage:
    def __init__(
        self,
        repository: AnomalyRepository,
        reports: ReportAccess,
        successors: Successors,
        *,
        clock: Clock,
    ) -> None:
        self.repository = repository
        self.reports = reports
        self.clock = clock
        self.successors = successors

    def read(
        self,
        caller: Caller,
        key: AnomalyKey,
        action: Action = Action.SEE,
        *,
        consistent: bool = False,
    ) -> tuple[ReportView, Item]:
        """The report and the head. Raises NotFound, Forbidden.

        A report just analyzed again may still answer its old generation, whose heads are gone:
        not finding a head is believed only after a consistent read.
        """
        try:
            report = self.reports.find(caller, key.report_id, action, consistent=consistent)
        except NotFound:
            raise NotFound(NO_SUCH_ANOMALY) from None
        record = self.repository.record(report.partition, key.digest) if report.partition else None
        if record is not None:
            return report, record
        if consistent:
            raise NotFound(NO_SUCH_ANOMALY)
        return self.read(caller, key, action, consistent=True)

    def change(
        self, caller: Caller, key: AnomalyKey, change: Change, expected_version: int | None
    ) -> Changed:
        """Raises PreconditionFailed where `expected_version` is not the current one, Conflict if
        locked, Superseded if a newer snapshot has it, Invalid for an assignee who may not work
        there."""
        # What was read before a try that failed was not the newest.
        tries = count()

        def attempt() -> Changed:
            report, record = self.read(caller, key, Action.WORK, consistent=next(tries) > 0)
            check_version(record, expected_version, "anomaly")
            self.check_assignee(report, change)
            history = self.repository.history(report.id, report.generation or "", record)
            move = self.move(caller, record, change)
            if move is None:
                return Changed(state_of(record), state_of(record), history[-HISTORY_SHOWN:])
            self.write(report, [move])
            history.append(move.entry())
            return Changed(move.before, move.after, history[-HISTORY_SHOWN:])

        return retried(
            attempt,
            on=ConditionFailed,
            tries=_TRIES,
            otherwise=Unavailable(CONTENDED),
            backoff=_BACKOFF,
        )

    def newer(
        self, report: ReportView, digests: Collection[str], *, consistent: bool = False
    ) -> dict[str, AnomalyKey] | None:
        """By digest where an anomaly is worked now, for those that a newer snapshot has; None for a
        report that is no past. Raises Unavailable while the newer one is being replaced."""
        if report.warehouse_id is None or report.as_of is None:
            return None
        now = iso(self.clock())
        if not self.repository.standing(report.id, now, consistent=consistent).superseded:
            return None
        found = self.successors.find_holders(report, digests)
        return {digest: AnomalyKey(holder, digest) for digest, holder in found.items()}

    def check_assignee(self, report: ReportView, change: Change) -> None:
        """Raises Invalid for an assignee who may not work there."""
        if change.assignee and not self.reports.works_in(report, change.assignee):
            raise Invalid.field(
                "/assignee",
                f"{change.assignee!r} is neither the owner nor an operator or manager of the "
                "report's warehouse.",
            )

    def move(self, caller: Caller, record: Item, change: Change) -> Transition | None:
        """None where everything is so already."""
        after = change.applied_to(state_of(record), iso(self.clock()))
        return Transition(record, after, change.comment, caller.username) if after else None

    def write(self, report: ReportView, moves: Sequence[Transition], *, past: bool = False) -> None:
        """Raises ConditionFailed if something was not as read, Conflict while an analysis is
        written, and Superseded if a newer snapshot has one of them; without such, it is done in
        the `past`."""
        generation = report.generation or ""
        try:
            write(*self.repository.change(report.id, generation, moves, past=past))
        except ConditionFailed as failed:
            if 0 not in failed.failed:
                raise
            standing = self.repository.standing(report.id, moves[0].at)
            if standing.locked:
                raise Conflict(
                    "This report is being analyzed again; its anomalies can be changed "
                    "in a moment, when that is done."
                ) from failed
            if past or not standing.superseded:
                raise
        else:
            return
        newer = self.newer(report, [keys.digest_in(move.record) for move in moves], consistent=True)
        for key in (newer or {}).values():
            raise superseded(key)
        self.write(report, moves, past=True)


def superseded(newer: AnomalyKey) -> Superseded:
    return Superseded(
        f"A newer snapshot of the warehouse has this anomaly: change {newer.id} of report "
        f"{newer.report_id}.",
        {"report_id": newer.report_id, "anomaly_id": newer.id},
    )
