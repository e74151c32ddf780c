"""A query of one index partition of the anomalies table, and the position of a list in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import anomalies as keys


@dataclass(frozen=True)
class SortPosition:
    """The position that a list continues after: a sort key and, as sort keys may tie, a digest."""

    sort: str
    digest: str


@dataclass(frozen=True)
class IndexQuery:
    """One partition of one index, in the order of its sort key, and the remaining filter.

    `pk` is the generation whose records the index partition holds. `backwards` starts at its end.
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

    def start_key(self, position: SortPosition) -> Item:
        """DynamoDB's ExclusiveStartKey: the key attributes of the table and of the index."""
        return {
            **keys.record(self.pk, position.digest),
            self.partition_name: self.partition,
            self.sort_name: position.sort,
        }

    def position_of(self, record: Item) -> SortPosition:
        """The position of a record, or of a query's LastEvaluatedKey."""
        return SortPosition(record[self.sort_name], keys.digest_in(record))


@dataclass(frozen=True)
class Slice:
    """Matching records, and where to continue (None at the end). `examined` counts records read."""

    records: list[Item]
    position: SortPosition | None
    examined: int
