"""Lengths of the shared strings of an xls, without building the strings."""

from collections.abc import Sequence

from stockwarden.ingestion.formats.limits import WIDEST, corrupted

_LONGEST = 0xFFFF * WIDEST
_CONTINUE = b"\x3c\x00"
_HAS_RUNS, _HAS_MORE, _IS_WIDE = 8, 4, 1


def string_lengths(stream: bytes, start: int, end: int) -> list[int]:
    """The bytes in memory of each string of the record whose body is `start` to `end`.

    A string whose end cannot be determined counts with the greatest length.

    Raises UnreadableFile(`corrupted`) for more strings than there is room for.
    """
    reader = _Reader(stream, _bodies(stream, start, end))
    if end - start < 8:
        raise corrupted()
    count = int.from_bytes(stream[start + 4 : start + 8], "little")
    if count * 3 > reader.size:
        raise corrupted()
    reader.position += 8
    lengths: list[int] = []
    while len(lengths) < count and (length := reader.string()) is not None:
        lengths.append(length)
    return lengths if len(lengths) == count else [*lengths, _LONGEST]


def _bodies(stream: bytes, start: int, end: int) -> list[tuple[int, int]]:
    """(start, end) of the record's body and of those that continue it."""
    bodies = [(start, end)]
    while stream.startswith(_CONTINUE, end) and end + 4 <= len(stream):
        start, end = end + 4, end + 4 + int.from_bytes(stream[end + 2 : end + 4], "little")
        bodies.append((start, end))
    return bodies


class _Reader:
    """Walks over the strings of a record and of those that continue it."""

    def __init__(self, stream: bytes, bodies: Sequence[tuple[int, int]]) -> None:
        self.size = sum(end - start for start, end in bodies)
        self._stream = stream
        self._bodies = iter(bodies)
        self.position = self._end = 0
        self._next()

    def string(self) -> int | None:
        """The bytes of the next string in memory; None if there is none."""
        if self.position >= self._end and not self._next():
            return None
        if self.position + 3 > self._end:
            return None
        length, flags = self._number(2), self._number(1)
        rest = 4 * self._number(2) if flags & _HAS_RUNS else 0
        rest += self._number(4) if flags & _HAS_MORE else 0
        is_wide = self._skip_characters(length, flags & _IS_WIDE)
        if is_wide is None:
            return None
        self.position += rest
        while self.position > self._end:
            over = self.position - self._end
            if not self._next():
                break
            self.position += over
        return length * (WIDEST if is_wide else 1)

    def _skip_characters(self, length: int, flag: int) -> bool | None:
        """Whether any of the characters is wide, which makes the whole string wide in memory; None
        where they do not end."""
        is_wide = bool(flag)
        while length * (1 + flag) > self._end - self.position:
            length -= max(self._end - self.position, 0) // (1 + flag)
            if not self._next():
                return None
            # Each record says again whether its characters are wide.
            flag = self._number(1) & _IS_WIDE
            is_wide |= bool(flag)
        self.position += length * (1 + flag)
        return is_wide

    def _number(self, size: int) -> int:
        self.position += size
        return int.from_bytes(self._stream[self.position - size : self.position], "little")

    def _next(self) -> bool:
        body = next(self._bodies, None)
        if body is not None:
            self.position, self._end = body
        return body is not None
