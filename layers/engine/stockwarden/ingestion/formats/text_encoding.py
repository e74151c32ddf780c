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
_STEP = 1 << 20
_GUESSED_LINES, _GUESSED_BYTES = 2_000, 1 << 18
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
    if data.isascii() or _first_invalid(data, "utf-8") is None:
        return FoundEncoding("utf-8")
    return _guess(data)


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


def _with_undefined(data: bytes) -> str:
    """cp1252, or Latin-1 where bytes are undefined in it."""
    return "cp1252" if _first_invalid(data, "cp1252") is None else "latin_1"


def _samples(lines: list[bytes], encoding: str) -> tuple[str, ...]:
    """The first cells with characters beyond ASCII, as the encoding reads them."""
    cells = (
        cell.strip()[:_LONGEST_SAMPLE]
        for line in lines[:_SAMPLED_LINES]
        for cell in re.split(r"[,;\t|^\"\r\n]+", line.decode(encoding, "replace"))
        if not cell.isascii()
    )
    return tuple(islice(dict.fromkeys(cells), _SAMPLES))
