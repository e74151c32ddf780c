"""Completes the work in a warehouse after a snapshot is shown, or was deleted or moved.

Every step may be repeated from the start, in any state that a crash leaves, and raises Postponed
when the time of a message is over: the next message continues.
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

# When to retry a snapshot that is being analyzed again or changed by people.
_BUSY_SECONDS = 30


class SettlingService:
    def __init__(
        self,
        timeline: Timeline,
        auto_resolution: AutoResolution,
        recomparisons: RecomparisonService,
        objects: Objects,
    ) -> None:
        self.timeline = timeline
        self.auto_resolution = auto_resolution
        self.recomparisons = recomparisons
        self.objects = objects

    def settle_shown(self, shown: ShownSnapshot, deadline: Deadline) -> None:
        """Resolves the vanished anomalies in the reports that hold them; reopens those that only
        an earlier analysis of the report resolved, unless there are newer snapshots."""
        carry_over = read_carry_over(self.objects, shown.report_id, shown.generation)
        if carry_over.vanished_earlier:
            newest = self.timeline.newest(shown.warehouse_id)
            if newest and newest["report_id"] == shown.report_id:
                comment = f"Open again: the snapshot of {newest['as_of']} was analyzed again."
                self.auto_resolution.reopen(
                    shown.report_id,
                    carry_over.vanished_earlier,
                    comment,
                    deadline,
                    warehouse_id=shown.warehouse_id,
                )
        self.auto_resolution.resolve(shown, carry_over.vanished, deadline)

    def settle_departure(
        self, departure: Departure, save_rank: Callable[[str], None], deadline: Deadline
    ) -> None:
        """Undoes the effects of a removed snapshot: reopens the anomalies that it resolved, and
        compares newer snapshots with their new previous one, as far as that changes anything.

        `save_rank` stores a rank as `Departure.comparing_rank`.
        """
        carry_over = read_carry_over(self.objects, departure.report_id, departure.generation)
        self.auto_resolution.reopen(
            departure.report_id,
            carry_over.resolved,
            departure.reopen_comment,
            deadline,
            warehouse_id=departure.warehouse_id,
        )
        warehouse_id, rank = departure.warehouse_id, departure.rank
        begun_rank = departure.comparing_rank
        if begun_rank and (snapshot := self.timeline.find_snapshot(warehouse_id, begun_rank)):
            self._compare_again(snapshot, departure, deadline)
        rank = begun_rank or rank
        while True:
            # An analysis that has read what was just changed has to compare again.
            self.timeline.increment_version(warehouse_id)
            following = self.timeline.find_following(warehouse_id, rank)
            if following is None:
                return
            rank = keys.rank_in(following)
            plan = self.recomparisons.plan(following, departure)
            if plan is None:
                return
            if plan.affects_next:
                save_rank(rank)
            self._carry_out(plan, departure, deadline)
            if not plan.affects_next:
                return

    def _compare_again(self, snapshot: Item, departure: Departure, deadline: Deadline) -> None:
        plan = self.recomparisons.plan(snapshot, departure)
        if plan:
            self._carry_out(plan, departure, deadline)

    def _carry_out(self, plan: Plan, departure: Departure, deadline: Deadline) -> None:
        snapshot = plan.snapshot
        shown = ShownSnapshot(snapshot["report_id"], snapshot["generation"], departure.warehouse_id)
        try:
            self.recomparisons.carry_out(plan, shown, departure.report_id, deadline)
        except ConditionFailed as error:
            raise Postponed(_BUSY_SECONDS) from error
        self.auto_resolution.reopen(
            shown.report_id,
            plan.carry_over.vanished_earlier,
            departure.change_comment,
            deadline,
            warehouse_id=departure.warehouse_id,
        )
        self.auto_resolution.resolve(shown, plan.carry_over.vanished, deadline)
