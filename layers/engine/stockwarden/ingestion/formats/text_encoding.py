"""Detects the encoding of a text file from all its bytes, without decoding it in memory."""

import codecs
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from stockwarden.core.errors import Invalid, UnreadableFile
from stockwarden.ingestion.formats.container import is_utf16

if TYPE_CHECKING:
    from stockwarden.ingestion.formats.text_guess import Guess

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_HEAD = 4096
_ASCII = bytes(range(128))
_UNDEFINED_IN_CP1252 = (b"\x81", b"\x8d", b"\x8f", b"\x90", b"\x9d")
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
_STEP = 1 << 20
_GUESSED_LINES, _GUESSED_BYTES = 500, 1 << 17
_NAMED_LINES, _LONGEST_SAMPLE = 5, 60
_READINGS, _SAMPLES, _SAMPLED_LINES = 6, 3, 20


@dataclass(frozen=True)
class FoundEncoding:
    """The codec's name, and a note for the user where it is unsure ("" where it is not).

    `guessed` says that a person may state another encoding; `readings` are {encoding: cells as it
    reads them} where a person has to.
    """

    name: str
    note: str = ""
    guessed: bool = False
    readings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def find_encoding(data: bytes) -> FoundEncoding:
    """The encoding: by BOM, else UTF-16 or UTF-8 if the bytes are valid, else a guess.

    A guess other than Western European has a note; one whose letters make no words has readings to
    choose from. Raises UnreadableFile(`unknown_encoding`).
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return FoundEncoding(_checked(data, name))
    head = data[:_HEAD]
    if is_utf16(head):
        return FoundEncoding(_checked(data, "utf-16-le" if head[1::2].count(0) else "utf-16-be"))
    invalid = None if data.isascii() else _first_invalid(data, "utf-8")
    return FoundEncoding("utf-8") if invalid is None else _guess(data, invalid)


def stated_encoding(data: bytes, name: str) -> FoundEncoding:
    """The encoding that a person has stated, one of `text_guess.NAMES`.

    Raises Invalid at /encoding for one that the file cannot be in.
    """
    from stockwarden.ingestion.formats.text_guess import NAMES

    if name not in NAMES:
        raise Invalid.field("/encoding", f"{name!r} is no encoding; there are: {', '.join(NAMES)}.")
    codec = _with_undefined(data) if name == "cp1252" else name
    offset = _first_invalid(data, codec)
    if offset is not None:
        line = data.count(b"\n", 0, offset) + 1
        raise Invalid.field(
            "/encoding",
            f"The file is not {NAMES[name]}: line {line:,} has characters that are none of it.",
        )
    return FoundEncoding(codec, guessed=True)


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


def _guess(data: bytes, invalid: int) -> FoundEncoding:
    from stockwarden.ingestion.formats.text_guess import NAMES, guess_encoding

    if _is_mostly_utf8(data, invalid):
        # A few broken bytes in UTF-8: reading all of it otherwise would garble every accent.
        broken = _broken_lines(data)
        first = ", ".join(map(str, broken[:_NAMED_LINES]))
        return FoundEncoding(
            "utf-8",
            f"The file is UTF-8, but {len(broken):,} of its lines have characters that are not "
            f"(line {first}): these characters are shown as �.",
        )
    odd = _odd_lines(data)
    guess = guess_encoding(odd)
    if guess.encoding == "cp1252" and guess.plausible:
        return FoundEncoding(_with_undefined(data), guessed=True)
    name = _with_undefined(data) if guess.encoding == "cp1252" else guess.encoding
    sample = next(iter(_samples(odd, name)), "")
    note = (
        f"The file does not say its encoding: its characters were read as {NAMES[guess.encoding]}, "
        f"which is a guess. Look at “{sample}”; if it is wrong, state the encoding with the "
        "mapping, or save the file again as UTF-8."
    )
    readings = {} if guess.plausible else _readings(odd, guess)
    return FoundEncoding(name, note, guessed=True, readings=readings)


def _readings(lines: list[bytes], guess: "Guess") -> dict[str, tuple[str, ...]]:
    """The guess and the likeliest others, as far as they read the cells differently."""
    readings: dict[str, tuple[str, ...]] = {}
    for encoding in (guess.encoding, *guess.others):
        cells = _samples(lines, encoding)
        if cells not in readings.values():
            readings[encoding] = cells
        if len(readings) == _READINGS:
            break
    return readings


def _is_mostly_utf8(data: bytes, invalid: int) -> bool:
    """Whether the bytes around the first `invalid` one have at least as many characters of UTF-8,
    of two bytes or more, as broken ones."""
    part = data[max(0, invalid - _STEP) : invalid + _STEP]
    broken = part.decode("utf-8", "replace").count("\ufffd")
    return 3 * broken <= len(part.translate(None, _ASCII))


def _broken_lines(data: bytes) -> list[int]:
    """The numbers of the lines, from 1, that are no UTF-8."""
    broken = []
    for number, line in enumerate(io.BytesIO(data), start=1):
        try:
            line.decode()
        except UnicodeDecodeError:
            broken.append(number)
    return broken


def _odd_lines(data: bytes) -> list[bytes]:
    """The first lines with bytes beyond ASCII, as many as a guess needs."""
    lines: list[bytes] = []
    size = end = 0
    while len(lines) < _GUESSED_LINES and size < _GUESSED_BYTES:
        odd = _BEYOND_ASCII.search(data, end)
        if odd is None:
            break
        start, end = data.rfind(b"\n", end, odd.start()) + 1 or end, data.find(b"\n", odd.end())
        end = len(data) if end < 0 else end + 1
        lines.append(data[start : min(end, start + _GUESSED_BYTES)])
        size += end - start
    return lines


def _with_undefined(data: bytes) -> str:
    """cp1252, or Latin-1 where bytes are undefined in it."""
    return "latin_1" if any(byte in data for byte in _UNDEFINED_IN_CP1252) else "cp1252"


def _samples(lines: list[bytes], encoding: str) -> tuple[str, ...]:
    """The first cells with characters beyond ASCII, as the encoding reads them."""
    cells = (
        cell.strip()[:_LONGEST_SAMPLE]
        for line in lines[:_SAMPLED_LINES]
        for cell in re.split(r"[,;\t|^\"\r\n]+", line.decode(encoding, "replace"))
        if not cell.isascii()
    )
    return tuple(islice(dict.fromkeys(cells), _SAMPLES))
