"""What a posting leaves in the audit log: an entry in each warehouse that something moves in."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from stockwarden.audit.entry import Change, warehouse_scope
from stockwarden.core.exact import fraction_text
from stockwarden.stock.movement import Movement
from stockwarden.storage.keys.stock import Place


def changes_of(posting_id: str, movements: Sequence[Movement]) -> Iterator[Change]:
    """One for each warehouse: the balances there before and after, and the kinds of movements."""
    kinds = ", ".join(sorted({movement.kind.value for movement in movements}))
    for warehouse_id in sorted({each for moved in movements for each in moved.warehouses()}):
        fields: dict[str, tuple[str | None, str | None]] = {}
        for movement in sorted(movements, key=lambda each: (each.item_id, each.seq)):
            for place, after in _balances_after(movement).items():
                if place.warehouse_id == warehouse_id:
                    before = fraction_text(after - movement.changes[place])
                    name = f"{movement.item_id} {place.location} {place.lot}"
                    first = fields.get(name, (before, None))[0]
                    fields[name] = (first, fraction_text(after))
        yield Change(
            warehouse_scope(warehouse_id),
            "stock.moved",
            f"posting/{posting_id}",
            {"kind": (None, kinds), **fields},
            foremost=("kind",),
        )


def _balances_after(movement: Movement) -> dict[Place, Fraction]:
    after = {movement.place: movement.balance_after}
    if movement.to is not None and movement.to_balance_after is not None:
        after[movement.to] = movement.to_balance_after
    return after
