"""Writes OLE compound files for tests (the container of xls and encrypted workbooks)."""

import struct
from collections.abc import Mapping

_SECTOR = 512
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def compound_file(streams: Mapping[str, bytes]) -> bytes:
    """The streams (each padded to at least 4096 bytes, so that none is a mini stream)."""
    contents = [data.ljust(4096, b"\0") for data in streams.values()]
    sectors: list[bytes] = []
    chains: list[int] = []
    starts: list[int] = []
    for data in contents:
        count = -(-len(data) // _SECTOR)
        starts.append(len(sectors))
        chains += [len(sectors) + index + 1 for index in range(count - 1)] + [_END]
        padded = data.ljust(count * _SECTOR, b"\0")
        sectors += [padded[offset : offset + _SECTOR] for offset in range(0, len(padded), _SECTOR)]
    entries = [_entry("Root Entry", 5, _END, 0, child=1)]
    for index, (name, data, start) in enumerate(zip(streams, contents, starts, strict=True), 1):
        right = index + 1 if index < len(streams) else _FREE
        entries.append(_entry(name, 2, start, len(data), right=right))
    while len(entries) % 4:
        entries.append(_entry("", 0, 0, 0))
    directory = b"".join(entries)
    directory_start = len(sectors)
    count = len(directory) // _SECTOR
    chains += [directory_start + index + 1 for index in range(count - 1)] + [_END]
    sectors += [
        directory[offset : offset + _SECTOR] for offset in range(0, len(directory), _SECTOR)
    ]
    fat_start = len(sectors)
    fat_count = -(-(len(chains) + 8) // 128)
    chains += [_FAT] * fat_count
    table = b"".join(struct.pack("<I", link) for link in chains).ljust(fat_count * _SECTOR, b"\xff")
    sectors += [table[offset : offset + _SECTOR] for offset in range(0, len(table), _SECTOR)]
    header = struct.pack(
        "<8s16sHHHHH6xIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\0" * 16, 0x3E, 3, 0xFFFE,
        9, 6, 0, fat_count, directory_start, 0, 4096, _END, 0, _END, 0,
    )  # fmt: skip
    header += b"".join(struct.pack("<I", fat_start + index) for index in range(fat_count))
    return header.ljust(_SECTOR, b"\xff") + b"".join(sectors)


def _entry(
    name: str, kind: int, start: int, size: int, *, child: int = _FREE, right: int = _FREE
) -> bytes:
    text = name.encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII16sIQQIQ", text, len(text) + 2 if name else 0, kind, 1, _FREE, right, child,
        b"\0" * 16, 0, 0, 0, start, size,
    )  # fmt: skip
