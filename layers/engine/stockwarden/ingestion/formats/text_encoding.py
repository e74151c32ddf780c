"""Detects the encoding of a text file from all its bytes, without decoding it in memory."""

import codecs
import io
import re
from itertools import islice

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
# C1 control characters are in no inventory; where Latin-1 would give them it is cp1252.
_CONTROLS = re.compile(rb"[\x80-\x9f]")


def find_encoding(data: bytes) -> str:
    """The codec's name: by BOM, else UTF-16 or UTF-8 if the bytes are valid, else a guess.

    The guess is charset-normalizer's over Western encodings; these differ in few letters, never
    in digits or delimiters. Raises UnreadableFile(`unknown_encoding`).
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _checked(data, name)
    head = data[:_HEAD]
    if is_utf16(head):
        return _checked(data, "utf-16-le" if head[1::2].count(0) else "utf-16-be")
    return "utf-8" if data.isascii() or _first_invalid(data, "utf-8") is None else _guess(data)


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


def _guess(data: bytes) -> str:
    import charset_normalizer

    lines = utf8 = 0
    for line in io.BytesIO(data):
        if not line.isascii():
            lines += 1
            utf8 += _first_invalid(line, "utf-8") is None
    if 2 * utf8 >= lines:
        # A few broken bytes in UTF-8: reading all of it otherwise would garble every accent.
        return "utf-8"
    odd = (line for line in io.BytesIO(data) if not line.isascii())
    sample = b"".join(islice(odd, _GUESSED_LINES))[:_GUESSED_BYTES]
    best = charset_normalizer.from_bytes(sample, cp_isolation=["cp1252", "latin_1", "cp850"]).best()
    name = best.encoding if best else "cp1252"
    return "cp1252" if name == "latin_1" and _CONTROLS.search(data) else name
