"""Stores the locations, items and anomalies of each pallet and stock line of a snapshot in a file.

pallets.jsonl        one line per pallet or stock line, sorted by its comparable id

It is read as `block_file.py` says: the index has some 25 bytes per 150 pallets.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from stockwarden.anomalies import object_keys
from stockwarden.snapshots.block_file import BlockFile, read_block, write_blocks
from stockwarden.storage.objects import Objects
from stockwarden.warehouse.layout.patterns import comparable

if TYPE_CHECKING:
    from stockwarden.detection.finding import Evaluation
    from stockwarden.detection.stock import Stock

_PLACES = 10
_ITEMS = 10
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
    documents = _documents(stock, digests_by_subject(evaluation, digests))
    write_blocks(objects, _file(report_id, generation), documents)


def find_pallet(
    objects: Objects, report_id: str, generation: str, pallet_id: str
) -> dict[str, Any] | None:
    """The pallet's document; None where the snapshot lacks the pallet, or has no pallet file."""
    comparable_id = comparable(pallet_id)
    for document in read_block(objects, _file(report_id, generation), comparable_id):
        if comparable(document["pallet_id"]) == comparable_id:
            return document
    return None


def _file(report_id: str, generation: str) -> BlockFile:
    return BlockFile(
        object_keys.pallets_key(report_id, generation),
        object_keys.pallet_index_key(report_id, generation),
    )


def digests_by_subject(evaluation: "Evaluation", digests: Sequence[str]) -> Mapping[str, list[str]]:
    """The digests of the anomalies of each pallet and stock line, floods among them."""
    by_subject: dict[str, list[str]] = {}
    for finding, digest in zip(evaluation.findings, digests, strict=True):
        subjects = (
            evaluation.floods[finding.rule].subjects
            if finding.is_flood
            else {finding.subject_type: [finding.subject_id]}
        )
        for subject_type, ids in subjects.items():
            if subject_type in ("pallet", "stock_line"):
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
    items = stock.goods.index.tolist()
    dwell, age = frame["dwell_hours"].tolist(), frame["age_hours"].tolist()
    for code in sorted(range(len(codes.values)), key=codes.values.__getitem__):
        places = {locations[row]: kinds[row] for row in rows[code] if locations[row] >= 0}
        first = rows[code][0]
        document: dict[str, Any] = {
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
        if held := sorted({items[row] for row in rows[code] if items[row] >= 0}):
            document["items"] = [
                {"id": item.id, "sku": item.sku}
                for item in (stock.goods.items[position] for position in held[:_ITEMS])
            ]
        yield codes.values[code], document


def _hours(value: float) -> float | None:
    return None if value != value else round(value, 1)  # noqa: PLR0124 - NaN
