"""A query of one index partition of the anomalies table, and where in it a list goes on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import anomalies as keys


@dataclass(frozen=True)
class SortPosition:
    """Where a list goes on: after this sort key and, as sort keys may tie, this digest."""

    sort: str
    digest: str


@dataclass(frozen=True)
class IndexQuery:
    """One partition of one index, in the order of its sort key, and what is left to filter.

    `pk` is the generation whose heads the index partition holds. `backwards` is from its end.
    """

    index: str
    pk: str
    partition_name: str
    partition: str
    sort_name: str
    prefix: str = ""
    where: Sequence[str] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    backwards: bool = False

    def start_key(self, after: SortPosition) -> Item:
        """The key that the query goes on from: the table's and the index's own."""
        return {
            **keys.record(self.pk, after.digest),
            self.partition_name: self.partition,
            self.sort_name: after.sort,
        }

    def position_of(self, record: Item) -> SortPosition:
        """`record` may be a key that a query ended with."""
        return SortPosition(record[self.sort_name], keys.digest_in(record))


@dataclass(frozen=True)
class Slice:
    """Matching heads, and where to go on; None at the lane's end. `examined` bounds the cost."""

    records: list[Item]
    position: SortPosition | None
    examined: int
