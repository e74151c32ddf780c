"""What the item of a snapshot holds: all that utilization and trends show of one snapshot."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from statistics import median
from typing import Any

from stockwarden.anomalies.model import Recurrence, location_name
from stockwarden.snapshots.comparison import Comparison

HOT_SPOTS = 20
_LONGEST_NAME = 80


def comparison_facts(made: Comparison) -> dict[str, int]:
    return {
        "new": made.count(Recurrence.NEW),
        "persisting": made.count(Recurrence.PERSISTING),
        "reappeared": made.count(Recurrence.REAPPEARED),
        "vanished": len(made.gone),
        "not_covered": made.uncovered,
    }


def resolution_facts(made: Comparison, as_of: str) -> dict[str, Any] | None:
    """How long what vanished had been there, in hours from its first snapshot to this one."""
    end = datetime.fromisoformat(as_of)
    hours = [(end - datetime.fromisoformat(one.since)).total_seconds() / 3600 for one in made.gone]
    if not hours:
        return None
    return {
        "count": len(hours),
        "mean_hours": round(sum(hours) / len(hours), 1),
        "median_hours": round(median(hours), 1),
    }


def hot_spots(locations: Sequence[str | None]) -> list[dict[str, Any]]:
    """The locations with most anomalies. `locations` has one entry per anomaly."""
    counts = Counter(location_name(location) for location in locations)
    ranked = sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))[:HOT_SPOTS]
    return [{"location": name[:_LONGEST_NAME], "anomalies": count} for name, count in ranked]


def merged_hot_spots(snapshots: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Over several snapshots: anomalies in all, and in how many snapshots a location was one."""
    totals: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for snapshot in snapshots:
        for spot in snapshot.get("hot_spots", ()):
            totals[spot["location"]] += spot["anomalies"]
            seen[spot["location"]] += 1
    ranked = sorted(totals, key=lambda name: (-totals[name], name))[:HOT_SPOTS]
    return [
        {"location": name, "anomalies": totals[name], "snapshots": seen[name]} for name in ranked
    ]
