"""Work in the background that is longer than one message may take."""

import time

from stockwarden.core.errors import StockwardenError

# Of the time that is left, so that what was begun can be ended.
_USED = 0.8


class Postponed(StockwardenError):
    """Not finished, and nothing wrong: to be taken up again by a new message, after `seconds`."""

    def __init__(self, seconds: int = 0) -> None:
        super().__init__("The rest is done later.")
        self.seconds = seconds


class Deadline:
    """When to leave the rest to another message. Made as the work begins."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds * _USED

    def check(self) -> None:
        """Between two steps; raises Postponed. Who asks only after a step never stands still."""
        if time.monotonic() >= self._end:
            raise Postponed
