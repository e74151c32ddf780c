"""How often something was tried, by name and by address, in windows of fixed length.

A window is one item with its own key, so counting is one atomic addition and a window that is
over needs no cleaning on the way: DynamoDB removes it. Windows start at multiples of their length.
"""

import math
from dataclasses import dataclass

from stockwarden.core.clock import Clock, utc_now
from stockwarden.core.errors import RateLimited
from stockwarden.storage.attributes import Item
from stockwarden.storage.tables import ConditionFailed, Table, write


@dataclass(frozen=True)
class Attempt:
    """One that was counted; `window` is the key of the item that counts it."""

    window: Item


class Rates:
    def __init__(self, table: Table, window_seconds: int, clock: Clock = utc_now) -> None:
        self._table = table
        self._seconds = window_seconds
        self._clock = clock

    def count(self, kind: str, key: str, limit: int | None = None) -> Attempt:
        """One more attempt. Raises RateLimited, and counts nothing, at `limit` attempts."""
        window, until = self._window(kind, key), self._ends() + self._seconds
        change = "ADD #attempts :one SET #expires_at_epoch = :until"
        if limit is None:
            write(self._table.update(window, change, one=1, until=until))
            return Attempt(window)
        below = "attribute_not_exists(#attempts) OR #attempts < :limit"
        try:
            write(self._table.update(window, change, when=below, one=1, until=until, limit=limit))
        except ConditionFailed:
            raise self._limited() from None
        return Attempt(window)

    def give_back(self, attempt: Attempt) -> None:
        """Uncount it, in the window that it was counted in, whichever is current."""
        left = "#attempts > :none"
        change = self._table.update(
            attempt.window, "ADD #attempts :less", when=left, less=-1, none=0
        )
        try:
            write(change)
        except ConditionFailed:
            return

    def check(self, kind: str, key: str, limit: int) -> None:
        """Counts nothing. Raises RateLimited if `limit` attempts were made."""
        item = self._table.get(self._window(kind, key), consistent=True)
        if item is not None and item["attempts"] >= limit:
            raise self._limited()

    def _window(self, kind: str, key: str) -> Item:
        return {"pk": f"RATE#{kind}#{key}", "sk": f"WINDOW#{self._ends()}"}

    def _ends(self) -> int:
        now = self._clock().timestamp()
        return (math.floor(now / self._seconds) + 1) * self._seconds

    def _limited(self) -> RateLimited:
        wait = max(1, math.ceil(self._ends() - self._clock().timestamp()))
        return RateLimited("Too many attempts; wait before the next one.", retry_after=wait)


def address_key(address: str) -> str:
    """Who a rate is held against: an IPv4 address, or the /64 that one IPv6 household has."""
    import ipaddress

    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if parsed.version == 6:
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)
