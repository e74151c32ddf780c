"""Reads the element strings of GS1 symbols: `(01)09501101530003(10)LOT-A`, or as scanners send it.

A scanner sends no parentheses. A separator (GS, which stands for FNC1) ends each value that has no
predefined length, and a symbology identifier may stand in front.
"""

from collections.abc import Iterator
from datetime import date
from types import MappingProxyType

from stockwarden.core.gs1.check_digits import GTIN_LENGTHS, SSCC_LENGTH, check_digit, is_digits
from stockwarden.core.gs1.elements import Elements
from stockwarden.core.gs1.identifiers import FORMATS, format_of, identifier_at, is_predefined
from stockwarden.core.gs1.pairs import check_pairs

MAX_LENGTH = 500
SEPARATOR = "\x1d"
# GS1-128, GS1 DataBar and Composite, GS1 DataMatrix, GS1 QR Code, GS1 DotCode.
SYMBOLOGIES = ("]C1", "]e0", "]d2", "]Q3", "]J1")
_BLANKS = " \t\r\n"
_LENGTHS_IN_FRONT = {"00": SSCC_LENGTH, "01": max(GTIN_LENGTHS), "02": max(GTIN_LENGTHS)}


def parse_element_string(text: str, today: date) -> Elements:
    """Reads an element string; `today` decides the centuries of its dates.

    Raises ValueError if it breaks a rule: an unknown identifier, a value that does not suit its
    identifier, or identifiers that do not go together.
    """
    if len(text) > MAX_LENGTH:
        raise ValueError(f"An element string has at most {MAX_LENGTH} characters here.")
    content = _content(text)
    if not content:
        raise ValueError("There is no element string.")
    values: dict[str, str] = {}
    for ai, value in _written(content) if content.startswith("(") else _scanned(content):
        value_format = format_of(ai)
        try:
            value_format.check(value, today)
        except ValueError as error:
            raise ValueError(f"({ai}): {error}") from error
        if values.setdefault(ai, value) != value:
            raise ValueError(f"({ai}) stands here with two values, {values[ai]} and {value}.")
    check_pairs(values)
    return Elements(MappingProxyType(values), today)


def looks_like_element_string(text: str) -> bool:
    """Whether it is worth reading the text as an element string; it may still break a rule.

    A bare number counts only if it begins with a GTIN or SSCC whose check digit is right.
    """
    if len(text) > MAX_LENGTH or len(text) < 4:
        return False
    stripped = text.strip(_BLANKS)
    if stripped.startswith(SYMBOLOGIES):
        return True
    if stripped.startswith("("):
        return _identifier_in_parentheses(stripped, 0) in FORMATS
    if SEPARATOR in stripped:
        return _begins_with_identifier(stripped.removeprefix(SEPARATOR))
    return _begins_with_key(stripped)


def _begins_with_identifier(text: str) -> bool:
    return any(text[:length] in FORMATS for length in (2, 3, 4))


def _begins_with_key(text: str) -> bool:
    end = 2 + _LENGTHS_IN_FRONT.get(text[:2], len(text))
    key, rest = text[2:end], len(text) - end
    # Another element has three characters or more.
    if rest < 0 or rest in (1, 2) or not is_digits(key):
        return False
    return check_digit(key[:-1]) == key[-1]


def _content(text: str) -> str:
    """The text without what stands around elements: blanks, the symbology identifier, and a
    separator in front (the FNC1 that marks a GS1 symbol)."""
    content = text.strip(_BLANKS)
    if content.startswith("]"):
        if not content.startswith(SYMBOLOGIES):
            raise ValueError(f"{content[:3]} is no symbology that has element strings.")
        content = content[3:]
    return content.removeprefix(SEPARATOR)


def _written(text: str) -> Iterator[tuple[str, str]]:
    """The elements of the form with parentheses. Parentheses may also stand in values: those around
    two to four digits are always taken as those of an identifier."""
    ai, start, position = "", 0, 0
    while position >= 0:
        found = _identifier_in_parentheses(text, position)
        if found:
            if ai:
                yield ai, text[start:position].strip(_BLANKS)
            ai, start = found, position + len(found) + 2
        elif not ai:
            raise ValueError("An application identifier of two to four digits should stand in (…).")
        position = text.find("(", position + 1)
    yield ai, text[start:].strip(_BLANKS)


def _identifier_in_parentheses(text: str, start: int) -> str:
    """The digits of `(dd)` to `(dddd)` at this place, or nothing."""
    ai, closing, _ = text[start + 1 : start + 6].partition(")")
    return ai if closing and len(ai) >= 2 and is_digits(ai) else ""


def _scanned(text: str) -> Iterator[tuple[str, str]]:
    """The elements of the form of scanners. A separator at the end, or behind a value of predefined
    length, is superfluous and allowed."""
    position = 0
    while position < len(text):
        ai = identifier_at(text, position)
        start = position + len(ai)
        limit = start + format_of(ai).longest if is_predefined(ai) else len(text)
        end = text.find(SEPARATOR, start, limit)
        position = min(limit, len(text)) if end < 0 else end
        yield ai, text[start:position]
        position += text[position : position + 1] == SEPARATOR
