"""Anomalies that vanished resolve by themselves, where they stand; and are open again when the
snapshot that lacked them is no more."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from stockwarden.anomalies.changes import Change
from stockwarden.anomalies.model import SYSTEM, Reason, Status
from stockwarden.anomalies.records import WorkState, state_of, status_of
from stockwarden.anomalies.repository import AnomalyRepository
from stockwarden.anomalies.result_sets import ResultSets
from stockwarden.anomalies.transition import Transition
from stockwarden.core.clock import Clock, iso
from stockwarden.core.deadline import Deadline, Postponed
from stockwarden.snapshots.comparison import VanishedAnomaly
from stockwarden.snapshots.shown import ShownReports, ShownSnapshot
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import anomalies as keys
from stockwarden.storage.retries import retried
from stockwarden.storage.tables import ConditionFailed, Operation, write

# Counts once, then head and history of each, and a check: 82 of the 100 operations that a
# transaction takes.
_MOVES_PER_TRANSACTION = 40
_TRIES = 5
_LOCKED_SECONDS = 30
_VANISHED = Change({"status": Status.RESOLVED, "reason": Reason.VANISHED}, None)


class AutoResolution:
    def __init__(
        self,
        result_sets: ResultSets,
        anomalies: AnomalyRepository,
        reports: ShownReports,
        clock: Clock,
    ) -> None:
        self.result_sets = result_sets
        self.anomalies = anomalies
        self.reports = reports
        self.clock = clock

    def resolve(
        self, shown: ShownSnapshot, gone: Sequence[VanishedAnomaly], deadline: Deadline
    ) -> None:
        """For the sake of the snapshot `shown`. What is resolved already stays as it is.

        Stops as soon as the snapshot is not shown any more. Raises Postponed then, when the time
        is over, and while a report that holds some of them is being analyzed.
        """
        check = self.reports.shown_check(shown)
        for holder, batch in _batches(gone):
            comments = {one.digest: one.comment for one in batch}

            def moves(records: Mapping[str, Item], comments: Mapping[str, str] = comments) -> Moves:
                for digest, record in records.items():
                    after = _VANISHED.applied_to(state_of(record), iso(self.clock()))
                    if after and status_of(record) is not Status.RESOLVED:
                        told = comments[digest]
                        yield Transition(record, after, told, SYSTEM, snapshot=shown.report_id)

            if self._change(holder, list(comments), moves, check):
                deadline.check()

    def reopen(
        self, report_id: str, gone: Sequence[VanishedAnomaly], comment: str, deadline: Deadline
    ) -> None:
        """What the report resolved, and nobody has decided on since, is as it was before.

        Raises Postponed when the time is over, and while a holder is being analyzed.
        """
        for holder, batch in _batches(gone):

            def moves(records: Mapping[str, Item], holder: str = holder) -> Moves:
                for record, entry in self._resolving(holder, records, report_id):
                    before = state_of(record)
                    after = replace(
                        before,
                        status=Status(entry["old_status"]),
                        reason=None,
                        version=before.version + 1,
                        updated_at=iso(self.clock()),
                    )
                    yield Transition(record, after, comment, SYSTEM)

            if self._change(holder, [one.digest for one in batch], moves):
                deadline.check()

    def _resolving(
        self, holder: str, records: Mapping[str, Item], report_id: str
    ) -> Iterator[tuple[Item, Mapping[str, Any]]]:
        """Those that the report resolved, with the entry that says so: mostly the last one."""
        vanished = [
            record for record in records.values() if record.get("reason") == Reason.VANISHED
        ]
        last = self.anomalies.last_changes(holder, vanished)
        for record in vanished:
            state, digest = state_of(record), keys.digest_in(record)
            entries = [last[digest]] if digest in last else []
            if entries and not _moves_on(entries[0]):
                entries = self.anomalies.stored_history(holder, digest)
            entry = resolving_entry(state, entries, report_id)
            if entry:
                yield record, entry

    def _change(
        self,
        holder: str,
        digests: Sequence[str],
        moves: Callable[[Mapping[str, Item]], "Moves"],
        *checks: Operation,
    ) -> bool:
        """Whether there was anything to be done."""

        def attempt() -> bool:
            counts = self.result_sets.counts_item(holder)
            if counts is None:
                return False
            generation = counts["generation"]
            records = self.anomalies.records(keys.generation(holder, generation), digests)
            wanted = list(moves(records))
            if not wanted:
                return False
            operations = self.anomalies.change(holder, generation, wanted, past=True)
            try:
                write(*operations, *checks)
            except ConditionFailed as failed:
                if max(failed.failed) >= len(operations):
                    raise Postponed from failed
                raise
            return True

        locked = Postponed(_LOCKED_SECONDS)
        return retried(attempt, on=ConditionFailed, tries=_TRIES, otherwise=locked)


Moves = Iterator[Transition]


def resolving_entry(
    state: WorkState, entries: Sequence[Mapping[str, Any]], report_id: str
) -> Mapping[str, Any] | None:
    """Of a history, oldest first, what resolved the anomaly for the sake of a report; None where
    something else did, or a person has decided since. A comment or an assignee decides nothing."""
    if state.status is not Status.RESOLVED or state.reason is not Reason.VANISHED:
        return None
    moving = next((entry for entry in reversed(entries) if _moves_on(entry)), None)
    return moving if moving and moving.get("snapshot") == report_id else None


def _moves_on(entry: Mapping[str, Any]) -> bool:
    return bool(entry["old_status"] != entry["new_status"])


def _batches(gone: Sequence[VanishedAnomaly]) -> Iterator[tuple[str, Sequence[VanishedAnomaly]]]:
    """By the report that holds them."""
    by_holder: dict[str, list[VanishedAnomaly]] = {}
    for one in gone:
        by_holder.setdefault(one.report_id, []).append(one)
    for holder, held in by_holder.items():
        for start in range(0, len(held), _MOVES_PER_TRANSACTION):
            yield holder, held[start : start + _MOVES_PER_TRANSACTION]
