"""Compares a snapshot again after its previous snapshot was removed, using its stored results.

Neither its file nor its rules are evaluated again, so only results of the comparison can change:
what is new and since when, what vanished, and the states carried over. What a person has decided
since stays. Every step may be repeated.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from stockwarden.anomalies.model import SYSTEM, Reason, Status
from stockwarden.anomalies.records import Carried, WorkState, recurrence_of, state_of
from stockwarden.anomalies.repository import AnomalyRepository
from stockwarden.anomalies.result_sets import ResultSets
from stockwarden.anomalies.transition import Transition
from stockwarden.core.clock import Clock, iso
from stockwarden.core.deadline import Deadline
from stockwarden.core.errors import Conflict
from stockwarden.snapshots.aggregates import comparison_facts, resolution_facts
from stockwarden.snapshots.audited import SnapshotEntries
from stockwarden.snapshots.carry_over import CarryOver, read_carry_over, write_carry_over
from stockwarden.snapshots.comparison import (
    Comparison,
    CoverageState,
    KnownAnomaly,
    compare,
    covers,
    vanished_comment,
)
from stockwarden.snapshots.departure import Departure
from stockwarden.snapshots.fingerprint_index import read_digests
from stockwarden.snapshots.known_anomalies import KnownAnomalyLoader
from stockwarden.snapshots.rule_changes import RuleChanges, changes_between
from stockwarden.snapshots.shown import ShownReports, ShownSnapshot
from stockwarden.snapshots.timeline import Timeline, areas_before, has_acted
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import anomalies as keys
from stockwarden.storage.objects import Objects
from stockwarden.storage.tables import write

_PER_TRANSACTION = 40
_STATE = ("status", "assignee", "due_date", "reason")


@dataclass(frozen=True)
class Plan:
    """The changes to a snapshot. `transitions` change the state and recurrence of an anomaly,
    `relations` only its recurrence."""

    snapshot: Item
    previous: Item | None
    comparison: Comparison
    rule_changes: RuleChanges
    carry_over: CarryOver
    transitions: list[Transition]
    relations: list[tuple[Item, Carried]]
    carry_over_unchanged: bool

    @property
    def affects_next(self) -> bool:
        """Whether the next snapshot has to be compared again."""
        return bool(self.transitions or self.relations) or not self.carry_over_unchanged


class RecomparisonService:
    def __init__(
        self,
        *,
        timeline: Timeline,
        known_anomalies: KnownAnomalyLoader,
        result_sets: ResultSets,
        anomalies: AnomalyRepository,
        reports: ShownReports,
        objects: Objects,
        clock: Clock,
        entries: SnapshotEntries,
    ) -> None:
        self.entries = entries
        self.timeline = timeline
        self.known_anomalies = known_anomalies
        self.result_sets = result_sets
        self.anomalies = anomalies
        self.reports = reports
        self.objects = objects
        self.clock = clock

    def plan(self, snapshot: Item, departure: Departure) -> Plan | None:
        """Plans the recomparison of a snapshot item; None for a snapshot of an earlier version,
        which stored too little."""
        report_id, generation = snapshot["report_id"], snapshot["generation"]
        try:
            digests = read_digests(self.objects, report_id, generation)
        except Conflict:
            return None
        previous, last_whole = self.timeline.previous_of(snapshot)
        stored = read_carry_over(self.objects, report_id, generation)
        known = self.known_anomalies.load(previous, report_id)
        anomalies = known.anomalies
        for digest, anomaly in anomalies.items():
            absent = stored.absent.get(digest)
            anomalies[digest] = replace(anomaly, cover=absent.cover if absent else CoverageState.NO)
        is_covered = covers(snapshot.get("areas", ()), areas_before(previous, last_whole))
        changes = changes_between(previous, snapshot)
        comparison = compare(
            digests,
            anomalies,
            is_covered,
            as_of=snapshot["as_of"],
            now=iso(self.clock()),
            changed_rules=changes.rules,
            floods=known.floods,
        )
        transitions: list[Transition] = []
        relations: list[tuple[Item, Carried]] = []
        for record, carried, state in self._differing(snapshot, stored, comparison, departure):
            if state:
                transitions.append(
                    Transition(record, state, departure.change_comment, SYSTEM, carried=carried)
                )
            else:
                relations.append((record, carried))
        carry_over = replace(CarryOver.after(comparison, stored), past=stored.past)
        is_unchanged = _comparable_parts(carry_over.absent) == _comparable_parts(stored.absent)
        return Plan(
            snapshot,
            previous,
            comparison,
            changes,
            carry_over,
            transitions,
            relations,
            is_unchanged,
        )

    def carry_out(self, plan: Plan, shown: ShownSnapshot, cause: str, deadline: Deadline) -> None:
        """Writes the plan; `cause` is the report that was removed. Raises ConditionFailed if
        anything has changed since it was read, also by an analysis that is being written, and
        Postponed when the time is over."""
        report_id, generation = shown.report_id, shown.generation
        check = self.reports.shown_check(shown)
        for start in range(0, len(plan.transitions), _PER_TRANSACTION):
            transitions = plan.transitions[start : start + _PER_TRANSACTION]
            write(
                *self.anomalies.change_operations(
                    report_id, generation, transitions, allow_superseded=True
                ),
                self.entries.operation(
                    "anomalies.compared_anew",
                    transitions,
                    warehouse_id=shown.warehouse_id,
                    holder=report_id,
                    cause=cause,
                ),
                check,
            )
            deadline.check()
        for start in range(0, len(plan.relations), _PER_TRANSACTION):
            relations = plan.relations[start : start + _PER_TRANSACTION]
            write(*(self.anomalies.relation_operation(*relation) for relation in relations), check)
            deadline.check()
        write_carry_over(self.objects, report_id, generation, plan.carry_over)
        facts = comparison_facts(plan.comparison)
        previous = plan.previous["report_id"] if plan.previous else None
        resolution = resolution_facts(
            plan.comparison, plan.snapshot["as_of"], plan.rule_changes.rules
        )
        write(
            self.timeline.update_operation(
                plan.snapshot, {"comparison": facts, "resolution": resolution}
            ),
            self.reports.compared_operation(
                report_id,
                {
                    "previous": previous,
                    "is_newest": has_acted(plan.snapshot),
                    **facts,
                    **plan.rule_changes.facts(),
                },
            ),
            check,
        )

    def _differing(
        self, snapshot: Item, carry_over: CarryOver, comparison: Comparison, departure: Departure
    ) -> Iterator[tuple[Item, Carried, WorkState | None]]:
        """The records that the comparison changes, each with its carried-over part and, where the
        change gets a history entry, its new state."""
        report_id, generation = snapshot["report_id"], snapshot["generation"]
        changes = self.result_sets.changes(report_id)
        for record in self.result_sets.records(report_id, generation):
            digest = keys.digest_in(record)
            carried = comparison.carried.get(digest)
            if carried is None:
                continue
            history = [*carry_over.past.get(digest, ()), *changes.get(digest, ())]
            state = (
                self._restored(record, carried) if not _decided_since(history, carried) else None
            )
            if state is None and _mentions(departure, history):
                state = self._next_version(state_of(record))
            relation = (recurrence_of(record), record.get("since"))
            if state or relation != (carried.recurrence, carried.since):
                yield record, carried, state

    def _restored(self, record: Item, carried: Carried) -> WorkState | None:
        """The state carried over from the previous snapshot; None where the anomaly has it already,
        or where a newer snapshot has resolved it."""
        current = state_of(record)
        if current.status is Status.RESOLVED and current.reason is Reason.VANISHED:
            return None
        previous = carried.state or WorkState(Status.NEW, 1, current.created_at, current.updated_at)
        attributes = {name: getattr(previous, name) for name in _STATE}
        if attributes == {name: getattr(current, name) for name in _STATE}:
            return None
        return self._next_version(replace(current, **attributes))

    def _next_version(self, state: WorkState) -> WorkState:
        return replace(state, version=state.version + 1, updated_at=iso(self.clock()))


def _mentions(departure: Departure, history: list[Mapping[str, Any]]) -> bool:
    """Whether a history names the removed snapshot, but not yet its removal."""
    comments = {entry.get("comment") for entry in history if entry["by"] == SYSTEM}
    vanished = {
        vanished_comment(departure.as_of),
        vanished_comment(departure.as_of, rule_changed=True),
        vanished_comment(departure.as_of, is_flood=True),
    }
    return not vanished.isdisjoint(comments) and departure.change_comment not in comments


def _decided_since(history: list[Mapping[str, Any]], carried: Carried) -> bool:
    """Whether people have made changes besides those carried over from the previous snapshot."""
    carried_entries = {(entry["at"], entry["by"]) for entry in carried.past}
    return any(
        entry["by"] != SYSTEM and (entry["at"], entry["by"]) not in carried_entries
        for entry in history
    )


def _comparable_parts(absent: Mapping[str, KnownAnomaly]) -> dict[str, tuple[Any, ...]]:
    """The parts that the comparison with the next snapshot depends on, without timestamps."""
    return {
        digest: (
            anomaly.report_id,
            anomaly.since,
            anomaly.seen,
            anomaly.state.status,
            anomaly.state.reason,
        )
        for digest, anomaly in absent.items()
    }
