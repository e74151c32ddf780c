"""Delays after failed sign-ins of one source against one name, growing with each failure.

An item holds `failures`, and `not_before_ms`, the time from which the next attempt is allowed.

An attempt counts as a failure until it has succeeded, so that concurrent attempts count too;
a success takes its own count back. After a day without failures the item expires.
"""

import math
from dataclasses import dataclass
from typing import Any

from stockwarden.core.clock import Clock, utc_now
from stockwarden.core.errors import RateLimited
from stockwarden.core.quotas import Quota, policy_of
from stockwarden.identity.rate_limits import DAY
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import users as keys
from stockwarden.storage.retries import retried
from stockwarden.storage.tables import ConditionFailed, Table, write

FIRST_DELAY, LONGEST_DELAY = 30, 900
_TRIES = 5


@dataclass(frozen=True)
class Pending:
    """An attempt that counts as a failure until it succeeds; `before` is the item before it."""

    key: Item
    before: Item | None
    failures: int
    if_succeeded: Quota
    if_failed: Quota


class FailureDelays:
    """The first `free` failures cause no delay."""

    def __init__(self, table: Table, free: int, clock: Clock = utc_now) -> None:
        self._table = table
        self._free = free
        self._clock = clock

    def begin(self, kind: str, key: str) -> Pending:
        """Counts an attempt. Raises RateLimited, and counts nothing, while a delay is in force."""
        item_key = keys.delay(kind, key)

        def attempt() -> Pending:
            now = self._clock().timestamp()
            stored = self._table.get(item_key, consistent=True)
            before = stored if stored and stored["expires_at_epoch"] > now else None
            if before and before["not_before_ms"] > now * 1000:
                wait = math.ceil(before["not_before_ms"] / 1000 - now)
                raise self._limited(kind, wait)
            earlier = before["failures"] if before else 0
            failures = earlier + 1
            item = {
                **item_key,
                "failures": failures,
                "not_before_ms": int((now + self.delay(failures)) * 1000),
                "expires_at_epoch": int(now) + DAY,
            }
            write(self._table.put(item, **_as_read(stored)))
            return Pending(
                item_key,
                before,
                failures,
                # After a delay one attempt is free, and stays so if it succeeds.
                if_succeeded=self._quota(kind, max(1, self._free - earlier)),
                if_failed=self._quota(kind, self._free - failures, self.delay(failures)),
            )

        # Retried after a concurrent attempt of the same source.
        busy = self._limited(kind, 1)
        return retried(attempt, on=ConditionFailed, tries=_TRIES, otherwise=busy)

    def succeeded(self, pending: Pending) -> None:
        """Takes the pending failure back; later failures stay counted."""
        unchanged: dict[str, Any] = {"when": "#failures = :mine", "mine": pending.failures}
        restoration = (
            self._table.put({**pending.before}, **unchanged)
            if pending.before
            else self._table.delete(pending.key, **unchanged)
        )
        decrement = self._table.update(
            pending.key, "ADD #failures :less", when="#failures > :none", less=-1, none=0
        )
        for change in (restoration, decrement):
            try:
                write(change)
            except ConditionFailed:
                continue
            return

    def delay(self, failures: int) -> int:
        """Seconds to wait after so many failures."""
        if failures < self._free:
            return 0
        return min(FIRST_DELAY << min(failures - self._free, 10), LONGEST_DELAY)

    def _quota(self, kind: str, remaining: int, reset: int = 0) -> Quota:
        remaining = max(0, remaining)
        return Quota(policy_of(kind), self._free, LONGEST_DELAY, remaining, reset or None)

    def _limited(self, kind: str, wait: int) -> RateLimited:
        quota = self._quota(kind, 0, max(1, wait))
        return RateLimited("Too many attempts; wait before the next one.", quota)


def _as_read(stored: Item | None) -> dict[str, Any]:
    if stored is None:
        return {"when": "attribute_not_exists(#pk)"}
    return {
        "when": "#failures = :failures AND #not_before_ms = :not_before_ms",
        "failures": stored["failures"],
        "not_before_ms": stored["not_before_ms"],
    }
