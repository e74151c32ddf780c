"""Many patterns matched at once by RE2, in time linear in the code and in limited memory.

The patterns of a layout become one `re2.Set`, which walks a code once for all of them and keeps the
states that it met for the next code (`docs/decisions/0015-re2.md`).
"""

from collections.abc import Iterable
from dataclasses import dataclass

NO_MATCH = -1
_MAX_BYTES = 256 * 2**20
_BETWEEN = "\n"


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
    """Finds for a code the first pattern that matches the whole of it."""

    def __init__(self, patterns: Iterable[Node], max_bytes: int = _MAX_BYTES) -> None:
        """`max_bytes` hold the patterns, which need a quarter at most, and the states met."""
        import re2  # not where patterns are only read: functions of the API start without it

        options = re2.Options()
        options.max_mem = max_bytes
        options.dot_nl = True
        options.never_capture = True
        self._set = re2.Set.FullMatchSet(options)
        met: set[Chars] = set()
        for node in patterns:
            self._set.Add(_expression(node, met))
        self._set.Compile()
        self._alike = _Alike(met)

    def first_matches(self, codes: Iterable[str]) -> list[int]:
        """For each code the index of the first pattern that matches, `NO_MATCH` for none."""
        # Most codes of a warehouse are one to its patterns: 07-12-031A is what 08-13-042B is.
        shapes = self._shapes(list(codes))
        found = {shape: self._first_match(shape) for shape in set(shapes)}
        return list(map(found.__getitem__, shapes))

    def _shapes(self, codes: list[str]) -> list[str]:
        together = _BETWEEN.join(codes)
        if together.count(_BETWEEN) == len(codes) - 1:  # much the faster
            return together.translate(self._alike).split(_BETWEEN)
        return [code.translate(self._alike) for code in codes]

    def _first_match(self, shape: str) -> int:
        # Half of a surrogate pair counts as a character, as everywhere in Python.
        matches = self._set.Match(shape.encode(errors="surrogatepass"))
        return NO_MATCH if matches is None else min(matches)


class _Alike(dict[int, str]):
    """For `str.translate`: each character as one of those that no pattern tells it from, but for
    the one between codes."""

    def __init__(self, classes: Iterable[Chars]) -> None:
        within: dict[str, list[int]] = {}
        for at, chars in enumerate(classes):
            for letter in chars.members:
                within.setdefault(letter, []).append(at)
        first: dict[tuple[int, ...], str] = {}
        super().__init__(
            (ord(letter), first.setdefault(tuple(places), letter))
            for letter, places in within.items()
            if letter != _BETWEEN
        )
        self[ord(_BETWEEN)] = _BETWEEN
        self._other = next(chr(code) for code in range(len(self) + 1) if code not in self)

    def __missing__(self, code: int) -> str:
        self[code] = self._other
        return self._other


def _expression(node: Node, met: set[Chars]) -> str:
    """The node for RE2. Adds its classes to those met."""
    match node:
        case Chars(members, negated):
            met.add(node)
            if not members:
                return "."
            inner = "".join(f"\\x{{{ord(letter):x}}}" for letter in members)
            return f"[^{inner}]" if negated else f"[{inner}]"
        case Star():
            return ".*"
        case Sequence(items):
            return "".join(_expression(item, met) for item in items)
        case Choice(options):
            return f"(?:{'|'.join(_expression(option, met) for option in options)})"
