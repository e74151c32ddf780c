"""Random movements of an item against a model that knows only changes and their order."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from stockwarden.core.clock import iso
from stockwarden.core.errors import Conflict
from stockwarden.core.idempotency import RequestKey
from stockwarden.stock.balance import read_balance
from stockwarden.stock.line import Line
from stockwarden.stock.movement import ASSEMBLING, Kind, Movement
from stockwarden.storage.keys import stock as keys
from stockwarden.storage.keys.stock import Place
from tests.support.gateway import ADMIN
from tests.support.ledger import NOON, LedgerScenario, place

Balances = dict[Place, Fraction]
PLACES = [place("A"), place("B"), place("A", "L1"), place("A", warehouse_id="wh_other")]
FACTORS = {None: 1, "pcs": 1, "dozen": 12}
# Moments are few, so that many movements are of the same one.
SECONDS = st.one_of(st.none(), st.integers(0, 12))
COSTS = st.one_of(st.none(), st.sampled_from(["0", "0.333333", "1.00", "7.19", "1000000"]))


@dataclass(frozen=True)
class Asked:
    """A movement as it is asked for. `after` seconds of the first moment, or now."""

    kind: Kind
    place: Place
    to: Place
    quantity: int
    unit: str | None
    after: int | None
    cost: str | None

    def line(self, position: int) -> Line:
        comes_in = self.kind in {Kind.RECEIPT, Kind.RETURN, Kind.ADJUSTMENT}
        quantity = self.quantity if self.kind is not Kind.COUNT else abs(self.quantity)
        signed = quantity if self.kind in {Kind.ADJUSTMENT, Kind.COUNT} else abs(quantity) or 1
        if self.kind is Kind.ADJUSTMENT:
            signed = signed or 1
        return Line(
            pointer=f"/lines/{position}",
            item_id="item_1",
            kind=self.kind,
            place=self.place,
            quantity=Decimal(signed),
            unit=self.unit,
            to=self.to if self.kind is Kind.TRANSFER else None,
            effective_at=None if self.after is None else moment(self.after),
            reason="random",
            unit_cost=Decimal(self.cost) if self.cost and comes_in else None,
        )


def moment(after: float) -> str:
    return iso(NOON + timedelta(seconds=after))


def asked() -> st.SearchStrategy[Asked]:
    return st.builds(
        Asked,
        kind=st.sampled_from([each for each in Kind if each not in {Kind.REVERSAL, *ASSEMBLING}]),
        place=st.sampled_from(PLACES),
        to=st.sampled_from(PLACES),
        quantity=st.integers(-9, 30),
        unit=st.sampled_from([None, "pcs", "dozen"]),
        after=SECONDS,
        cost=COSTS,
    ).filter(lambda each: each.kind is not Kind.TRANSFER or each.place != each.to)


@dataclass(frozen=True)
class Change:
    at: str
    seq: int
    changes: Balances
    counted: Place | None


@dataclass
class Model:
    """What the ledger should be: the changes, in the order (moment, seq)."""

    changes: list[Change]

    def replay(self, until: str | None = None) -> Iterable[Balances]:
        """The balances after each change, up to and including a moment."""
        balances = dict.fromkeys(PLACES, Fraction(0))
        yield balances
        for change in sorted(self.changes, key=lambda each: (each.at, each.seq)):
            if until is None or change.at <= until:
                for each, quantity in change.changes.items():
                    balances[each] += quantity
                yield balances

    def at(self, until: str | None = None) -> Balances:
        *_, last = self.replay(until)
        return {each: quantity for each, quantity in last.items() if quantity}

    def is_possible(self) -> bool:
        """Whether nothing is ever below zero."""
        return all(quantity >= 0 for balances in self.replay() for quantity in balances.values())

    def contradicts_count(self, change: Change) -> bool:
        """Whether somebody counted before it was known, at a later moment."""
        return any(
            each.counted in change.changes and each.at > change.at
            for each in self.changes
            if each.seq < change.seq and each.counted
        )

    def with_lines(self, lines: list[Line], now: str) -> "Model | None":
        """The model with a request's movements; None where they are impossible. One without a
        moment is now, after all that was there before the request."""
        now = max([now, *(each.at for each in self.changes)])
        after = Model(list(self.changes))
        for line in sorted(lines, key=lambda each: each.effective_at or now):
            at = line.effective_at or now
            counted = line.place if line.kind is Kind.COUNT else None
            change = Change(at, len(after.changes) + 1, after._changes(line, at), counted)
            after.changes.append(change)
            if after.contradicts_count(change):
                return None
        return after if after.is_possible() else None

    def _changes(self, line: Line, at: str) -> Balances:
        quantity = Fraction(line.quantity) * FACTORS[line.unit]
        match line.kind:
            case Kind.ISSUE | Kind.CONSUMPTION:
                return {line.place: -quantity}
            case Kind.COUNT:
                return {line.place: quantity - self.at(at).get(line.place, Fraction(0))}
            case Kind.TRANSFER if line.to:
                return {line.place: -quantity, line.to: quantity}
            case Kind.REVERSAL if line.reverses:
                return {place: -each for place, each in line.reverses.changes.items()}
        return {line.place: quantity}


class LedgerMachine(RuleBasedStateMachine):
    """`begin` gives an empty ledger, `end` is called when it is done with."""

    begin: Callable[[], LedgerScenario]
    end: Callable[[], Any]

    def __init__(self) -> None:
        super().__init__()
        self.ledger = type(self).begin()
        self.model = Model([])
        self.done: list[tuple[str, list[Line], list[Movement]]] = []
        self.reversed: set[str] = set()

    def teardown(self) -> None:
        type(self).end()

    @rule(each=asked())
    def one(self, each: Asked) -> None:
        self._post([each.line(0)], exactly=True)

    @rule(several=st.lists(asked(), min_size=2, max_size=4))
    def several(self, several: list[Asked]) -> None:
        """A request may be refused for what holds only between its lines."""
        self._post([each.line(position) for position, each in enumerate(several)], exactly=False)

    @precondition(lambda self: self.done)
    @rule(number=st.integers(0, 99), after=SECONDS)
    def reverse(self, number: int, after: int | None) -> None:
        _, _, movements = self.done[number % len(self.done)]
        movement = movements[number % len(movements)]
        if movement.kind is Kind.REVERSAL or movement.id in self.reversed:
            return
        line = Line(
            pointer="",
            item_id="item_1",
            kind=Kind.REVERSAL,
            place=movement.to or movement.place,
            to=movement.place if movement.to else None,
            quantity=movement.given_quantity,
            unit=movement.given_unit,
            effective_at=None if after is None else moment(after),
            reverses=movement,
        )
        if self._post([line], exactly=True):
            self.reversed.add(movement.id)

    @precondition(lambda self: self.done)
    @rule(number=st.integers(0, 99))
    def repeat(self, number: int) -> None:
        name, lines, movements = self.done[number % len(self.done)]
        assert self._send(name, lines) == movements

    @rule(after=st.integers(-1, 14))
    def look(self, after: int) -> None:
        at = moment(after + 0.5)
        assert self.ledger.at(at) == self.model.at(at)

    def _send(self, name: str, lines: list[Line]) -> list[Movement]:
        return self.ledger.ledger.post(ADMIN, RequestKey(name, "payload"), lines)

    def _post(self, lines: list[Line], *, exactly: bool) -> bool:
        name = f"request_{next(self.ledger.numbers)}"
        now = iso(self.ledger.now + timedelta(seconds=1))
        try:
            movements = self._send(name, lines)
        except Conflict:
            expected = self.model.with_lines(lines, now)
            assert not (exactly and expected), f"refused, though possible: {lines}"
            return False
        self._done(name, lines, movements, now)
        return True

    def _done(self, name: str, lines: list[Line], movements: list[Movement], now: str) -> None:
        """Makes the model what it is after a request; it must be possible, and done as in it."""
        expected = self.model.with_lines(lines, now)
        assert expected, f"done, though impossible: {lines}"
        made = expected.changes[len(self.model.changes) :]
        recorded = sorted(movements, key=lambda each: each.seq)
        assert [(each.effective_at, each.seq) for each in recorded] == [
            (each.at, each.seq) for each in made
        ]
        assert [each.changes for each in recorded] == [each.changes for each in made]
        self.model = expected
        self.done.append((name, lines, movements))

    @invariant()
    def totals_are_those_of_the_movements(self) -> None:
        ledger, right = self.ledger, self.model.at()
        head, movements = ledger.head, ledger.movements()
        stored = {
            keys.place_in(item): read_balance(item).quantity
            for item in ledger.table.query_all(keys.balances("item_1"), consistent=True)
        }
        assert {each: quantity for each, quantity in stored.items() if quantity} == right
        assert head.quantity == sum(right.values())
        assert (head.seq, len(movements)) == (len(self.model.changes),) * 2
        for warehouse_id in {each.warehouse_id for each in PLACES}:
            there = [each for place, each in right.items() if place.warehouse_id == warehouse_id]
            book = head.books.get(warehouse_id)
            assert (book.quantity if book else 0) == sum(there)
            assert book is None or book.quantity or not book.value
            assert book is None or book.value >= 0
        added = [Fraction(each.value) for each in movements if each.to is None]
        assert sum(added) == sum(Fraction(book.value) for book in head.books.values())
        assert ledger.at(moment(3600 * 24)) == right
