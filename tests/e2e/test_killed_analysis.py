"""A worker killed during an analysis: recovery completes the report within two minutes."""

import csv
import os
import signal
import subprocess
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.e2e.conftest import Deployment
from tests.e2e.visitor import eventually
from tools import sample
from tools.local.cloud import Cloud
from tools.local.session import Session

ROWS = 400_000


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file large enough that its worker can be killed while reading it."""
    path = tmp_path_factory.mktemp("stock") / "stock.csv"
    columns = ("Pallet ID", "Location", "Received At", "Receipt Number", "Description", "Quantity")
    with path.open("w", newline="", encoding="utf-8") as out:
        writer = csv.DictWriter(out, columns, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(sample.inventory_rows(ROWS))
    return path


def workers(cloud: Cloud) -> list[int]:
    """The process ids of the local cloud's analysis workers."""
    command = ["ps", "-eww", "-o", "pid=,command="]
    listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    folder = str(cloud.home / "tmp" / "ministack-lambda-")
    return [
        int(line.split()[0])
        for line in listed.splitlines()
        if folder in line and "AnalysisFunction" in line
    ]


def test_it_is_ready_within_two_minutes(deployment: Deployment, file: Path) -> None:
    with closing(deployment.register()) as alice:
        report_id = alice.send(file, as_of=sample.SNAPSHOT.isoformat())
        assert eventually("the analysis", lambda: _status(alice, report_id) == "analyzing")
        killed = workers(deployment.cloud)
        for worker in killed:
            os.kill(worker, signal.SIGKILL)
        began = time.monotonic()
        assert killed
        assert _status(alice, report_id) == "analyzing"
        statuses: set[str] = set()
        report = alice.wait(report_id, lambda report: statuses.add(report["status"]))
        seconds = time.monotonic() - began
    assert report["status"] == "ready", report["reason"]
    assert statuses == {"analyzing", "ready"}
    # Two minutes until the job is restarted, plus the analysis itself.
    assert seconds < 150
    assert report["rows"]["total"] == ROWS


def _status(session: Session, report_id: str) -> str:
    status: str = session.call("GET", f"/reports/{report_id}")["status"]
    return status
