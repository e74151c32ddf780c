import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# Handlers read these at import; they are never sent anywhere.
os.environ.setdefault("AWS_DEFAULT_REGION", "eu-west-1")
os.environ.setdefault("AWS_EC2_METADATA_DISABLED", "true")
os.environ.setdefault("POWERTOOLS_METRICS_NAMESPACE", "Stockwarden")
os.environ.setdefault("POWERTOOLS_SERVICE_NAME", "test")

# CI machines are noisy: a slow example is no failure, and a failing one must come again.
settings.register_profile("stockwarden", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("stockwarden")

END_TO_END = Path(__file__).parent / "e2e"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The end-to-end tests share one local cloud, so one worker runs them all; else by file."""
    for item in items:
        end_to_end = END_TO_END in item.path.parents
        if end_to_end:
            item.add_marker(pytest.mark.e2e)
        group = "e2e" if end_to_end else str(item.path)
        item.add_marker(pytest.mark.xdist_group(group))


@pytest.fixture
def aws() -> Iterator[dict[str, str]]:
    """A fresh account in this process (moto); yields the environment of a function."""
    from tests.support.aws import cloud

    with cloud() as environment:
        yield environment
