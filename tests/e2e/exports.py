"""Requests exports, downloads them by their presigned URL and opens them."""

import csv
import io
from typing import Any

import httpx
import openpyxl

from tests.e2e.visitor import Visitor


def take_exports(visit: Visitor, report_id: str) -> None:
    report = visit("GET", f"/reports/{report_id}", expect=200)
    path = f"/reports/{report_id}/exports"
    for form in ("xlsx", "csv", "annotated"):
        job = visit("POST", path, expect=202, json={"format": form})
        export = visit.until(f"{path}/{job['id']}", "ready", "failed")
        assert export["status"] == "ready", export
        assert export["anomalies"] == report["anomaly_count"]
        download = httpx.get(export["url"], timeout=60)
        assert download.status_code == 200, download.text
        assert len(download.content) == export["size"]
        assert "attachment" in download.headers["content-disposition"]
        check_export(form, download.content, report)
    visit("GET", f"{path}/exp_0", expect=404)


def check_export(form: str, content: bytes, report: dict[str, Any]) -> None:
    """Opens a downloaded export and compares it with its report."""
    if form == "csv":
        lines = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
        assert len(list(lines)) == report["anomaly_count"]
        return
    book = openpyxl.load_workbook(io.BytesIO(content))
    if form == "xlsx":
        assert book.sheetnames == ["Summary", "Anomalies", "Coverage", "Evidence"]
        assert book["Anomalies"].max_row == report["anomaly_count"] + 1
    else:
        header_row = report["file"]["header_row"]
        last_heading, *reasons = [row[-1] for row in book.worksheets[0].values][header_row - 1 :]
        assert last_heading == "Reason"
        assert any(reasons)
