"""The main job: a file goes in through S3, anomalies come out, their status is worked."""

import time
from pathlib import Path

from tests.e2e.conftest import Deployment
from tools import sample
from tools.local.session import Session


def test_from_file_to_resolved(alice: Session, tmp_path: Path) -> None:
    layout = {"name": "Main job", "timezone": "UTC", "layout": sample.layout_rows()}
    warehouse = alice.call("POST", "/warehouses", json=layout)
    file = tmp_path / "stock.xlsx"
    sample.write_workbook(file, sample.inventory_rows())
    seen: set[str] = set()

    report_id = alice.send(file, warehouse_id=warehouse["id"], as_of=sample.SNAPSHOT.isoformat())
    report = alice.wait(report_id, lambda report: seen.add(report["status"]))

    assert report["status"] == "ready", report
    found = list(alice.list("/anomalies", "anomalies", report_id=report_id))
    assert len(found) == report["anomaly_count"] > 0
    first = found[0]
    assert first["priority"] == "Very High"
    changed = alice.call(
        "POST", f"/anomalies/{first['id']}/status", json={"status": "Resolved", "comment": "Moved."}
    )
    assert (changed["old_status"], changed["new_status"]) == ("New", "Resolved")
    assert alice.call("GET", f"/reports/{report_id}")["counts"]["by_status"]["Resolved"] == 1


def test_a_dropped_file_makes_its_report(
    deployment: Deployment, alice: Session, tmp_path: Path
) -> None:
    file = tmp_path / "drop.xlsx"
    sample.write_workbook(file, sample.inventory_rows(200))

    key = f"drop/{alice.username}/Stock of today (1).xlsx"
    with deployment.aws("s3") as s3:
        s3.upload_file(str(file), deployment.stack.upload_bucket, key)

    report = alice.wait(report_called(alice, "Stock of today (1)"), lambda _: None)
    assert report["status"] == "ready"


def report_called(session: Session, name: str) -> str:
    """The id of a report that S3's event is about to make."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        for report in session.list("/reports", "reports"):
            if report["report_name"] == name:
                return str(report["id"])
        time.sleep(0.2)
    raise AssertionError(f"no report called {name} has appeared")
