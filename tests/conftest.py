import os
from collections.abc import Iterator
from pathlib import Path
from threading import Lock
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

# Handlers read these at import; they are never sent anywhere.
os.environ.setdefault("AWS_DEFAULT_REGION", "eu-west-1")
os.environ.setdefault("AWS_EC2_METADATA_DISABLED", "true")
os.environ.setdefault("POWERTOOLS_METRICS_NAMESPACE", "Stockwarden")
os.environ.setdefault("POWERTOOLS_SERVICE_NAME", "test")

# CI machines are noisy: slow examples do not fail, and failures must be reproducible.
settings.register_profile("stockwarden", deadline=None, derandomize=True, print_blob=True)
# `make properties`: more examples, different in each run.
settings.register_profile(
    "random",
    deadline=None,
    print_blob=True,
    max_examples=1000,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("stockwarden")

END_TO_END = Path(__file__).parent / "e2e"
SAM_LOCAL = Path(__file__).parent / "sam_local"
DYNAMODB_LOCAL = Path(__file__).parent / "dynamodb_local"


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """What needs Docker or Java is run only where it is named: `make test-sam-local`,
    `make test-dynamodb`."""
    if collection_path not in (SAM_LOCAL, DYNAMODB_LOCAL):
        return None
    named = [Path(argument.split("::")[0]).resolve() for argument in config.args]
    within = any(collection_path in (path, *path.parents) for path in named)
    return None if within else True


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if END_TO_END in item.path.parents:
            item.add_marker(pytest.mark.e2e)
        if SAM_LOCAL in item.path.parents:
            item.add_marker(pytest.mark.sam_local)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    from tests.support.schedule import ByFile

    return ByFile(config, log)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Lists each skipped test with its reason at the end of the run."""
    reasons = {
        report.longrepr[2].removeprefix("Skipped: ")
        for report in terminalreporter.getreports("skipped")
        if isinstance(report.longrepr, tuple)
    }
    if reasons:
        terminalreporter.section("not run", yellow=True, bold=True)
        for reason in sorted(reasons):
            terminalreporter.line(reason, yellow=True, bold=True)


@pytest.fixture(scope="session", autouse=True)
def _cheap_passwords() -> Iterator[dict[str, Any]]:
    """Replaces Argon2's parameters by cheap ones for all tests; yields the real hasher."""
    from argon2 import PasswordHasher

    from stockwarden.identity import passwords

    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    real = {"_HASHER": passwords._HASHER, "_NOBODY": passwords._NOBODY}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_HASHER", cheap)
        patch.setattr(passwords, "_NOBODY", cheap.hash(os.urandom(16)))
        yield real


@pytest.fixture
def real_passwords(_cheap_passwords: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """Restores Argon2's parameters. Request it before any fixture that hashes a password."""
    from stockwarden.identity import passwords

    for name, value in _cheap_passwords.items():
        monkeypatch.setattr(passwords, name, value)


@pytest.fixture
def aws() -> Iterator[dict[str, str]]:
    """A fresh account in this process (moto); yields the environment of a function."""
    from tests.support.aws import cloud

    with cloud() as environment:
        yield environment


@pytest.fixture
def one_call_at_a_time(aws: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Serializes moto's calls, since AWS's are atomic; threads still interleave between calls."""
    from moto.core.botocore_stubber import BotocoreStubber

    answer, lock = BotocoreStubber.__call__, Lock()

    def atomic(stubber: BotocoreStubber, *arguments: Any, **named: Any) -> Any:
        with lock:
            return answer(stubber, *arguments, **named)

    monkeypatch.setattr(BotocoreStubber, "__call__", atomic)
