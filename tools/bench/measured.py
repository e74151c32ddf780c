"""A figure of a benchmark, and how it is measured."""

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Measured:
    """`ratio` is at most `limit`; or at least, where more is better."""

    what: str
    ours: str
    base: str
    ratio: float
    limit: float
    more_is_better: bool = False

    @property
    def is_within(self) -> bool:
        return self.ratio >= self.limit if self.more_is_better else self.ratio <= self.limit

    @property
    def row(self) -> tuple[str, ...]:
        mark = "ok" if self.is_within else "[red]over[/]"
        limit = f"{'≥' if self.more_is_better else '≤'} {self.limit:g}"
        return self.what, self.ours, self.base, f"{self.ratio:.2f}", limit, mark


def least(*acts: Callable[[], object], rounds: int, calls: int) -> list[float]:
    """The seconds of one call of each, the least of several rounds in which they take turns, so
    that a machine that slows down slows all of them."""
    seconds = [float("inf")] * len(acts)
    for act in acts:
        act()
    for _ in range(rounds):
        for number, act in enumerate(acts):
            start = time.perf_counter()
            for _ in range(calls):
                act()
            seconds[number] = min(seconds[number], (time.perf_counter() - start) / calls)
    return seconds


def milliseconds(seconds: float) -> str:
    return f"{1000 * seconds:.2f} ms"
