"""What a request moves of the lines of an order: in base units, and never more than there may be.

Pure: it gets what was read, and gives what is to be moved.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from stockwarden.catalog.units import Unit, check_decimals
from stockwarden.core.errors import Invalid, OrderConflict
from stockwarden.core.exact import decimals_of, json_number
from stockwarden.orders.line import OrderLine
from stockwarden.orders.progress import LineProgress, Progress, progress_of
from stockwarden.orders.requests import MovedLine
from stockwarden.orders.states import Act, OrderStatus, OrderType, possible
from stockwarden.stock.quantities import base_quantity
from stockwarden.storage.attributes import Item

_WORDS = {Act.RECEIVE: "received", Act.SHIP: "shipped", Act.RETURN: "returned"}


@dataclass(frozen=True)
class Moved:
    """`base` is in the item's base unit, `quantity` the same in `unit`; `request` says where."""

    line: OrderLine
    base: Fraction
    quantity: Decimal
    unit: str
    request: MovedLine
    pointer: str


@dataclass(frozen=True)
class OrderState:
    """An order as it was read."""

    order: Item
    lines: Sequence[OrderLine]
    progress: Progress

    @property
    def tolerance(self) -> Fraction:
        """How much of each line is accepted: 11/10 where ten percent more are."""
        return 1 + Fraction(Decimal(self.order["over_receipt_percent"])) / 100

    def most(self, line: OrderLine, act: Act) -> Fraction:
        """How much may be moved of a line, in the base unit."""
        moved = progress_of(self.progress, line)
        if act is Act.RETURN:
            return moved.returnable
        limit = line.base_quantity * (self.tolerance if act is Act.RECEIVE else 1)
        return max(limit - moved.done, Fraction(0))

    def usual(self, line: OrderLine, act: Act) -> Fraction:
        """How much is moved of a line where no quantity is given: what is open."""
        moved = progress_of(self.progress, line)
        return moved.returnable if act is Act.RETURN else moved.open_of(line)


def moved_lines(
    state: OrderState, wanted: Sequence[MovedLine], units: Mapping[str, Unit], act: Act
) -> list[Moved]:
    """What the lines of a request move; without lines, all that is open. Raises Invalid for a line
    that the order has not, OrderConflict that says what is open where it is too much."""
    by_id = {line.id: line for line in state.lines}
    used: dict[str, Fraction] = defaultdict(Fraction)
    moved = []
    for position, request in enumerate(wanted or _all_open(state, act)):
        pointer = f"/lines/{position}"
        line = by_id.get(request.line_id)
        if line is None:
            raise Invalid.field(f"{pointer}/line_id", "The order has no such line.")
        rest = max(state.usual(line, act) - used[line.id], Fraction(0))
        each = _moved(line, request, pointer, units, rest)
        used[line.id] += each.base
        moved.append(each)
    too_much = [line for line in state.lines if used[line.id] > state.most(line, act)]
    nothing = [each.line for each in moved if not each.base]
    if too_much or nothing or not moved:
        raise _refused(state, too_much or nothing, used, act)
    return moved


def progress_after(progress: Progress, moved: Sequence[Moved], act: Act) -> dict[str, LineProgress]:
    after = dict(progress)
    for each in moved:
        before = after.get(each.line.id, LineProgress())
        is_return = act is Act.RETURN
        after[each.line.id] = (
            before.with_returned(each.base) if is_return else before.with_done(each.base)
        )
    return after


def _all_open(state: OrderState, act: Act) -> list[MovedLine]:
    return [
        MovedLine(line_id=line.id) for line in state.lines if state.usual(line, act) > Fraction(0)
    ]


def _moved(
    line: OrderLine,
    request: MovedLine,
    pointer: str,
    units: Mapping[str, Unit],
    rest: Fraction,
) -> Moved:
    if request.quantity is None:
        return Moved(line, rest, _decimal(rest), line.base_unit, request, pointer)
    quantity = request.quantity
    in_packs = line.pack_size is not None
    if request.unit is not None and (in_packs or request.unit != line.unit):
        base = base_quantity(line.base_unit, quantity, request.unit, units, pointer)
        return Moved(line, base, quantity, request.unit, request, pointer)
    if in_packs and decimals_of(quantity):
        raise Invalid.field(
            f"{pointer}/quantity", f"Packs are whole; give the quantity in {line.unit} instead."
        )
    if not in_packs and line.unit in units:
        check_decimals(quantity, units[line.unit], f"{pointer}/quantity")
    given = _decimal(line.given(Fraction(quantity)))
    return Moved(line, line.in_base(Fraction(quantity)), given, line.unit, request, pointer)


def _decimal(quantity: Fraction) -> Decimal:
    """As it is shown beside the exact quantity in the base unit."""
    return Decimal(str(json_number(quantity)))


def _refused(
    state: OrderState, lines: Sequence[OrderLine], used: Mapping[str, Fraction], act: Act
) -> OrderConflict:
    order, done = state.order, _WORDS[act]
    kind, status = OrderType(order["type"]), OrderStatus(order["status"])
    told = [_told(state, line) for line in lines or state.lines]
    if lines:
        first, ordered = lines[0], told[0]
        more = json_number(first.as_ordered(used[first.id]))
        before = "shipped" if kind is OrderType.SALES else "received"
        detail = f"{first.item_name}: {ordered['done']} of {ordered['ordered']} {before}"
        if act is Act.RETURN:
            back = json_number(first.as_ordered(state.most(first, act)))
            detail += f", of which {back} can be returned, not {more}."
        elif used[first.id]:
            most = json_number(first.as_ordered(state.most(first, act)))
            detail += f"; up to {most} more can be {done}, not {more}."
        else:
            detail += "; nothing is open."
    else:
        detail = f"Nothing of {order['number']} is left to be {done}."
    possibly = [each.value for each in possible(kind, status)]
    return OrderConflict(detail, {"status": status.value, "possible": possibly, "lines": told})


def _told(state: OrderState, line: OrderLine) -> dict[str, str | int | float]:
    moved = progress_of(state.progress, line)
    return {
        "line_id": line.id,
        "item_id": line.item_id,
        "ordered": json_number(Fraction(line.quantity)),
        "done": json_number(line.as_ordered(moved.done)),
        "open": json_number(line.as_ordered(moved.open_of(line))),
        "unit": line.unit if line.pack_size is None else "pack",
    }
