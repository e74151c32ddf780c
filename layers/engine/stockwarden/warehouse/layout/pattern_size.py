"""Cost limits of patterns, computed from the parsed pattern before an automaton is built.

Memory grows with the *states*: the characters, classes and wildcards of a pattern, counted in each
number of a range and in each alternative. Time grows with the states that are active together. Most
patterns have few: the position in the code determines them. *Floating* states come after a part of
varying length (`*`, `{,A}`, `{8..12}`), so no position determines them, and crafted codes can
activate nearly all of them at each character.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from stockwarden.warehouse.layout.automaton import Chars, Choice, Node, Sequence, Star

_MEMBERS_PER_STATE = 16


@dataclass(frozen=True)
class Size:
    states: int = 0
    floating: int = 0

    def __add__(self, other: "Size") -> "Size":
        return Size(self.states + other.states, self.floating + other.floating)

    def __str__(self) -> str:
        return f"{self.states:,} states, {self.floating:,} of them at no fixed place"

    def is_within(self, limit: "Size") -> bool:
        return self.states <= limit.states and self.floating <= limit.floating


PATTERN_LIMIT = Size(states=1_000, floating=300)
"""Limit of one pattern. The largest range, of twelve digits, takes 276 states."""

LAYOUT_LIMIT = Size(states=250_000, floating=10_000)
"""Limit of all patterns of a layout together; literal codes are not counted."""


def size_of(node: Node) -> Size:
    """The size of a whole pattern."""
    walk = _Walk()
    walk.visit(node)
    return walk.size


@dataclass(slots=True)
class _Walk:
    """State of a walk from the start of a pattern or an alternative: the states counted so far,
    and the possible text lengths at the current position.

    The text right after the first `*` (the X of `*X*`) does not float: the last characters of the
    code determine how much of it has matched.
    """

    floats: bool = False
    after_star: bool = False
    shortest: int = 0
    longest: int = 0
    states: int = 0
    floating: int = 0

    @property
    def size(self) -> Size:
        return Size(self.states, self.floating)

    def visit(self, node: Node) -> None:
        match node:
            case Chars(members, negated):
                plain = len(members) == 1 and not negated
                self.floats |= self.after_star and not plain
                self._count(1 if plain else _states(members))
                self.shortest += 1
                self.longest += 1
            case Star():
                self.floats |= self.after_star
                self.after_star = True
                self._count(1)
            case Sequence(items):
                for item in items:
                    self.visit(item)
            case Choice(options):
                self.floats |= self.after_star
                self._visit_choice(options)

    def _count(self, states: int) -> None:
        self.states += states
        self.floating += states if self.floats else 0

    def _visit_choice(self, options: Iterable[Node]) -> None:
        walks = [_Walk(self.floats) for _ in options]
        for walk, option in zip(walks, options, strict=True):
            walk.visit(option)
            self.states += walk.states
            self.floating += walk.floating
        shortest, longest = (
            min(walk.shortest for walk in walks),
            max(walk.longest for walk in walks),
        )
        self.floats |= shortest < longest or any(walk.floats or walk.after_star for walk in walks)
        self.shortest += shortest
        self.longest += longest


@lru_cache(maxsize=1024)
def _states(members: str) -> int:
    """States of a class: one per run of consecutive characters, more for a long class."""
    codes = list(map(ord, members))
    runs = 1 + sum(after != before + 1 for before, after in pairwise(codes))
    return runs + len(members) // _MEMBERS_PER_STATE
