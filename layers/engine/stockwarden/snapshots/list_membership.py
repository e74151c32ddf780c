"""Maintains which snapshots of a warehouse are in the lists across reports: the newest, and, where
that is a part, those before it down to the last whole one, listed under it."""

from collections.abc import Mapping, Sequence
from typing import Any

from stockwarden.anomalies.list_pointers import Under
from stockwarden.anomalies.result_sets import ResultSets
from stockwarden.core.errors import Invalid
from stockwarden.snapshots.timeline import TimelinePosition, through_whole
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import reports as keys
from stockwarden.storage.tables import Operation

# One transaction can check this many reports while the next snapshot takes over their anomalies.
MOST_PARTS = 50

Snapshot = Mapping[str, Any]
Stored = Mapping[str, Item]


class ListMembership:
    """`snapshot` is a snapshot's item as it will be, None where it leaves its position; `counts`
    are the stored counts items of all listed snapshots, by report."""

    def __init__(self, result_sets: ResultSets) -> None:
        self.result_sets = result_sets

    def read_counts(self, position: TimelinePosition) -> dict[str, Item]:
        """The counts items of the other listed snapshots. To be read before their anomalies, so
        that a change in between is noticed."""
        counts_by_report = {}
        for snapshot in position.other_snapshots:
            counts = self.result_sets.counts_item(snapshot["report_id"])
            if counts:
                counts_by_report[snapshot["report_id"]] = counts
        return counts_by_report

    def list_under(
        self, position: TimelinePosition, snapshot: Snapshot, counts: Stored
    ) -> list[Under]:
        """The snapshots listed under `snapshot`, if that is the newest; else none.

        Raises Invalid above the maximum number of parts.
        """
        listed = _listed(position, snapshot)
        if snapshot in listed and len(listed) > MOST_PARTS + 1:
            raise Invalid(
                f"The warehouse has {MOST_PARTS} parts since its last whole snapshot; send a whole "
                "one before the next part."
            )
        return _under(listed, counts) if listed[0] is snapshot else []

    def operations(
        self, position: TimelinePosition, snapshot: Snapshot | None, counts: Stored
    ) -> list[Operation]:
        """The changes to the lists besides the pointers of `snapshot`.

        They fail if people have changed anomalies that `snapshot` takes over since `counts` were
        read, or if the snapshot that is listed instead has been analyzed again.
        """
        listed, listed_before = _listed(position, snapshot), _listed(position, position.shown_item)
        if not listed:
            return []
        if listed[0] is snapshot:
            held_counts = [
                counts[other["report_id"]]
                for other in position.other_snapshots
                if other["report_id"] in counts
            ]
            unchanged = held_counts if position.was_newest else held_counts[1:]
            checks = [self.result_sets.unchanged_check(other) for other in unchanged[:MOST_PARTS]]
            superseded = (
                []
                if position.was_newest or not held_counts
                else self.result_sets.supersede(held_counts[0])
            )
            return [*superseded, *checks]
        newest = counts.get(listed[0]["report_id"])
        if newest is None or list(map(_name, listed)) == list(map(_name, listed_before)):
            return []
        return self.result_sets.restore(newest, _under(listed, counts))


def _listed(position: TimelinePosition, snapshot: Snapshot | None) -> list[Snapshot]:
    """The listed snapshots with `snapshot` in the timeline, newest first."""
    snapshots = [*position.other_snapshots, *([snapshot] if snapshot else [])]
    return list(through_whole(sorted(snapshots, key=keys.rank_in, reverse=True)))


def _under(listed: Sequence[Snapshot], counts: Stored) -> list[Under]:
    return [
        Under(counts[snapshot["report_id"]])
        for snapshot in listed[1:]
        if snapshot["report_id"] in counts
    ]


def _name(snapshot: Snapshot) -> tuple[str, str]:
    return snapshot["report_id"], snapshot["generation"]
