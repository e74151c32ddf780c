"""Enumerates the codes that a pattern matches, where they are finite."""

from collections.abc import Iterator
from itertools import chain, product
from math import prod

from stockwarden.warehouse.layout.automaton import Chars, Choice, Node, Sequence, Star


def count(node: Node) -> int | None:
    """The number of codes that `spell` yields; None for open-ended patterns (`*`, `?`, `[!X]`)."""
    match node:
        case Chars(members, negated):
            return None if negated else len(members)
        case Star():
            return None
        case Sequence(items):
            counts = [count(item) for item in items]
            return None if None in counts else prod(number or 0 for number in counts)
        case Choice(options):
            counts = [count(option) for option in options]
            return None if None in counts else sum(number or 0 for number in counts)


def spell(node: Node) -> Iterator[str]:
    """Yields the codes in order; a code that two alternatives match is yielded twice.

    Raises ValueError for an open-ended pattern.
    """
    match node:
        case Chars(members, False):
            yield from members
        case Sequence(items):
            # Each part is expanded once; only their combinations are generated one at a time.
            yield from map("".join, product(*(tuple(spell(item)) for item in items)))
        case Choice(options):
            yield from chain.from_iterable(spell(option) for option in options)
        case _:
            raise ValueError("The pattern stands for more codes than can be listed.")
