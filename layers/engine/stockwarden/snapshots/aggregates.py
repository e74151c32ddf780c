"""Aggregates of a snapshot, stored in its item: the figures that utilization and trends show."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from statistics import median
from typing import Any

from stockwarden.anomalies.model import Recurrence, location_name
from stockwarden.snapshots.comparison import Comparison, VanishedAnomaly

HOT_SPOTS = 20
_LONGEST_NAME = 80


def comparison_facts(comparison: Comparison) -> dict[str, int]:
    return {
        "new": comparison.count(Recurrence.NEW),
        "persisting": comparison.count(Recurrence.PERSISTING),
        "reappeared": comparison.count(Recurrence.REAPPEARED),
        "vanished": len(comparison.vanished),
        "not_covered": comparison.uncovered,
    }


def resolution_facts(
    comparison: Comparison, as_of: str, changed_rules: Collection[str] = ()
) -> dict[str, Any] | None:
    """The lifetime of the vanished anomalies, in hours from their first snapshot to this one; None
    where none vanished. Those of `changed_rules` do not count: new settings may be the reason."""
    end = datetime.fromisoformat(as_of)
    hours = [
        (end - datetime.fromisoformat(anomaly.since)).total_seconds() / 3600
        for anomaly in comparison.vanished
        if _rule_of(anomaly, comparison) not in changed_rules
    ]
    if not hours:
        return None
    return {
        "count": len(hours),
        "mean_hours": round(sum(hours) / len(hours), 1),
        "median_hours": round(median(hours), 1),
    }


def _rule_of(anomaly: VanishedAnomaly, comparison: Comparison) -> str | None:
    known = comparison.absent.get(anomaly.digest)
    return known.rule if known else None


def hot_spots(locations: Sequence[str | None]) -> list[dict[str, Any]]:
    """The locations with most anomalies. `locations` has one entry per anomaly."""
    counts = Counter(location_name(location) for location in locations)
    ranked = sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))[:HOT_SPOTS]
    return [{"location": name[:_LONGEST_NAME], "anomalies": count} for name, count in ranked]


def merged_hot_spots(snapshots: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Hot spots over several snapshots: total anomalies, and the number of snapshots with the
    location as a hot spot."""
    totals: Counter[str] = Counter()
    snapshot_counts: Counter[str] = Counter()
    for snapshot in snapshots:
        for spot in snapshot.get("hot_spots", ()):
            totals[spot["location"]] += spot["anomalies"]
            snapshot_counts[spot["location"]] += 1
    ranked = sorted(totals, key=lambda name: (-totals[name], name))[:HOT_SPOTS]
    return [
        {"location": name, "anomalies": totals[name], "snapshots": snapshot_counts[name]}
        for name in ranked
    ]
