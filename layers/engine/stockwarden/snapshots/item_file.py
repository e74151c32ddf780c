"""Stores where each item of the catalog stands in a snapshot, and its anomalies.

items.jsonl   one line per item that the file has, sorted by its id, read as `block_file.py` says

A line is bounded whatever the file: the first pallets by location, and the numbers of all.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from math import isnan
from typing import TYPE_CHECKING, Any

from stockwarden.anomalies import object_keys
from stockwarden.snapshots.block_file import BlockFile, read_block, write_blocks
from stockwarden.snapshots.pallet_file import digests_by_subject
from stockwarden.storage.objects import Objects

if TYPE_CHECKING:
    from stockwarden.detection.finding import Evaluation
    from stockwarden.detection.stock import Stock

PALLETS = 50
ANOMALIES = 50
_UNITS = 10


def write_items(
    objects: Objects,
    report_id: str,
    generation: str,
    *,
    stock: "Stock",
    evaluation: "Evaluation",
    digests: Sequence[str],
) -> None:
    """Writes nothing for a file of which the catalog knows no item. Raises Unavailable."""
    if stock.goods.items:
        documents = _documents(stock, evaluation, digests)
        write_blocks(objects, _file(report_id, generation), documents)


def find_item(
    objects: Objects, report_id: str, generation: str, item_id: str
) -> dict[str, Any] | None:
    """The item's document; None where the snapshot lacks the item, or has no such file."""
    lines = read_block(objects, _file(report_id, generation), item_id)
    return next((document for document in lines if document["item_id"] == item_id), None)


def _file(report_id: str, generation: str) -> BlockFile:
    return BlockFile(
        object_keys.items_key(report_id, generation),
        object_keys.item_index_key(report_id, generation),
    )


def _documents(
    stock: "Stock", evaluation: "Evaluation", digests: Sequence[str]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yields (id, document) for each item, sorted by id."""
    import numpy as np

    goods = stock.goods
    rows = np.flatnonzero(goods.known)
    rows = rows[np.argsort(goods.index[rows], kind="stable")]
    positions = goods.index[rows]
    starts = np.flatnonzero(np.diff(positions, prepend=-1))
    by_subject = digests_by_subject(evaluation, digests)
    by_product = _of_products(evaluation, digests)
    for begin, end in pairwise([*starts.tolist(), len(rows)]):
        item = goods.items[positions[begin]]
        yield item.id, _document(stock, item.id, rows[begin:end].tolist(), by_subject, by_product)


def _of_products(evaluation: "Evaluation", digests: Sequence[str]) -> Mapping[str, list[str]]:
    """The digests of the anomalies about each product code."""
    by_product: dict[str, list[str]] = {}
    for finding, digest in zip(evaluation.findings, digests, strict=True):
        if finding.subject_type == "product":
            by_product.setdefault(finding.subject_id, []).append(digest)
    return by_product


def _document(
    stock: "Stock",
    item_id: str,
    rows: list[int],
    by_subject: Mapping[str, list[str]],
    by_product: Mapping[str, list[str]],
) -> dict[str, Any]:
    subjects, codes = stock.subjects, stock.goods.codes
    held: dict[int, list[int]] = {}
    for row in rows:
        held.setdefault(int(subjects.codes.index[row]), []).append(row)
    pallets = [
        _pallet(stock, subjects.codes.values[code], subjects.type_of(code), of_pallet)
        for code, of_pallet in held.items()
        if code >= 0
    ]
    pallets.sort(key=lambda pallet: (pallet["location"] or "", pallet["id"]))
    products = {codes.values[codes.index[row]] for row in rows if codes.index[row] >= 0}
    found = [digest for code in sorted(products) for digest in by_product.get(code, ())]
    for pallet in pallets:
        found += by_subject.get(pallet["id"], ())
    anomalies = list(dict.fromkeys(found))
    return {
        "item_id": item_id,
        "rows": len(rows),
        "pallets": len(pallets),
        "locations": len({pallet["location"] for pallet in pallets if pallet["location"]}),
        "quantities": _quantities(stock, rows),
        "stays": pallets[:PALLETS],
        "anomalies": anomalies[:ANOMALIES],
        "anomaly_count": len(anomalies),
    }


def _pallet(stock: "Stock", subject_id: str, subject_type: str, rows: list[int]) -> dict[str, Any]:
    places = stock.locations
    known = [places.index[row] for row in rows if places.index[row] >= 0]
    return {
        "id": subject_id,
        "type": subject_type,
        "location": places.values[known[0]] if known else None,
        "quantities": _quantities(stock, rows),
    }


def _quantities(stock: "Stock", rows: list[int]) -> list[dict[str, Any]]:
    """The sum of the quantities, for each unit that the file names; nothing without quantities."""
    if not stock.has("quantity"):
        return []
    sums: dict[str, float] = defaultdict(float)
    units = stock.codes("unit") if stock.has("unit") else stock.no_codes
    quantities = stock.frame["quantity"].to_numpy()[rows].tolist()
    for quantity, unit in zip(quantities, units.index[rows].tolist(), strict=True):
        if not isnan(quantity):
            sums[units.values[unit] if unit >= 0 else ""] += quantity
    return [
        {"quantity": round(total, 6), "unit": unit or None}
        for unit, total in sorted(sums.items())[:_UNITS]
    ]
