"""Exports: requested over the API, written by the analysis function, fetched by URL."""

import csv
import io
from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import openpyxl
import pytest

from anomalies import app as anomalies
from stockwarden.bootstrap import stores
from stockwarden.bootstrap.reports import export_service
from stockwarden.core.clock import utc_now
from stockwarden.exports import content as export_content
from tests.functions.reports.exports import exported, fetch, ready, rows, workbook
from tests.support.gateway import ADMIN, OTHER, USER, call
from tests.support.reports import (
    AS_OF,
    CSV,
    create,
    deliver,
    drain,
    get,
    queued,
    send,
)

HOSTILE = [
    '=HYPERLINK("http://evil.example")',
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "'quoted",
    '\u00d1and\u00fa, "queso"',
]
INVENTORY = "Pallet ID,Location,Received At,Receipt Number,Description\r\n" + "".join(
    f'P-{index},RECV-01,2025-01-02T04:00:00,00{index},"{text.replace(chr(34), chr(34) * 2)}"\r\n'
    for index, text in enumerate(HOSTILE)
)


def test_workbook_has_all_parts_of_a_report():
    report = ready()
    export = exported(report)
    assert export["anomalies"] == report["anomaly_count"]
    book = workbook(export)
    assert book.sheetnames == ["Summary", "Anomalies", "Coverage", "Evidence"]
    listed_rows = rows(book["Anomalies"])
    listed = call(
        anomalies.handler,
        "GET",
        "/anomalies",
        query={"report_id": report["id"], "limit": 100},
        caller=USER,
    ).json["anomalies"]
    assert [row["Id"] for row in listed_rows] == [anomaly["id"] for anomaly in listed]
    assert [row["Message"] for row in listed_rows] == [anomaly["message"] for anomaly in listed]
    assert isinstance(listed_rows[0]["Created"], datetime)
    evidence = rows(book["Evidence"])
    assert len(evidence) == sum(anomaly["evidence_total"] for anomaly in listed)
    dates = [row["Read as"] for row in evidence if row["Column"] == "Received At"]
    assert dates
    assert all(isinstance(value, datetime) for value in dates)
    covered = {row["Rule"]: row for row in rows(book["Coverage"])}
    assert set(covered) == {entry["rule"] for entry in report["coverage"]}
    summary = {row["What"]: row["Value"] for row in rows(book["Summary"])}
    assert summary["Anomalies in the report"] == report["anomaly_count"]
    assert summary["Stock as of"] == datetime.fromisoformat(AS_OF)
    assert summary["Only"] == "all"


def test_every_sheet_has_a_frozen_header_and_a_filter():
    for sheet in workbook(exported(ready())).worksheets:
        assert sheet.freeze_panes == "A2"
        assert (
            sheet.auto_filter.ref == f"A1:{sheet.cell(sheet.max_row, sheet.max_column).coordinate}"
        )
        assert sheet["A1"].font.bold
        widths = [sheet.column_dimensions[cell.column_letter].width for cell in sheet[1]]
        assert min(widths) >= 9


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"rule": "missing-location"}, 1),
        ({"status": "Resolved"}, 0),
        ({"location": " recv-01 ", "rule": "stagnant-pallet"}, 1),
        ({"rule": "missing-location", "status": "New"}, 1),
        ({"rule": "missing-location", "status": ["New", "In Progress"]}, 1),
        ({"assignee": "bob"}, 0),
    ],
)
def test_filters(filters, expected):
    export = exported(ready(), filters=filters)
    assert export["filters"] == {
        **dict.fromkeys(
            ["status", "priority", "rule", "location", "assignee", "due_before", "reason"]
        ),
        **filters,
    }
    assert export["anomalies"] == expected
    assert len(rows(workbook(export)["Anomalies"])) == expected


def test_a_csv_holds_the_texts_and_no_formula():
    report = ready(INVENTORY.encode())
    export = exported(report, "csv")
    text = fetch(export).decode("utf-8-sig")
    csv_rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert len(csv_rows) == export["anomalies"] == report["anomaly_count"] > 0
    for row in csv_rows:
        for value in row.values():
            assert not value.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert {row["Pallet"] for row in csv_rows} >= {"P-0"}


def test_a_workbook_holds_texts_and_no_formula():
    report = ready(INVENTORY.encode())
    book = workbook(exported(report, "annotated"))
    sheet = book.worksheets[0]
    described = [sheet.cell(row, 5) for row in range(2, sheet.max_row + 1)]
    assert [cell.value for cell in described] == HOSTILE
    assert {cell.data_type for cell in described} == {"s"}
    assert described[0].quotePrefix
    assert not described[5].quotePrefix


def test_annotated_export_adds_reasons_to_the_uploaded_table():
    report = ready()
    sheet = workbook(exported(report, "annotated")).worksheets[0]
    assert sheet.title == "stock"
    assert sheet.freeze_panes == "A2"
    lines = CSV.decode().splitlines()
    for line, row in zip(lines, sheet.iter_rows(values_only=True), strict=True):
        assert [value or "" for value in row[:-1]] == line.split(",")
    reasons = {row[0]: row[-1] for row in sheet.iter_rows(min_row=2, values_only=True)}
    assert sheet.cell(1, 6).value == "Reason"
    assert reasons["P-0006"] is None
    assert "P-0004" in reasons["P-0004"]
    assert reasons["P-0004"].startswith(("Very High: ", "High: ", "Medium: "))


