"""Seals entries: gives each its number and hash in the chain of its scope, and signs the head.

Any entry may be given any number of times, by several sealers at once: a transaction seals what is
not sealed yet and moves the head, on condition that nobody else has. What an entry says is taken
from the stream, so one that was changed or deleted before it was sealed is sealed, and so restored,
as it was written.
"""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from functools import partial
from itertools import islice
from typing import Any, TypeVar

from stockwarden.audit.chain import Head, is_sealable, sealed
from stockwarden.audit.heads import HeadRepository
from stockwarden.audit.signed_heads import SignedHeads
from stockwarden.core.clock import Clock, iso
from stockwarden.core.errors import Unavailable
from stockwarden.storage.attributes import Item, from_attributes
from stockwarden.storage.keys import audit as keys
from stockwarden.storage.keys import key_of
from stockwarden.storage.retries import Backoff, retried
from stockwarden.storage.tables import CONTENDED, ConditionFailed, Table, write

logger = logging.getLogger(__name__)

# A transaction has at most 100 operations; one of them moves the head.
BATCH = 99
# More than the time from the creation of an entry to the end of its write: a Lambda call has
# fifteen minutes.
LONGEST_WRITE = timedelta(minutes=30)
T = TypeVar("T")
_TRIES, _BACKOFF = 30, Backoff(first=0.02, longest=1.0)


class Sealer:
    def __init__(
        self, table: Table, heads: HeadRepository, signed_heads: SignedHeads, clock: Clock
    ) -> None:
        self.table = table
        self.heads = heads
        self.signed_heads = signed_heads
        self.clock = clock

    def seal(self, scope: str, entries: Iterable[Item]) -> int:
        """Seals the entries of a scope in the order given; returns how many were not sealed yet.

        Signs the head, also one that an earlier run left unsigned. Raises Unavailable, after which
        some may be sealed, and ChainForked.
        """
        count = 0
        for batch in _batches(entries):
            count += _repeated(partial(self._seal_batch, scope, batch))
        _repeated(partial(self._sign, scope))
        return count

    def sweep(self, scope: str) -> int:
        """Seals what the stream left unsealed, in the order of time. Returns and raises as `seal`.

        Reads the entries since half an hour before the last sweep.
        """
        complete_to = iso(self.clock() - LONGEST_WRITE)
        entries = keys.entries(scope).between(first=self.heads.find_state(scope).swept_to)
        left = self.table.query_all(entries, where="attribute_not_exists(#seq)", consistent=True)
        count = self.seal(scope, left)
        _repeated(partial(self._mark_swept, scope, complete_to))
        return count

    def _seal_batch(self, scope: str, batch: Sequence[Item]) -> int:
        state = self.heads.find_state(scope)
        # By key, because a stream may give one entry twice in a batch.
        entries = {keys.listed(entry): entry for entry in batch}
        for stored in self.table.get_many(list(map(key_of, entries.values())), consistent=True):
            if "seq" in stored:
                del entries[keys.listed(stored)]
        if not entries:
            return 0
        links = _links(state.head, entries.values())
        head = Head(scope, links[-1]["seq"], links[-1]["hash"], iso(self.clock()))
        write(
            self.heads.put(state.moved_to(head)),
            *(self.table.put(link, when="attribute_not_exists(#seq)") for link in links),
        )
        return len(links)

    def _sign(self, scope: str) -> None:
        state = self.heads.find_state(scope)
        if state.signed < state.head.seq:
            self.signed_heads.publish(state.head)
            write(self.heads.put(state.with_head_signed()))

    def _mark_swept(self, scope: str, complete_to: str) -> None:
        state = self.heads.find_state(scope)
        if state.swept_to < complete_to:
            write(self.heads.put(state.complete_to(complete_to)))


def entries_by_scope(records: Iterable[Mapping[str, Any]]) -> dict[str, list[Item]]:
    """The entries in the records of the table's stream, each scope's in the order of the stream."""
    entries: dict[str, list[Item]] = {}
    for record in records:
        item = from_attributes(record["dynamodb"]["NewImage"])
        if record["eventName"] == "INSERT" and keys.is_entry(item):
            entries.setdefault(keys.scope_of_entry(item), []).append(item)
    return entries


def _repeated(attempt: Callable[[], T]) -> T:
    """Until no other sealer of the scope comes between the reads and the write of `attempt`."""
    return retried(
        attempt,
        on=ConditionFailed,
        tries=_TRIES,
        otherwise=Unavailable(CONTENDED),
        backoff=_BACKOFF,
    )


def _batches(entries: Iterable[Item]) -> Iterator[list[Item]]:
    source = filter(_is_sealable, entries)
    while batch := list(islice(source, BATCH)):
        yield batch


def _is_sealable(item: Item) -> bool:
    """An item that our code does not write must not hold up the others; it stays unsealed."""
    if is_sealable(item):
        return True
    logger.error("not an audit entry; it stays unsealed", extra={"entry": str(key_of(item))})
    return False


def _links(head: Head, entries: Iterable[Item]) -> list[Item]:
    links: list[Item] = []
    seq, previous = head.seq, head.hash
    for entry in entries:
        seq += 1
        links.append(sealed(entry, seq, previous))
        previous = links[-1]["hash"]
    return links
