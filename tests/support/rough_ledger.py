"""The machine of `ledger_machine` where many write at once, and calls fail or are the last ones."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, suppress
from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from stockwarden.core.clock import iso
from stockwarden.core.errors import Conflict, StockwardenError
from stockwarden.core.idempotency import RequestKey
from stockwarden.stock.line import Line
from stockwarden.stock.movement import Movement
from stockwarden.stock.posting import posting_id_of
from stockwarden.stock.verification import LedgerVerification
from stockwarden.storage.keys import stock as keys
from tests.support.faults import Fault, Killed, fault_at, killed_after
from tests.support.ledger_machine import Asked, LedgerMachine, Model, asked

Outcome = list[Movement] | Conflict
# More than a posting with checkpoints makes, also a large one.
CALLS = st.integers(0, 15)


class RoughLedgerMachine(LedgerMachine):
    @rule(several=st.lists(asked(), min_size=2, max_size=5))
    def at_once(self, several: list[Asked]) -> None:
        """Each person makes one movement: those that are done are in one order, in which each is
        possible; whoever is refused met a moment at which theirs was not."""
        requests = [(f"request_{next(self.ledger.numbers)}", [each.line(0)]) for each in several]
        with ThreadPoolExecutor(len(requests)) as threads:
            outcomes = list(threads.map(self._outcome, requests))
        models = [self.model]
        in_order = sorted(
            (outcome[0].seq, request, outcome)
            for request, outcome in zip(requests, outcomes, strict=True)
            if not isinstance(outcome, Conflict)
        )
        for _, (name, lines), movements in in_order:
            self._done(name, lines, movements, movements[0].effective_at)
            models.append(self.model)
        for (_, lines), outcome in zip(requests, outcomes, strict=True):
            if isinstance(outcome, Conflict):
                assert any(map(self._is_refused_by(lines), models)), f"refused: {lines}"

    @rule(each=asked(), people=st.integers(2, 4))
    def one_request_many_times_at_once(self, each: Asked, people: int) -> None:
        request = (f"request_{next(self.ledger.numbers)}", [each.line(0)])
        with ThreadPoolExecutor(people) as threads:
            outcomes = list(threads.map(self._outcome, [request] * people))
        movements = [each for each in outcomes if not isinstance(each, Conflict)]
        assert len(movements) in {0, people}, outcomes
        if movements:
            assert all(each == movements[0] for each in movements)
            self._done(*request, movements[0], movements[0][0].effective_at)

    @rule(several=st.lists(asked(), min_size=1, max_size=3), call=CALLS)
    def killed(self, several: list[Asked], call: int) -> None:
        self._interrupted(several, lambda: killed_after(call))

    @rule(
        several=st.lists(asked(), min_size=1, max_size=3),
        call=CALLS,
        fault=st.sampled_from(Fault),
    )
    def failing(self, several: list[Asked], call: int, fault: Fault) -> None:
        self._interrupted(several, lambda: fault_at(call, fault))

    @precondition(lambda self: self.done)
    @rule(number=st.integers(0, 99), call=CALLS)
    def killed_while_it_is_repeated(self, number: int, call: int) -> None:
        name, lines, movements = self.done[number % len(self.done)]
        with killed_after(call), suppress(Killed):
            self._send(name, lines)
        assert self._send(name, lines) == movements

    @rule()
    def verify(self) -> None:
        """What the nightly verification finds: nothing, ever."""
        found = LedgerVerification(self.ledger.table).differences("item_1")
        assert not found, found

    def _interrupted(
        self, several: list[Asked], fault: Callable[[], AbstractContextManager[None]]
    ) -> None:
        """All of a request is done, or nothing; repeated, it is done once."""
        name = f"request_{next(self.ledger.numbers)}"
        lines = [each.line(position) for position, each in enumerate(several)]
        with fault(), suppress(StockwardenError, Killed):
            self._send(name, lines)
        # What a large posting holds is not waited for.
        self.ledger.now += timedelta(minutes=1)
        key = keys.posting(posting_id_of(RequestKey(name, "")))
        was_done = self.ledger.table.get(key, consistent=True) is not None
        if was_done:
            self._count_as_done(name, lines)
        self.totals_are_those_of_the_movements()
        if not was_done:
            with suppress(Conflict):
                self._send(name, lines)
                self._count_as_done(name, lines)

    def _count_as_done(self, name: str, lines: list[Line]) -> None:
        """The movements of a request that is done, as its repetition tells them."""
        movements = self._send(name, lines)
        now = max(movement.effective_at for movement in movements)
        without = [
            movement.effective_at
            for line, movement in zip(lines, movements, strict=True)
            if line.effective_at is None
        ]
        self._done(name, lines, movements, without[0] if without else now)

    def _outcome(self, request: tuple[str, list[Line]]) -> Outcome:
        try:
            return self._send(*request)
        except Conflict as refused:
            return refused

    def _is_refused_by(self, lines: list[Line]) -> Callable[[Model], bool]:
        return lambda model: model.with_lines(lines, iso(self.ledger.now)) is None