def test_cells_of_a_workbook_keep_their_kind(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Stock list of today"])
    sheet.append([])
    sheet.append(["Pallet ID", "Location", "Received At", "Reason", "Quantity"])
    moment = datetime(2025, 1, 2, 4, 30)
    for number in range(20):
        sheet.append([f"00{number}", f"00{number % 9 + 1}A", moment, "kept", 2.5])
    book.save(tmp_path / "stock.xlsx")
    report = ready((tmp_path / "stock.xlsx").read_bytes(), "stock.xlsx")
    sheet_read = workbook(exported(report, "annotated")).worksheets[0]
    assert sheet_read.freeze_panes == "A4"
    assert sheet_read.auto_filter.ref == "A3:F23"
    assert [cell.value for cell in sheet_read[3]][-1] == "Reason (Stockwarden)"
    assert [cell.value for cell in sheet_read[4]][:5] == ["000", "001A", moment, "kept", 2.5]
    assert sheet_read["C4"].is_date


def test_the_link_is_short_lived_and_names_the_file():
    report = ready(report_name='Läger "1"/2')
    export = exported(report)
    query = parse_qs(urlsplit(export["url"]).query)
    assert query["X-Amz-Expires"] == ["900"]
    assert export["filename"] == "Läger _1__2 anomalies.xlsx"
    (disposition,) = query["response-content-disposition"]
    assert disposition == (
        'attachment; filename="L_ger _1__2 anomalies.xlsx"; '
        "filename*=UTF-8''L%C3%A4ger%20_1__2%20anomalies.xlsx"
    )


def test_export_before_the_analysis_is_a_conflict():
    new_report = create()
    answer = send("POST", f"/reports/{new_report['report_id']}/exports", json={"format": "csv"})
    assert answer.status == 409


@pytest.mark.parametrize(
    "request_", [{}, {"format": "pdf"}, {"format": "csv", "filters": {"status": "Done"}},
                 {"format": "csv", "filters": {"status": []}},
                 {"format": "csv", "filters": {"colour": "red"}}, {"format": "csv", "x": 1},
                 {"format": "csv", "filters": {"rule": "no-such-rule"}},
                 {"format": "csv", "filters": {"due_before": "2025-02-30"}}]
)  # fmt: skip
def test_bad_requests(request_):
    report = ready()
    answer = send("POST", f"/reports/{report['id']}/exports", json=request_)
    assert answer.status == 422
    assert answer.json["errors"]


def test_exports_are_of_their_report():
    report, other = ready(), ready()
    export = exported(report)
    assert get(f"/reports/{other['id']}/exports/{export['id']}").status == 404
    assert get(f"/reports/{report['id']}/exports/exp_0").status == 404
    path = f"/reports/{report['id']}/exports/{export['id']}"
    assert get(path, caller=OTHER).status == 404


def test_repeated_message_writes_the_export_once():
    report = ready()
    send("POST", f"/reports/{report['id']}/exports", json={"format": "csv"})
    (job,) = queued()
    assert deliver(job, job) == []
    key = f"exports/{report['id']}/"
    assert len(stores.objects().versions(key)) == 1


def test_export_fails_after_repeated_interruptions(monkeypatch):
    report = ready()
    path = f"/reports/{report['id']}/exports"
    export = send("POST", path, json={"format": "csv"}).json
    (job,) = queued()
    with monkeypatch.context() as patch:
        patch.setattr(export_content, "fields_of", lambda *_: 1 / 0)
        for _ in range(3):
            assert len(deliver(job)) == 1
            assert get(f"{path}/{export['id']}").json["status"] == "writing"
    assert deliver(job) == []
    failed = get(f"{path}/{export['id']}").json
    assert failed["status"] == "failed"
    assert "interrupted" in failed["reason"]


def test_export_of_a_missing_file_fails_with_a_reason():
    report = ready()
    stores.objects().delete_prefix(f"uploads/{report['id']}/")
    export = exported(report, "annotated")
    assert export["status"] == "failed"
    assert "gone" in export["reason"]


def test_deleting_a_report_removes_its_exports():
    report = ready()
    exported(report)
    send("POST", f"/reports/{report['id']}/exports", json={"format": "csv"})
    late = queued()
    assert send("DELETE", f"/reports/{report['id']}").status == 204
    assert drain() == []
    assert deliver(*late) == []
    assert stores.objects().versions(f"exports/{report['id']}/") == []
    items = stores.reports_table().query("#pk = :pk", pk=f"EXPORTS#{report['id']}").items
    assert items == []


def test_exports_are_kept_for_a_week():
    report = ready()
    export = exported(report)
    table = stores.reports_table()
    key = {"pk": f"EXPORTS#{report['id']}", "sk": export["id"]}
    stored = table.get(key)
    retention = datetime.fromisoformat(export["expires_at"]) - datetime.fromisoformat(
        export["created_at"]
    )
    assert retention.days == 7
    assert stored["expires_at_epoch"] == int(
        datetime.fromisoformat(export["expires_at"]).timestamp()
    )


def test_expired_export_is_not_found(monkeypatch):
    """DynamoDB may delete expired items two days late."""
    report = ready()
    export = exported(report)
    path = f"/reports/{report['id']}/exports/{export['id']}"
    repository = export_service().repository
    for days, status in ((6.9, 200), (7.1, 404)):
        with monkeypatch.context() as patch:
            patch.setattr(repository, "clock", lambda days=days: utc_now() + timedelta(days=days))
            assert get(path).status == status


@pytest.mark.parametrize(
    ("caller", "status"), [(None, 401), (USER, 200), (OTHER, 404), (ADMIN, 200)]
)
def test_who_may_fetch_an_export(caller, status):
    report = ready()
    path = f"/reports/{report['id']}/exports"
    response = send("POST", path, caller=caller, json={"format": "csv"})
    assert response.status == (202 if status == 200 else status)
    export = exported(report, "csv")
    answer = get(f"{path}/{export['id']}", caller=caller)
    assert answer.status == status
    assert ("url" in answer.json) == (status == 200)
