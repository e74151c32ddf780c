"""A line of an order: an item, how much of it is ordered, and what that costs."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from stockwarden.core.exact import fraction_text, parse_fraction
from stockwarden.orders.amounts import amount_text, parse_amount
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import orders as keys


@dataclass(frozen=True)
class OrderLine:
    """`quantity` is in `unit`; in packs of `pack_size` of it, where the line has that. `price` is
    for one of the unit, or for a pack. `base_quantity` is the same in the item's base unit, as it
    was when the line was drawn up. `costs` is the line's share in the costs of the order.
    """

    id: str
    item_id: str
    item_name: str
    sku: str
    quantity: Decimal
    unit: str
    base_quantity: Fraction
    base_unit: str
    price: str | None = None
    pack_size: Fraction | None = None
    part_number: str | None = None
    lead_time_days: int | None = None
    costs: Fraction = Fraction(0)

    @property
    def amount(self) -> Fraction | None:
        """Quantity × price; None without a price."""
        return None if self.price is None else parse_amount(self.price) * Fraction(self.quantity)

    def in_base(self, quantity: Fraction) -> Fraction:
        """A quantity as the line is ordered, in the base unit."""
        return quantity * self.base_quantity / Fraction(self.quantity)

    def as_ordered(self, base: Fraction) -> Fraction:
        """A quantity in the base unit as the line is ordered; the inverse of `in_base`."""
        return base * Fraction(self.quantity) / self.base_quantity

    def given(self, quantity: Fraction) -> Fraction:
        """A quantity as the line is ordered, in `unit`: packs as what they hold."""
        return quantity * (self.pack_size or 1)

    def cost_of(self, base: Fraction) -> Fraction | None:
        """What so much of the line costs in total, with its share of the costs; None without a
        price. What is beyond the ordered quantity has the price alone: the costs are paid once."""
        if self.amount is None:
            return None
        within = min(base, self.base_quantity)
        return (self.amount * base + self.costs * within) / self.base_quantity

    def with_costs(self, costs: Fraction) -> "OrderLine":
        return replace(self, costs=costs)


def line_item(line: OrderLine, order_id: str, revision: str, created_at: str) -> Item:
    facts: Item = {
        **keys.line(order_id, revision, line.id),
        **keys.in_item_list(line.item_id, created_at, order_id),
        "item_id": line.item_id,
        "item_name": line.item_name,
        "sku": line.sku,
        "quantity": str(line.quantity),
        "unit": line.unit,
        "base_quantity": fraction_text(line.base_quantity),
        "base_unit": line.base_unit,
        "costs": amount_text(line.costs),
        "price": line.price,
        "pack_size": None if line.pack_size is None else fraction_text(line.pack_size),
        "part_number": line.part_number,
        "lead_time_days": line.lead_time_days,
    }
    return {name: value for name, value in facts.items() if value is not None}


def read_line(item: Mapping[str, Any]) -> OrderLine:
    pack_size = item.get("pack_size")
    return OrderLine(
        id=keys.line_id_in(item),
        item_id=item["item_id"],
        item_name=item["item_name"],
        sku=item["sku"],
        quantity=Decimal(item["quantity"]),
        unit=item["unit"],
        base_quantity=parse_fraction(item["base_quantity"]),
        base_unit=item["base_unit"],
        price=item.get("price"),
        pack_size=None if pack_size is None else parse_fraction(pack_size),
        part_number=item.get("part_number"),
        lead_time_days=item.get("lead_time_days"),
        costs=parse_amount(item["costs"]),
    )
