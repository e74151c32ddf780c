"""Verifies the audit log: recomputes each chain, and compares it with the table's head and with
the signed heads in the bucket.

A chain is read in the order of its numbers, each entry once, a few at a time. Whoever can change
the table alone can at most add entries: anything else is a fault.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from stockwarden.audit.chain_walk import ChainWalk, Fault, FaultKind
from stockwarden.audit.heads import ChainState, HeadRepository
from stockwarden.audit.signed_heads import SignedHeads
from stockwarden.core.clock import Clock, iso
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import audit as keys
from stockwarden.storage.scans import scan_without
from stockwarden.storage.tables import Table

# The indexes follow the table, and the bucket the head, usually within a second.
_SETTLED = timedelta(minutes=1)
_TRIES, _PAUSE = 3, 5.0


@dataclass(frozen=True)
class Unsealed:
    """Entries without a number; `oldest` is their first `at`, "" for none."""

    count: int = 0
    oldest: str = ""


@dataclass(frozen=True)
class ScopeReport:
    """`verified` entries are intact, up to the first fault; `signed` is the seq of the last signed
    head that agrees with them."""

    scope: str
    verified: int
    signed: int
    unsealed: Unsealed
    fault: Fault | None


class AuditVerification:
    def __init__(
        self,
        table: Table,
        heads: HeadRepository,
        signed_heads: SignedHeads,
        clock: Clock,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self.table = table
        self.heads = heads
        self.signed_heads = signed_heads
        self.clock = clock
        self._pause = pause

    def verify_scope(self, scope: str) -> ScopeReport:
        """One chain, without a scan: of what is not sealed, the entries since the last sweep.

        Raises Unavailable.
        """
        since = keys.entries(scope).between(first=self.heads.find_state(scope).swept_to)
        left = self.table.query_all(since, where="attribute_not_exists(#seq)", consistent=True)
        return self._verify(scope, _counted(left).get(scope, Unsealed()))

    def run(self) -> Iterator[ScopeReport]:
        """Every chain. Reads the whole table and all signed heads. Raises Unavailable.

        The scopes are those of the table and those of the bucket, in alphabetical order.
        """
        # Before the scan: what is older than a sweep was sealed when the sweep ended.
        states = {state.head.scope: state for state in self.heads.list_states()}
        unsealed = _counted(scan_without(self.table, "seq", "pk", "sk"))
        for scope in sorted({*states, *unsealed, *self.signed_heads.scopes()}):
            report = self._verify(scope, unsealed.get(scope, Unsealed()))
            yield _with_added(report, states.get(scope))

    def _verify(self, scope: str, unsealed: Unsealed) -> ScopeReport:
        walk = ChainWalk(self.table, self.heads, self.signed_heads, scope)
        fault = walk.first_fault()
        for _ in range(_TRIES):
            if fault is None or not self._is_moving(scope):
                break
            self._pause(_PAUSE)
            fault = walk.first_fault()
        return ScopeReport(scope, walk.verified, walk.signed, unsealed, fault)

    def _is_moving(self, scope: str) -> bool:
        """Whether what looks like a fault may be an index or a bucket that is still behind."""
        return self.heads.find_state(scope).head.sealed_at > iso(self.clock() - _SETTLED)


def _counted(left: Iterable[Item]) -> dict[str, Unsealed]:
    """By scope, of items without a number."""
    counts: dict[str, Unsealed] = {}
    for item in filter(keys.is_entry, left):
        scope, at = keys.scope_of_entry(item), keys.listed(item).partition("#")[0]
        known = counts.get(scope, Unsealed(0, at))
        counts[scope] = Unsealed(known.count + 1, min(known.oldest, at))
    return counts


def _with_added(report: ScopeReport, state: ChainState | None) -> ScopeReport:
    oldest = report.unsealed.oldest
    if report.fault or not state or not oldest or oldest >= state.swept_to:
        return report
    detail = f"an entry of {oldest} was not there when all before {state.swept_to} was sealed"
    return replace(report, fault=Fault(FaultKind.ADDED, None, detail))
