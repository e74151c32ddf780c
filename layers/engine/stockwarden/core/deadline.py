"""Deadlines of background work that may exceed the time of one message."""

import time

from stockwarden.core.errors import StockwardenError

# The share of the remaining time that is used, so that the current step can finish.
_USED = 0.8


class Postponed(StockwardenError):
    """The work is not finished; a new message continues it after `seconds`."""

    def __init__(self, seconds: int = 0) -> None:
        super().__init__("The rest is done later.")
        self.seconds = seconds


class Deadline:
    """The time after which another message continues the work; create it as work begins.

    `seconds` is all the time that there was then.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = time.monotonic() + seconds * _USED

    def check(self) -> None:
        """Called between steps. Raises Postponed after the deadline."""
        if time.monotonic() >= self._end:
            raise Postponed
