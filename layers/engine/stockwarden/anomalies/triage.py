"""Working anomalies: their status, whose they are and until when; one, or many at once.

The counts of a report, the anomaly and its history change in one transaction, built on what was
read; if that is no longer so, it is read again and tried again. Two people never overwrite each
other unseen, and the counts always equal the anomalies.

An anomaly that a newer snapshot of the warehouse has too is worked there: here it is the past. One
that only an older snapshot has (its subject is gone, or the newer file does not show it) is worked
where it is.
"""

import random
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from stockwarden.anomalies.changes import Change
from stockwarden.anomalies.heads import State, id_of, state_of
from stockwarden.anomalies.keys import AnomalyKey
from stockwarden.anomalies.listing import Listing
from stockwarden.anomalies.model import BulkChanged, BulkFailure, HistoryEntry
from stockwarden.anomalies.report_access import ReportAccess, ReportView
from stockwarden.anomalies.repository import HISTORY_SHOWN, AnomalyRepository, Move
from stockwarden.anomalies.requests import BULK_LIMIT, AnomalyFilter, BulkFilter, Selection
from stockwarden.core.clock import Clock, iso
from stockwarden.core.errors import (
    Conflict,
    Invalid,
    NotFound,
    PreconditionFailed,
    StockwardenError,
    Superseded,
    Unavailable,
)
from stockwarden.identity.access import Action, Caller, require
from stockwarden.storage.attributes import Item
from stockwarden.storage.tables import ConditionFailed, write

NO_SUCH_ANOMALY = "There is no such anomaly."
_TRIES = 60
# Counts once, then head and history of each: 81 of the 100 operations that a transaction takes.
_MOVES_PER_TRANSACTION = 40


class Successors(Protocol):
    """The newer snapshots of a warehouse."""

    def of(
        self, warehouse_id: str, as_of: str, report_id: str, digests: Collection[str]
    ) -> dict[str, str]:
        """By digest the newest report that has it, for those that any has."""


@dataclass(frozen=True)
class Changed:
    """An anomaly's state before and after, the same where nothing was to be done."""

    before: State
    after: State
    history: list[HistoryEntry]


