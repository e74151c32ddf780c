"""Rules for characters in names and free texts, and placeholders for forbidden ones.

A *name* (of a user, report, warehouse, zone, mapping; a pattern; a file) is one line that people
recognise by sight. So it has no invisible characters: no control characters or line breaks, no
zero-width or directional characters, no characters without an assigned meaning (private use,
unassigned, tags). The exceptions are characters that scripts and emoji need: joiners between the
letters or pictures that they join, and variation selectors.

A *free text* (a comment, a reason, a note) may have line breaks and any direction; directional
controls are made visible where the text is displayed.
"""

import re
import unicodedata
from collections.abc import Callable

# Control, format, surrogate, private use, unassigned; line and paragraph separators.
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
# Blank characters of other categories.
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_SELECTORS = re.compile("[\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_NON_JOINER, _JOINER = "\u200c", "\u200d"
_VIRAMA = 9
_LINE_BREAKS = frozenset("\t\n\r")
# Embeddings, overrides and isolates: they affect text beyond the one that contains them.
_DIRECTIONAL = re.compile("[\u202a-\u202e\u2066-\u2069]")


def check_name(text: str) -> str:
    """Returns the name. Raises ValueError that names the first forbidden character."""
    for index, character in enumerate(text):
        if not _is_visible(text, index, character):
            raise ValueError(f"{described(character)} may not stand in a name; leave it out.")
    return text


def check_free_text(text: str) -> str:
    """Returns the text. Raises ValueError that names the first forbidden character."""
    for character in text:
        if _is_forbidden_in_text(character):
            raise ValueError(f"{described(character)} may not stand in a text; leave it out.")
    return text


def described(character: str) -> str:
    """Code point and name of a character: `U+202E (right-to-left override)`."""
    name = unicodedata.name(character, "").lower() or _CATEGORIES[unicodedata.category(character)]
    return f"U+{ord(character):04X} ({name})"


def turned_visible(text: str) -> str:
    """Replaces each directional control character by a placeholder such as `[U+202E]`."""
    return _DIRECTIONAL.sub(lambda match: _placeholder(match[0]), text)


_CATEGORIES = {
    "Cc": "a control character",
    "Cf": "a format character",
    "Cs": "half a character",
    "Co": "a private character",
    "Cn": "no character",
    "Zl": "a line break",
    "Zp": "a line break",
}


def _placeholder(character: str) -> str:
    return f"[U+{ord(character):04X}]"


def name_from(text: str, substitute: Callable[[str], str] = _placeholder) -> str:
    """A valid name from any text: placeholders replace the characters that names may not hold."""
    return "".join(
        character if _is_visible(text, index, character) else substitute(character)
        for index, character in enumerate(text)
    )


def _is_visible(text: str, index: int, character: str) -> bool:
    before, after = text[index - 1 : index], text[index + 1 : index + 2]
    if _SELECTORS.fullmatch(character):
        return bool(before) and unicodedata.category(before)[0] in "LNPS"
    if character in (_JOINER, _NON_JOINER):
        return _joins(character, before, after)
    return character not in _BLANK and unicodedata.category(character) not in _INVISIBLE


def _joins(joiner: str, before: str, after: str) -> bool:
    """Whether a joiner is valid here: RFC 5892, A.1 and A.2, and emoji sequences (UTS 51)."""
    if not (before and after):
        return False
    if unicodedata.combining(before) == _VIRAMA:
        return True
    if joiner == _NON_JOINER:
        return {unicodedata.bidirectional(neighbour) for neighbour in (before, after)} == {"AL"}
    is_picture = unicodedata.category(before) in {"So", "Sk"} or bool(_SELECTORS.fullmatch(before))
    return is_picture and unicodedata.category(after) == "So"


def _is_forbidden_in_text(character: str) -> bool:
    match unicodedata.category(character):
        case "Cc":
            return character not in _LINE_BREAKS
        case "Cs":
            return True
        case "Cn":
            return ord(character) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(character) <= 0xFDEF
    return False
