"""Index of a snapshot's pallets, eight bytes each: enough to count those that two snapshots share.

subjects.bin   the hashes of the comparable ids, sorted; a million pallets are 8 MB
"""

import json
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from stockwarden.anomalies import object_keys
from stockwarden.core.errors import NotFound
from stockwarden.storage.objects import Objects

if TYPE_CHECKING:
    from stockwarden.detection.stock import Stock

Hashes = npt.NDArray[np.uint64]
_MAX_BYTES = 64 * 2**20


def hashes_of(stock: "Stock") -> Hashes:
    """The hashes of the distinct pallets and stock lines, sorted."""
    return _hashed(stock.subjects.codes.values)


def write_subjects(objects: Objects, report_id: str, generation: str, hashes: Hashes) -> None:
    """Raises Unavailable."""
    body = hashes.astype("<u8").tobytes()
    objects.put(object_keys.subjects_key(report_id, generation), body, "application/octet-stream")


def read_subjects(objects: Objects, report_id: str, generation: str) -> Hashes:
    """The hashes of a snapshot's pallets; computed from its pallet file for earlier versions."""
    try:
        body = objects.read(object_keys.subjects_key(report_id, generation), max_bytes=_MAX_BYTES)
    except NotFound:
        return _from_pallet_file(objects, report_id, generation)
    return np.frombuffer(body, dtype="<u8").astype(np.uint64, copy=False)


def count_shared(first: Hashes, second: Hashes) -> int:
    return len(np.intersect1d(first, second, assume_unique=True))


def _hashed(names: list[str]) -> Hashes:
    # Comparable ids are the same in every file, and the hash is the same in every process.
    hashes = pd.util.hash_array(np.array(names, dtype=object), categorize=False)
    return np.unique(hashes.astype(np.uint64, copy=False))


def _from_pallet_file(objects: Objects, report_id: str, generation: str) -> Hashes:
    lines = objects.lines(
        object_keys.pallets_key(report_id, generation), "The snapshot has no pallets."
    )
    try:
        return _hashed([json.loads(line)["pallet_id"] for _, line in lines])
    except NotFound:
        return _hashed([])
