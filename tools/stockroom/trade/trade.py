"""Carries out the plan of the trade, by the services of the product, at moments of the past."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from stockwarden.core.errors import Conflict, Invalid, NotFound
from stockwarden.core.idempotency import RequestKey
from stockwarden.orders.states import Act
from stockwarden.stock.movement import Kind
from stockwarden.stock.posting import posting_id_of
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import key_of
from stockwarden.storage.keys import kits as kit_keys
from stockwarden.storage.keys import orders as order_keys
from stockwarden.storage.keys import stock as keys
from tools.stockroom.services import Tables
from tools.stockroom.sites import Site
from tools.stockroom.trade.events import (
    Arrived,
    Assembled,
    Composed,
    Corrected,
    Drafted,
    Event,
    Moved,
    Stepped,
    Used,
)
from tools.stockroom.trade.services import TradeServices

EVENTS_LEFT_ALONE = "events left alone"
_NOUNS: dict[type[Event], str] = {
    Arrived: "opening stocks",
    Drafted: "orders",
    Stepped: "steps of orders",
    Moved: "steps of orders",
    Composed: "kits",
    Assembled: "assemblies",
    Used: "consumption entries",
    Corrected: "corrections",
}


@dataclass(frozen=True)
class Trade:
    """Each event has its key, so that it happens once, and one after the other: what comes later
    depends on what was before. `goods` tells this trade from that of another number of items."""

    tables: Tables
    sites: Sequence[Site]
    seed: int
    goods: int

    def store(
        self, events: Sequence[Event], told: Callable[[int], None] = lambda _: None
    ) -> dict[str, int]:
        """{noun: how many were added}. Left alone is what can no longer happen, because somebody
        has moved, ordered or archived something since."""
        services = TradeServices(self.tables, self.sites)
        added = dict.fromkeys((*_NOUNS.values(), EVENTS_LEFT_ALONE), 0)
        done = self._done(events)
        for number, event in enumerate(events, start=1):
            if event.name not in done:
                added[self._carry_out(services, event)] += 1
            told(number)
        return added

    def _carry_out(self, services: TradeServices, event: Event) -> str:
        """The noun of what was added."""
        services.now = event.moment
        try:
            self._request(services, event)
        except (Conflict, Invalid, NotFound):
            return EVENTS_LEFT_ALONE
        return _NOUNS[type(event)]

    def _request(self, services: TradeServices, event: Event) -> None:
        by, key = event.by, self._key(event.name)
        match event:
            case Arrived():
                services.ledger.post(by, key, event.lines)
            case Drafted():
                services.orders.create(by, key, event.request)
            case Stepped(act=Act.PLACE):
                services.steps.place(by, key, self.order_id(event.order))
            case Stepped():
                services.steps.cancel(by, key, self.order_id(event.order))
            case Moved():
                order_id = self.order_id(event.order)
                services.fulfilment.move(by, key, order_id, event.act, event.request)
            case Composed():
                services.kits.save(by, event.item_id, event.components, None)
            case Assembled(kind=Kind.ASSEMBLY):
                services.assembly.assemble(by, key, event.item_id, event.request)
            case Assembled():
                services.assembly.disassemble(by, key, event.item_id, event.request)
            case Used():
                services.consumption.log(by, key, event.request)
            case Corrected():
                entry_id = self.entry_id(event.entry)
                services.corrections.correct(by, key, entry_id, event.request)

    def _done(self, events: Sequence[Event]) -> set[str]:
        """The names of those that have happened already."""
        marks = {event.name: self._mark(event) for event in events}
        wanted = {tuple(mark.values()): mark for mark in marks.values()}
        items = self.tables.stock.get_many(list(wanted.values()), consistent=True)
        stored = {tuple(key_of(item).values()): item for item in items}
        return {
            event.name
            for event in events
            if self._is_in(stored.get(tuple(marks[event.name].values())), event)
        }

    def _mark(self, event: Event) -> Item:
        """The key of what is there once it has happened."""
        match event:
            case Drafted():
                return order_keys.order(self.order_id(event.name))
            case Stepped():
                return order_keys.order(self.order_id(event.order))
            case Composed():
                return kit_keys.components(event.item_id)
        return keys.posting(posting_id_of(self._key(event.name)))

    def _is_in(self, stored: Item | None, event: Event) -> bool:
        if stored is None or not isinstance(event, Stepped):
            return stored is not None
        return event.act.value in stored.get("requests", {})

    def order_id(self, name: str) -> str:
        """Of the order that an event has drafted."""
        return self._key(name).id("ord")

    def entry_id(self, name: str) -> str:
        """Of the entry of the consumption log that an event has made."""
        return self._key(name).id("use")

    def _key(self, name: str) -> RequestKey:
        parts = str(self.seed), self.sites[0].warehouse_id, str(self.goods), name
        return RequestKey("/".join(("stockroom", "trade", *parts)), "")
