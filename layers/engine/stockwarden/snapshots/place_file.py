"""Stores the codes of a snapshot's locations, pallets and stock lines, by which these are searched.

places.jsonl   one line per code, sorted by its key: the type and the code without separators

A stock line has a line for its item, which its id begins with, and one for its lot. The file is
read as `block_file.py` says, and never as a whole: a search reads some 32 KB of it.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from stockwarden.anomalies import object_keys
from stockwarden.core.words import compact
from stockwarden.snapshots.block_file import (
    BlockFile,
    BlockIndex,
    read_beginning,
    read_index,
    write_blocks,
)
from stockwarden.storage.objects import Objects

if TYPE_CHECKING:
    from stockwarden.detection.stock import Stock

# Longer cell texts are cut: nobody types them.
_LONGEST_CODE = 300
_LONGEST_KEY = 80
_SSCC = "00"
_SSCC_LENGTH = 18

Entry = tuple[str, dict[str, Any]]


def write_places(objects: Objects, report_id: str, generation: str, *, stock: "Stock") -> None:
    """Writes nothing for a file without codes. Raises Unavailable."""
    entries = [*_locations(stock), *_subjects(stock)]
    if entries:
        entries.sort(key=lambda entry: (entry[0], entry[1]["id"]))
        write_blocks(objects, _file(report_id, generation), entries)


def read_place_index(objects: Objects, report_id: str, generation: str) -> BlockIndex | None:
    """Never changes, so that it may be kept. None for a snapshot without such a file."""
    return read_index(objects, _file(report_id, generation))


def find_places(
    objects: Objects, report_id: str, generation: str, index: BlockIndex, *, beginning: str
) -> Iterator[dict[str, Any]]:
    """`{id, location?, type?}` of each whose key begins so (`place_key`), in the order of the keys.
    Take only as many as are needed."""
    documents = read_beginning(objects, _file(report_id, generation), index, beginning)
    for document in documents:
        key = document["key"]
        if key >= beginning:
            if not key.startswith(beginning):
                return
            yield document


def place_key(kind: str, code: str) -> str:
    """`kind` is `location`, `pallet` or `stock_line`; `code` may be the beginning of one. An SSCC
    is the same with and without its `(00)`."""
    text = compact(code)
    if text.startswith(_SSCC) and text.isdigit() and len(text) == len(_SSCC) + _SSCC_LENGTH:
        text = text.removeprefix(_SSCC)
    return f"{kind}:{text[:_LONGEST_KEY]}"


def _locations(stock: "Stock") -> Iterator[Entry]:
    kinds = stock.frame["location_type"].astype(object).tolist()
    type_of: dict[int, Any] = {}
    for row, location in enumerate(stock.locations.index.tolist()):
        if location >= 0:
            type_of.setdefault(location, kinds[row])
    for position, name in enumerate(stock.locations.values):
        kind = type_of.get(position)
        yield _entry("location", name, name, type=kind if isinstance(kind, str) else None)


def _subjects(stock: "Stock") -> Iterator[Entry]:
    from stockwarden.detection.subjects import MISSING, SEPARATOR

    subjects, places = stock.subjects, stock.locations
    located: dict[int, int] = {}
    for code, location in zip(subjects.codes.index.tolist(), places.index.tolist(), strict=True):
        if code >= 0 and location >= 0:
            located.setdefault(code, location)
    for code, text in enumerate(subjects.codes.values):
        location = places.values[located[code]] if code in located else None
        kind = subjects.type_of(code)
        yield _entry(kind, text, text, location=location)
        if kind == "stock_line":
            lot = text.rsplit(SEPARATOR, 2)[1]
            if lot != MISSING:
                yield _entry(kind, lot, text, location=location)


def _entry(kind: str, code: str, place_id: str, **facts: str | None) -> Entry:
    key = place_key(kind, code)
    given = {name: value for name, value in facts.items() if value}
    return key, {"key": key, "id": place_id[:_LONGEST_CODE], **given}


def _file(report_id: str, generation: str) -> BlockFile:
    return BlockFile(
        object_keys.places_key(report_id, generation),
        object_keys.place_index_key(report_id, generation),
    )
