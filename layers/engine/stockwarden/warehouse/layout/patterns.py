"""The pattern language of layouts: parser, and matching of location codes.

    A-0[1-5]-*          `*` any run of characters, `?` one, `[1-5]` one of a class, `[!X]` any other
    RECV-{01..04}       a numeric range; a leading zero keeps the width, `{1..12}` has none
    {001..999}{A..D}    a letter range
    {DOCK,BAY-{1..3}}   alternatives, which are patterns themselves

Codes and patterns compare after trimming and upper-casing. Matching is done by an automaton
(`automaton.py`) in time linear in the code, whatever the pattern; a range costs the square of its
number of digits, not of its length. The total cost is limited (`pattern_size.py`).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import NoReturn

from stockwarden.core.errors import FieldError, Invalid
from stockwarden.warehouse.layout.automaton import (
    ANY,
    NO_MATCH,
    Automaton,
    Chars,
    Choice,
    Node,
    Sequence,
    Star,
)
from stockwarden.warehouse.layout.pattern_size import PATTERN_LIMIT, Size, size_of

MAX_LENGTH = 200
MAX_DIGITS = 12
_ALONE_BYTES = 2 * 2**20
_DIGITS = "0123456789"
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def comparable(code: str) -> str:
    """A code or description as it is compared: trimmed and upper-cased."""
    return code.strip().upper()


def comparable_all(codes: Iterable[str]) -> list[str]:
    """As `comparable`, for many codes at once."""
    return list(map(str.upper, map(str.strip, codes)))


class PatternError(Invalid):
    """A pattern that cannot be read; `position` counts characters from 1."""

    def __init__(self, text: str, position: int, reason: str) -> None:
        shown = text if len(text) <= MAX_LENGTH else f"{text[:MAX_LENGTH]}…"
        detail = f"Pattern {shown!r}, character {position}: {reason}"
        super().__init__(detail, (FieldError("", detail),))
        self.position = position


@dataclass(frozen=True)
class Pattern:
    """One compiled pattern. `open_ended`: its codes cannot be listed (`*`, `?`, `[!X]`)."""

    text: str
    node: Node = field(repr=False, compare=False)
    literal: str | None
    open_ended: bool
    size: Size

    def matches(self, text: str) -> bool:
        """Whether the whole of `text`, trimmed and upper-cased, fits."""
        return self.matches_comparable(comparable(text))

    def matches_comparable(self, code: str) -> bool:
        """As `matches`, for text that is already in its comparable form."""
        if self.literal is not None:
            return code == self.literal
        if self._contained is not None:
            return self._contained in code
        return _automaton(self).first_matches((code,)) != [NO_MATCH]

    @cached_property
    def _contained(self) -> str | None:
        """The X of `*X*`: by far the most frequent pattern for descriptions."""
        items = self.node.items if isinstance(self.node, Sequence) else ()
        if len(items) < 2 or not (isinstance(items[0], Star) and isinstance(items[-1], Star)):
            return None
        return _literal(items[1:-1])


def compile_pattern(text: str) -> Pattern:
    """Compiles a pattern. Raises `PatternError` (an `Invalid`) with the position and the fault."""
    trimmed = text.strip()
    if not trimmed:
        raise PatternError(text, 1, "the pattern is empty")
    if len(trimmed) > MAX_LENGTH:
        raise PatternError(trimmed, MAX_LENGTH + 1, f"longer than {MAX_LENGTH} characters")
    reader = _Reader(trimmed)
    node = reader.sequence(nested=False)
    literal = _literal(node.items)
    # Most rows of a long layout are literal codes, whose size needs no computation.
    size = size_of(node) if literal is None else Size(len(literal))
    if not size.is_within(PATTERN_LIMIT):
        reader.fail_as_too_large(size)
    return Pattern(trimmed, node, literal, reader.open_ended, size)


# Caches the few patterns in use; the automata of all rows would exceed memory.
@lru_cache(maxsize=64)
def _automaton(pattern: Pattern) -> Automaton:
    return Automaton([pattern.node], _ALONE_BYTES)


def _literal(items: tuple[Node, ...]) -> str | None:
    letters: list[str] = []
    for item in items:
        if not isinstance(item, Chars) or item.negated or len(item.members) != 1:
            return None
        letters += item.members
    return "".join(letters)


# Layouts repeat a few classes thousands of times; each is stored once.
@lru_cache(maxsize=1024)
def _letter(letter: str) -> Chars:
    return Chars(letter)


@lru_cache(maxsize=1024)
def _run(signs: str, first: int, last: int) -> Chars:
    return Chars(signs[first : last + 1])


class _Reader:
    """Recursive descent over the text of one pattern."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.position = 0
        self.open_ended = False
        self.ranges = Size()

    def fail(self, reason: str, position: int | None = None) -> NoReturn:
        raise PatternError(self.text, (self.position if position is None else position) + 1, reason)

    def fail_as_too_large(self, size: Size) -> NoReturn:
        self.fail(
            f"up to here, the pattern comes to {size}; one may have {PATTERN_LIMIT}. Use fewer "
            "ranges, alternatives and classes, or several rows",
            min(self.position, len(self.text) - 1),
        )

    def sequence(self, *, nested: bool) -> Sequence:
        items: list[Node] = []
        while self.position < len(self.text):
            sign = self.text[self.position]
            if nested and sign in ",}":
                break
            if nested and self.text.startswith("..", self.position):
                self.fail("a range among alternatives needs its own braces: {{A..D},X}")
            if sign in "]}":
                self.fail(f"{sign!r} closes nothing")
            if sign == "{":
                items.append(self.braces())
                continue
            if sign == "[":
                items.append(self.character_class())
                continue
            self.position += 1
            if sign in "*?":
                self.open_ended = True
                if sign == "?":
                    items.append(ANY)
                elif not (items and isinstance(items[-1], Star)):
                    items.append(Star())
            else:
                items += map(_letter, sign.upper())
        return Sequence(tuple(items))

    def character_class(self) -> Chars:
        start = self.position
        self.position += 1
        negated = self.text.startswith("!", self.position)
        self.position += negated
        close = self.text.find("]", self.position + 1)
        if close < 0:
            self.fail("this '[' is never closed by a ']'", start)
        body = self.text[self.position : close].upper()
        members: set[str] = set()
        index = 0
        while index < len(body):
            if index + 2 < len(body) and body[index + 1] == "-":
                low, high = body[index], body[index + 2]
                if low > high:
                    self.fail(f"the class runs backwards: {low}-{high}", self.position + index)
                if ord(high) - ord(low) > 255:
                    self.fail(f"the class is too wide: {low}-{high}", self.position + index)
                members.update(map(chr, range(ord(low), ord(high) + 1)))
                index += 3
            else:
                members.add(body[index])
                index += 1
        self.position = close + 1
        self.open_ended |= negated
        return Chars("".join(sorted(members)), negated)

    def braces(self) -> Node:
        start = self.position
        close = self.text.find("}", start)
        if close < 0:
            self.fail("this '{' is never closed by a '}'", start)
        body = self.text[start + 1 : close]
        if ".." in body and not set(body) & set(",{[*?"):
            self.position = close + 1
            return self.range(body.upper(), start)
        self.position += 1
        choices = [self.sequence(nested=True)]
        while self.text.startswith(",", self.position):
            self.position += 1
            choices.append(self.sequence(nested=True))
        if self.position == len(self.text):
            self.fail("this '{' is never closed by a '}'", start)
        self.position += 1
        if len(choices) == 1:
            self.fail("braces hold a range like {01..04} or alternatives like {A,B}", start)
        return Choice(tuple(choices))

    def range(self, body: str, start: int) -> Node:
        low, _, high = (part.strip() for part in body.partition(".."))
        if low in _LETTERS and high in _LETTERS and len(low) == len(high) == 1:
            if low > high:
                self.fail(f"the range runs backwards: {{{low}..{high}}}", start)
            return _run(_LETTERS, _LETTERS.index(low), _LETTERS.index(high))
        if not (low and high and set(low + high) <= set(_DIGITS)):
            self.fail(f"{{{body}}} is no range: write {{01..04}} or {{A..D}}", start)
        if max(len(low), len(high)) > MAX_DIGITS:
            self.fail(f"a range may have at most {MAX_DIGITS} digits", start)
        if int(low) > int(high):
            self.fail(f"the range runs backwards: {{{low}..{high}}}", start)
        choice = Choice(tuple(_numbers(low, high)))
        # Only ranges can be larger than their text, so their size is checked before the next.
        self.ranges += size_of(choice)
        if not self.ranges.is_within(PATTERN_LIMIT):
            self.fail_as_too_large(self.ranges)
        return choice


