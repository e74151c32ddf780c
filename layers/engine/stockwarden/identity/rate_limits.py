"""Rate limits: a burst of attempts, then one more per interval.

One item per key holds the time at which the full burst is available again (the generic cell rate
algorithm), so counting is one conditional write, concurrent attempts are counted separately, and
any time `t` has at most `burst + t / seconds` attempts. DynamoDB removes expired items.
"""

import math
from dataclasses import dataclass

from stockwarden.core.clock import Clock, utc_now
from stockwarden.core.errors import RateLimited
from stockwarden.core.quotas import Quota, policy_of
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

    def quota(self, policy: str, used: int) -> Quota:
        """What is left after `used` milliseconds until the full burst is available again."""
        used = max(0, used)
        remaining = (self.burst * self.step - used) // self.step
        wait = used if remaining > 0 else self.wait(used)
        return Quota(
            policy,
            size=self.burst,
            window=round(self.burst * self.seconds),
            remaining=max(0, remaining),
            reset=max(int(remaining <= 0), math.ceil(wait / 1000)),
        )

    def wait(self, used: int) -> int:
        """Milliseconds until an attempt is left."""
        return used - (self.burst - 1) * self.step


@dataclass(frozen=True)
class RateAttempt:
    """An attempt that was counted and can be given back, and the quota after it."""

    key: Item
    step: int
    quota: Quota


class RateLimiter:
    def __init__(self, table: Table, clock: Clock = utc_now) -> None:
        self._table = table
        self._clock = clock

    def count(self, kind: str, key: str, allowance: Allowance) -> RateAttempt:
        """Counts an attempt. Raises RateLimited, and counts nothing, if none is left."""
        item_key, now = keys.rate(kind, key), self._now()
        used = 0
        while allowance.wait(used) <= 0:
            for change in self._changes(item_key, now, allowance):
                try:
                    item = write(change, returning=True)
                except ConditionFailed:
                    continue
                used = item["until_ms"] - now if item else allowance.step
                quota = allowance.quota(policy_of(kind), used)
                return RateAttempt(item_key, allowance.step, quota)
            # None is left, or a concurrent attempt changed the item in between.
            used = self._used(item_key, now)
        raise _limited(allowance.quota(policy_of(kind), used))

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

    def check(self, kind: str, key: str, allowance: Allowance) -> Quota:
        """What is left. Raises RateLimited if no attempt is; counts nothing."""
        used = self._used(keys.rate(kind, key), self._now())
        quota = allowance.quota(policy_of(kind), used)
        if allowance.wait(used) > 0:
            raise _limited(quota)
        return quota

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

    def _used(self, key: Item, now: int) -> int:
        """Milliseconds until the full burst is available again."""
        item = self._table.get(key, consistent=True)
        return item["until_ms"] - now if item else 0

    def _now(self) -> int:
        return int(self._clock().timestamp() * 1000)


def _limited(quota: Quota) -> RateLimited:
    return RateLimited("Too many attempts; wait before the next one.", quota)


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
