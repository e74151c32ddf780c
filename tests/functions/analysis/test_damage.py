"""Damaged files, from the upload to the owner's report."""

from tests.support.reports import arrive, create, deliver, drain, send, state

MAPPING = {"Pallet ID": "pallet_id", "Location": "location", "Seen": "creation_date"}


def analyzed(body, **request):
    new_report = create(**request)
    deliver(arrive(new_report, "inventory", body))
    return state(new_report["report_id"])


def test_unreadable_dates_are_reported_by_row():
    rows = "".join(f"P-{n},A-{n},2025-01-0{n}\n" for n in range(1, 8))
    report = analyzed(
        f"Pallet ID,Location,Seen\n{rows}P-8,A-8,soon\n".encode(), column_mapping=MAPPING
    )
    assert report["status"] == "ready"
    assert report["rows"]["evaluated"] == 8
    assert report["rows"]["unread"] == {"creation_date_unreadable": 1}
    (detail,) = report["rows"]["details"]
    assert (detail["row"], detail["column"], detail["raw"]) == (9, "Seen", "soon")
    assert any("row 9" in note for note in report["notes"])


def test_damaged_ids_are_asked_about_and_then_refused():
    rows = "".join(f"1.2345{n}E+17,A-{n},2025-01-0{n}\n" for n in range(1, 8))
    report = analyzed(f"Pallet ID,Location,Seen\n{rows}".encode())
    assert report["status"] == "needs_mapping"
    assert "last digits are lost" in report["reason"]
    path = f"/reports/{report['id']}/mapping"
    assert send("PUT", path, json={"column_mapping": MAPPING}).status == 202
    drain()
    report = state(report["id"])
    assert report["status"] == "failed"
    assert "7 rows (2, 3, 4" in report["reason"]
    assert "digits are lost" in report["reason"]
