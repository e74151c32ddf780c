"""Tries backdated movements on what came after them."""

from collections.abc import Mapping
from fractions import Fraction

from stockwarden.core.errors import StockConflict
from stockwarden.core.exact import json_number
from stockwarden.stock.movement import Kind, Movement
from stockwarden.stock.plan import ItemPlan
from stockwarden.stock.wording import described, place_fields, quantity_text
from stockwarden.storage.keys.stock import Place


def check_history(
    plan: ItemPlan,
    start: Mapping[Place, Fraction],
    later: list[Movement],
) -> None:
    """Tries backdated movements on what came after them. `start` is what was where at the moment
    of the first of them, `later` are the movements after that moment. Raises StockConflict with the
    first instant at which something would be below zero, or with a count that they would
    contradict: one that is there, or one of an earlier line."""
    backdated = plan.backdated
    touched = {place for movement in backdated for place in movement.changes}
    for movement in backdated:
        earlier_lines = [each for each in plan.movements if each.seq < movement.seq]
        for known in [*later, *earlier_lines]:
            is_later = known.effective_at > movement.effective_at
            stands = known.kind is Kind.COUNT and not known.reversed_by
            if stands and is_later and known.place in movement.changes:
                raise _contradicted(plan, movement, known)
    balances = {place: start.get(place, Fraction(0)) for place in touched}
    for movement in sorted([*plan.movements, *later], key=lambda each: each.order):
        for place, change in movement.changes.items():
            if place not in touched:
                continue
            balances[place] += change
            if balances[place] < 0:
                raise _below_zero(plan, place, balances[place], movement.effective_at)


def _below_zero(plan: ItemPlan, place: Place, quantity: Fraction, at: str) -> StockConflict:
    head = plan.head
    return StockConflict(
        f"At {at} there would be {quantity_text(quantity)} {head.unit} of {head.name} "
        f"{described(place)}.",
        {
            "reason": "below_zero",
            "item_id": head.id,
            "item_name": head.name,
            **place_fields(place),
            "at": at,
            "quantity": json_number(quantity),
            "unit": head.unit,
        },
    )


def _contradicted(plan: ItemPlan, movement: Movement, count: Movement) -> StockConflict:
    return StockConflict(
        f"{plan.head.name} was counted {described(count.place)} at {count.effective_at}, after "
        f"{movement.effective_at}. What happened before is in that count.",
        {
            "reason": "counted",
            "item_id": plan.head.id,
            "item_name": plan.head.name,
            **place_fields(count.place),
            "at": count.effective_at,
            "count_id": count.count_id or count.id,
        },
    )
