"""Stores what has moved, by the ledger of the product, at moments of the past.

Movements are posted in chunks of many lines of one item, which the ledger reads for, decides and
writes like those of any request. Each chunk has its key, so that it is posted once.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from stockwarden.core.errors import Conflict
from stockwarden.core.idempotency import RequestKey
from stockwarden.identity.access import Caller
from stockwarden.stock.item_model import ItemPatch
from stockwarden.stock.lots import LotPatch
from stockwarden.stock.posting import posting_id_of
from stockwarden.stock.requests import ReversalRequest
from stockwarden.stock.service import MovementService
from stockwarden.storage.keys import at_key
from stockwarden.storage.keys import stock as keys
from tools.stockroom.catalog import CatalogItem
from tools.stockroom.journal import Chunk, Life
from tools.stockroom.movements import life_of
from tools.stockroom.services import Services, Tables, at_once
from tools.stockroom.sites import Site

LEFT_ALONE = "items left alone"
_AS_MADE = 1  # the version of what nobody has changed


@dataclass(frozen=True)
class History:
    """`days` days until the morning of `until`: or from the day on from which an earlier call has
    stored it, since what has happened does not move with the calendar. `keeper` archives items and
    keeps lots back."""

    tables: Tables
    sites: Sequence[Site]
    keeper: Caller
    seed: int
    until: date
    days: int

    def store(
        self, items: Sequence[CatalogItem], told: Callable[[int], None] = lambda _: None
    ) -> dict[str, int]:
        """{noun: how many were added}; items that somebody has archived or moved, so that no such
        thing can have happened to them, are left alone. `told` is the number of those done."""
        first = self.first_day(items[0])

        def add(item: CatalogItem) -> tuple[int, bool]:
            return self._store(item, life_of(item, self.sites, self.seed, first, self.days))

        # The first one alone: it says later on which day all began.
        results = [add(items[0])]
        for result in at_once(add, items[1:]):
            results.append(result)
            told(len(results))
        return {
            "movements": sum(added for added, _ in results),
            LEFT_ALONE: sum(not complete for _, complete in results),
        }

    def first_day(self, item: CatalogItem) -> date:
        """That of the first item, on which all began."""
        posting = self.tables.stock.get(self._posting(item, 0), consistent=True)
        if posting is None:
            return self.until - timedelta(days=self.days)
        return datetime.fromisoformat(posting["movements"][0]["effective_at"]).date()

    def _store(self, item: CatalogItem, life: Life) -> tuple[int, bool]:
        """How many movements were added, and whether all are there."""
        postings = [self._posting(item, number) for number in range(len(life.chunks))]
        stored = self.tables.stock.get_many(postings, consistent=True)
        services = Services(self.tables, life.chunks[-1].moment)
        added = 0
        try:
            for number, chunk in enumerate(life.chunks):
                if at_key(stored, postings[number]) is None:
                    added += self._post(services, item, number, chunk)
        except Conflict:
            return added, False
        self._finish(services, item, life)
        return added, True

    def _post(self, services: Services, item: CatalogItem, number: int, chunk: Chunk) -> int:
        """How many movements were made. Raises Conflict."""
        key = self._key(item, number)
        # What was before the warehouse was founded is brought along then.
        recorded = max(chunk.moment, chunk.site.founded + timedelta(hours=1))
        services.now = recorded + timedelta(seconds=30)
        worker = chunk.site.worker(random.Random(key.name), recorded)  # noqa: S311
        if chunk.reverses is None:
            return len(services.ledger.post(worker, key, chunk.lines))
        earlier, line = chunk.reverses
        movement_id = f"{posting_id_of(self._key(item, earlier))}_{line + 1}"
        request = ReversalRequest(reason="Booked twice", effective_at=chunk.moment)
        timezone = chunk.site.timezone
        service = MovementService(services.ledger, lambda _caller, _warehouse_id: timezone)
        service.reverse(worker, key, movement_id, request)
        return 1

    def _finish(self, services: Services, item: CatalogItem, life: Life) -> None:
        """Unless somebody has changed the lot or the item since."""
        services.now += timedelta(minutes=10)
        for code in life.quarantined:
            if services.lots.find(self.keeper, item.id, code).version == _AS_MADE:
                hold = LotPatch(status="quarantined")
                services.lots.change(self.keeper, item.id, code, hold, None)
        if life.archived and services.items.find(self.keeper, item.id).version == _AS_MADE:
            services.items.patch(self.keeper, item.id, ItemPatch(status="archived"), None)

    def _key(self, item: CatalogItem, number: int) -> RequestKey:
        parts = str(self.seed), self.sites[0].warehouse_id, item.sku, str(number)
        return RequestKey("/".join(("stockroom", *parts)), "")

    def _posting(self, item: CatalogItem, number: int) -> dict[str, str]:
        return keys.posting(posting_id_of(self._key(item, number)))
