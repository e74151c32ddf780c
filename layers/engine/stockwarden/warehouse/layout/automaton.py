"""Many patterns matched at once, in time linear in the code.

The patterns of a layout become one automaton without empty moves (Glushkov, "The abstract theory
of automata", 1961): a position per character of a pattern, and for each position those that may
follow. Walking it keeps the set of positions reached; the sets met so far are kept as states, so
that the hundred-thousandth code costs one dictionary look-up per character.

A `*` that was reached stays reached, so what can follow the reached ones is carried along from
state to state: a thousand patterns like `*-07-A` cost hardly more than one.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

NO_MATCH = -1
_MAX_STATES = 20_000


@dataclass(frozen=True)
class Chars:
    """One character: one of `members`, or none of them when negated."""

    members: frozenset[str]
    negated: bool = False

    def accepts(self, letter: str) -> bool:
        return (letter in self.members) != self.negated


ANY = Chars(frozenset(), negated=True)


@dataclass(frozen=True)
class Star:
    """Any run of characters, also an empty one."""


@dataclass(frozen=True)
class Sequence:
    items: tuple["Node", ...]


@dataclass(frozen=True)
class Choice:
    options: tuple["Node", ...]


Node = Chars | Star | Sequence | Choice


@dataclass(frozen=True)
class _Part:
    """A piece of a pattern: may it be empty, where it begins, where it ends."""

    nullable: bool
    first: tuple[int, ...]
    last: tuple[int, ...]


@dataclass(slots=True)
class _State:
    """A set of positions that codes with the same continuations have reached."""

    pattern: int
    reach: int
    stars: int
    star_reach: int
    after: dict[str, "_State"] = field(default_factory=dict)


class Automaton:
    """Finds for a code the first pattern that matches the whole of it.

    Sets of positions are integers, bit p for position p. Positions are numbered pattern by
    pattern, so the lowest bit of a set belongs to the first of its patterns.
    """

    def __init__(self, patterns: Iterable[Node]) -> None:
        self._follow: list[list[int]] = []
        self._pattern: list[int] = []
        self._with_chars: dict[Chars, list[int]] = {}
        self._star_positions: list[int] = []
        first: list[int] = []
        final: list[int] = []
        empty = NO_MATCH
        for index, node in enumerate(patterns):
            part = self._add(node, index)
            first += part.first
            final += part.last
            if part.nullable and empty == NO_MATCH:
                empty = index
        self._letters: dict[str, int] = {}
        self._chars = {chars: _bits(found) for chars, found in self._with_chars.items()}
        self._star = _bits(self._star_positions)
        self._final = _bits(final)
        self._states: dict[int, _State] = {}
        self._start = _State(empty, _bits(first), 0, 0)

    def first_matches(self, codes: Iterable[str]) -> list[int]:
        """For each code the index of the first pattern that matches, `NO_MATCH` for none."""
        start, advance = self._start, self._advance
        found = []
        for code in codes:
            state = start
            for letter in code:
                try:
                    state = state.after[letter]
                except KeyError:
                    state = advance(state, letter)
            found.append(state.pattern)
        return found

    def _advance(self, state: _State, letter: str) -> _State:
        if len(self._states) >= _MAX_STATES:
            self._states.clear()
            self._start.after.clear()
        reached = state.reach & self._accepting(letter)
        # A final `*` matches whatever follows: patterns after its own can no longer come first.
        settled = reached & self._star & self._final
        if settled:
            reached &= (_lowest(settled) << 1) - 1
        following = self._states.get(reached)
        if following is None:
            following = self._states[reached] = self._state(reached, state)
        state.after[letter] = following
        return following

    def _state(self, reached: int, before: _State) -> _State:
        stars = reached & self._star
        star_reach = before.star_reach
        if stars != before.stars:
            star_reach |= self._followers(stars & ~before.stars)
        final = reached & self._final
        pattern = self._pattern[_lowest(final).bit_length() - 1] if final else NO_MATCH
        return _State(pattern, star_reach | self._followers(reached & ~stars), stars, star_reach)

    def _followers(self, positions: int) -> int:
        found = 0
        while positions:
            lowest = _lowest(positions)
            for position in self._follow[lowest.bit_length() - 1]:
                found |= 1 << position
            positions ^= lowest
        return found

    def _accepting(self, letter: str) -> int:
        positions = self._letters.get(letter)
        if positions is None:
            positions = 0
            for chars, found in self._chars.items():
                if chars.accepts(letter):
                    positions |= found
            self._letters[letter] = positions
        return positions

    def _add(self, node: Node, pattern: int) -> _Part:
        match node:
            case Chars():
                position = self._position(node, pattern, star=False)
                return _Part(False, (position,), (position,))
            case Star():
                position = self._position(ANY, pattern, star=True)
                self._follow[position].append(position)
                return _Part(True, (position,), (position,))
            case Choice(options):
                parts = [self._add(option, pattern) for option in options]
                return _Part(
                    any(part.nullable for part in parts),
                    tuple(p for part in parts for p in part.first),
                    tuple(p for part in parts for p in part.last),
                )
            case Sequence(items):
                return self._chain([self._add(item, pattern) for item in items])

    def _chain(self, parts: list[_Part]) -> _Part:
        whole = _Part(True, (), ())
        for part in parts:
            for position in whole.last:
                self._follow[position] += part.first
            whole = _Part(
                whole.nullable and part.nullable,
                whole.first + part.first if whole.nullable else whole.first,
                whole.last + part.last if part.nullable else part.last,
            )
        return whole

    def _position(self, chars: Chars, pattern: int, *, star: bool) -> int:
        position = len(self._pattern)
        self._pattern.append(pattern)
        self._follow.append([])
        self._with_chars.setdefault(chars, []).append(position)
        if star:
            self._star_positions.append(position)
        return position


def _lowest(positions: int) -> int:
    return positions & -positions


def _bits(positions: Iterable[int]) -> int:
    """The set of these positions, made at once: a shift for each would copy the whole set."""
    found = bytearray()
    for position in positions:
        byte, bit = divmod(position, 8)
        if byte >= len(found):
            found.extend(bytes(byte + 1 - len(found)))
        found[byte] |= 1 << bit
    return int.from_bytes(found, "little")
