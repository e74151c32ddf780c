"""Anomalies that vanished resolve by themselves, where they stand."""

from collections.abc import Sequence

from stockwarden.anomalies import keys
from stockwarden.anomalies.changes import Change
from stockwarden.anomalies.generations import Generations
from stockwarden.anomalies.heads import state_of, status_of
from stockwarden.anomalies.model import Reason, Status
from stockwarden.anomalies.repository import AnomalyRepository, Move
from stockwarden.core.clock import Clock, iso
from stockwarden.core.errors import Unavailable
from stockwarden.snapshots.compare import SYSTEM, Gone
from stockwarden.storage.tables import ConditionFailed, write

# Counts once, then head and history of each: 81 of the 100 operations that a transaction takes.
_MOVES_PER_TRANSACTION = 40
_TRIES = 5
_VANISHED = Change({"status": Status.RESOLVED, "reason": Reason.VANISHED}, None)


class Vanished:
    def __init__(
        self, generations: Generations, anomalies: AnomalyRepository, clock: Clock
    ) -> None:
        self.generations = generations
        self.anomalies = anomalies
        self.clock = clock

    def resolve(self, report_id: str, gone: Sequence[Gone]) -> None:
        """For the sake of the snapshot `report_id`. What is resolved already stays as it is.

        Raises Unavailable while a report that holds some of them is being analyzed.
        """
        by_holder: dict[str, list[Gone]] = {}
        for one in gone:
            by_holder.setdefault(one.report_id, []).append(one)
        for holder, vanished in by_holder.items():
            for start in range(0, len(vanished), _MOVES_PER_TRANSACTION):
                batch = vanished[start : start + _MOVES_PER_TRANSACTION]
                self._resolve(report_id, holder, batch)

    def _resolve(self, report_id: str, holder: str, batch: Sequence[Gone]) -> None:
        comments = {one.digest: one.comment for one in batch}
        for _ in range(_TRIES):
            counts = self.generations.counts_item(holder)
            if counts is None:
                return
            generation, now = counts["generation"], iso(self.clock())
            heads = self.anomalies.heads(keys.partition(holder, generation), list(comments))
            moves = []
            for digest, head in heads.items():
                after = _VANISHED.applied_to(state_of(head), now)
                if after and status_of(head) is not Status.RESOLVED:
                    moves.append(Move(head, after, comments[digest], SYSTEM, snapshot=report_id))
            if not moves:
                return
            try:
                write(*self.anomalies.change(holder, generation, moves, past=True))
            except ConditionFailed:
                continue
            return
        raise Unavailable("The snapshot before is being analyzed or changed; try again shortly.")
