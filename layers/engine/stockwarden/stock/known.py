"""What a posting reads of the stock table, in one call for each hundred records."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from stockwarden.core.errors import Invalid
from stockwarden.stock.balance import Balance, read_balance
from stockwarden.stock.head import Head, read_head
from stockwarden.stock.line import Line
from stockwarden.stock.serials import read_serials
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import key_of
from stockwarden.storage.keys import stock as keys
from stockwarden.storage.keys.stock import Place
from stockwarden.storage.tables import Table

_Balances = Mapping[tuple[str, Place], Balance]
_Serials = Mapping[str, dict[str, Place | None]]


@dataclass(frozen=True)
class Known:
    """`posting` is that of a repetition. Balances are by item and place, serial numbers by item."""

    posting: Item | None
    heads: Mapping[str, Head]
    balances: _Balances
    serials: _Serials

    def is_as(self, earlier: "Known") -> bool:
        """Whether what decides about movements is as it was."""
        same = (self.balances, self.serials) == (earlier.balances, earlier.serials)
        return same and self.has_heads_of(earlier)

    def has_heads_of(self, earlier: "Known") -> bool:
        """Whether no item has moved, or got other facts."""
        return all(
            (head.seq, head.facts) == (earlier.heads[item_id].seq, earlier.heads[item_id].facts)
            for item_id, head in self.heads.items()
        )

    def with_own_serials(self) -> "Known":
        """The same, for whoever moves serial numbers in it."""
        return replace(self, serials={each: dict(where) for each, where in self.serials.items()})


def read_known(
    table: Table, posting_id: str, lines: Sequence[Line], new_heads: Mapping[str, Item]
) -> Known:
    """Reads consistently. Raises Invalid for an item that is not there; `new_heads` are those of
    items which are about to be made, by their ids."""
    wanted = _Wanted(lines)
    posting_key = keys.posting(posting_id)
    items = _by_key(
        table, [posting_key, *map(keys.head, wanted.item_ids), *wanted.balances_and_serials()]
    )
    heads = {}
    for line in lines:
        if line.item_id in heads:
            continue
        head = new_heads.get(line.item_id) or _at(items, keys.head(line.item_id))
        if head is None:
            raise Invalid.field(f"{line.pointer}/item_id", "There is no such item.")
        heads[line.item_id] = read_head(head)
    balances, serials = wanted.read(items)
    return Known(_at(items, posting_key), heads, balances, serials)


_Items = Mapping[tuple[str, ...], Item]


class _Wanted:
    """What lines are about."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.item_ids = sorted({line.item_id for line in lines})
        self.places = sorted({(line.item_id, place) for line in lines for place in line.places})
        self.serials = sorted({(line.item_id, each) for line in lines for each in line.serials})

    def balances_and_serials(self) -> list[Item]:
        return [
            *(keys.balance(*each) for each in self.places),
            *(keys.serial(*each) for each in self.serials),
        ]

    def read(self, items: _Items) -> tuple[_Balances, _Serials]:
        stored: dict[str, dict[str, Item]] = defaultdict(dict)
        for item_id, serial in self.serials:
            item = _at(items, keys.serial(item_id, serial))
            if item is not None:
                stored[item_id][serial] = item
        return (
            {each: read_balance(_at(items, keys.balance(*each))) for each in self.places},
            {each: read_serials(stored[each]) for each in self.item_ids},
        )


def _by_key(table: Table, wanted: Sequence[Item]) -> _Items:
    items = table.get_many(wanted, consistent=True)
    return {tuple(key_of(item).values()): item for item in items}


def _at(items: _Items, key: Item) -> Item | None:
    return items.get(tuple(key.values()))
