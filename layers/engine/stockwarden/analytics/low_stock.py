"""What is low, and what to order of it.

Which items are low is in the index of the projections; all else of a page is read with it, so that
an order that was just placed counts.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import partial
from typing import Any

from stockwarden.analytics.advice import (
    RATE_DAYS,
    Advice,
    Delivery,
    LowItem,
    Offer,
    advise,
    offers_of,
    quantity_of,
)
from stockwarden.analytics.generations import Generations
from stockwarden.analytics.low_stock_model import LowStockItem, LowStockPage, SuggestedOffer
from stockwarden.analytics.progress import Progress
from stockwarden.analytics.scopes import Scopes
from stockwarden.analytics.usage import UsageProjection
from stockwarden.analytics.used_days import Day, Used, by_day
from stockwarden.catalog.unit_repository import UnitRepository
from stockwarden.catalog.units import Unit
from stockwarden.core.clock import Clock, iso
from stockwarden.core.exact import json_number, parse_fraction
from stockwarden.core.ids import may_be_id
from stockwarden.identity.access import Caller
from stockwarden.orders.on_order import OnOrder
from stockwarden.stock.balance import read_balance
from stockwarden.stock.head import fraction_of
from stockwarden.storage.attributes import Item
from stockwarden.storage.cursors import damaged_cursor, decode_cursor, encode_cursor
from stockwarden.storage.keys import catalog as catalog_keys
from stockwarden.storage.keys import projections as keys
from stockwarden.storage.keys import stock as stock_keys
from stockwarden.storage.tables import Table

# What is still to come of items, the first first.
OnOrderOf = Callable[[Collection[str]], Mapping[str, Sequence[OnOrder]]]
# So many items of a page are read at once: each takes three queries, which wait for the database.
_AT_ONCE = 8
# A page with filters examines so many items at most, and may be short.
_MOST_EXAMINED = 300


@dataclass(frozen=True)
class LowQuery:
    """Which items are asked for; None for whatever."""

    warehouse_id: str | None = None
    category: str | None = None
    supplier: str | None = None
    inventory_type: str | None = None

    def fits(self, record: Item) -> bool:
        asked = {
            "category": self.category,
            "supplier": self.supplier,
            "inventory_type": self.inventory_type,
        }
        is_there = self.warehouse_id is None or self.warehouse_id in record["books"]
        return is_there and all(
            wanted is None or record.get(name) == wanted for name, wanted in asked.items()
        )


class LowStockService:
    """`stock` is the ledger's table, `usage` says what was used."""

    def __init__(
        self,
        *,
        table: Table,
        stock: Table,
        catalog: Table,
        scopes: Scopes,
        units: UnitRepository,
        usage: UsageProjection,
        on_order: OnOrderOf,
        clock: Clock,
    ) -> None:
        self.table = table
        self.stock = stock
        self.catalog = catalog
        self.generations = Generations(table)
        self.progress = Progress(table)
        self.scopes = scopes
        self.units = units
        self.usage = usage
        self.on_order = on_order
        self.clock = clock

    def page(
        self, caller: Caller, asked: LowQuery, *, limit: int, cursor: str | None
    ) -> LowStockPage:
        """Raises Forbidden, NotFound, BadRequest."""
        self.scopes.scope(caller, asked.warehouse_id)
        generation = self.generations.current()
        item_ids, more = self._low(generation, asked, limit, cursor)
        now = self.clock()
        return LowStockPage(
            as_of=self.progress.as_of("stock"),
            items=self._items(generation, item_ids, now),
            next_cursor=more,
        )

    def _low(
        self, generation: int, asked: LowQuery, limit: int, cursor: str | None
    ) -> tuple[list[str], str | None]:
        """The ids of a page of items, from the index."""
        ranking = keys.low_ranking(generation)
        parts = decode_cursor(f"{ranking}#{asked}", cursor, 2, may_be_id)
        start = _start(generation, ranking, *parts) if parts else None
        found: list[str] = []
        for _ in range(_MOST_EXAMINED // limit + 1):
            page = self.table.query(
                "#ranking = :ranking", index="by_score", limit=limit, start=start, ranking=ranking
            )
            for record in page.items:
                if asked.fits(record):
                    found.append(record["id"])
                if len(found) == limit and (record is not page.items[-1] or page.last_key):
                    last = [str(record["score"]), record["id"]]
                    return found, encode_cursor(f"{ranking}#{asked}", last)
            start = page.last_key
            if start is None:
                return found, None
        last = [str(page.items[-1]["score"]), page.items[-1]["id"]]
        return found, encode_cursor(f"{ranking}#{asked}", last)

    def _items(self, generation: int, item_ids: Sequence[str], now: datetime) -> list[LowStockItem]:
        heads = self.stock.get_many([stock_keys.head(each) for each in item_ids])
        heads = [head for head in heads if head.get("reorder_point") is not None]
        records = self.catalog.get_many([catalog_keys.item(head["id"]) for head in heads])
        described = {record["id"]: record for record in records}
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            read = list(pool.map(partial(self._read, iso(now)), [head["id"] for head in heads]))
        parts = [part for each in read for part in each.parts]
        sold_by = sorted({part["supplier_id"] for part in parts})
        suppliers = {
            item["id"]: item
            for item in self.catalog.get_many(
                [catalog_keys.suppliers().key(each) for each in sold_by]
            )
        }
        codes = {head["unit"] for head in heads}
        units = self.units.find_many(codes | {part["unit"] for part in parts})
        months = _months(now.date())
        usage = self.usage.kept_days(generation, {head["id"]: months for head in heads})
        found = []
        for head, each in zip(heads, read, strict=True):
            facts = _Facts(
                head,
                described.get(head["id"], {}),
                each,
                offers_of(each.parts, suppliers, units, head["unit"]),
                units.get(head["unit"]),
            )
            used, days = _used(head, usage[head["id"]], now.date())
            found.append(facts.advised(used, days, now.date()))
        return found

    def _read(self, now: str, item_id: str) -> "_Read":
        balances = self.stock.query_all(stock_keys.balances(item_id))
        return _Read(
            parts=self.catalog.query(catalog_keys.parts(item_id)).items,
            reserved=sum((read_balance(each).reserved_at(now) for each in balances), Fraction(0)),
            coming=self.on_order([item_id]).get(item_id, ()),
        )


def _months(today: date) -> list[str]:
    """Those that have the days of use that are looked at, and tomorrow."""
    first = today - timedelta(days=RATE_DAYS - 1)
    return sorted({f"{first + timedelta(days=each):%Y-%m}" for each in range(RATE_DAYS + 1)})


def _used(head: Item, days: Mapping[str, Day], today: date) -> tuple[Fraction, int]:
    """What was used, and in how many days: of a new item in as many as there is it."""
    first = (today - timedelta(days=RATE_DAYS - 1)).isoformat()
    used = sum(
        (each for day, _, there in by_day(days) if day >= first for each in there.used.values()),
        Used(),
    )
    earliest = min([_day(head["created_at"]), *map(date.fromisoformat, days)])
    return used.quantity, min(RATE_DAYS, max((today - earliest).days + 1, 1))


@dataclass(frozen=True)
class _Read:
    """What is queried for each item: its parts at suppliers, what of it is reserved, and what is
    still to come."""

    parts: Sequence[Item]
    reserved: Fraction
    coming: Sequence[OnOrder]


@dataclass(frozen=True)
class _Facts:
    """What was read of an item."""

    head: Item
    record: Item
    read: _Read
    offers: Sequence[Offer]
    unit: Unit | None

    def advised(self, used: Fraction, days: int, today: date) -> LowStockItem:
        head = self.head
        quantity = parse_fraction(head["quantity"])
        point = fraction_of(head["reorder_point"]) or Fraction(0)
        deliveries = [
            Delivery(each.quantity, _day(each.expected_at) if each.expected_at else None)
            for each in self.read.coming
        ]
        item = LowItem(
            free=quantity - self.read.reserved,
            deliveries=deliveries,
            reorder_point=point,
            reorder_quantity=quantity_of(self.record.get("reorder_quantity")),
            decimals=self.unit.decimals if self.unit else 0,
            used=used,
            used_days=days,
            supplier_id=head.get("supplier"),
            currency=head.get("currency"),
            offers=self.offers,
        )
        advice = advise(item, today)
        expected = (each.expected_at for each in self.read.coming if each.expected_at)
        return LowStockItem(
            item_id=head["id"],
            name=head["name"],
            sku=head["sku"],
            unit=head["unit"],
            category=head.get("category"),
            quantity=json_number(quantity),
            reserved=json_number(self.read.reserved),
            free=json_number(item.free),
            on_order=json_number(item.on_order),
            expected_at=next(expected, None),
            reorder_point=json_number(point),
            suggested_quantity=json_number(advice.quantity),
            offer=_offer(advice),
            daily_use=json_number(advice.daily_use),
            days_left=advice.days_left,
            runs_out_on=advice.runs_out_on,
            order_by=advice.order_by,
            is_late=advice.order_by is not None and advice.order_by < today,
            unknown=list(advice.unknown),
        )


def _day(moment: str) -> date:
    return datetime.fromisoformat(moment).date()


def _offer(advice: Advice) -> SuggestedOffer | None:
    offer = advice.offer
    if offer is None:
        return None
    about: dict[str, Any] = {
        "chosen": advice.chosen,
        "packs": advice.packs,
        "lead_time_from": offer.lead_from,
    }
    return SuggestedOffer(
        **about,
        supplier_id=offer.supplier_id,
        supplier_name=offer.supplier_name,
        part_number=offer.part_number,
        pack_size=json_number(offer.pack),
        price=str(offer.price),
        currency=offer.currency,
        lead_time_days=offer.lead_days,
    )


def _start(generation: int, ranking: str, score: str, item_id: str) -> Item:
    """The key in the index after which a page goes on."""
    if not score.isdecimal():
        raise damaged_cursor()
    key = keys.valued_item(generation, item_id)
    return {**key, "ranking": ranking, "score": int(score)}