def _numbers(low: str, high: str) -> list[Sequence]:
    """The numbers of a range as sequences of digit classes, at most 2 x width of them per width."""
    padded = (low[0] == "0" and len(low) > 1) or (high[0] == "0" and len(high) > 1)
    if padded or len(low) == len(high):
        width = max(len(low), len(high))
        return _same_width(low.zfill(width), high.zfill(width))
    sequences = _same_width(low, "9" * len(low))
    for width in range(len(low) + 1, len(high)):
        sequences += _same_width("1" + "0" * (width - 1), "9" * width)
    return sequences + _same_width("1" + "0" * (len(high) - 1), high)


def _same_width(low: str, high: str) -> list[Sequence]:
    return [
        Sequence(tuple(_run(_DIGITS, first, last) for first, last in digits))
        for digits in _spans(low, high)
    ]


def _spans(low: str, high: str) -> list[tuple[tuple[int, int], ...]]:
    """Splits low..high (same width) into runs of digit intervals: 008..015 → 00[89], 01[0-5]."""
    first, last, rest = int(low[0]), int(high[0]), len(low) - 1
    if not rest:
        return [((first, last),)]
    if first == last:
        return [((first, first), *tail) for tail in _spans(low[1:], high[1:])]
    below: list[tuple[tuple[int, int], ...]] = []
    above: list[tuple[tuple[int, int], ...]] = []
    if low[1:] != "0" * rest:
        below = [((first, first), *tail) for tail in _spans(low[1:], "9" * rest)]
        first += 1
    if high[1:] != "9" * rest:
        above = [((last, last), *tail) for tail in _spans("0" * rest, high[1:])]
        last -= 1
    middle = [((first, last), *(((0, 9),) * rest))] if first <= last else []
    return below + middle + above
