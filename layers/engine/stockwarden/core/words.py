"""Texts as they are searched: words without case and accents, codes without separators.

A word is a run of letters and digits, of any script. Latin letters lose their accents, also those
that have no decomposition (`ø` is `o`, `ß` is `ss`), so that who types `senal` finds `Señal`.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

# Letters with a stroke, ligatures and the like, which Unicode does not decompose.
_PLAIN = {
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "ħ": "h",
    "ı": "i",
    "æ": "ae",
    "œ": "oe",
    "þ": "th",
}
_ASCII_WORD = re.compile(r"[A-Za-z0-9]+")
_NO_SEPARATORS = re.compile(r"[^A-Za-z0-9]+")


class Word(NamedTuple):
    """`text` is folded. `start` is where the word begins in the text that it was read from, and
    `ends[n - 1]` where its first n folded characters end there."""

    text: str
    start: int
    ends: Sequence[int]


def words_in(text: str) -> Iterator[Word]:
    """The words of a text, in their order. Time is linear in its length."""
    if text.isascii():
        for run in _ASCII_WORD.finditer(text):
            start, end = run.span()
            yield Word(run[0].lower(), start, range(start + 1, end + 1))
        return
    folded: list[str] = []
    ends: list[int] = []
    start = 0
    for position, character in enumerate(text):
        piece = _folded(character)
        if piece is None:
            if folded:
                yield Word("".join(folded), start, ends)
            folded, ends = [], []
            continue
        if not folded:
            start = position
        elif not piece:
            # An accent of its own belongs to the letter before it.
            ends[-1] = position + 1
        folded += piece
        ends += [position + 1] * len(piece)
    if folded:
        yield Word("".join(folded), start, ends)


def folded_words(text: str) -> list[str]:
    """The words of a text, without their places."""
    if text.isascii():
        return _ASCII_WORD.findall(text.lower())
    return [word.text for word in words_in(text)]


def compact(code: str) -> str:
    """A code as it is searched: `W-001`, `w 001` and `W001` are `w001`."""
    if code.isascii():
        return _NO_SEPARATORS.sub("", code).lower()
    return "".join(folded_words(code))


@lru_cache(maxsize=4096)
def _folded(character: str) -> str | None:
    """What stands for a character in a word; None where it is not part of one."""
    plain = unicodedata.normalize("NFKD", character.casefold())
    kept = "".join(
        _PLAIN.get(each, each) for each in plain if each.isalnum() or _is_vowel_sign(each)
    )
    if kept:
        return kept
    return "" if unicodedata.combining(character) else None


def _is_vowel_sign(character: str) -> bool:
    """Of a script whose vowels are marks, such as Devanagari, and no accent."""
    return unicodedata.category(character)[0] == "M" and not unicodedata.combining(character)