class Triage:
    def __init__(
        self,
        repository: AnomalyRepository,
        reports: ReportAccess,
        listing: Listing,
        successors: Successors,
        *,
        clock: Clock,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self.repository = repository
        self.reports = reports
        self.listing = listing
        self.clock = clock
        self.successors = successors
        self.pause = pause

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
        head = self.repository.head(report.partition, key.digest) if report.partition else None
        if head is not None:
            return report, head
        if consistent:
            raise NotFound(NO_SUCH_ANOMALY)
        return self.read(caller, key, action, consistent=True)

    def change(
        self, caller: Caller, key: AnomalyKey, change: Change, expected: int | None
    ) -> Changed:
        """Raises PreconditionFailed if `expected` is no longer the version, Conflict if locked,
        Superseded if a newer snapshot has it, Invalid for an assignee who may not work there."""
        for attempt, seconds in enumerate(_pauses()):
            report, head = self.read(caller, key, Action.WORK, consistent=attempt > 0)
            if expected is not None and head["version"] != expected:
                raise PreconditionFailed(
                    "Someone else has changed this anomaly since; look at it again."
                )
            self._check_assignee(report, change)
            history = self.repository.history(report.id, report.generation or "", head)
            move = self._move(caller, head, change)
            if move is None:
                return Changed(state_of(head), state_of(head), history[-HISTORY_SHOWN:])
            if self._written(report, [move]):
                history.append(move.entry())
                return Changed(move.before, move.after, history[-HISTORY_SHOWN:])
            self.pause(seconds)
        raise Unavailable("Many people are changing this at once; try again shortly.")

    def newer(
        self, report: ReportView, digests: Collection[str], *, consistent: bool = False
    ) -> dict[str, AnomalyKey]:
        """By digest where an anomaly is worked now, for those that a newer snapshot has."""
        if report.warehouse_id is None or report.as_of is None:
            return {}
        now = iso(self.clock())
        if not self.repository.standing(report.id, now, consistent=consistent).superseded:
            return {}
        found = self.successors.of(report.warehouse_id, report.as_of, report.id, digests)
        return {digest: AnomalyKey(holder, digest) for digest, holder in found.items()}

    def change_many(self, caller: Caller, selection: Selection, change: Change) -> BulkChanged:
        """Each anomaly by itself: one that fails is named with its reason, the others go on.

        Of a filter at most 500 anomalies per call are looked at.
        """
        next_cursor = None
        if selection.filter is not None:
            ids, next_cursor = self._matching(caller, selection.filter, selection.cursor)
        else:
            ids = list(dict.fromkeys(selection.ids or ()))
        done = BulkChanged(updated=0, unchanged=0, failed=[], next_cursor=next_cursor)
        by_report: dict[str, list[AnomalyKey]] = {}
        for anomaly_id in ids:
            key = AnomalyKey.of(anomaly_id)
            if key is None:
                done.failed.append(BulkFailure(id=anomaly_id, reason=NO_SUCH_ANOMALY))
            else:
                by_report.setdefault(key.report_id, []).append(key)
        reports = self.reports.find_many(caller, by_report)
        for report_id, wanted in by_report.items():
            self._change_in_report(caller, reports.get(report_id), wanted, change, done)
        return done

    def _matching(
        self, caller: Caller, wanted: BulkFilter, cursor: str | None
    ) -> tuple[list[str], str | None]:
        within = AnomalyFilter(**wanted.model_dump(exclude={"report_id"}))
        heads, next_cursor = self.listing.heads_of_report(
            caller, wanted.report_id, within, cursor, BULK_LIMIT, action=Action.WORK
        )
        return [id_of(head) for head in heads], next_cursor

    def _change_in_report(
        self,
        caller: Caller,
        report: ReportView | None,
        wanted: Sequence[AnomalyKey],
        change: Change,
        done: BulkChanged,
    ) -> None:
        if report is None or report.partition is None:
            done.failed += _failures(wanted, NO_SUCH_ANOMALY)
            return
        try:
            require(caller, Action.WORK, report.standing, "report")
            self._check_assignee(report, change)
        except StockwardenError as error:
            done.failed += _failures(wanted, error.detail)
            return
        newer = self.newer(report, [key.digest for key in wanted], consistent=True)
        done.failed += [
            BulkFailure(id=f"{report.id}-{digest}", reason=_superseded(key).detail)
            for digest, key in newer.items()
        ]
        here = [key for key in wanted if key.digest not in newer]
        for start in range(0, len(here), _MOVES_PER_TRANSACTION):
            batch = here[start : start + _MOVES_PER_TRANSACTION]
            try:
                moved = self._moved(caller, report, batch, change, done)
            except StockwardenError as error:
                # The whole report is locked or overloaded: no use in trying the rest of it.
                done.failed += _failures(here[start:], error.detail)
                return
            if not moved:
                for key in batch:
                    self._change_one(caller, key, change, done)

    def _moved(
        self,
        caller: Caller,
        report: ReportView,
        batch: Sequence[AnomalyKey],
        change: Change,
        done: BulkChanged,
    ) -> bool:
        """One transaction for all of them; False, and nothing done, if any stands in the way."""
        heads = self.repository.heads(report.partition or "", [key.digest for key in batch])
        if len(heads) < len(batch):
            return False
        moves = [self._move(caller, heads[key.digest], change) for key in batch]
        needed = [move for move in moves if move is not None]
        if needed and not self._written(report, needed):
            return False
        done.updated += len(needed)
        done.unchanged += len(moves) - len(needed)
        return True

    def _change_one(
        self, caller: Caller, key: AnomalyKey, change: Change, done: BulkChanged
    ) -> None:
        try:
            changed = self.change(caller, key, change, None)
        except StockwardenError as error:
            done.failed.append(BulkFailure(id=key.id, reason=error.detail))
        else:
            if changed.before == changed.after:
                done.unchanged += 1
            else:
                done.updated += 1

    def _check_assignee(self, report: ReportView, change: Change) -> None:
        if change.assignee and not self.reports.works_in(report, change.assignee):
            raise Invalid.field(
                "/assignee",
                f"{change.assignee!r} is neither the owner nor an operator or manager of the "
                "report's warehouse.",
            )

    def _move(self, caller: Caller, head: Item, change: Change) -> Move | None:
        after = change.applied_to(state_of(head), iso(self.clock()))
        return Move(head, after, change.comment, caller.username) if after else None

    def _written(self, report: ReportView, moves: Sequence[Move], *, past: bool = False) -> bool:
        """False if something was not as read. Raises Conflict while an analysis is written, and
        Superseded if a newer snapshot has one of them; without such, it is done in the `past`."""
        generation = report.generation or ""
        try:
            write(*self.repository.change(report.id, generation, moves, past=past))
        except ConditionFailed as failed:
            if 0 not in failed.failed:
                return False
            standing = self.repository.standing(report.id, moves[0].at)
            if standing.locked:
                raise Conflict(
                    "This report is being analyzed again; its anomalies can be changed "
                    "in a moment, when that is done."
                ) from failed
            if past or not standing.superseded:
                return False
        else:
            return True
        newer = self.newer(report, [move.head["sk"] for move in moves], consistent=True)
        for key in newer.values():
            raise _superseded(key)
        return self._written(report, moves, past=True)


def _pauses() -> Iterator[float]:
    """Seconds to wait after each try: exponential to a quarter second, with full jitter."""
    for attempt in range(_TRIES):
        yield random.uniform(0, min(0.25, 0.005 * 2**attempt))  # noqa: S311 - spread, not secrecy


def _superseded(newer: AnomalyKey) -> Superseded:
    return Superseded(
        f"A newer snapshot of the warehouse has this anomaly: change {newer.id} of report "
        f"{newer.report_id}.",
        {"report_id": newer.report_id, "anomaly_id": newer.id},
    )


def _failures(wanted: Sequence[AnomalyKey], reason: str) -> list[BulkFailure]:
    return [BulkFailure(id=key.id, reason=reason) for key in wanted]
