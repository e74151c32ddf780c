"""Decides what movements of one item a posting makes; raises what stands in the way.

Pure: it gets what was read, and gives what is to be written. Lines are applied in the order of
their moments, so two lines of one item count together. Errors come in a fixed order: the item, the
unit, what its inventory type demands, the lot, what there is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction

from stockwarden.catalog.units import Unit
from stockwarden.core.errors import Invalid, StockConflict
from stockwarden.core.exact import json_number
from stockwarden.stock.balance import Balance
from stockwarden.stock.facts import InventoryFacts, Lot
from stockwarden.stock.head import Head
from stockwarden.stock.line import Line
from stockwarden.stock.movement import ASSEMBLING, GIVING, Kind, Movement
from stockwarden.stock.quantities import base_quantity
from stockwarden.stock.unfit import archived, refuse_unfit
from stockwarden.stock.valuation import Book, money_text, rounded
from stockwarden.stock.wording import described, place_fields, quantity_text
from stockwarden.storage.keys.stock import NONE, Place


@dataclass
class ItemPlan:
    """One item of a posting. `balances` are those of all places of its lines, `counted` the stock
    at the place and moment of each backdated count, by the line's pointer."""

    head: Head
    balances: dict[Place, Balance]
    lots: dict[str, Lot]
    units: Mapping[str, Unit]
    demands: InventoryFacts
    posting_id: str
    by: str
    now: str
    counted: Mapping[str, Fraction] = field(default_factory=dict)
    movements: list[Movement] = field(default_factory=list)
    new_lots: dict[str, Lot] = field(default_factory=dict)
    books: dict[str, Book] = field(init=False)

    def __post_init__(self) -> None:
        self.books = dict(self.head.books)

    @property
    def late_movements(self) -> list[Movement]:
        """Those before a movement that is there already."""
        last = self.head.last_effective_at
        return [movement for movement in self.movements if movement.effective_at < last]

    @property
    def backdated(self) -> list[Movement]:
        """Those before one that is there already, or before one of an earlier line."""
        last, found = self.head.last_effective_at, list[Movement]()
        for movement in self.movements:
            if movement.effective_at < last:
                found.append(movement)
            last = max(last, movement.effective_at)
        return found

    @property
    def last_effective_at(self) -> str:
        return max(movement.effective_at for movement in self.movements)

    def effective_at(self, line: Line) -> str:
        """The moment that is given; else now, after all that is there."""
        return line.effective_at or max(self.now, self.head.last_effective_at)

    def apply(self, line: Line, movement_id: str, worth: Decimal = Decimal(0)) -> None:
        """Adds the movement of a line; `worth` is what one that takes value gets. Raises Invalid,
        Conflict."""
        self._check_item(line)
        quantity = self._base_quantity(line)
        effective_at = self.effective_at(line)
        change = self._change(line, quantity, effective_at)
        self._check_demands(line, change)
        self._check_lot(line, change, effective_at)
        movement = Movement(
            id=movement_id,
            item_id=self.head.id,
            posting_id=self.posting_id,
            seq=self.head.seq + len(self.movements) + 1,
            effective_at=effective_at,
            recorded_at=self.now,
            kind=line.kind,
            place=line.place,
            quantity=change,
            given_quantity=line.quantity,
            by=self.by,
            balance_after=Fraction(0),
            to=line.to,
            serials=line.serials,
            given_unit=line.unit,
            reason=line.reason,
            reverses=line.reverses.id if line.reverses else None,
            count_id=line.count_id,
            reservation_id=line.reservation_id,
            order_id=line.order_id,
            order_line=line.order_line,
            kit_id=line.kit_id,
            consumption_id=line.consumption_id,
        )
        self._move(line, movement)
        self.movements.append(self._valued(line, self._with_balances(movement), worth))

    def usual_worth(self, line: Line) -> Fraction:
        """What the quantity of a line costs on average, or by the item's own cost."""
        average = self.books.get(line.place.warehouse_id, Book()).average
        cost = Fraction(self.head.unit_cost or 0) if average is None else average
        return cost * self._base_quantity(line)

    def _check_item(self, line: Line) -> None:
        if self.head.status == "archived" and line.kind in {Kind.RECEIPT, *GIVING, *ASSEMBLING}:
            raise archived(self.head)

    def _base_quantity(self, line: Line) -> Fraction:
        """What the line says, in the item's base unit."""
        if line.reverses is not None:
            return line.reverses.quantity
        if line.base_quantity is not None:
            return line.base_quantity
        return base_quantity(self.head.unit, line.quantity, line.unit, self.units, line.pointer)

    def _change(self, line: Line, quantity: Fraction, effective_at: str) -> Fraction:
        """What the line adds at its place; of a transfer, what leaves it."""
        match line.kind:
            case Kind.REVERSAL:
                return quantity if line.to else -quantity
            case Kind.ISSUE | Kind.CONSUMPTION:
                return -quantity
            case Kind.COUNT:
                there = self.counted.get(line.pointer, self.balances[line.place].quantity)
                earlier = (
                    movement.changes.get(line.place, Fraction(0))
                    for movement in self.movements
                    if line.pointer in self.counted and movement.effective_at <= effective_at
                )
                return quantity - there - sum(earlier, Fraction(0))
            case _:
                return quantity

    def _check_demands(self, line: Line, change: Fraction) -> None:
        demands, lot = self.demands, line.place.lot
        if demands.lot and lot == NONE:
            raise Invalid.field(f"{line.pointer}/lot", f"{self.head.name} is kept by lot: name it.")
        if line.expiry_date and lot == NONE:
            raise Invalid.field(
                f"{line.pointer}/lot", "An expiry date belongs to a lot: name the lot."
            )
        is_new = lot != NONE and (lot not in self.lots or not self.lots[lot].expiry_date)
        if demands.expiry and is_new and line.comes_in and not line.expiry_date:
            raise Invalid.field(
                f"{line.pointer}/expiry_date",
                f"{self.head.name} has an expiry date for each lot: give that of {lot}.",
            )
        self._check_serials(line, change)

    def _check_serials(self, line: Line, change: Fraction) -> None:
        if not self.demands.serial:
            if line.serials:
                raise Invalid.field(
                    f"{line.pointer}/serials", f"{self.head.name} has no serial numbers."
                )
            return
        if line.kind is Kind.COUNT:
            raise Invalid.field(
                f"{line.pointer}/kind",
                f"{self.head.name} has serial numbers: adjust by those that are missing or found.",
            )
        if len(set(line.serials)) != len(line.serials) or len(line.serials) != abs(change):
            raise Invalid.field(
                f"{line.pointer}/serials",
                f"{self.head.name} has serial numbers: name as many, each once, as there are "
                "pieces.",
            )

    def _check_lot(self, line: Line, change: Fraction, effective_at: str) -> None:
        code = line.place.lot
        if code == NONE:
            return
        lot = self.lots.get(code)
        if line.expiry_date and lot and lot.expiry_date not in {None, line.expiry_date}:
            raise Invalid.field(
                f"{line.pointer}/expiry_date",
                f"Lot {code} expires on {lot.expiry_date}; change that of the lot if it is wrong.",
            )
        if lot is None or (line.expiry_date and not lot.expiry_date):
            if lot is None and change < 0:
                return
            lot = Lot(code, line.expiry_date, "available", lot.version if lot else 0)
            self.lots[code] = self.new_lots[code] = lot
        if line.gives and not line.sends_back:
            refuse_unfit(self.head, lot, effective_at, line.timezone)

    def _move(self, line: Line, movement: Movement) -> None:
        # What a backdated one leaves is tried at every instant, by `check_history`.
        is_late = movement.effective_at < max(
            self.head.last_effective_at, *(each.effective_at for each in self.movements), ""
        )
        for place, change in movement.changes.items():
            before = self.balances[place]
            balance = before.with_change(change)
            if line.reservation_id:
                balance = balance.with_reserved(line.reservation_id, None)
            kept = Fraction(0)
            if line.gives or line.kind is Kind.TRANSFER:
                kept = balance.reserved_at(self.now)
            if change < 0 and balance.quantity < kept and not (is_late and balance.quantity < 0):
                raise self._short(line, place, before, kept, -change)
            self.balances[place] = balance

    def _short(
        self, line: Line, place: Place, before: Balance, kept: Fraction, wanted: Fraction
    ) -> StockConflict:
        there = f"{quantity_text(before.quantity)} {self.head.unit}"
        reserved = f", of which {quantity_text(kept)} are reserved" if kept else ""
        return StockConflict(
            f"There are {there} of {self.head.name} {described(place)}{reserved}; "
            f"{quantity_text(wanted)} cannot leave.",
            {
                "reason": "short",
                "pointer": line.pointer,
                "item_id": self.head.id,
                "item_name": self.head.name,
                **place_fields(place),
                "quantity": json_number(before.quantity),
                "available": json_number(max(before.quantity - kept, Fraction(0))),
                "unit": self.head.unit,
            },
        )

    def _with_balances(self, movement: Movement) -> Movement:
        to = movement.to
        return replace(
            movement,
            balance_after=self.balances[movement.place].quantity,
            to_balance_after=self.balances[to].quantity if to else None,
        )

    def _valued(self, line: Line, movement: Movement, worth: Decimal) -> Movement:
        """The movement with its value, which is in the books then."""
        source, to = movement.place.warehouse_id, movement.to
        book = self.books.get(source, Book())
        if to is None:
            value, cost, cost_from = self._value(line, movement.quantity, book, worth)
            self.books[source], added = book.with_change(movement.quantity, value)
            return replace(movement, value=added, unit_cost=cost, cost_from=cost_from)
        if to.warehouse_id == source:
            return movement
        leaving = book.cost_of(movement.quantity)
        self.books[source], added = book.with_change(-movement.quantity, -leaving)
        target = self.books.get(to.warehouse_id, Book())
        self.books[to.warehouse_id], _ = target.with_change(movement.quantity, -added)
        return replace(movement, value=-added)

    def _value(
        self, line: Line, change: Fraction, book: Book, worth: Decimal
    ) -> tuple[Decimal, str | None, str | None]:
        """What a change adds to the value, and for what comes in the cost of one base unit and
        where that is known from."""
        if line.reverses is not None:
            return -line.reverses.value, None, None
        if change <= 0:
            return -book.cost_of(-change), None, None
        if line.value is not None:
            return line.value, money_text(rounded(Fraction(line.value) / change)), "given"
        if line.takes_value:
            return worth, money_text(rounded(Fraction(worth) / change)), "components"
        if line.unit_cost is not None:
            value = rounded(Fraction(line.unit_cost) * Fraction(line.quantity))
            return value, money_text(rounded(Fraction(value) / change)), "given"
        average = book.average
        if average is not None:
            return rounded(average * change), money_text(rounded(average)), "average"
        if self.head.unit_cost is not None:
            cost = Fraction(self.head.unit_cost)
            return rounded(cost * change), money_text(self.head.unit_cost), "item"
        return Decimal(0), None, "unknown"
