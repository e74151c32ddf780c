"""Pages of totals by their score, the largest first, from the index."""

import re
from dataclasses import dataclass

from stockwarden.storage.attributes import Item
from stockwarden.storage.cursors import damaged_cursor, decode_cursor, encode_cursor
from stockwarden.storage.keys import projections as keys
from stockwarden.storage.keys.projections import Total
from stockwarden.storage.tables import Table

_AMOUNT = re.compile(r"-?\d{1,38}", re.ASCII)


@dataclass(frozen=True)
class GroupList:
    """The totals of a dimension in a scope and a currency."""

    generation: int
    scope: str
    dimension: str
    currency: str

    def page(
        self, table: Table, counted: str, limit: int, cursor: str | None
    ) -> tuple[list[Item], str | None]:
        """Up to `limit` totals; a page costs what it shows, however many groups there are. Those
        that have nothing, also of what is `counted`, are left out, so a page may be short. Raises
        BadRequest for a cursor of another list."""
        ranking = keys.total_ranking(self.generation, self.scope, self.dimension, self.currency)
        parts = decode_cursor(f"groups#{ranking}", cursor, 2)
        page = table.query(
            "#ranking = :ranking",
            index="by_score",
            newest_first=True,
            limit=limit,
            start=self._start(ranking, *parts) if parts else None,
            ranking=ranking,
        )
        groups = [each for each in page.items if each.get(counted) or each["score"]]
        if page.last_key is None:
            return groups, None
        last = page.items[-1]
        return groups, encode_cursor(f"groups#{ranking}", [str(last["score"]), last["group"]])

    def _start(self, ranking: str, amount: str, group: str) -> Item:
        if not _AMOUNT.fullmatch(amount):
            raise damaged_cursor()
        total = Total(self.scope, self.dimension, self.currency, group)
        key = keys.total(self.generation, total)
        return {**key, "ranking": ranking, "score": int(amount)}
