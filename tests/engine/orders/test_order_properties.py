"""Whatever is done with orders: their states are those drawn, the stock is what was moved of them,
and it is worth what was paid."""

from contextlib import ExitStack
from decimal import Decimal
from fractions import Fraction

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from stockwarden.core.errors import OrderConflict, StockConflict
from stockwarden.orders.model import OrderView
from stockwarden.orders.states import PARTIAL, OrderStatus, OrderType
from tests.support.aws import cloud
from tests.support.examples import examples
from tests.support.orders import OrderScenario

LINES = st.lists(
    st.tuples(
        st.integers(1, 9),
        st.sampled_from(["pcs", "dozen"]),
        st.sampled_from(["0", "0.333333", "7.19"]),
    ),
    min_size=1,
    max_size=3,
)
COSTS = st.sampled_from([[], ["10.00"], ["0.01", "99.99"]])
PARTS = st.fractions(0, 1, max_denominator=4)


class OrderMachine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.stack.enter_context(cloud())
        self.scenario = OrderScenario()
        self.orders: list[OrderView] = []
        # The model: by order and line, what was moved in the item's base unit.
        self.done: dict[tuple[str, str], Fraction] = {}
        self.returned: dict[tuple[str, str], Fraction] = {}
        self.status: dict[str, str] = {}
        self.tolerance: dict[str, int] = {}

    def teardown(self) -> None:
        self.stack.close()

    @rule(lines=LINES, costs=COSTS, sales=st.booleans(), tolerance=st.sampled_from([0, 50]))
    def draw_up(self, lines, costs, sales, tolerance) -> None:
        order = self.scenario.draw_up(
            *(
                {"quantity": Decimal(quantity), "unit": unit, "price": price}
                for quantity, unit, price in lines
            ),
            type="sales" if sales else "purchase",
            costs=[{"name": "Freight", "amount": amount} for amount in costs],
            over_receipt_percent=tolerance,
        )
        exact = sum(Fraction(price) * quantity for quantity, _, price in lines)
        paid = sum(map(Fraction, costs))
        assert Fraction(order.total) == exact + paid
        assert sum(Fraction(line.costs) for line in order.lines) == paid
        self.orders.append(order)
        self.status[order.id], self.tolerance[order.id] = "draft", tolerance
        for line in order.lines:
            self.done[order.id, line.line_id] = Fraction(0)
            self.returned[order.id, line.line_id] = Fraction(0)

    @precondition(lambda self: self.orders)
    @rule(data=st.data())
    def place(self, data) -> None:
        order = data.draw(st.sampled_from(self.orders))
        try:
            self.scenario.place(order)
        except OrderConflict:
            assert self.status[order.id] != "draft"
            return
        assert self.status[order.id] == "draft"
        self.status[order.id] = "placed"

    @precondition(lambda self: self.orders)
    @rule(data=st.data())
    def cancel(self, data) -> None:
        order = data.draw(st.sampled_from(self.orders))
        before = self.status[order.id]
        try:
            self.scenario.cancel(order)
        except OrderConflict:
            assert before in {"completed", "cancelled"}
            return
        assert before not in {"completed", "cancelled"}
        self.status[order.id] = "completed" if before.startswith("partially") else "cancelled"

    @precondition(lambda self: self.orders)
    @rule(data=st.data(), act=st.sampled_from(["receive", "ship", "return"]), parts=st.lists(PARTS))
    def move(self, data, act, parts) -> None:
        order = data.draw(st.sampled_from(self.orders))
        wanted = {
            line.line_id: int(Fraction(str(line.quantity)) * part * Fraction(3, 2))
            for line, part in zip(order.lines, parts, strict=False)
        }
        wanted = {line_id: quantity for line_id, quantity in wanted.items() if quantity}
        before = self.scenario.quantity
        try:
            self.scenario.move(order, act, wanted)
        except (OrderConflict, StockConflict) as refused:
            assert self.scenario.quantity == before
            assert not self._may(order, act, wanted) or isinstance(refused, StockConflict)
            return
        assert self._may(order, act, wanted)
        for line in order.lines:
            key = order.id, line.line_id
            moved = self._base(line, wanted, act, key)
            (self.returned if act == "return" else self.done)[key] += moved
        if act != "return":
            is_done = all(
                self.done[order.id, line.line_id] >= line.base_quantity for line in order.lines
            )
            partly = PARTIAL[OrderType(order.type)].value
            self.status[order.id] = OrderStatus.COMPLETED.value if is_done else partly

    def _base(self, line, wanted, act, key) -> Fraction:
        """What is moved of a line; without any wanted, all that there is."""
        if wanted:
            factor = Fraction(line.base_quantity) / Fraction(str(line.quantity))
            return wanted.get(line.line_id, 0) * factor
        if act == "return":
            return self.done[key] - self.returned[key]
        return max(Fraction(line.base_quantity) - self.done[key], Fraction(0))

    def _may(self, order, act, wanted) -> bool:
        status, kind = self.status[order.id], order.type
        moving = {"purchase": "receive", "sales": "ship"}[kind]
        is_open = status == "placed" or status.startswith("partially")
        if act == "return":
            if not (status.startswith("partially") or status == "completed"):
                return False
        elif act != moving or not is_open:
            return False
        moved = {
            line.line_id: self._base(line, wanted, act, (order.id, line.line_id))
            for line in order.lines
        }
        if not any(moved.values()):
            return False
        percent = self.tolerance[order.id] if act == "receive" else 0
        for line in order.lines:
            key = order.id, line.line_id
            most = line.base_quantity * Fraction(100 + percent, 100) - self.done[key]
            if act == "return":
                most = self.done[key] - self.returned[key]
            if moved[line.line_id] > max(most, Fraction(0)):
                return False
        return True

    @invariant()
    def orders_are_those_of_the_model(self) -> None:
        for order in self.orders:
            found = self.scenario.find(order)
            assert found.status == self.status[order.id]
            for line in found.lines:
                factor = Fraction(line.base_quantity) / Fraction(str(line.quantity))
                done = line.received if order.type == "purchase" else line.shipped
                key = order.id, line.line_id
                assert Fraction(str(done)) * factor == self.done[key]
                assert Fraction(str(line.returned)) * factor == self.returned[key]

    @invariant()
    def stock_is_what_was_moved(self) -> None:
        signs = {order.id: 1 if order.type == "purchase" else -1 for order in self.orders}
        expected = sum(
            (
                signs[order_id] * (done - self.returned[order_id, line_id])
                for (order_id, line_id), done in self.done.items()
            ),
            Fraction(0),
        )
        assert self.scenario.quantity == expected

    @invariant()
    def receipts_are_worth_what_was_paid(self) -> None:
        """By line: all of it, once all has come."""
        values: dict[tuple[str, str], Fraction] = {}
        for movement in self.scenario.movements():
            if movement.kind == "receipt":
                key = str(movement.order_id), str(movement.order_line)
                values[key] = values.get(key, Fraction(0)) + Fraction(movement.value)
        for order in self.orders:
            for line in order.lines:
                key = order.id, line.line_id
                if order.type == "purchase" and self.done[key] == line.base_quantity:
                    assert values[key] == Fraction(str(line.amount)) + Fraction(line.costs)


TestOrders = OrderMachine.TestCase
TestOrders.settings = settings(examples(10), stateful_step_count=20)
