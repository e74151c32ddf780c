"""Draws up an order: checks what it says against the catalog, fixes its quantities in base units
and its prices, and computes what it costs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

from stockwarden.catalog.supplier_service import SupplierRepository
from stockwarden.catalog.unit_repository import UnitRepository
from stockwarden.core.clock import Clock, iso
from stockwarden.core.errors import Invalid, check_all
from stockwarden.core.ids import may_be_id
from stockwarden.orders.amounts import (
    amount_text,
    is_in_minor_units,
    minor_decimals,
    parse_amount,
    shared,
)
from stockwarden.orders.drafted_lines import KnownItems, add_line
from stockwarden.orders.line import OrderLine
from stockwarden.orders.requests import OrderLineRequest, OrderRequest
from stockwarden.stock.facts import FactsReader
from stockwarden.stock.scanned import read_code
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import catalog as catalog_keys
from stockwarden.storage.keys import key_of
from stockwarden.storage.keys import stock as stock_keys
from stockwarden.storage.tables import Table

_USUAL_CURRENCY = "EUR"


@dataclass(frozen=True)
class Draft:
    """`facts` are what the order's record has of the request, `heads` those of the items by id."""

    facts: Item
    lines: Sequence[OrderLine]
    heads: Mapping[str, Item]


class Drafter:
    def __init__(
        self,
        catalog: Table,
        stock: Table,
        clock: Clock,
        *,
        suppliers: SupplierRepository,
        units: UnitRepository,
    ) -> None:
        self.catalog = catalog
        self.stock = stock
        self.clock = clock
        self.suppliers = suppliers
        self.units = units
        self.facts = FactsReader(catalog)

    def draw_up(self, request: OrderRequest, warehouse_id: str) -> Draft:
        """Reads each kind of thing in one call for all lines. Raises Invalid that names every field
        at fault."""
        supplier = self._supplier(request.supplier_id)
        item_ids = self._item_ids(request.lines)
        heads = self._heads(item_ids)
        currency = request.currency or _currency_of(supplier, item_ids, heads)
        known = self._known(request, item_ids, heads, currency)
        lines: list[OrderLine] = []
        check_all(
            *(
                partial(add_line, lines, position, line, known)
                for position, line in enumerate(_with_items(request.lines, item_ids))
            ),
            *(partial(_check_cost, request, position, currency) for position in _costs(request)),
        )
        return self._draft(request, warehouse_id, supplier, known, lines)

    def _draft(
        self,
        request: OrderRequest,
        warehouse_id: str,
        supplier: Item | None,
        known: KnownItems,
        lines: Sequence[OrderLine],
    ) -> Draft:
        costs = sum((parse_amount(cost.amount) for cost in request.costs), Fraction(0))
        priced = [line for line in lines if line.amount is not None]
        if costs and not priced:
            raise Invalid.field(
                "/costs", "Costs are shared by the value of the lines: give one of them a price."
            )
        subtotal = sum((line.amount or Fraction(0) for line in priced), Fraction(0))
        shares = shared(costs, [line.amount or Fraction(0) for line in priced], known.currency)
        share_of = {line.id: share for line, share in zip(priced, shares, strict=True)}
        expected_at = request.expected_at
        promised = _promised_days(supplier, lines)
        facts: Item = {
            "type": request.type.value,
            "supplier_id": request.supplier_id,
            "supplier_name": supplier["name"] if supplier else None,
            "customer": request.customer,
            "warehouse_id": warehouse_id,
            "currency": known.currency,
            "expected_at": None if expected_at is None else iso(expected_at),
            "promised_days": promised,
            "note": request.note,
            "over_receipt_percent": str(request.over_receipt_percent or 0),
            "costs": [cost.model_dump() for cost in request.costs],
            "subtotal": amount_text(subtotal),
            "costs_total": amount_text(costs),
            "total": amount_text(subtotal + costs),
            "lines": len(lines),
            "open_lines": len(lines),
        }
        with_costs = [line.with_costs(share_of.get(line.id, Fraction(0))) for line in lines]
        return Draft(facts, with_costs, known.heads)

    def _supplier(self, supplier_id: str | None) -> Item | None:
        if supplier_id is None:
            return None
        supplier = self.suppliers.find(supplier_id)
        if supplier is None:
            raise Invalid.field("/supplier_id", "There is no such supplier.")
        if supplier.get("archived"):
            raise Invalid.field(
                "/supplier_id", f"{supplier['name']} is archived: nothing is ordered there."
            )
        return supplier

    def _item_ids(self, lines: Sequence[OrderLineRequest]) -> list[str]:
        """Of each line, also where a code stands for it. Raises Invalid for a code that no item
        has."""
        today = self.clock().date()
        codes = {
            position: read_code(line.code, f"/lines/{position}/code", today)
            for position, line in enumerate(lines)
            if line.code is not None
        }
        owners = self.facts.items_with({code.key for code in codes.values()}) if codes else {}
        for position, code in codes.items():
            if code.key not in owners:
                raise Invalid.field(f"/lines/{position}/code", code.unknown)
        return [
            owners[codes[position].key] if position in codes else str(line.item_id)
            for position, line in enumerate(lines)
        ]

    def _heads(self, item_ids: Sequence[str]) -> dict[str, Item]:
        wanted = sorted({item_id for item_id in item_ids if may_be_id(item_id)})
        heads = self.stock.get_many(list(map(stock_keys.head, wanted)), consistent=True)
        return {head["id"]: head for head in heads}

    def _known(
        self,
        request: OrderRequest,
        item_ids: Sequence[str],
        heads: Mapping[str, Item],
        currency: str,
    ) -> KnownItems:
        supplier_id = request.supplier_id
        in_packs = {
            item_id
            for line, item_id in zip(request.lines, item_ids, strict=True)
            if line.packs and item_id in heads and supplier_id is not None
        }
        wanted = [key_of(catalog_keys.part(each, str(supplier_id))) for each in sorted(in_packs)]
        parts = {part["item_id"]: part for part in self.catalog.get_many(wanted, consistent=True)}
        units = self.units.find_many(
            {
                *(head["unit"] for head in heads.values()),
                *(part["unit"] for part in parts.values()),
                *(line.unit for line in request.lines if line.unit),
            }
        )
        return KnownItems(heads, parts, units, currency)


