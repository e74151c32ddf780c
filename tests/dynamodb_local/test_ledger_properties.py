"""Whatever is moved, by many at once, repeated, and killed anywhere: the ledger is that of the
model, at every instant. On DynamoDB's own transactions."""

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from stockwarden.stock import history, ledger
from tests.dynamodb_local.conftest import LEDGER
from tests.dynamodb_local.server import tables
from tests.support.examples import examples
from tests.support.ledger import LedgerScenario
from tests.support.rough_ledger import RoughLedgerMachine

# A smaller example of the same failure takes minutes to find here.
_PHASES = (Phase.explicit, Phase.reuse, Phase.generate)


@pytest.fixture
def new_ledger(ledger_client: Any) -> Iterator[Any]:
    """Begins a ledger in empty tables, and ends it."""
    stack = ExitStack()

    def begin() -> LedgerScenario:
        stack.enter_context(tables(ledger_client, *LEDGER))
        return LedgerScenario()

    yield begin, stack.close
    stack.close()


@pytest.mark.parametrize(
    ("checkpoint_every", "count", "all_are_large"), [(3, 25, False), (100, 8, False), (3, 12, True)]
)
def test_the_ledger_is_that_of_the_model(
    new_ledger: Any,
    monkeypatch: pytest.MonkeyPatch,
    checkpoint_every: int,
    count: int,
    *,
    all_are_large: bool,
) -> None:
    for module in (history, ledger):
        monkeypatch.setattr(module, "CHECKPOINT_EVERY", checkpoint_every)

    class Machine(RoughLedgerMachine):
        pass

    begin, Machine.end = map(staticmethod, new_ledger)

    def begin_large() -> LedgerScenario:
        scenario: LedgerScenario = begin()
        scenario.ledger.max_actions = 0
        return scenario

    Machine.begin = staticmethod(begin_large) if all_are_large else begin
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Machine, settings=settings(examples(count), stateful_step_count=20, phases=_PHASES)
    )
