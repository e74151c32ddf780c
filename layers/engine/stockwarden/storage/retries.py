"""Retries with exponential backoff and jitter."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from stockwarden.core.errors import StockwardenError

T = TypeVar("T")


@dataclass(frozen=True)
class Backoff:
    """Pauses in seconds, each random between 0 and its maximum (full jitter).

    The first maximum is `first`; each further one is doubled, up to `longest`.
    """

    first: float
    longest: float

    def pause(self, tries: int) -> float:
        """The pause after so many tries, at least 1."""
        maximum = min(self.longest, self.first * 2 ** (tries - 1))
        return random.uniform(0, maximum)  # noqa: S311 - jitter, not secrecy


AT_ONCE = Backoff(0, 0)


def retried(
    attempt: Callable[[], T],
    *,
    on: type[Exception],
    tries: int,
    otherwise: StockwardenError,
    backoff: Backoff = AT_ONCE,
) -> T:
    """Calls `attempt` until it does not raise `on`, at most `tries` times; returns its result.

    Raises `otherwise` after the last try; other exceptions of `attempt` are passed on.
    """
    for number in range(1, tries + 1):
        try:
            return attempt()
        except on as failure:
            if number == tries:
                raise otherwise from failure
        time.sleep(backoff.pause(number))
    raise ValueError("a thing is tried once at least")
