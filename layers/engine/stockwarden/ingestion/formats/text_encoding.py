"""Detects the encoding of a text file from all its bytes, without decoding it in memory."""

import codecs
import io
import re
from dataclasses import dataclass

from stockwarden.core.errors import UnreadableFile
from stockwarden.ingestion.formats.container import is_utf16

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_HEAD = 4096
_STEP = 1 << 20
_GUESSED_LINES, _GUESSED_BYTES = 2_000, 1 << 18
_NAMED_LINES, _LONGEST_SAMPLE = 5, 60


@dataclass(frozen=True)
class FoundEncoding:
    """The codec's name, and a note for the user where it is a guess ("" where it is sure)."""

    name: str
    note: str = ""


def find_encoding(data: bytes) -> FoundEncoding:
    """The encoding: by BOM, else UTF-16 or UTF-8 if the bytes are valid, else a guess.

    A guess other than Western European, or one whose letters make no words, has a note. Raises
    UnreadableFile(`unknown_encoding`).
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return FoundEncoding(_checked(data, name))
    head = data[:_HEAD]
    if is_utf16(head):
        return FoundEncoding(_checked(data, "utf-16-le" if head[1::2].count(0) else "utf-16-be"))
    if data.isascii() or _first_invalid(data, "utf-8") is None:
        return FoundEncoding("utf-8")
    return _guess(data)


def _checked(data: bytes, name: str) -> str:
    offset = _first_invalid(data, name)
    if offset is not None:
        line = data.count(b"\n", 0, offset) + 1
        raise UnreadableFile(
            "unknown_encoding",
            f"The text file begins like {name.removesuffix('-sig').upper()}, but line {line:,} has "
            "characters that are none of it. Save it again in UTF-8.",
        )
    return name


def _first_invalid(data: bytes, name: str) -> int | None:
    """The approximate offset of the first invalid bytes; None if all are valid."""
    decoder = codecs.getincrementaldecoder(name)()
    for start in range(0, len(data), _STEP):
        end = start + _STEP
        try:
            decoder.decode(data[start:end], final=end >= len(data))
        except UnicodeDecodeError as error:
            return min(start + error.start, len(data) - 1)
    return None


def _guess(data: bytes) -> FoundEncoding:
    from stockwarden.ingestion.formats.text_guess import NAMES, guess_encoding

    odd: list[bytes] = []
    broken: list[int] = []
    lines = size = 0
    for number, line in enumerate(io.BytesIO(data), start=1):
        if line.isascii():
            continue
        lines += 1
        if _first_invalid(line, "utf-8") is not None:
            broken.append(number)
        if len(odd) < _GUESSED_LINES and size < _GUESSED_BYTES:
            odd.append(line)
            size += len(line)
    if 2 * len(broken) <= lines:
        # A few broken bytes in UTF-8: reading all of it otherwise would garble every accent.
        first = ", ".join(map(str, broken[:_NAMED_LINES]))
        return FoundEncoding(
            "utf-8",
            f"The file is UTF-8, but {len(broken):,} of its lines have characters that are not "
            f"(line {first}): these characters are shown as �.",
        )
    guess = guess_encoding(odd)
    if guess.encoding == "cp1252" and guess.plausible:
        return FoundEncoding(_with_undefined(data))
    name = _with_undefined(data) if guess.encoding == "cp1252" else guess.encoding
    sample = _sample(odd, name)
    return FoundEncoding(
        name,
        f"The file does not say its encoding: its characters were read as {NAMES[guess.encoding]}, "
        f"which is a guess. Look at “{sample}”; if it is wrong, save the file again as UTF-8.",
    )


def _with_undefined(data: bytes) -> str:
    """cp1252, or Latin-1 where bytes are undefined in it."""
    return "cp1252" if _first_invalid(data, "cp1252") is None else "latin_1"


def _sample(lines: list[bytes], encoding: str) -> str:
    """The first cell with a character beyond ASCII."""
    cells = re.split(r"[,;\t|^\"\r\n]+", lines[0].decode(encoding, "replace"))
    return next((cell.strip() for cell in cells if not cell.isascii()), "")[:_LONGEST_SAMPLE]
