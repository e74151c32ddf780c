"""Lists of items by name: the shards of the index, merged."""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from stockwarden.stock.item_records import name_key
from stockwarden.storage.attributes import Item
from stockwarden.storage.cursors import decode_cursor, encode_cursor
from stockwarden.storage.keys import stock as keys
from stockwarden.storage.tables import Table

# How many items of each shard are examined for a page with filters: a page may be short then.
_MOST_EXAMINED = 300
_LARGEST_CHUNK = 100


@dataclass(frozen=True)
class ItemFilter:
    """What is wanted; None for whatever. `text` is a part of the name, or of the SKU."""

    status: str | None = None
    category: str | None = None
    supplier: str | None = None
    inventory_type: str | None = None
    warehouse_id: str | None = None
    low_stock: bool | None = None
    text: str | None = None

    @property
    def only_status(self) -> bool:
        """Whether nothing but a status is asked for, if that."""
        return self == ItemFilter(status=self.status)

    def expression(self) -> tuple[str | None, dict[str, Any]]:
        """The condition on a head, and its values. The text is looked for in what was read: names
        are sorted by the attribute that has them to be compared, and DynamoDB takes no condition
        on such an attribute."""
        clauses, values = [], dict[str, Any]()
        for name in ("status", "category", "supplier", "inventory_type"):
            wanted = getattr(self, name)
            if wanted is not None:
                clauses.append(f"#{name} = :{name}")
                values[name] = wanted
        if self.warehouse_id is not None:
            clauses.append(f"attribute_exists(#books.#{self.warehouse_id})")
        if self.low_stock is not None:
            exists = "attribute_exists" if self.low_stock else "attribute_not_exists"
            clauses.append(f"{exists}(#low)")
        return (" AND ".join(clauses) or None), values

    def is_found_in(self, head: Item) -> bool:
        """Whether the text is in the name or the SKU."""
        if not self.text:
            return True
        part, code = name_key(self.text), self.text.strip().upper()
        return part in keys.name_in(head) or code in head["sku"]


@dataclass
class _Shard:
    """One list of the index, read in chunks. `reached` is where reading has come to."""

    name: str
    after: str
    heads: list[Item] = field(default_factory=list)
    examined: int = 0
    fills: int = 0
    at_end: bool = False
    reached: str = ""

    @property
    def lacks(self) -> bool:
        """Whether it must be read before it is known which head comes next."""
        return not self.heads and not self.at_end


class ItemList:
    def __init__(self, table: Table) -> None:
        self.table = table

    def page(
        self, wanted: ItemFilter, *, limit: int, cursor: str | None, backwards: bool
    ) -> tuple[list[Item], str | None]:
        """Up to `limit` heads by name. Raises BadRequest for a cursor of another list."""
        scope = f"items#{wanted}#{backwards}"
        parts = decode_cursor(scope, cursor, 1, _may_be_position)
        after = parts[0] if parts else ""
        shards = [_Shard(keys.item_list(number), after) for number in range(keys.SHARDS)]
        chunk = limit // keys.SHARDS + 4
        heads: list[Item] = []
        for head in self._merged(shards, wanted, chunk, backwards=backwards):
            if len(heads) == limit:
                return heads, encode_cursor(scope, [heads[-1]["named"]])
            heads.append(head)
        frontier = [shard.reached for shard in shards if not shard.at_end]
        if not frontier:
            return heads, None
        return heads, encode_cursor(scope, [max(frontier) if backwards else min(frontier)])

    def _merged(
        self, shards: list[_Shard], wanted: ItemFilter, chunk: int, *, backwards: bool
    ) -> Iterator[Item]:
        """Heads of all shards in order, until one of them has been examined enough."""
        while True:
            for shard in shards:
                while shard.lacks and shard.examined < _MOST_EXAMINED:
                    self._fill(shard, wanted, chunk, backwards=backwards)
            if any(shard.lacks for shard in shards):
                yield from _before(shards, backwards=backwards)
                return
            waiting = [shard for shard in shards if shard.heads]
            if not waiting:
                return
            choose = max if backwards else min
            yield choose(waiting, key=lambda shard: shard.heads[0]["named"]).heads.pop(0)

    def _fill(self, shard: _Shard, wanted: ItemFilter, chunk: int, *, backwards: bool) -> None:
        condition = "#items = :items"
        values: dict[str, Any] = {"items": shard.name}
        after = shard.reached or shard.after
        if after:
            condition += f" AND #named {'<' if backwards else '>'} :after"
            values["after"] = after
        where, more = wanted.expression()
        # Where a filter leaves little of a chunk, the next one is larger.
        chunk = min(chunk * 2**shard.fills, _LARGEST_CHUNK)
        page = self.table.query(
            condition,
            index="by_name",
            where=where,
            limit=chunk,
            newest_first=backwards,
            **values,
            **more,
        )
        shard.heads = [head for head in page.items if wanted.is_found_in(head)]
        shard.examined += chunk
        shard.fills += 1
        shard.at_end = page.last_key is None
        if page.last_key is not None:
            shard.reached = page.last_key["named"]


def _before(shards: list[_Shard], *, backwards: bool) -> Iterator[Item]:
    """What was read and comes before the place up to which each shard has been read, so that
    nothing of another one can lack."""
    ends = [shard.reached for shard in shards if not shard.at_end]
    end = (max if backwards else min)(ends)
    merged = heapq.merge(
        *(shard.heads for shard in shards), key=lambda head: head["named"], reverse=backwards
    )
    for shard in shards:
        if not shard.at_end:
            shard.reached = end
    for head in merged:
        if head["named"] > end if not backwards else head["named"] < end:
            return
        yield head


def _may_be_position(text: str) -> bool:
    return 0 < len(text.encode()) <= 1024
