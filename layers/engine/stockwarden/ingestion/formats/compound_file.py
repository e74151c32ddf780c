"""Reads OLE compound files, the container of xls: the directory and its streams.

calamine follows the chains of sectors as they are written; a cyclic one would fill the memory.
Here every chain is followed first, and none may be longer than the file.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from stockwarden.ingestion.formats.limits import corrupted

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER_SIZE, _ENTRY_SIZE, _MINI_SIZE = 512, 128, 64
_NO_SECTOR = 0xFFFFFFFA  # and above: ends and other marks
_LINKS_IN_HEADER = 109
_SMALLEST_STREAM = 4096  # a smaller one lies in the mini stream


@dataclass(frozen=True)
class Entry:
    """One line of the directory; `size` in bytes."""

    name: str
    start: int
    size: int


class CompoundFile:
    """The directory is read at once. Raises UnreadableFile(`corrupted`)."""

    def __init__(self, data: bytes) -> None:
        if len(data) < _HEADER_SIZE:
            raise corrupted()
        shift, directory, mini, table = struct.unpack_from("<30xH16xI8xI4xI", data)
        if shift not in (9, 12):
            raise corrupted()
        self._data = data
        self._size = 1 << shift
        self._most = len(data) // self._size + 1
        self._links = self._read_links(table)
        lines = self._read(directory)
        self.entries = [
            self._entry(lines[offset : offset + _ENTRY_SIZE])
            for offset in range(0, len(lines) - _ENTRY_SIZE + 1, _ENTRY_SIZE)
        ]
        if not self.entries:
            raise corrupted()
        self._mini_links = _numbers(self._read(mini))
        self._mini_chain = self._follow(self.entries[0].start, self._links)

    def streams(self, *names: str) -> list[Entry]:
        """All entries of these names, anywhere in the tree."""
        return [entry for entry in self.entries if entry.name in names]

    def read(self, entry: Entry) -> bytes:
        """The bytes of a stream. Raises UnreadableFile(`corrupted`)."""
        if entry.size >= _SMALLEST_STREAM:
            return self._read(entry.start)[: entry.size]
        sectors = self._follow(entry.start, self._mini_links) if entry.size else []
        parts = (
            self._mini_stream[sector * _MINI_SIZE : (sector + 1) * _MINI_SIZE] for sector in sectors
        )
        return b"".join(parts)[: entry.size]

    @cached_property
    def _mini_stream(self) -> bytes:
        return b"".join(map(self._sector, self._mini_chain))

    def _entry(self, line: bytes) -> Entry:
        name = line[:64].decode("utf-16-le", "replace").partition("\0")[0]
        start, size = struct.unpack_from("<IQ", line, 116)
        return Entry(name, start, size & 0xFFFFFFFF if self._size == _HEADER_SIZE else size)

    def _read_links(self, table: int) -> Sequence[int]:
        """The sector that follows each sector."""
        sectors = list(struct.unpack_from(f"<76x{_LINKS_IN_HEADER}I", self._data))
        for _ in range(self._most):
            if table >= _NO_SECTOR:
                break
            *more, table = _numbers(self._sector(table)) or [_NO_SECTOR]
            sectors += more
        else:
            raise corrupted()
        used = [sector for sector in sectors if sector < _NO_SECTOR]
        if len(used) > self._most:
            raise corrupted()
        return _numbers(b"".join(map(self._sector, used)))

    def _sector(self, sector: int) -> bytes:
        start = (sector + 1) * self._size
        return self._data[start : start + self._size]

    def _read(self, start: int) -> bytes:
        return b"".join(map(self._sector, self._follow(start, self._links)))

    def _follow(self, sector: int, links: Sequence[int]) -> list[int]:
        """The sectors of a chain. Raises UnreadableFile if it leaves the file or is cyclic."""
        chain: list[int] = []
        while sector < _NO_SECTOR:
            if sector >= len(links) or len(chain) >= len(links):
                raise corrupted()
            chain.append(sector)
            sector = links[sector]
        return chain


def _numbers(data: bytes) -> Sequence[int]:
    return memoryview(data[: len(data) & ~3]).cast("I")
