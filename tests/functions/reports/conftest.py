from collections.abc import Iterator

import pytest

from tests.support.aws import cloud
from tests.support.reports import empty


@pytest.fixture(scope="module")
def _shared_account() -> Iterator[None]:
    with cloud():
        yield


@pytest.fixture(autouse=True)
def _account(_shared_account: None) -> Iterator[None]:
    """Every test here has an empty account; making a new one each time takes half the time."""
    yield
    empty()
