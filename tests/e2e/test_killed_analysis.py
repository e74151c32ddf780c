"""A worker that is killed in mid-analysis: the report is ready all the same, and soon."""

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
    """So large that there is time to kill whoever reads it."""
    path = tmp_path_factory.mktemp("stock") / "stock.csv"
    columns = ("Pallet ID", "Location", "Received At", "Receipt Number", "Description", "Quantity")
    with path.open("w", newline="", encoding="utf-8") as out:
        writer = csv.DictWriter(out, columns, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(sample.inventory_rows(ROWS))
    return path


def workers(cloud: Cloud) -> list[int]:
    """The processes in which this cloud runs its analysis function."""
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
        seen: set[str] = set()
        report = alice.wait(report_id, lambda report: seen.add(report["status"]))
        seconds = time.monotonic() - began
    assert report["status"] == "ready", report["reason"]
    assert seen == {"analyzing", "ready"}
    # Two minutes until it is taken up again, and then the analysis itself.
    assert seconds < 150
    assert report["rows"]["total"] == ROWS


def _status(session: Session, report_id: str) -> str:
    status: str = session.call("GET", f"/reports/{report_id}")["status"]
    return status
