"""One person's hundred files do not make others wait."""

import secrets
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from tests.e2e.conftest import Deployment
from tests.e2e.visitor import eventually
from tools.local.session import Session

FILES = 100
# Of a file that waits, over one that is alone; and what the seconds alone count as at least,
# since below that the machine's noise decides.
MOST = 3
FLOOR = 1.0
CSV = b"""Pallet ID,Location,Received At
P-1,RECV-01,2025-01-08T04:00:00
P-2,,2025-01-09T11:00:00
"""


@pytest.fixture
def busy(deployment: Deployment) -> Iterator[Session]:
    with closing(deployment.register()) as session:
        yield session


@pytest.fixture
def patient(deployment: Deployment) -> Iterator[Session]:
    with closing(deployment.register()) as session:
        yield session


def statuses(session: Session) -> list[str]:
    return [report["status"] for report in session.list("/reports", "reports")]


def seconds_until_ready(session: Session, file: Path) -> float:
    """From the request for a report until its analysis is there."""
    started = time.monotonic()
    report = session.wait(session.send(file), lambda _: None)
    assert report["status"] == "ready"
    return time.monotonic() - started


def drop(deployment: Deployment, session: Session, count: int) -> None:
    with deployment.aws("s3") as s3:
        for number in range(count):
            key = f"drop/{session.username}/{secrets.token_hex(4)}-{number}.csv"
            s3.put_object(Bucket=deployment.stack.upload_bucket, Key=key, Body=CSV)


def ready(session: Session, count: int) -> Any:
    return statuses(session).count("ready") == count


def test_a_file_is_ready_soon_while_a_hundred_of_another_person_wait(
    deployment: Deployment, busy: Session, patient: Session, tmp_path: Path
) -> None:
    file = tmp_path / "stock.csv"
    file.write_bytes(CSV)
    # Both slots are warm after this.
    drop(deployment, busy, 2)
    seconds_until_ready(patient, file)
    eventually("the first files", lambda: ready(busy, 2))
    alone = [seconds_until_ready(patient, file) for _ in range(5)]
    drop(deployment, busy, FILES)
    waiting = []
    for _ in range(3):
        waiting.append(seconds_until_ready(patient, file))
        seen = statuses(busy)
        # The others are there and wait, and one at a time is at work.
        assert seen.count("ready") < FILES + 2
        assert seen.count("analyzing") <= 1
    assert median(waiting) <= MOST * max(median(alone), FLOOR), (alone, waiting)
    until = time.monotonic() + 600
    while not ready(busy, FILES + 2) and time.monotonic() < until:
        time.sleep(2)
    assert ready(busy, FILES + 2)
