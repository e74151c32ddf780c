"""Files of JSON lines, sorted by a key, of which one line is found by reading a range of bytes.

<name>.jsonl         one line per key
<name>.index.json    [[first key, offset], …] of the blocks of that file, and its length at the end

Looking a line up costs the index and one block; so do the first lines whose keys begin with a
text, unless they go on in the next block.
"""

import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import Any, NamedTuple

from stockwarden.core.errors import NotFound
from stockwarden.storage.objects import Objects

_BLOCK_BYTES = 32 * 2**10
_INDEX_BYTES = 8 * 2**20


class BlockFile(NamedTuple):
    """The S3 keys of the lines and of their index."""

    lines: str
    offsets: str


def write_blocks(
    objects: Objects, file: BlockFile, documents: Iterable[tuple[str, dict[str, Any]]]
) -> None:
    """Writes (key, document) pairs, which are sorted. Raises Unavailable."""
    index: list[tuple[str, int]] = []
    with TemporaryFile("w+b") as lines:
        offset = block = 0
        for key, document in documents:
            if not index or offset - block >= _BLOCK_BYTES:
                index.append((key, offset))
                block = offset
            offset += lines.write(
                json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
            )
        lines.seek(0)
        objects.write_stream(file.lines, lines, "application/jsonl")
    body = json.dumps([*index, ["", offset]], ensure_ascii=False).encode()
    objects.put(file.offsets, body, "application/json")


@dataclass(frozen=True)
class BlockIndex:
    """`keys` are the first ones of the blocks, which begin at `offsets`; the last of these is the
    length of the file."""

    keys: list[str]
    offsets: list[int]


def read_index(objects: Objects, file: BlockFile) -> BlockIndex | None:
    """None where there is no file."""
    try:
        body = objects.read(file.offsets, max_bytes=_INDEX_BYTES)
    except NotFound:
        return None
    entries = json.loads(body)
    return BlockIndex([key for key, _ in entries[:-1]], [offset for _, offset in entries])


def read_block(objects: Objects, file: BlockFile, key: str) -> list[dict[str, Any]]:
    """The lines of the block in which the key is, if anywhere; none where there is no file."""
    index = read_index(objects, file)
    block = bisect_right(index.keys, key) - 1 if index else -1
    return _lines(objects, file, index, block) if index and block >= 0 else []


def read_beginning(
    objects: Objects, file: BlockFile, index: BlockIndex, beginning: str
) -> Iterator[dict[str, Any]]:
    """The lines from the block on in which the first key with this beginning is, if anywhere. Each
    block is read when it is reached: stop at a key that begins with something else."""
    first = max(bisect_left(index.keys, beginning) - 1, 0)
    for block in range(first, len(index.keys)):
        yield from _lines(objects, file, index, block)


def _lines(
    objects: Objects, file: BlockFile, index: BlockIndex, block: int
) -> list[dict[str, Any]]:
    start, stop = index.offsets[block], index.offsets[block + 1]
    try:
        text = objects.read_range(file.lines, start, stop - start, "There is no such line.")
    except NotFound:
        return []
    return [json.loads(line) for line in text.splitlines()]
