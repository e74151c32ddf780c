"""Whatever is moved: no stock below zero at any instant, and all totals are those of the model."""

from contextlib import ExitStack

import pytest
from hypothesis import settings

from stockwarden.stock import history, ledger
from tests.support.aws import cloud
from tests.support.examples import examples
from tests.support.ledger import LedgerScenario
from tests.support.ledger_machine import LedgerMachine


def machine(checkpoint_every: int, *, all_are_large: bool = False) -> type[LedgerMachine]:
    """With a new account for each example; every posting may be written as a large one."""
    stack = ExitStack()

    def begin() -> LedgerScenario:
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        for module in (history, ledger):
            patch.setattr(module, "CHECKPOINT_EVERY", checkpoint_every)
        stack.enter_context(cloud())
        scenario = LedgerScenario()
        if all_are_large:
            scenario.ledger.max_actions = 0
        return scenario

    class Machine(LedgerMachine):
        pass

    Machine.begin, Machine.end = staticmethod(begin), staticmethod(stack.close)
    return Machine


WithoutCheckpoints = machine(100).TestCase
WithCheckpoints = machine(3).TestCase
LargePostings = machine(3, all_are_large=True).TestCase
for case, count in ((WithoutCheckpoints, 4), (WithCheckpoints, 10), (LargePostings, 5)):
    case.settings = settings(examples(count), stateful_step_count=20)
