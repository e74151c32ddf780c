"""One account per test module, emptied before each test, so that clients are created once.

A conftest imports both fixtures.
"""

from collections.abc import Iterator

import pytest

from tests.support.aws import cloud, renew


@pytest.fixture(scope="module")
def _shared_account() -> Iterator[None]:
    with cloud():
        yield


@pytest.fixture(autouse=True)
def _account(_shared_account: None) -> Iterator[None]:
    renew()
    yield
