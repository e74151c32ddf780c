"""API models of stock as it is answered."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from pydantic import BaseModel, Field

from stockwarden.core.exact import exact_text, json_number
from stockwarden.stock.movement import Kind, Movement
from stockwarden.stock.valuation import money_text
from stockwarden.storage.keys.stock import NONE, Place


class PlaceView(BaseModel):
    warehouse_id: str
    location: str | None
    lot: str | None


class MovementView(PlaceView):
    """`quantity` is signed and in the item's unit; of a transfer it is what went `to` the other
    place. `given` is the quantity as it was given. `value` is what the movement added to the value
    of the stock (of a transfer to another warehouse: what moved there), and `cost_from` says where
    `unit_cost` is from: given, the average, the item, the components, or unknown. `kit_id` is the
    kit that was made, taken apart or used up as its components; `consumption_id` the entry of the
    log that it belongs to.

    Where a number has no end, as 1/3, it is rounded at 15 digits, and `…_exact` has the fraction.
    """

    id: str
    posting_id: str
    item_id: str
    seq: int
    kind: Kind
    quantity: float | int
    quantity_exact: str | None
    given_quantity: float | int
    given_unit: str | None
    to: PlaceView | None
    effective_at: str
    recorded_at: str
    reason: str | None
    by: str
    by_name: str | None = Field(description="The user name of `by`, if the account is there.")
    balance_after: float | int
    balance_after_exact: str | None
    value: str
    unit_cost: str | None
    cost_from: str | None
    serials: list[str]
    reverses: str | None
    reversed_by: str | None
    count_id: str | None
    reservation_id: str | None
    order_id: str | None
    order_line: str | None
    kit_id: str | None
    consumption_id: str | None


class PostedMovements(BaseModel):
    posting_id: str
    movements: list[MovementView]


class BalanceView(PlaceView):
    item_id: str
    quantity: float | int
    quantity_exact: str | None


class ItemStock(BaseModel):
    """What there is of an item at an instant, and the movements that made it, newest first."""

    item_id: str
    unit: str
    at: str
    quantity: float | int
    quantity_exact: str | None
    balances: list[BalanceView]
    movements: list[MovementView]
    next_cursor: str | None


class MovementPage(BaseModel):
    movements: list[MovementView]
    next_cursor: str | None


class WarehouseStockLine(BalanceView):
    item_name: str
    sku: str
    unit: str
    reserved: float | int


class WarehouseStockPage(BaseModel):
    balances: list[WarehouseStockLine]
    next_cursor: str | None


class Reservation(PlaceView):
    """`status` is open, posted, void, or expired when `until` is over."""

    id: str
    item_id: str
    quantity: float | int
    quantity_exact: str | None
    status: str
    until: str
    created_at: str
    reason: str | None
    movement_id: str | None
    version: int


class CountLineView(PlaceView):
    """`expected` is what the book said when the count was opened, `counted` what was counted, in
    `counted_unit` or the item's own, and `difference` what was posted."""

    line: int
    item_id: str
    expected: float | int
    expected_exact: str | None
    counted: float | int | None
    counted_unit: str | None
    difference: float | int | None
    movement_id: str | None


class CountSummary(BaseModel):
    """`lines` is how many places are counted, `differing` at how many of them the book was wrong;
    null until the count is posted."""

    id: str
    status: str
    opened_at: str
    posted_at: str | None
    note: str | None
    by: str
    by_name: str | None
    lines: int
    differing: int | None


class CountPage(BaseModel):
    counts: list[CountSummary]
    next_cursor: str | None


class Count(BaseModel):
    id: str
    status: str
    opened_at: str
    posted_at: str | None
    note: str | None
    lines: list[CountLineView]
    version: int


def number(name: str, quantity: Fraction) -> dict[str, Any]:
    """A quantity as two fields: the number, and the fraction where it had to be rounded."""
    return {name: json_number(quantity), f"{name}_exact": exact_text(quantity)}


def place_view(place: Place) -> dict[str, Any]:
    return {
        "warehouse_id": place.warehouse_id,
        "location": None if place.location == NONE else place.location,
        "lot": None if place.lot == NONE else place.lot,
    }


def movement_view(movement: Movement, names: Mapping[str, str]) -> MovementView:
    """`names` are those of people by their ids."""
    cost = movement.unit_cost
    return MovementView(
        **place_view(movement.place),
        **number("quantity", movement.quantity),
        **number("balance_after", movement.balance_after),
        id=movement.id,
        posting_id=movement.posting_id,
        item_id=movement.item_id,
        seq=movement.seq,
        kind=movement.kind,
        given_quantity=json_number(Fraction(movement.given_quantity)),
        given_unit=movement.given_unit,
        to=PlaceView(**place_view(movement.to)) if movement.to else None,
        effective_at=movement.effective_at,
        recorded_at=movement.recorded_at,
        reason=movement.reason,
        by=movement.by,
        by_name=names.get(movement.by),
        value=money_text(movement.value),
        unit_cost=money_text(Decimal(cost)) if cost is not None else None,
        cost_from=movement.cost_from,
        serials=list(movement.serials),
        reverses=movement.reverses,
        reversed_by=movement.reversed_by,
        count_id=movement.count_id,
        reservation_id=movement.reservation_id,
        order_id=movement.order_id,
        order_line=movement.order_line,
        kit_id=movement.kit_id,
        consumption_id=movement.consumption_id,
    )