def _with_items(
    lines: Sequence[OrderLineRequest], item_ids: Sequence[str]
) -> Sequence[OrderLineRequest]:
    return [
        line.model_copy(update={"item_id": item_id})
        for line, item_id in zip(lines, item_ids, strict=True)
    ]


def _currency_of(supplier: Item | None, item_ids: Sequence[str], heads: Mapping[str, Item]) -> str:
    """The supplier's, else that of the first item which has one."""
    if supplier is not None:
        return str(supplier["currency"])
    of_items = (heads[each].get("currency") for each in item_ids if each in heads)
    return next((each for each in of_items if each), _USUAL_CURRENCY)


def _costs(request: OrderRequest) -> Sequence[int]:
    return range(len(request.costs))


def _check_cost(request: OrderRequest, position: int, currency: str) -> None:
    amount = request.costs[position].amount
    if not is_in_minor_units(amount, currency):
        most = minor_decimals(currency)
        raise Invalid.field(
            f"/costs/{position}/amount",
            f"{amount}: a cost in {currency} has {most or 'no'} decimals{' at most' * bool(most)}.",
        )


def _promised_days(supplier: Item | None, lines: Sequence[OrderLine]) -> int | None:
    """The longest lead time that is promised for a line: the part's, else the supplier's."""
    if supplier is None:
        return None
    usual: int | None = supplier.get("lead_time_days")
    promised = [usual if line.lead_time_days is None else line.lead_time_days for line in lines]
    return max((days for days in promised if days is not None), default=None)
