"""Writes the occupancy and anomalies of a snapshot's locations to a file read by byte ranges.

locations.jsonl   the number of locations, then a line for each, sorted by its code

A page costs one read of a bounded range of the file.
"""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any

from stockwarden.anomalies import object_keys
from stockwarden.anomalies.model import NO_LOCATION, location_name
from stockwarden.storage.objects import Objects

if TYPE_CHECKING:
    from stockwarden.detection.finding import Finding
    from stockwarden.detection.stock import Stock

# The longest location that can be asked for; longer cell texts are cut.
_LONGEST_NAME = 300


def write_locations(
    objects: Objects,
    report_id: str,
    generation: str,
    *,
    stock: "Stock",
    findings: Sequence["Finding"],
) -> None:
    """Writes the locations with stock or findings; pallets without a location count as those of
    `(no location)`, floods and products in several places not at all. Loads pandas."""
    located = [
        finding
        for finding in findings
        if not finding.is_flood and (finding.location or finding.subject_type != "product")
    ]
    documents = list(_locations(stock, located))
    with TemporaryFile("w+b") as lines:
        lines.write(b"%d\n" % len(documents))
        for document in documents:
            lines.write(_line(document))
        lines.seek(0)
        objects.write_stream(
            object_keys.locations_key(report_id, generation), lines, "application/jsonl"
        )


def _line(document: dict[str, Any]) -> bytes:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _locations(stock: "Stock", findings: Sequence["Finding"]) -> Iterator[dict[str, Any]]:
    from stockwarden.snapshots.occupancy import locations_of, pallets_without_location

    anomaly_counts = Counter(location_name(finding.location) for finding in findings)
    priorities: dict[str, str] = {}
    for finding in findings:  # the most urgent come first
        priorities.setdefault(location_name(finding.location), finding.priority.value)
    documents: dict[str, dict[str, Any]] = {}
    if stock.locations.values:
        table = locations_of(stock)
        columns = [table[name].tolist() for name in ("type", "zone", "capacity", "pallets")]
        for name, kind, zone, capacity, pallets in zip(
            stock.locations.values, *columns, strict=True
        ):
            documents[name] = {
                "type": kind if isinstance(kind, str) else None,
                "zone": zone if isinstance(zone, str) and zone else None,
                "capacity": int(capacity) if capacity == capacity else None,  # noqa: PLR0124 - NaN
                "pallets": int(pallets),
            }
    unknown = {"type": None, "zone": None, "capacity": None, "pallets": 0}
    if without := pallets_without_location(stock):
        documents[NO_LOCATION] = {**unknown, "pallets": without}
    for name in sorted(documents.keys() | anomaly_counts.keys()):
        yield {
            "name": name[:_LONGEST_NAME],
            **documents.get(name, unknown),
            "anomalies": anomaly_counts[name],
            "priority": priorities.get(name),
        }
