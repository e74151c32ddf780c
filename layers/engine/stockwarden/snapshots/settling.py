"""What follows in a warehouse from a snapshot that is shown, and from one that is no more.

All of it may be repeated from the start, in any state that a crash leaves, and stops with Postponed
when the time of a message is over: the next message goes on.
"""

from collections.abc import Callable

from stockwarden.core.deadline import Deadline, Postponed
from stockwarden.snapshots.auto_resolution import AutoResolution
from stockwarden.snapshots.carry_over import read_carry_over
from stockwarden.snapshots.departure import Departure
from stockwarden.snapshots.recomparison import Plan, RecomparisonService
from stockwarden.snapshots.shown import ShownSnapshot
from stockwarden.snapshots.timeline import Timeline
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import reports as keys
from stockwarden.storage.objects import Objects
from stockwarden.storage.tables import ConditionFailed

# A snapshot that is being analyzed again, or worked on, is tried again then.
_BUSY_SECONDS = 30


class SettlingService:
    def __init__(
        self,
        timeline: Timeline,
        vanished: AutoResolution,
        recomparisons: RecomparisonService,
        objects: Objects,
    ) -> None:
        self.timeline = timeline
        self.vanished = vanished
        self.recomparisons = recomparisons
        self.objects = objects

    def arrive(self, shown: ShownSnapshot, deadline: Deadline) -> None:
        """Resolve what vanished, where it stands; open again what only an earlier analysis of the
        report took to be gone, unless newer snapshots have built on that."""
        memory = read_carry_over(self.objects, shown.report_id, shown.generation)
        if memory.earlier:
            newest = self.timeline.newest(shown.warehouse_id)
            if newest and newest["report_id"] == shown.report_id:
                why = f"Open again: the snapshot of {newest['as_of']} was analyzed again."
                self.vanished.reopen(shown.report_id, memory.earlier, why, deadline)
        self.vanished.resolve(shown, memory.gone, deadline)

    def depart(self, departure: Departure, keep: Callable[[str], None], deadline: Deadline) -> None:
        """As if the snapshot had never been sent: what it resolved is open again, and newer ones
        are compared with what is before them now, as far as that changes anything.

        `keep` stores a rank as `Departure.comparing`.
        """
        memory = read_carry_over(self.objects, departure.report_id, departure.generation)
        self.vanished.reopen(departure.report_id, memory.resolved, departure.why_open, deadline)
        warehouse_id, rank = departure.warehouse_id, departure.rank
        begun = departure.comparisons
        if begun and (snapshot := self.timeline.snapshot(warehouse_id, begun)):
            self._compare_again(snapshot, departure, deadline)
        rank = begun or rank
        while True:
            # Whoever is compared with what has just been changed, reads it again.
            self.timeline.touch(warehouse_id)
            following = self.timeline.following(warehouse_id, rank)
            if following is None:
                return
            rank = keys.rank_in(following)
            plan = self.recomparisons.plan(following, departure)
            if plan is None:
                return
            if plan.changes_what_follows:
                keep(rank)
            self._carry_out(plan, departure, deadline)
            if not plan.changes_what_follows:
                return

    def _compare_again(self, snapshot: Item, departure: Departure, deadline: Deadline) -> None:
        plan = self.recomparisons.plan(snapshot, departure)
        if plan:
            self._carry_out(plan, departure, deadline)

    def _carry_out(self, plan: Plan, departure: Departure, deadline: Deadline) -> None:
        snapshot = plan.snapshot
        shown = ShownSnapshot(snapshot["report_id"], snapshot["generation"], departure.warehouse_id)
        try:
            self.recomparisons.carry_out(plan, shown, deadline)
        except ConditionFailed as failed:
            raise Postponed(_BUSY_SECONDS) from failed
        self.vanished.reopen(shown.report_id, plan.memory.earlier, departure.why_changed, deadline)
        self.vanished.resolve(shown, plan.memory.gone, deadline)
