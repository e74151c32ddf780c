"""Resolves anomalies that vanished, in the report that holds them; reopens them when the snapshot
that lacked them is deleted or moved."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from stockwarden.anomalies.changes import Change
from stockwarden.anomalies.model import SYSTEM, Reason, Status
from stockwarden.anomalies.records import WorkState, state_of, status_of
from stockwarden.anomalies.repository import AnomalyRepository
from stockwarden.anomalies.result_sets import ResultSets
from stockwarden.anomalies.transition import Transition
from stockwarden.core.clock import Clock, iso
from stockwarden.core.deadline import Deadline, Postponed
from stockwarden.snapshots.audited import SnapshotEntries
from stockwarden.snapshots.comparison import VanishedAnomaly
from stockwarden.snapshots.shown import ShownReports, ShownSnapshot
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import anomalies as keys
from stockwarden.storage.retries import retried
from stockwarden.storage.tables import ConditionFailed, Operation, write

# One operation for the counts, two for each anomaly (record and history), the audit entry and a
# check: 83 of the 100 that a transaction takes.
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
        entries: SnapshotEntries,
    ) -> None:
        self.entries = entries
        self.result_sets = result_sets
        self.anomalies = anomalies
        self.reports = reports
        self.clock = clock

    def resolve(
        self, shown: ShownSnapshot, vanished: Sequence[VanishedAnomaly], deadline: Deadline
    ) -> None:
        """Resolves anomalies that the snapshot `shown` lacks; resolved ones stay as they are.

        Raises Postponed when the snapshot is no longer shown, when the time is over, and while a
        report that holds some of the anomalies is being analyzed.
        """
        check = self.reports.shown_check(shown)
        for holder, batch in _batches(vanished):
            comments = {anomaly.digest: anomaly.comment for anomaly in batch}

            def transitions(
                records: Mapping[str, Item], comments: Mapping[str, str] = comments
            ) -> Moves:
                for digest, record in records.items():
                    after = _VANISHED.applied_to(state_of(record), iso(self.clock()))
                    if after and status_of(record) is not Status.RESOLVED:
                        comment = comments[digest]
                        yield Transition(record, after, comment, SYSTEM, snapshot=shown.report_id)

            entry = partial(
                self.entries.operation,
                "anomalies.resolved",
                warehouse_id=shown.warehouse_id,
                holder=holder,
                cause=shown.report_id,
            )
            if self._change(holder, list(comments), transitions, entry, check):
                deadline.check()

    def reopen(
        self,
        report_id: str,
        vanished: Sequence[VanishedAnomaly],
        comment: str,
        deadline: Deadline,
        *,
        warehouse_id: str,
    ) -> None:
        """Restores the earlier state of anomalies that the report resolved, unless a person has
        decided on them since. `warehouse_id` is where it resolved them.

        Raises Postponed when the time is over, and while a report that holds some of them is being
        analyzed.
        """
        for holder, batch in _batches(vanished):

            def transitions(records: Mapping[str, Item], holder: str = holder) -> Moves:
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

            entry = partial(
                self.entries.operation,
                "anomalies.reopened",
                warehouse_id=warehouse_id,
                holder=holder,
                cause=report_id,
            )
            if self._change(holder, [anomaly.digest for anomaly in batch], transitions, entry):
                deadline.check()

    def _resolving(
        self, holder: str, records: Mapping[str, Item], report_id: str
    ) -> Iterator[tuple[Item, Mapping[str, Any]]]:
        """The anomalies that the report resolved, each with its history entry (mostly the last)."""
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
        transitions_for: Callable[[Mapping[str, Item]], "Moves"],
        entry_of: Callable[[Sequence[Transition]], Operation],
        *checks: Operation,
    ) -> bool:
        """Writes the transitions of `transitions_for(records)` with their audit entry; whether
        there were any."""

        def attempt() -> bool:
            counts = self.result_sets.counts_item(holder)
            if counts is None:
                return False
            generation = counts["generation"]
            records = self.anomalies.records(keys.generation(holder, generation), digests)
            required = list(transitions_for(records))
            if not required:
                return False
            operations = [
                *self.anomalies.change_operations(
                    holder, generation, required, allow_superseded=True
                ),
                entry_of(required),
            ]
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
    """The entry of a history (oldest first) in which a report resolved the anomaly; None where the
    anomaly is open, something else resolved it, or a person changed its status since."""
    if state.status is not Status.RESOLVED or state.reason is not Reason.VANISHED:
        return None
    last_change = next((entry for entry in reversed(entries) if _moves_on(entry)), None)
    return last_change if last_change and last_change.get("snapshot") == report_id else None


def _moves_on(entry: Mapping[str, Any]) -> bool:
    return bool(entry["old_status"] != entry["new_status"])


def _batches(
    vanished: Sequence[VanishedAnomaly],
) -> Iterator[tuple[str, Sequence[VanishedAnomaly]]]:
    """Groups the anomalies by the report that holds them, at most one transaction's worth each."""
    by_holder: dict[str, list[VanishedAnomaly]] = {}
    for anomaly in vanished:
        by_holder.setdefault(anomaly.report_id, []).append(anomaly)
    for holder, anomalies in by_holder.items():
        for start in range(0, len(anomalies), _MOVES_PER_TRANSACTION):
            yield holder, anomalies[start : start + _MOVES_PER_TRANSACTION]
