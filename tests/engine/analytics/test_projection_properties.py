"""After any changes, in whatever order and however often their streams deliver them, projections
are what a rebuild makes."""

from contextlib import ExitStack

from hypothesis import settings

from tests.support.aws import cloud
from tests.support.examples import examples
from tests.support.projection_machine import ProjectionMachine


class Machine(ProjectionMachine):
    """With a new account for each example."""

    def __init__(self) -> None:
        self.account = ExitStack()
        self.account.enter_context(cloud())
        super().__init__()

    def teardown(self) -> None:
        try:
            super().teardown()
        finally:
            self.account.close()


Interleaved = Machine.TestCase
Interleaved.settings = settings(examples(12), stateful_step_count=25)
