"""What kits are made of, computed exactly: cycles, what a number of them takes, how many can be.

A graph has, for each kit in it, its components and how much of each one kit takes, in base units;
an item without an entry is no kit.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

Graph = Mapping[str, Mapping[str, Fraction]]
Quantities = Mapping[str, Fraction]


def cycle_in(graph: Graph, kit: str) -> list[str] | None:
    """A way from the kit back to itself, A → B → C → A as [A, B, C, A]; None where there is
    none. Of several, the shortest."""
    ways = [[kit]]
    seen = {kit}
    while ways:
        longer: list[list[str]] = []
        for way in ways:
            for component in graph.get(way[-1], ()):
                if component == kit:
                    return [*way, kit]
                if component not in seen:
                    seen.add(component)
                    longer.append([*way, component])
        ways = longer
    return None


def in_order(graph: Graph, kit: str) -> list[str]:
    """The kit and everything in it, each kit before its components. Raises ValueError for one that
    contains itself."""
    waiting: dict[str, int] = defaultdict(int)
    reached, stack = {kit}, [kit]
    while stack:
        for component in graph.get(stack.pop(), ()):
            waiting[component] += 1
            if component not in reached:
                reached.add(component)
                stack.append(component)
    ordered, ready = list[str](), [kit]
    while ready:
        item = ready.pop()
        ordered.append(item)
        for component in graph.get(item, ()):
            waiting[component] -= 1
            if not waiting[component]:
                ready.append(component)
    if len(ordered) != len(reached):
        raise ValueError("a kit contains itself")
    return ordered


@dataclass(frozen=True)
class Takings:
    """What a number of kits takes: `needed` of each item in them, how many of the sub-kits are
    `made` for that because there are too few, and what is `short` and cannot be made."""

    needed: Quantities
    made: Quantities
    short: Quantities


@dataclass(frozen=True)
class Assembling:
    """`free` is what is free of each item, of which none of the kit itself is used; `steps` the
    smallest quantity that there may be of each kit."""

    graph: Graph
    kit: str
    free: Quantities
    steps: Quantities

    def takings(self, quantity: Fraction, order: Sequence[str] | None = None) -> Takings:
        """What so many take: stock of sub-kits first, and only then that of their components. What
        several kits share is counted once."""
        needed: dict[str, Fraction] = defaultdict(Fraction)
        made: dict[str, Fraction] = {}
        short: dict[str, Fraction] = {}
        needed[self.kit] = quantity
        for item in order or in_order(self.graph, self.kit):
            lacking = needed[item]
            if item != self.kit:
                lacking -= self.free.get(item, Fraction(0))
            if lacking <= 0:
                continue
            components = self.graph.get(item)
            if not components:
                short[item] = lacking
                continue
            made[item] = _whole(lacking, self.steps[item])
            for component, each in components.items():
                needed[component] += each * made[item]
        return Takings(dict(needed), made, short)

    def most(self) -> Fraction:
        """How many can be assembled, of what is there."""
        if not self.graph.get(self.kit):
            return Fraction(0)
        order, step = in_order(self.graph, self.kit), self.steps[self.kit]

        def fits(count: int) -> bool:
            return not self.takings(count * step, order).short

        # What is free is finite and each kit takes some of it, so some number is too many.
        too_many = 1
        while fits(too_many):
            too_many *= 2
        enough = too_many // 2
        while too_many - enough > 1:
            middle = (enough + too_many) // 2
            enough, too_many = (middle, too_many) if fits(middle) else (enough, middle)
        return enough * step


def _whole(quantity: Fraction, step: Fraction) -> Fraction:
    """The quantity, or the next larger one that is a multiple of the step."""
    return -(-quantity // step) * step
