"""Matches many patterns at once with RE2, in time linear in the code and in limited memory.

The patterns of a layout become one `re2.Set`, which scans a code once for all of them and caches
its states for the next code (`docs/decisions/0015-re2.md`).
"""

from collections.abc import Iterable
from dataclasses import dataclass

NO_MATCH = -1
_MAX_BYTES = 256 * 2**20
_SEPARATOR = "\n"


@dataclass(frozen=True)
class Chars:
    """One character: one of `members` (in order, each once), or none of them when negated."""

    members: str
    negated: bool = False


ANY = Chars("", negated=True)


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


class Automaton:
    """Finds the first pattern that matches a whole code."""

    def __init__(self, patterns: Iterable[Node], max_bytes: int = _MAX_BYTES) -> None:
        """`max_bytes` limits the memory of patterns (at most a quarter) and cached states."""
        import re2  # not at import time: API functions that only compile patterns start without it

        options = re2.Options()
        options.max_mem = max_bytes
        options.dot_nl = True
        options.never_capture = True
        self._set = re2.Set.FullMatchSet(options)
        classes: set[Chars] = set()
        for node in patterns:
            self._set.Add(_expression(node, classes))
        self._set.Compile()
        self._character_classes = _CharacterClasses(classes)

    def first_matches(self, codes: Iterable[str]) -> list[int]:
        """For each code the index of the first pattern that matches, `NO_MATCH` for none."""
        # Patterns do not distinguish most codes of a warehouse: 07-12-031A from 08-13-042B.
        shapes = self._shapes(list(codes))
        matches = {shape: self._first_match(shape) for shape in set(shapes)}
        return list(map(matches.__getitem__, shapes))

    def _shapes(self, codes: list[str]) -> list[str]:
        joined = _SEPARATOR.join(codes)
        if joined.count(_SEPARATOR) == len(codes) - 1:  # much faster
            return joined.translate(self._character_classes).split(_SEPARATOR)
        return [code.translate(self._character_classes) for code in codes]

    def _first_match(self, shape: str) -> int:
        # Half of a surrogate pair counts as a character, as everywhere in Python.
        matches = self._set.Match(shape.encode(errors="surrogatepass"))
        return NO_MATCH if matches is None else min(matches)


class _CharacterClasses(dict[int, str]):
    """Table for `str.translate` that maps each character to a representative of the characters
    that no pattern distinguishes; the separator of codes maps to itself."""

    def __init__(self, classes: Iterable[Chars]) -> None:
        classes_of: dict[str, list[int]] = {}
        for index, chars in enumerate(classes):
            for letter in chars.members:
                classes_of.setdefault(letter, []).append(index)
        representatives: dict[tuple[int, ...], str] = {}
        super().__init__(
            (ord(letter), representatives.setdefault(tuple(memberships), letter))
            for letter, memberships in classes_of.items()
            if letter != _SEPARATOR
        )
        self[ord(_SEPARATOR)] = _SEPARATOR
        self._other = next(chr(code) for code in range(len(self) + 1) if code not in self)

    def __missing__(self, code: int) -> str:
        self[code] = self._other
        return self._other


def _expression(node: Node, classes: set[Chars]) -> str:
    """The node as an RE2 expression. Adds its character classes to `classes`."""
    match node:
        case Chars(members, negated):
            classes.add(node)
            if not members:
                return "."
            inner = "".join(f"\\x{{{ord(letter):x}}}" for letter in members)
            return f"[^{inner}]" if negated else f"[{inner}]"
        case Star():
            return ".*"
        case Sequence(items):
            return "".join(_expression(item, classes) for item in items)
        case Choice(options):
            return f"(?:{'|'.join(_expression(option, classes) for option in options)})"
