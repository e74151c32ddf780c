"""Trying again what somebody else was quicker at."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from stockwarden.core.errors import StockwardenError

T = TypeVar("T")


@dataclass(frozen=True)
class Backoff:
    """Pauses in seconds, each by chance between 0 and its longest (full jitter).

    The longest of the first is `first`, of every other twice that of the one before, up to
    `longest`.
    """

    first: float
    longest: float

    def pause(self, tries: int) -> float:
        """After so many tries, 1 at least."""
        most = min(self.longest, self.first * 2 ** (tries - 1))
        return random.uniform(0, most)  # noqa: S311 - spread, not secrecy


AT_ONCE = Backoff(0, 0)


def retried(
    attempt: Callable[[], T],
    *,
    on: type[Exception],
    tries: int,
    otherwise: StockwardenError,
    backoff: Backoff = AT_ONCE,
) -> T:
    """What `attempt` answers, called again as long as it raises `on`; at most `tries` times.

    Raises `otherwise` after the last of them, and at once whatever else `attempt` raises.
    """
    for number in range(1, tries + 1):
        try:
            return attempt()
        except on as failure:
            if number == tries:
                raise otherwise from failure
        time.sleep(backoff.pause(number))
    raise ValueError("a thing is tried once at least")
