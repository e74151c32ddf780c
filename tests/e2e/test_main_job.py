"""The main job: a file goes in through S3, anomalies come out, their status is worked."""

from pathlib import Path

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
