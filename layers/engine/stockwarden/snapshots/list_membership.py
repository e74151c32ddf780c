"""Which snapshots of a warehouse stand in the lists across reports: the newest, and under it, where
that is a part, those before it down to the last whole one."""

from collections.abc import Mapping, Sequence
from typing import Any

from stockwarden.anomalies.list_pointers import Under
from stockwarden.anomalies.result_sets import ResultSets
from stockwarden.core.errors import Invalid
from stockwarden.snapshots.timeline import TimelinePosition, through_whole
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import reports as keys
from stockwarden.storage.tables import Operation

# So many can be held still in one transaction while the next snapshot takes over their work.
MOST_PARTS = 50

Snapshot = Mapping[str, Any]
Stored = Mapping[str, Item]


class ListMembership:
    """`own` is the item of a snapshot as it will be, None where it leaves its place; `counts` are
    those of all in the lists, as stored, by report."""

    def __init__(self, result_sets: ResultSets) -> None:
        self.result_sets = result_sets

    def counts(self, place: TimelinePosition) -> dict[str, Item]:
        """Of all besides `place`; to be read before what they hold is, so that a change of that in
        between is noticed."""
        found = {}
        for snapshot in place.others:
            counts = self.result_sets.counts_item(snapshot["report_id"])
            if counts:
                found[snapshot["report_id"]] = counts
        return found

    def under(self, place: TimelinePosition, own: Snapshot, counts: Stored) -> list[Under]:
        """What stands under `own`, if that is the newest; else nothing.

        Raises Invalid for one part too many.
        """
        listed = _listed(place, own)
        if own in listed and len(listed) > MOST_PARTS + 1:
            raise Invalid(
                f"The warehouse has {MOST_PARTS} parts since its last whole snapshot; send a whole "
                "one before the next part."
            )
        return _under(listed, counts) if listed[0] is own else []

    def operations(
        self, place: TimelinePosition, own: Snapshot | None, counts: Stored
    ) -> list[Operation]:
        """What changes in the lists besides the pointers of `own`.

        Fails if people have changed anything of which `own` takes over the work since `counts` were
        read, or if the one that is listed instead has been analyzed again.
        """
        listed, before = _listed(place, own), _listed(place, place.own)
        if not listed:
            return []
        if listed[0] is own:
            held = [counts[one["report_id"]] for one in place.others if one["report_id"] in counts]
            kept = held if place.was_newest else held[1:]
            checks = [self.result_sets.unchanged_check(one) for one in kept[:MOST_PARTS]]
            gone = [] if place.was_newest or not held else self.result_sets.supersede(held[0])
            return [*gone, *checks]
        newest = counts.get(listed[0]["report_id"])
        if newest is None or list(map(_name, listed)) == list(map(_name, before)):
            return []
        return self.result_sets.restore(newest, _under(listed, counts))


def _listed(place: TimelinePosition, own: Snapshot | None) -> list[Snapshot]:
    """Newest first, as it is with `own` in the order."""
    every = [*place.others, *([own] if own else [])]
    return list(through_whole(sorted(every, key=keys.rank_in, reverse=True)))


def _under(listed: Sequence[Snapshot], counts: Stored) -> list[Under]:
    return [Under(counts[one["report_id"]]) for one in listed[1:] if one["report_id"] in counts]


def _name(snapshot: Snapshot) -> tuple[str, str]:
    return snapshot["report_id"], snapshot["generation"]
