"""A line of a posting: a movement that is asked for, before it is known whether it can be."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from stockwarden.stock.movement import ASSEMBLING, GIVING, INCOMING, Kind, Movement
from stockwarden.storage.keys.stock import Place


@dataclass(frozen=True)
class Line:
    """`quantity` is in `unit`, or in the item's base unit where that is None. It is above zero;
    signed for an adjustment and an assembly, and for a count what was counted. `pointer` is where
    the line stands in the request, for errors. `unit_cost` is per `unit`; `value` is what all of it
    cost, where that is known exactly. What goes back to its supplier (`sends_back`) may be unfit.

    `base_quantity` is the quantity in the base unit where it was fixed before, whatever the unit is
    worth by now. `timezone` is that of the warehouse, for whether a lot has expired. A reversal has
    what it `reverses`, and its quantity from there. A line that `takes_value` is worth what the
    other lines of its posting took; several of them share that by what their stock costs.
    """

    pointer: str
    item_id: str
    kind: Kind
    place: Place
    quantity: Decimal
    unit: str | None = None
    to: Place | None = None
    effective_at: str | None = None
    reason: str | None = None
    expiry_date: date | None = None
    serials: tuple[str, ...] = ()
    unit_cost: Decimal | None = None
    reverses: Movement | None = None
    count_id: str | None = None
    reservation_id: str | None = None
    order_id: str | None = None
    order_line: str | None = None
    value: Decimal | None = None
    sends_back: bool = False
    timezone: str = "UTC"
    base_quantity: Fraction | None = None
    kit_id: str | None = None
    consumption_id: str | None = None
    takes_value: bool = False

    @property
    def places(self) -> list[Place]:
        return [self.place, self.to] if self.to else [self.place]

    @property
    def gives(self) -> bool:
        """Whether it takes goods that must be free, and fit for use unless it sends them back."""
        return self.kind in GIVING or (self.kind in ASSEMBLING and self.quantity < 0)

    @property
    def comes_in(self) -> bool:
        """Whether it brings goods that were not in stock as this item."""
        return self.kind in INCOMING or (self.kind in ASSEMBLING and self.quantity > 0)
