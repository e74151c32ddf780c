"""The main job: a file is uploaded to S3, anomalies are listed, their status is changed."""

from pathlib import Path

from tools import sample
from tools.local.session import Session
from tools.sample_layout import layout_rows


def test_from_file_to_resolved(alice: Session, tmp_path: Path) -> None:
    layout = {"name": "Main job", "timezone": "UTC", "layout": layout_rows()}
    warehouse = alice.call("POST", "/warehouses", json=layout)
    file = tmp_path / "stock.xlsx"
    sample.write_workbook(file, sample.inventory_rows())
    statuses: set[str] = set()

    report_id = alice.send(file, warehouse_id=warehouse["id"], as_of=sample.SNAPSHOT.isoformat())
    report = alice.wait(report_id, lambda report: statuses.add(report["status"]))

    assert report["status"] == "ready", report
    anomalies = list(alice.list("/anomalies", "anomalies", report_id=report_id))
    assert len(anomalies) == report["anomaly_count"] > 0
    first = anomalies[0]
    assert first["priority"] == "Very High"
    changed = alice.call(
        "POST", f"/anomalies/{first['id']}/status", json={"status": "Resolved", "comment": "Moved."}
    )
    assert (changed["old_status"], changed["new_status"]) == ("New", "Resolved")
    assert alice.call("GET", f"/reports/{report_id}")["counts"]["by_status"]["Resolved"] == 1
