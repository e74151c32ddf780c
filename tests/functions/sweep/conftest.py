import pytest


@pytest.fixture(autouse=True)
def _account(aws):
    """Every test here has a fresh account."""
