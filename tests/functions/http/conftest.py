from collections.abc import Iterator

import pytest

from tests.functions.access.sharing_scenario import people
from tests.support.accounts import _shared_account

__all__ = ["_shared_account"]


@pytest.fixture(autouse=True)
def _people(_shared_account: None) -> Iterator[None]:
    people()
    yield
