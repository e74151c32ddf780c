"""Decides what the lines of a posting make: reads what they depend on besides the stock table."""

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from stockwarden.catalog.unit_repository import UnitRepository
from stockwarden.core.errors import Invalid
from stockwarden.stock.balance import Balance
from stockwarden.stock.contradictions import check_history
from stockwarden.stock.facts import FactsReader, InventoryFacts
from stockwarden.stock.history import History
from stockwarden.stock.known import Known
from stockwarden.stock.line import Line
from stockwarden.stock.movement import Kind, Movement
from stockwarden.stock.plan import ItemPlan
from stockwarden.stock.serials import move_serials
from stockwarden.stock.valuation import shared, total
from stockwarden.storage.keys.stock import NONE, Place

# How many movements after a late one are read to see whether it contradicts them.
_MAX_LATER = 10_000


class Decisions:
    def __init__(self, history: History, facts: FactsReader, units: UnitRepository) -> None:
        self.history = history
        self.facts = facts
        self.units = units

    def decide(
        self, posting_id: str, lines: Sequence[Line], known: Known, *, by: str, now: str
    ) -> tuple[dict[str, ItemPlan], list[Movement]]:
        """The plan of each item, and the movements in the order of their lines, which the
        person `by` makes `now`. Raises Invalid, Conflict."""
        plans = self._plans(posting_id, lines, known, by=by, now=now)
        by_number: dict[int, Movement] = {}

        def apply(number: int, line: Line, worth: Decimal = Decimal(0)) -> None:
            plan = plans[line.item_id]
            plan.apply(line, f"{posting_id}_{number}", worth)
            move_serials(plan.movements[-1], known.serials[line.item_id], plan.head.name)
            by_number[number] = plan.movements[-1]

        # What happened first counts first, in whatever order the lines stand.
        in_order = sorted(
            enumerate(lines, start=1), key=lambda each: plans[each[1].item_id].effective_at(each[1])
        )
        takers = [each for each in in_order if each[1].takes_value]
        for number, line in in_order:
            if not line.takes_value:
                apply(number, line)
        taken = total(-movement.value for movement in by_number.values()) if takers else Decimal(0)
        worths = shared(taken, [plans[line.item_id].usual_worth(line) for _, line in takers])
        for (number, line), worth in zip(takers, worths, strict=True):
            apply(number, line, worth)
        movements = [by_number[number] for number in sorted(by_number)]
        for plan in plans.values():
            if plan.backdated:
                self._check_late(plan)
        return plans, movements

    def _plans(
        self, posting_id: str, lines: Sequence[Line], known: Known, *, by: str, now: str
    ) -> dict[str, ItemPlan]:
        wanted = {(line.item_id, place.lot) for line in lines for place in line.places}
        lots = self.facts.lots({each for each in wanted if each[1] != NONE})
        balances: dict[str, dict[Place, Balance]] = defaultdict(dict)
        for (item_id, place), balance in known.balances.items():
            balances[item_id][place] = balance
        heads = known.heads.values()
        demands = self.facts.demands({head.inventory_type for head in heads if head.inventory_type})
        units = self.units.find_many(
            {*(head.unit for head in heads), *(line.unit for line in lines if line.unit)}
        )
        plans = {
            item_id: ItemPlan(
                head=head,
                balances=balances[item_id],
                lots={code: lot for (owner, code), lot in lots.items() if owner == item_id},
                units=units,
                demands=demands.get(head.inventory_type or "", InventoryFacts()),
                posting_id=posting_id,
                by=by,
                now=now,
            )
            for item_id, head in known.heads.items()
        }
        for plan in plans.values():
            plan.counted = self._late_counts(plan, lines)
        return plans

    def _late_counts(self, plan: ItemPlan, lines: Sequence[Line]) -> dict[str, Fraction]:
        """What was there at the moment of each count that is before other movements."""
        own = [line for line in lines if line.item_id == plan.head.id]
        last = max([plan.head.last_effective_at, *map(plan.effective_at, own)])
        return {
            line.pointer: self.history.balances_at(
                line.item_id, plan.effective_at(line), consistent=True
            ).get(line.place, Fraction(0))
            for line in own
            if line.kind is Kind.COUNT and plan.effective_at(line) < last
        }

    def _check_late(self, plan: ItemPlan) -> None:
        first = min(movement.effective_at for movement in plan.backdated)
        start = self.history.balances_at(plan.head.id, first, consistent=True)
        later: list[Movement] = []
        for movement in self.history.movements_after(plan.head.id, first):
            later.append(movement)
            if len(later) > _MAX_LATER:
                raise Invalid(
                    f"More than {_MAX_LATER:,} movements of {plan.head.name} came after {first}; "
                    "enter what was missed as an adjustment of today."
                )
        check_history(plan, start, later)
