"""Changes status, assignee and due date of anomalies.

The counts of a report, the anomaly and its history change in one transaction, conditional on what
was read; if that has changed, it is read and tried again. So people never overwrite each other's
changes unseen, and the counts always equal the anomalies.

An anomaly that a newer snapshot of the warehouse has too is worked on there. One that only an older
snapshot has (its subject is gone, or the newer file does not cover it) is worked on in that one.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Protocol

from stockwarden.anomalies.announced import Announcements
from stockwarden.anomalies.audited import TransitionEntries
from stockwarden.anomalies.changes import Change
from stockwarden.anomalies.companions import open_others
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
    """Looks up anomalies in the newer snapshots of a warehouse."""

    def find_holders(self, report: ReportView, digests: Collection[str]) -> dict[str, str]:
        """{digest: id of the newest report that has it}, for those that any newer one has."""

    def digests(self, report_id: str, generation: str) -> frozenset[str]:
        """The digests of all anomalies of a snapshot."""


@dataclass(frozen=True)
class Changed:
    """An anomaly's state before and after a change; equal where nothing changed. `companions` are
    the digests of the others that changed with it."""

    before: WorkState
    after: WorkState
    history: list[HistoryEntry]
    companions: Sequence[str] = ()


class Triage:
    def __init__(
        self,
        repository: AnomalyRepository,
        reports: ReportAccess,
        successors: Successors,
        *,
        entries: TransitionEntries,
        announcements: Announcements,
        clock: Clock,
    ) -> None:
        self.announcements = announcements
        self.repository = repository
        self.entries = entries
        self.reports = reports
        self.clock = clock
        self.successors = successors

    def find_record(
        self,
        caller: Caller,
        key: AnomalyKey,
        action: Action = Action.SEE,
        *,
        consistent: bool = False,
    ) -> tuple[ReportView, Item]:
        """The report and the anomaly's record. Raises NotFound, Forbidden.

        A read just after a new analysis may still return the old generation, whose records are
        gone: a missing record is certain only after a consistent read.
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
        return self.find_record(caller, key, action, consistent=True)

    def change_anomaly(
        self,
        caller: Caller,
        key: AnomalyKey,
        change: Change,
        expected_version: int | None,
        *,
        at: str | None = None,
    ) -> Changed:
        """`at` is the moment of the request, where it changes others too.

        Raises PreconditionFailed where `expected_version` is not the current one, Conflict if
        locked, Superseded if a newer snapshot has it, Invalid for an assignee who may not work
        there.
        """
        # After a failed try the first read was stale: further reads are consistent.
        tries = count()

        def attempt() -> Changed:
            report, record = self.find_record(caller, key, Action.WORK, consistent=next(tries) > 0)
            check_version(record, expected_version, "anomaly")
            self.check_assignee(report, change)
            history = self.repository.history(report.id, report.generation or "", record)
            transition = self.transition_for(caller, record, change)
            others = self._companion_transitions(caller, report, record, change)
            transitions = [transition, *others] if transition else others
            if transitions:
                self.write_transitions(caller, report, transitions, at=at)
            state = transition.after if transition else state_of(record)
            if transition:
                history.append(transition.entry())
            changed_others = [keys.digest_in(other.record) for other in others]
            return Changed(state_of(record), state, history[-HISTORY_SHOWN:], changed_others)

        return retried(
            attempt,
            on=ConditionFailed,
            tries=_TRIES,
            otherwise=Unavailable(CONTENDED),
            backoff=_BACKOFF,
        )

    def successors_of(
        self, report: ReportView, digests: Collection[str], *, consistent: bool = False
    ) -> dict[str, AnomalyKey] | None:
        """{digest: key of the anomaly in the newest snapshot that has it}; None for a report that
        is not superseded. Raises Unavailable while the newer snapshot is being replaced."""
        if report.warehouse_id is None or report.as_of is None:
            return None
        now = iso(self.clock())
        if not self.repository.report_state(report.id, now, consistent=consistent).superseded:
            return None
        holders = self.successors.find_holders(report, digests)
        return {digest: AnomalyKey(holder, digest) for digest, holder in holders.items()}

    def check_assignee(self, report: ReportView, change: Change) -> None:
        """Raises Invalid for an assignee who may not work there."""
        if change.assignee and not self.reports.may_work_on(report, change.assignee):
            raise Invalid.field(
                "/assignee",
                f"{change.assignee!r} is neither the owner nor an operator or manager of the "
                "report's warehouse.",
            )

    def transition_for(self, caller: Caller, record: Item, change: Change) -> Transition | None:
        """The transition of the record; None where the change has no effect."""
        state = change.applied_to(state_of(record), iso(self.clock()))
        return Transition(record, state, change.comment, caller.username) if state else None

    def _companion_transitions(
        self, caller: Caller, report: ReportView, record: Item, change: Change
    ) -> list[Transition]:
        """Those of the open others of the group, without any that a newer snapshot has."""
        others = open_others(self.repository, record) if change.companions else []
        if not others:
            return []
        newer = self.successors_of(report, [keys.digest_in(other) for other in others]) or {}
        transitions = (
            self.transition_for(caller, other, change)
            for other in others
            if keys.digest_in(other) not in newer
        )
        return [transition for transition in transitions if transition]

    def write_transitions(
        self,
        caller: Caller,
        report: ReportView,
        transitions: Sequence[Transition],
        *,
        allow_superseded: bool = False,
        at: str | None = None,
    ) -> None:
        """Writes the transitions, their audit entries and notifications. `at` is the same for all
        of a request; None for a single transaction. Raises ConditionFailed if something has
        changed since it was read, Conflict while an analysis is written, and Superseded if a newer
        snapshot has one of the anomalies; if it has none of them, they are changed in the
        superseded report."""
        generation = report.generation or ""
        assignees = self.entries.find_assignees(caller, transitions)
        try:
            write(
                *self.repository.change_operations(
                    report.id, generation, transitions, allow_superseded=allow_superseded
                ),
                *self.entries.operations(caller, report, transitions, assignees),
                *self.announcements.operations(
                    caller, report, transitions, at or transitions[0].at, assignees
                ),
            )
        except ConditionFailed as failed:
            if 0 not in failed.failed:
                raise
            state = self.repository.report_state(report.id, transitions[0].at)
            if state.locked:
                raise Conflict(
                    "This report is being analyzed again; its anomalies can be changed "
                    "in a moment, when that is done."
                ) from failed
            if allow_superseded or not state.superseded:
                raise
        else:
            return
        successors = self.successors_of(
            report,
            [keys.digest_in(transition.record) for transition in transitions],
            consistent=True,
        )
        for key in (successors or {}).values():
            raise superseded(key)
        self.write_transitions(caller, report, transitions, allow_superseded=True, at=at)


def superseded(newer: AnomalyKey) -> Superseded:
    return Superseded(
        f"A newer snapshot of the warehouse has this anomaly: change {newer.id} of report "
        f"{newer.report_id}.",
        {"report_id": newer.report_id, "anomaly_id": newer.id},
    )
