"""Walks one chain from its first entry, and names the first fault."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import NamedTuple

from stockwarden.audit.chain import GENESIS, chained_hash, document
from stockwarden.audit.heads import ChainState, HeadRepository
from stockwarden.audit.signed_heads import SignedHead, SignedHeads
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import audit as keys
from stockwarden.storage.keys import key_of
from stockwarden.storage.tables import BATCH_GET_LIMIT, Table


class FaultKind(StrEnum):
    CHANGED = "changed entry"
    REMOVED = "removed entry"
    SWAPPED = "swapped entries"
    ADDED = "added entry"
    CUT_TAIL = "cut tail"
    RECOMPUTED = "recomputed chain"
    HEAD = "changed head"
    SIGNED_HEAD = "missing or invalid signed head"


@dataclass(frozen=True)
class Fault:
    """`seq` is the first number that is wrong; None for an entry that has none."""

    kind: FaultKind
    seq: int | None
    detail: str


class Link(NamedTuple):
    """An entry as the index numbers it; `item` is None if it is gone."""

    seq: int
    item: Item | None


class ChainWalk:
    """`verified` is the seq up to which all is well, `signed` that of the last signed head that
    agrees."""

    def __init__(
        self, table: Table, heads: HeadRepository, signed_heads: SignedHeads, scope: str
    ) -> None:
        self.scope = scope
        self.verified = 0
        self.signed = 0
        self._table = table
        self._heads = heads
        self._signed_heads = signed_heads
        self._hash = self._signed_hash = GENESIS

    def first_fault(self) -> Fault | None:
        """Reads the chain to its end or its first fault, from the last signed head that agrees: so
        a second call repeats little."""
        self.verified, self._hash = self.signed, self._signed_hash
        signed_heads = self._signed_heads.read_all(self.scope, after=self.signed)
        signed = next(signed_heads, None)
        for link in self._links(after=self.verified):
            fault = self._fault_of(link)
            if not fault and signed and signed.seq <= link.seq:
                fault = self._compare(signed)
                signed = next(signed_heads, None)
            if fault:
                return fault
        # Read last: by now it is not behind what was read of the chain and of the bucket.
        return self._fault_at_end(signed, self._heads.find_state(self.scope))

    def _links(self, after: int) -> Iterator[Link]:
        """In the order of their numbers, as the table has them now."""
        numbered = self._table.query_all(
            "#pk = :pk AND #seq > :after",
            index="by_seq",
            pk=keys.entries(self.scope).pk,
            after=after,
        )
        while batch := list(islice(numbered, BATCH_GET_LIMIT)):
            entries = self._table.get_many([key_of(item) for item in batch], consistent=True)
            by_place = {keys.listed(entry): entry for entry in entries}
            for item in batch:
                yield Link(item["seq"], by_place.get(keys.listed(item)))

    def _fault_of(self, link: Link) -> Fault | None:
        expected = self.verified + 1
        if link.seq > expected or (link.item is None and link.seq == expected):
            return Fault(FaultKind.REMOVED, expected, f"there is no entry {expected}")
        if link.seq < expected or link.item is None:
            return _double(link.seq)
        if not _is_consistent(link.item, link.seq):
            return self._changed(link.seq, link.item)
        if link.item["previous_hash"] != self._hash:
            return self._rewritten(link.seq, link.item)
        self._hash = link.item["hash"]
        self.verified = link.seq
        return None

    def _rewritten(self, seq: int, item: Item) -> Fault:
        """The entry is sound but does not follow the one before: one of the two was rewritten with
        a hash to match. The one after knows which."""
        follower = next(self._links(after=seq), None)
        if follower and follower.item:
            known = follower.item.get("previous_hash")
        else:
            known = self._heads.find_state(self.scope).head.hash
        first = seq if known != item["hash"] else max(1, seq - 1)
        self.verified = first - 1
        return Fault(FaultKind.CHANGED, first, f"entry {seq} does not follow entry {seq - 1}")

    def _changed(self, seq: int, item: Item) -> Fault:
        for number, other in self._links(after=seq - 1):
            if other is None or keys.listed(other) == keys.listed(item):
                continue
            if number == seq:
                return _double(seq)
            if self._fits(other, seq, {item.get("hash"), other.get("hash")}):
                detail = f"entry {number} is the one that was sealed as {seq}"
                return Fault(FaultKind.SWAPPED, seq, detail)
        return Fault(FaultKind.CHANGED, seq, "it is not what was sealed")

    def _fits(self, item: Item, seq: int, hashes: set[object]) -> bool:
        try:
            return chained_hash(self._hash, document(item, seq)) in hashes
        except (TypeError, ValueError):
            return False

    def _compare(self, signed: SignedHead) -> Fault | None:
        """With the entry at whose number the walk is."""
        if signed.head is None:
            return _invalid(signed)
        if signed.head.hash != self._hash:
            first = self.signed + 1
            detail = f"entry {signed.seq} has not the signed hash; entry {self.signed} has"
            self.verified = self.signed
            return Fault(FaultKind.RECOMPUTED, first, detail)
        self.signed, self._signed_hash = signed.seq, self._hash
        return None

    def _fault_at_end(self, signed: SignedHead | None, state: ChainState) -> Fault | None:
        head, last = state.head, self.verified
        if signed and signed.head is None:
            return _invalid(signed)
        known = max(head.seq, signed.seq if signed else 0)
        if known > last:
            return Fault(FaultKind.CUT_TAIL, last + 1, f"there were entries up to {known} at least")
        if head.seq < last:
            return Fault(FaultKind.HEAD, head.seq + 1, f"the head says that {head.seq} is the last")
        if head.hash != self._hash:
            return Fault(FaultKind.CHANGED, last, f"entry {last} has not the hash of the head")
        if state.signed > self.signed:
            detail = f"the bucket has no signed head of entry {state.signed}"
            return Fault(FaultKind.SIGNED_HEAD, state.signed, detail)
        return None


def _is_consistent(item: Item, seq: int) -> bool:
    """Whether the entry has the hash that its content and its `previous_hash` give."""
    try:
        own = chained_hash(item["previous_hash"], document(item, seq))
        return bool(item["hash"] == own and item["listed"] == keys.listed(item))
    except (KeyError, TypeError, ValueError):
        return False


def _double(seq: int) -> Fault:
    return Fault(FaultKind.ADDED, seq, f"two entries have the number {seq}")


def _invalid(signed: SignedHead) -> Fault:
    return Fault(
        FaultKind.SIGNED_HEAD, signed.seq, f"the head of entry {signed.seq} is not signed by us"
    )
