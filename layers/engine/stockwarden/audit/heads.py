"""How far the chain of each scope is sealed, signed and swept: one versioned item per scope."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from stockwarden.audit.chain import GENESIS, Head
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import audit as keys
from stockwarden.storage.tables import Operation, Table
from stockwarden.storage.versions import versioned_put


@dataclass(frozen=True)
class ChainState:
    """`signed` is the seq of the last head in the bucket, 0 for none. Every entry from before
    `swept_to` (ISO 8601, "" at first) was sealed. `stored` is the item as it was read."""

    head: Head
    signed: int = 0
    swept_to: str = ""
    stored: Item | None = None

    def moved_to(self, head: Head) -> "ChainState":
        return replace(self, head=head)

    def with_head_signed(self) -> "ChainState":
        return replace(self, signed=self.head.seq)

    def complete_to(self, moment: str) -> "ChainState":
        return replace(self, swept_to=moment)


class HeadRepository:
    def __init__(self, table: Table) -> None:
        self.table = table

    def find_state(self, scope: str) -> ChainState:
        """Read strongly; of an empty chain if nothing is sealed yet."""
        item = self.table.get(keys.head(scope), consistent=True)
        return _state(item) if item else ChainState(Head(scope, 0, GENESIS, ""))

    def list_states(self) -> Iterator[ChainState]:
        """Of every scope with a sealed entry."""
        return map(_state, self.table.query_all(keys.heads(), consistent=True))

    def put(self, state: ChainState) -> Operation:
        """Stores what was derived from a state that was read, unless it has changed since."""
        item = {
            **keys.head(state.head.scope),
            "sealed": state.head.seq,
            "hash": state.head.hash,
            "sealed_at": state.head.sealed_at,
            "signed": state.signed,
            "swept_to": state.swept_to,
        }
        return versioned_put(self.table, item, state.stored)


def _state(item: Item) -> ChainState:
    head = Head(keys.scope_of_head(item), item["sealed"], item["hash"], item["sealed_at"])
    return ChainState(head, item["signed"], item["swept_to"], item)
