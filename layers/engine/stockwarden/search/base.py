"""The last written index: a compressed file in S3, and the record that names it.

search/<seq>-<id>.sqlite.zz    as `index.write_index` makes it, compressed
"""

import zlib
from dataclasses import dataclass
from pathlib import Path

from stockwarden.core.errors import NotFound
from stockwarden.core.ids import new_id
from stockwarden.storage.keys import search as keys
from stockwarden.storage.objects import Objects
from stockwarden.storage.tables import ConditionFailed, Table, write

PREFIX = "search/"
_TYPE = "application/octet-stream"
# A million items; a sandbox has 512 MB for files.
_MOST_BYTES = 100 * 2**20
_CHUNK = 2**20


@dataclass(frozen=True)
class Base:
    """Has everything up to the entry `seq` of the log. `before` is the `seq` of the one that it
    replaced: copies of that may still be in use."""

    object_key: str
    format: int
    seq: int
    before: int


class BaseStore:
    def __init__(self, table: Table, objects: Objects) -> None:
        self.table = table
        self.objects = objects

    def find(self) -> Base | None:
        item = self.table.get(keys.search_base(), consistent=True)
        if item is None:
            return None
        return Base(item["object_key"], item["format"], item["seq"], item["before"])

    def fetch(self, base: Base, path: Path) -> bool:
        """Writes the file to `path`; False where another base has replaced it meanwhile."""
        try:
            body = self.objects.read(base.object_key, max_bytes=_MOST_BYTES)
        except NotFound:
            return False
        unpacker = zlib.decompressobj()
        with path.open("wb") as file:
            for begin in range(0, len(body), _CHUNK):
                file.write(unpacker.decompress(body[begin : begin + _CHUNK]))
            file.write(unpacker.flush())
        return True

    def replace(self, replaced: Base | None, path: Path, file_format: int, seq: int) -> bool:
        """Stores a file in place of the base that was read as `replaced`. False where somebody else
        has replaced that one meanwhile; theirs stays. Raises Unavailable."""
        object_key = f"{PREFIX}{seq:012}-{new_id('idx')}.sqlite.zz"
        self.objects.put(object_key, zlib.compress(path.read_bytes(), 1), _TYPE)
        item = {
            **keys.search_base(),
            "object_key": object_key,
            "format": file_format,
            "seq": seq,
            "before": replaced.seq if replaced else 0,
        }
        if replaced is None:
            operation = self.table.put(item, when="attribute_not_exists(#pk)")
        else:
            operation = self.table.put(item, when="#object_key = :read", read=replaced.object_key)
        try:
            write(operation)
        except ConditionFailed:
            self.objects.delete_prefix(object_key)
            return False
        if replaced is not None:
            self.objects.delete_prefix(replaced.object_key)
        return True
