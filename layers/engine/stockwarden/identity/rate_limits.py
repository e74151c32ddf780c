"""Rate limits: a burst of attempts, then one more per interval.

One item per key holds the time at which the full burst is available again (the generic cell rate
algorithm), so counting is one conditional write, concurrent attempts are counted separately, and
any time `t` has at most `burst + t / seconds` attempts. DynamoDB removes expired items.
"""

import math
from dataclasses import dataclass

from stockwarden.core.clock import Clock, utc_now
from stockwarden.core.errors import RateLimited
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import users as keys
from stockwarden.storage.tables import ConditionFailed, Operation, Table, write

DAY = 86_400


@dataclass(frozen=True)
class Allowance:
    """`burst` attempts at once, and one more each `seconds`."""

    burst: int
    seconds: float

    @property
    def a_day(self) -> int:
        """The most attempts within 24 hours."""
        return self.burst + math.floor(DAY / self.seconds)

    @property
    def step(self) -> int:
        """The interval between attempts after the burst, in milliseconds."""
        return math.ceil(self.seconds * 1000)


@dataclass(frozen=True)
class RateAttempt:
    """An attempt that was counted and can be given back."""

    key: Item
    step: int


class RateLimiter:
    def __init__(self, table: Table, clock: Clock = utc_now) -> None:
        self._table = table
        self._clock = clock

    def count(self, kind: str, key: str, allowance: Allowance) -> RateAttempt:
        """Counts an attempt. Raises RateLimited, and counts nothing, if none is left."""
        item_key, now = keys.rate(kind, key), self._now()
        wait = 0
        while wait <= 0:
            for change in self._changes(item_key, now, allowance):
                try:
                    write(change)
                except ConditionFailed:
                    continue
                return RateAttempt(item_key, allowance.step)
            # None is left, or a concurrent attempt changed the item in between.
            wait = self._wait(item_key, now, allowance)
        raise _limited(wait)

    def give_back(self, attempt: RateAttempt) -> None:
        """Takes a counted attempt back."""
        change = self._table.update(
            attempt.key,
            "SET #until_ms = #until_ms - :step",
            when="#until_ms > :now",
            step=attempt.step,
            now=self._now(),
        )
        try:
            write(change)
        except ConditionFailed:
            return  # The interval is over already.

    def check(self, kind: str, key: str, allowance: Allowance) -> None:
        """Raises RateLimited if no attempt is left; counts nothing."""
        wait = self._wait(keys.rate(kind, key), self._now(), allowance)
        if wait > 0:
            raise _limited(wait)

    def _changes(self, key: Item, now: int, allowance: Allowance) -> list[Operation]:
        """The alternative updates for an unused key and for one in use; at most one can succeed."""
        expires = (now + (allowance.burst + 1) * allowance.step) // 1000 + 1
        first = self._table.update(
            key,
            "SET #until_ms = :next, #expires_at_epoch = :expires",
            when="attribute_not_exists(#until_ms) OR #until_ms < :now",
            next=now + allowance.step,
            now=now,
            expires=expires,
        )
        more = self._table.update(
            key,
            "SET #until_ms = #until_ms + :step, #expires_at_epoch = :expires",
            when="#until_ms BETWEEN :now AND :latest",
            step=allowance.step,
            now=now,
            latest=now + (allowance.burst - 1) * allowance.step,
            expires=expires,
        )
        return [first, more]

    def _wait(self, key: Item, now: int, allowance: Allowance) -> int:
        """Milliseconds until an attempt is left."""
        item = self._table.get(key, consistent=True)
        return item["until_ms"] - now - (allowance.burst - 1) * allowance.step if item else 0

    def _now(self) -> int:
        return int(self._clock().timestamp() * 1000)


def _limited(milliseconds: int) -> RateLimited:
    wait = max(1, math.ceil(milliseconds / 1000))
    return RateLimited("Too many attempts; wait before the next one.", retry_after=wait)


def address_key(address: str) -> str:
    """The key of an address for rate limits: the IPv4 address, or the /64 of an IPv6 address."""
    import ipaddress

    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(parsed, ipaddress.IPv6Address):
        return str(parsed.ipv4_mapped or ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)
