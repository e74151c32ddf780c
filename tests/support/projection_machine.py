"""Random changes of items and stock, whose stream comes in any order, late and more than once."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from stockwarden.bootstrap import stores
from stockwarden.core.errors import Conflict, Invalid
from stockwarden.core.idempotency import RequestKey
from stockwarden.stock.line import Line
from stockwarden.storage.keys import stock as keys
from stockwarden.storage.tables import ConditionFailed, write
from tests.support.gateway import ADMIN
from tests.support.ledger import LedgerScenario, place
from tests.support.projections import content, rebuilt, take_in
from tests.support.streams import Record, Stream

ITEMS = ["item_1", "item_2", "item_3"]
PLACES = [place("A"), place("B"), place(warehouse_id="wh_other")]
KINDS = ["receipt", "receipt", "issue", "consumption", "adjustment", "transfer", "return"]
DAYS = ["2026-02-27", "2026-02-28", "2026-03-01", "2026-03-02"]
FACTS: dict[str, list[str | None]] = {
    "category": ["cat_1", "cat_2", None],
    "supplier": ["spl_1", None],
    "inventory_type": ["type_1", None],
    "currency": ["EUR", "USD", None],
    "reorder_point": ["3", None],
}


class ProjectionMachine(RuleBasedStateMachine):
    """Whatever was delivered, all that was written is delivered at last; then the projections are
    those of a rebuild."""

    def __init__(self) -> None:
        super().__init__()
        self.written: list[Record] = []
        self.stream = Stream(stores.stock_table())
        self.delivered: set[int] = set()
        with self.recording():
            self.scenario = LedgerScenario("item_1", version=1, currency="EUR", category="cat_1")
            self.scenario.add_item("item_2", version=1, currency="USD", low=True, reorder_point="2")
            self.scenario.add_item("item_3", version=1)
        with self.recording():
            self.scenario.move("receipt", 10, unit_cost=Decimal("1.10"))

    @contextmanager
    def recording(self) -> Iterator[None]:
        """Adds what the stream says of the block to what was written."""
        yield
        self.written += self.stream.records()

    @rule(
        item_id=st.sampled_from(ITEMS),
        kind=st.sampled_from(KINDS),
        quantity=st.integers(1, 9),
        at=st.sampled_from(PLACES),
        to=st.sampled_from(PLACES),
        day=st.sampled_from([*DAYS, None]),
        cost=st.sampled_from(["0.333333", "2.00", None]),
    )
    def move(self, **asked: Any) -> None:
        kind, at, to, day = (asked[name] for name in ("kind", "at", "to", "day"))
        if kind == "transfer" and at == to:
            return
        line = self.scenario.line(
            kind,
            asked["quantity"],
            at,
            item_id=asked["item_id"],
            to=to if kind == "transfer" else None,
            effective_at=f"{day}T09:00:00.000Z" if day else None,
            unit_cost=Decimal(asked["cost"]) if asked["cost"] and kind == "receipt" else None,
        )
        self.post(line)

    @rule(item_id=st.sampled_from(ITEMS), which=st.integers(0, 30))
    def reverse(self, item_id: str, which: int) -> None:
        movements = [
            each
            for each in self.scenario.ledger.history.all_movements(item_id)
            if each.kind != "reversal" and not each.reversed_by
        ]
        if movements:
            movement = movements[which % len(movements)]
            line = self.scenario.line(
                "reversal",
                1,
                movement.to or movement.place,
                to=movement.place if movement.to else None,
                item_id=item_id,
                reverses=movement,
            )
            self.post(line, reverses=movement)

    def post(self, line: Line, reverses: Any = None) -> None:
        ledger = self.scenario.ledger
        key = RequestKey(f"pst_{next(self.scenario.numbers)}", "payload")

        def beside(movements: Any) -> list[Any]:
            return [ledger.mark_reversed(reverses, movements[0].id)] if reverses else []

        with self.recording():
            try:
                ledger.post(ADMIN, key, [line], beside=beside)
            except (Conflict, Invalid):
                return  # There is not so much of it, or the item was deleted.

    @rule(item_id=st.sampled_from(ITEMS), name=st.sampled_from(sorted(FACTS)), data=st.data())
    def describe(self, item_id: str, name: str, data: st.DataObject) -> None:
        """As a change of an item does: with a new version."""
        value = data.draw(st.sampled_from(FACTS[name]))
        change = f"SET #{name} = :value" if value else f"REMOVE #{name}"
        values = {"value": value} if value else {}
        table = stores.stock_table()
        with self.recording(), suppress(ConditionFailed):
            write(
                table.update(
                    keys.head(item_id),
                    f"{change} ADD #version :one",
                    when="attribute_exists(#pk)",
                    one=1,
                    **values,
                )
            )

    @rule()
    def remove(self) -> None:
        """An item that was never moved can be deleted."""
        with self.recording(), suppress(ConditionFailed):
            table = stores.stock_table()
            write(table.delete(keys.head("item_3"), when="#seq = :none", none=0))

    @rule(data=st.data())
    def deliver(self, data: st.DataObject) -> None:
        """Some records of all, in any order, again or for the first time."""
        numbers = st.integers(0, len(self.written) - 1)
        batch = data.draw(st.lists(numbers, min_size=1, max_size=8))
        take_in([self.written[number] for number in batch])
        self.delivered.update(batch)

    def teardown(self) -> None:
        left = [n for n in range(len(self.written)) if n not in self.delivered]
        for number in reversed(left):
            take_in([self.written[number]])
        assert content(1) == rebuilt()
        take_in(self.written)
        assert content(1) == rebuilt()
