"""Stores the locations and anomalies of each pallet and stock line of a snapshot in a file.

pallets.jsonl        one line per pallet or stock line, sorted by its comparable id
pallets.index.json   [[first id, offset], …] of the blocks of that file, and its length at the end

The file is read by byte ranges: looking a pallet up costs the index (some 25 bytes per 150
pallets) and one block.
"""

import json
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any

from stockwarden.anomalies import object_keys
from stockwarden.core.errors import NotFound
from stockwarden.storage.objects import Objects
from stockwarden.warehouse.layout.patterns import comparable

if TYPE_CHECKING:
    from stockwarden.detection.finding import Evaluation
    from stockwarden.detection.stock import Stock

_BLOCK_BYTES = 32 * 2**10
_INDEX_BYTES = 8 * 2**20
_PLACES = 10
_ANOMALIES = 50


def write_pallets(
    objects: Objects,
    report_id: str,
    generation: str,
    *,
    stock: "Stock",
    evaluation: "Evaluation",
    digests: Sequence[str],
) -> None:
    """Writes nothing for a file without stock. `digests` are those of the findings, in their order;
    a flood is an anomaly of each of its members. Raises Unavailable."""
    if not stock.subjects.codes.values:
        return
    index: list[tuple[str, int]] = []
    with TemporaryFile("w+b") as lines:
        offset = block = 0
        for pallet_id, document in _documents(stock, _digests_by_subject(evaluation, digests)):
            if not index or offset - block >= _BLOCK_BYTES:
                index.append((pallet_id, offset))
                block = offset
            offset += lines.write(
                json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
            )
        lines.seek(0)
        objects.write_stream(
            object_keys.pallets_key(report_id, generation), lines, "application/jsonl"
        )
    body = json.dumps([*index, ["", offset]], ensure_ascii=False).encode()
    objects.put(object_keys.pallet_index_key(report_id, generation), body, "application/json")


def find_pallet(
    objects: Objects, report_id: str, generation: str, pallet_id: str
) -> dict[str, Any] | None:
    """The pallet's document; None where the snapshot lacks the pallet, or has no pallet file."""
    comparable_id = comparable(pallet_id)
    try:
        body = objects.read(
            object_keys.pallet_index_key(report_id, generation), max_bytes=_INDEX_BYTES
        )
    except NotFound:
        return None
    *index, (_, end) = json.loads(body)
    block = bisect_right([first for first, _ in index], comparable_id) - 1
    if block < 0:
        return None
    start = index[block][1]
    stop = index[block + 1][1] if block + 1 < len(index) else end
    try:
        text = objects.read_range(
            object_keys.pallets_key(report_id, generation),
            start,
            stop - start,
            "There is no such pallet.",
        )
    except NotFound:
        return None
    for line in text.splitlines():
        document: dict[str, Any] = json.loads(line)
        if comparable(document["pallet_id"]) == comparable_id:
            return document
    return None


def _digests_by_subject(
    evaluation: "Evaluation", digests: Sequence[str]
) -> Mapping[str, list[str]]:
    by_subject: dict[str, list[str]] = {}
    for finding, digest in zip(evaluation.findings, digests, strict=True):
        subjects = (
            evaluation.floods[finding.rule].subjects
            if finding.is_flood
            else {finding.subject_type: [finding.subject_id]}
        )
        for subject_type, ids in subjects.items():
            if subject_type != "location":
                for subject_id in ids:
                    by_subject.setdefault(subject_id, []).append(digest)
    return by_subject


def _documents(
    stock: "Stock", digests: Mapping[str, list[str]]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yields (comparable id, document) for each pallet and stock line, sorted by id."""
    codes, frame = stock.subjects.codes, stock.frame
    rows: list[list[int]] = [[] for _ in codes.values]
    for row, code in enumerate(codes.index.tolist()):
        if code >= 0:
            rows[code].append(row)
    locations = stock.locations.index.tolist()
    kinds = frame["location_type"].astype(object).tolist()
    dwell, age = frame["dwell_hours"].tolist(), frame["age_hours"].tolist()
    for code in sorted(range(len(codes.values)), key=codes.values.__getitem__):
        places = {locations[row]: kinds[row] for row in rows[code] if locations[row] >= 0}
        first = rows[code][0]
        document = {
            "pallet_id": codes.values[code],
            "rows": len(rows[code]),
            "places": [
                {
                    "location": stock.locations.values[location],
                    "type": kind if isinstance(kind, str) else None,
                }
                for location, kind in list(places.items())[:_PLACES]
            ],
            "dwell_hours": _hours(dwell[first]),
            "age_hours": _hours(age[first]),
            "anomalies": digests.get(codes.values[code], [])[:_ANOMALIES],
        }
        yield codes.values[code], document


def _hours(value: float) -> float | None:
    return None if value != value else round(value, 1)  # noqa: PLR0124 - NaN
