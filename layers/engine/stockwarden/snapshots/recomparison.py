"""Comparing a snapshot anew, when the one before it has become another: from what was kept of it.

Its file is not read and its rules are not asked again, so only what stood beside the snapshot
before can change: what is new and since when, what vanished, and the states that came along. What
a person has said since stays. Every step may be repeated.
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
    """What is to be changed in a snapshot; `moves` also say what their anomaly is beside the
    snapshot before, `relations` are of those where that alone changes."""

    snapshot: Item
    previous: Item | None
    comparison: Comparison
    memory: CarryOver
    moves: list[Transition]
    relations: list[tuple[Item, Carried]]
    remembers_the_same: bool

    @property
    def changes_what_follows(self) -> bool:
        """Whether the next snapshot was compared with something else than there is now."""
        return bool(self.moves or self.relations) or not self.remembers_the_same


class RecomparisonService:
    def __init__(
        self,
        *,
        timeline: Timeline,
        knowledge: KnownAnomalyLoader,
        result_sets: ResultSets,
        anomalies: AnomalyRepository,
        reports: ShownReports,
        objects: Objects,
        clock: Clock,
    ) -> None:
        self.timeline = timeline
        self.knowledge = knowledge
        self.result_sets = result_sets
        self.anomalies = anomalies
        self.reports = reports
        self.objects = objects
        self.clock = clock

    def plan(self, snapshot: Item, departure: Departure) -> Plan | None:
        """`snapshot` is its item. None for a snapshot of an earlier version of this program, which
        kept too little."""
        report_id, generation = snapshot["report_id"], snapshot["generation"]
        try:
            digests = read_digests(self.objects, report_id, generation)
        except Conflict:
            return None
        previous, last_whole = self.timeline.before(snapshot)
        before = read_carry_over(self.objects, report_id, generation)
        known = self.knowledge.before(previous, report_id)
        for digest, one in known.items():
            told = before.absent.get(digest)
            known[digest] = replace(one, cover=told.cover if told else CoverageState.NO)
        judge = covers(snapshot.get("areas", ()), areas_before(previous, last_whole))
        made = compare(digests, known, judge, as_of=snapshot["as_of"], now=iso(self.clock()))
        moves: list[Transition] = []
        relations: list[tuple[Item, Carried]] = []
        for record, carried, after in self._differing(snapshot, before, made, departure):
            if after:
                moves.append(
                    Transition(record, after, departure.why_changed, SYSTEM, carried=carried)
                )
            else:
                relations.append((record, carried))
        memory = replace(CarryOver.of(made, before), past=before.past)
        same = _gist(memory.absent) == _gist(before.absent)
        return Plan(snapshot, previous, made, memory, moves, relations, same)

    def carry_out(self, plan: Plan, shown: ShownSnapshot, deadline: Deadline) -> None:
        """Raises ConditionFailed if anything is no longer as it was read, also for an analysis
        that is being written, and Postponed when the time is over."""
        report_id, generation = shown.report_id, shown.generation
        check = self.reports.shown_check(shown)
        for start in range(0, len(plan.moves), _PER_TRANSACTION):
            moves = plan.moves[start : start + _PER_TRANSACTION]
            write(*self.anomalies.change(report_id, generation, moves, past=True), check)
            deadline.check()
        for start in range(0, len(plan.relations), _PER_TRANSACTION):
            relations = plan.relations[start : start + _PER_TRANSACTION]
            write(*(self.anomalies.relate(*relation) for relation in relations), check)
            deadline.check()
        write_carry_over(self.objects, report_id, generation, plan.memory)
        facts = comparison_facts(plan.comparison)
        previous = plan.previous["report_id"] if plan.previous else None
        resolution = resolution_facts(plan.comparison, plan.snapshot["as_of"])
        write(
            self.timeline.update_operation(
                plan.snapshot, {"comparison": facts, "resolution": resolution}
            ),
            self.reports.compared_operation(
                report_id, {"previous": previous, "is_newest": has_acted(plan.snapshot), **facts}
            ),
            check,
        )

    def _differing(
        self, snapshot: Item, before: CarryOver, made: Comparison, departure: Departure
    ) -> Iterator[tuple[Item, Carried, WorkState | None]]:
        """Heads that the comparison wants otherwise, and the state that they are to have, if it
        is to be told in their history."""
        report_id, generation = snapshot["report_id"], snapshot["generation"]
        changes = self.result_sets.changes(report_id)
        for record in self.result_sets.records(report_id, generation):
            digest = keys.digest_in(record)
            carried = made.carried.get(digest)
            if carried is None:
                continue
            said = [*before.past.get(digest, ()), *changes.get(digest, ())]
            after = self._restored(record, carried) if not _decided(said, carried) else None
            if after is None and _tells_of(departure, said):
                after = self._said_again(state_of(record))
            related = (recurrence_of(record), record.get("since"))
            if after or related != (carried.recurrence, carried.since):
                yield record, carried, after

    def _restored(self, record: Item, carried: Carried) -> WorkState | None:
        """The state that the snapshot before gives; None where the anomaly is in it already, or
        where a newer snapshot has resolved it."""
        now = state_of(record)
        if now.status is Status.RESOLVED and now.reason is Reason.VANISHED:
            return None
        wanted = carried.state or WorkState(Status.NEW, 1, now.created_at, now.updated_at)
        given = {name: getattr(wanted, name) for name in _STATE}
        if given == {name: getattr(now, name) for name in _STATE}:
            return None
        return self._said_again(replace(now, **given))

    def _said_again(self, state: WorkState) -> WorkState:
        return replace(state, version=state.version + 1, updated_at=iso(self.clock()))


def _tells_of(departure: Departure, said: list[Mapping[str, Any]]) -> bool:
    """Whether a history names the snapshot that is no more, and not yet what became of it."""
    told = [entry.get("comment") for entry in said if entry["by"] == SYSTEM]
    return vanished_comment(departure.as_of) in told and departure.why_changed not in told


def _decided(said: list[Mapping[str, Any]], carried: Carried) -> bool:
    """Whether people have said more than what comes from the snapshot before."""
    known = {(entry["at"], entry["by"]) for entry in carried.past}
    return any(entry["by"] != SYSTEM and (entry["at"], entry["by"]) not in known for entry in said)


def _gist(absent: Mapping[str, KnownAnomaly]) -> dict[str, tuple[Any, ...]]:
    """What counts when the next snapshot is compared; not when it was written."""
    return {
        digest: (one.report_id, one.since, one.seen, one.state.status, one.state.reason)
        for digest, one in absent.items()
    }
