"""Export columns for status, costs and earlier snapshots."""

import csv
import io
import json
from datetime import datetime

from anomalies import app as anomalies
from tests.functions.reports.exports import exported, fetch, ready, rows, workbook
from tests.support.gateway import USER, call
from tests.support.reports import create_warehouse


def work(anomaly, method, tail, **body):
    """Sends a change to the anomaly of an exported row."""
    path = f"/anomalies/{anomaly['Id']}{tail}"
    answer = call(anomalies.handler, method, path, caller=USER, json=body)
    assert answer.status in {200, 201}, answer.body


def test_export_has_states_and_comments():
    report = ready()
    first, second, third = rows(workbook(exported(report))["Anomalies"])
    work(first, "PATCH", "", assignee="alice", due_date="2025-02-01", comment="To the cold store")
    work(first, "POST", "/comments", comment="=Moved")
    work(second, "POST", "/status", status="Resolved", reason="false_positive")
    work(third, "POST", "/status", status="In Progress", comment="On it")

    rows_by_id = {row["Id"]: row for row in rows(workbook(exported(report))["Anomalies"])}
    columns = ("Status", "Assignee", "Due", "Reason", "Comments", "Last comment")
    due = datetime(2025, 2, 1)
    assert [
        [rows_by_id[row["Id"]][name] for name in columns] for row in (first, second, third)
    ] == [
        ["New", "alice", due, None, 2, "=Moved"],
        ["Resolved", None, None, "false positive", 0, None],
        ["In Progress", None, None, None, 1, "On it"],
    ]

    for filters, expected in [
        ({"assignee": "me"}, [first]),
        ({"reason": "false_positive"}, [second]),
        ({"due_before": "2025-02-02"}, [first]),
        ({"due_before": "2025-02-01"}, []),
    ]:
        text = fetch(exported(report, "csv", filters=filters)).decode("utf-8-sig")
        lines = list(csv.DictReader(io.StringIO(text, newline="")))
        assert [line["Id"] for line in lines] == [row["Id"] for row in expected]
    assert exported(report, "csv", filters={"assignee": "me"})["filters"]["assignee"] == "alice"


def test_export_has_costs():
    report = ready()
    book = workbook(exported(report))
    costs = [row["Cost"] for row in rows(book["Anomalies"])]
    assert round(sum(costs), 2) == report["costs"]["total"] > 0
    stagnant = next(row for row in rows(book["Anomalies"]) if row["Rule"] == "stagnant-pallet")
    assert stagnant["Currency"] == "EUR"
    assert stagnant["Cost formula"] == (
        "pallets × (hours × pallet_hour + minutes × handling_minute)"
    )
    assert json.loads(stagnant["Cost inputs"])["hours"] == 32
    summary = {row["What"]: row["Value"] for row in rows(book["Summary"])}
    assert summary["Cost in EUR"] == report["costs"]["total"]
    assert summary["Cost in EUR: stagnant-pallet"] == report["costs"]["by_rule"]["stagnant-pallet"]


def test_export_has_history_of_earlier_snapshots():
    warehouse = create_warehouse()["id"]
    monday = ready(warehouse_id=warehouse, as_of="2025-01-06T12:00:00Z")
    (old,) = (
        row
        for row in rows(workbook(exported(monday))["Anomalies"])
        if (row["Rule"], row["Pallet"]) == ("missing-location", "P-0004")
    )
    work(old, "POST", "/comments", comment="Not in aisle 3")
    work(old, "POST", "/status", status="Resolved")  # The next snapshot opens it again.
    tuesday = ready(warehouse_id=warehouse, as_of="2025-01-07T12:00:00Z")
    book = workbook(exported(tuesday))
    (unchanged_row,) = (
        row
        for row in rows(book["Anomalies"])
        if (row["Rule"], row["Pallet"]) == ("missing-location", "P-0004")
    )
    assert (unchanged_row["Status"], unchanged_row["Recurrence"]) == ("New", "reappeared")
    assert unchanged_row["Since"] == datetime(2025, 1, 7, 12)
    assert (unchanged_row["Comments"], unchanged_row["Last comment"]) == (1, "Not in aisle 3")
    work(unchanged_row, "POST", "/comments", comment="Found in aisle 4")
    (reappeared,) = (
        row
        for row in rows(workbook(exported(tuesday))["Anomalies"])
        if row["Id"] == unchanged_row["Id"]
    )
    assert (reappeared["Comments"], reappeared["Last comment"]) == (2, "Found in aisle 4")
    summary = {row["What"]: row["Value"] for row in rows(book["Summary"])}
    assert summary["Compared with report"] == monday["id"]
    assert summary["Since then reappeared"] == tuesday["comparison"]["reappeared"] == 1
    (unknown,) = (row for row in rows(book["Anomalies"]) if row["Rule"] == "unknown-location")
    assert (unknown["Recurrence"], unknown["Since"]) == ("persisting", datetime(2025, 1, 6, 12))


def test_export_names_the_lead_of_each_companion():
    body = (
        b"Pallet ID,Location,Received At,Quantity,Expiry Date\n"
        b"P-1,,2025-01-05T08:00:00,-4,2024-12-01\n"
        b"P-2,A-01,2025-01-05T08:00:00,4,2030-12-01\n"
    )
    report = ready(body, as_of="2025-01-06T08:00:00Z")
    lead_of = {
        row["Rule"]: row["Companion of"] for row in rows(workbook(exported(report))["Anomalies"])
    }
    (lead,) = (row for row in rows(workbook(exported(report))["Anomalies"])
               if row["Rule"] == "expired")  # fmt: skip
    assert lead_of == {
        "expired": None,
        "missing-location": lead["Id"],
        "quantity-sign": lead["Id"],
        "unknown-location": None,
    }
