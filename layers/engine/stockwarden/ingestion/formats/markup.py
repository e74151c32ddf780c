"""Parses XML of untrusted files piece by piece, in linear time."""

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import PurePosixPath
from xml.parsers import expat

from stockwarden.ingestion.formats.limits import MAX_CELL_TEXT, cell_too_long, corrupted

_CELL_NAME = re.compile(rb'<(?:\w+:)?c r="([A-Z]{1,3}[0-9]{1,7})"')
_LOOKED_BACK = 1 << 12

Start = Callable[[str, dict[str, str]], None]


def windows(pieces: Iterable[bytes], name: str) -> Iterator[bytes]:
    """The same bytes in windows that end before a `<`, so that none ends within a tag.

    Raises UnreadableFile(`too_large`) for a text or tag that is longer than a cell may be. `name`
    is the part's, for the message.
    """
    held: list[bytes | memoryview] = []
    size, before = 0, b""
    for piece in pieces:
        end = piece.rfind(b"<")
        if end >= 0:
            held.append(memoryview(piece)[:end])
            window = b"".join(held)
            _check_gaps(window, name)
            if window:
                yield window
            held, size, before = [], 0, window
        held.append(piece[max(end, 0) :])
        size += len(held[-1])
        if size > MAX_CELL_TEXT:
            raise cell_too_long(_describe_cell(name, before))
    if size:
        yield b"".join(held)


def _check_gaps(window: bytes, name: str) -> None:
    # A gap that is too long covers one of these steps from end to end.
    step = MAX_CELL_TEXT // 2
    for start in range(0, len(window) - step, step):
        if window.find(b"<", start, start + step) < 0:
            first, last = window.rfind(b"<", 0, start), window.find(b"<", start + step)
            if (len(window) if last < 0 else last) - max(first, 0) > MAX_CELL_TEXT:
                raise cell_too_long(_describe_cell(name, window[:start]))


def _describe_cell(name: str, before: bytes) -> str:
    """Describes the cell that begins at the end of `before`."""
    file = PurePosixPath(name).name
    cells = _CELL_NAME.findall(before[-_LOOKED_BACK:])
    return f"The cell {cells[-1].decode()} of {file}" if cells else f"A cell of {file}"


def local(name: str) -> str:
    """The name without its prefix: `table-row` of `table:table-row`."""
    return name.rpartition(":")[2]


def parse_safely(
    pieces: Iterable[bytes],
    start: Start,
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Parses without entities: a document that declares any is refused, never expanded.

    Pieces that end between tags (`windows`) are read in linear time; an expat of before 2.6 looks
    at an unfinished tag from its beginning with every piece.

    Raises UnreadableFile(`corrupted`).
    """
    parser = expat.ParserCreate()
    parser.buffer_text = text is not None
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.EntityDeclHandler = _refuse_entity
    try:
        for piece in pieces:
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError) as error:
        raise corrupted() from error


def _refuse_entity(*_: object) -> None:
    raise corrupted()
