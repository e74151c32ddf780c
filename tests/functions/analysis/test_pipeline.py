"""The pipeline from a file to anomalies, through both functions."""

import hashlib
import random

import pytest

from stockwarden.ingestion.formats.limits import SafetyLimits
from stockwarden.reports.uploads import MAX_UPLOAD_BYTES
from tests.functions.analysis.results import anomalies, by_rule, ready
from tests.support.gateway import OTHER
from tests.support.reports import (
    CSV,
    announce_all,
    arrive,
    create,
    create_from_files,
    create_warehouse,
    deliver,
    drain,
    get,
    send,
    state,
)

RULES = b"location_pattern,location_type,capacity\nRECV-*,DOCK,1\n00*,STORAGE,2\n999Z,STORAGE,2\n"
AMBIGUOUS = b"""Pallet ID,Location,Received At
P-1,RECV-01,03/04/2025
P-2,RECV-01,05/06/2025
P-3,RECV-02,07/08/2025
"""


def test_a_file_becomes_anomalies():
    report = ready()
    assert report["anomaly_count"] == report["counts"]["total"] == len(anomalies(report["id"]))
    rules = by_rule(report["id"])
    assert rules["missing-location"] == 1
    assert rules["unknown-location"] == 1
    assert rules["stagnant-pallet"] == 1
    assert report["progress"] == {"stage": "done", "percent": 100, "rows": 6}
    assert report["reason"] is None


def test_report_keeps_the_facts_of_its_analysis():
    warehouse = create_warehouse(timezone="Europe/Madrid")
    report = ready(warehouse_id=warehouse["id"])
    assert report["file"]["sha256"] == hashlib.sha256(CSV).hexdigest()
    assert report["file"]["size"] == len(CSV)
    assert report["file"]["header_row"] == 1
    assert report["column_mapping"]["Pallet ID"] == "pallet_id"
    assert report["as_of"] == "2025-01-09T12:00:00+01:00"
    assert report["as_of_source"] == "given"
    assert report["timezone"] == "Europe/Madrid"
    assert report["layout"] == {
        "source": "warehouse",
        "warehouse_id": warehouse["id"],
        "version": 1,
        "rows": 2,
    }
    assert report["rows"]["total"] == report["rows"]["evaluated"] == 6
    covered = {entry["rule"]: entry for entry in report["coverage"]}
    assert covered["stagnant-pallet"]["anomalies"] == 1
    judged = {rule for rule, entry in covered.items() if entry["status"] == "evaluated"}
    assert judged == set(report["rule_versions"])


def test_details_are_grouped_by_location():
    report = ready()
    details = get(f"/reports/{report['id']}/details").json
    assert details["reportId"] == report["id"]
    assert details["reportName"] == "stock"
    names = [location["name"] for location in details["locations"]]
    assert names == sorted(names)
    assert (
        sum(location["anomalyCount"] for location in details["locations"])
        == report["anomaly_count"]
    )
    kpis = {kpi["label"]: kpi["value"] for kpi in details["kpis"]}
    assert kpis["Anomalies"] == kpis["Open"] == report["anomaly_count"]
    assert kpis["Rows evaluated"] == 6


def test_details_go_on_page_after_page():
    report = ready()
    listed, cursor = [], None
    while True:
        query = {"limit": 1, **({"cursor": cursor} if cursor else {})}
        page = get(f"/reports/{report['id']}/details", query=query).json
        listed += [
            anomaly["id"] for location in page["locations"] for anomaly in location["anomalies"]
        ]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert sorted(listed) == sorted(anomaly["id"] for anomaly in anomalies(report["id"]))


def test_preview_shows_the_file():
    report = ready()
    preview = get(f"/reports/{report['id']}/preview").json
    assert preview["header_row"] == 1
    assert preview["column_mapping"]["Location"] == "location"
    assert [column["name"] for column in preview["columns"]][:2] == ["Pallet ID", "Location"]
    assert preview["questions"] == []
    assert get(f"/reports/{report['id']}/preview", caller=OTHER).status == 404


def test_a_form_is_analyzed_as_its_objects_arrive():
    new_report = create_from_files()
    assert deliver(*announce_all()) == []
    report = state(new_report["report_id"])
    assert report["status"] == "ready"
    assert report["layout"] == {"source": "none", "warehouse_id": None, "version": None, "rows": 0}


def test_the_rules_file_of_a_report_is_its_layout():
    new_report = create_from_files(
        rules_file=("rules.csv", RULES, "text/csv"), warehouse_id=create_warehouse()["id"]
    )
    deliver(*announce_all())
    report = state(new_report["report_id"])
    assert report["status"] == "ready", report["reason"]
    assert report["layout"]["source"] == "rules_file"
    assert report["layout"]["rows"] == 3
    assert "unknown-location" not in by_rule(report["id"])


def test_a_rules_file_that_is_an_inventory_is_refused_with_the_reason():
    new_report = create_from_files(rules_file=("rules.csv", CSV, "text/csv"))
    deliver(*announce_all())
    report = state(new_report["report_id"])
    assert report["status"] == "failed"
    assert "inventory" in report["reason"]
    assert report["anomaly_count"] == 0


def test_as_of_falls_back_to_the_upload():
    body, name = CSV, "stock.csv"
    new_report = send("POST", "/reports", json={"filename": name}).json
    deliver(arrive(new_report, "inventory", body))
    report = state(new_report["report_id"])
    assert (report["as_of"], report["as_of_source"]) == ("2025-01-09T13:00:00+00:00", "upload")


def test_uncertain_mapping_is_asked():
    new_report = create(as_of="2025-09-01")
    deliver(arrive(new_report, "inventory", AMBIGUOUS))
    report = state(new_report["report_id"])
    assert report["status"] == "needs_mapping"
    assert report["reason"]
    assert report["progress"]["stage"] == "mapping"
    preview = get(f"/reports/{report['id']}/preview").json
    assert [question["kind"] for question in preview["questions"]] == ["date_order"]
    answer = send(
        "PUT",
        f"/reports/{report['id']}/mapping",
        json={"column_mapping": preview["column_mapping"], "date_order": "DMY", "save_as": "MX"},
    )
    assert answer.status == 202, answer.body
    assert answer.json["status"] == "queued"
    assert drain() == []
    report = state(report["id"])
    assert report["status"] == "ready", report["reason"]
    assert report["date_order"] == "DMY"
    (saved,) = get("/mappings").json["mappings"]
    assert (saved["name"], saved["date_order"]) == ("MX", "DMY")


def test_a_mapping_names_columns_that_the_file_has():
    report = ready()
    answer = send(
        "PUT",
        f"/reports/{report['id']}/mapping",
        json={"column_mapping": {"Pallet ID": "pallet_id", "Palet/Bin": "location"}},
    )
    assert answer.status == 422
    assert answer.json["errors"][0]["pointer"] == "/column_mapping/Palet~1Bin"
    assert state(report["id"])["status"] == "ready"


def test_a_mapping_that_does_not_fit_the_file_is_asked_again():
    new_report = create(column_mapping={"No such column": "location"})
    deliver(arrive(new_report, "inventory", CSV))
    report = state(new_report["report_id"])
    assert report["status"] == "needs_mapping"
    assert "No such column" in report["reason"]
    preview = get(f"/reports/{report['id']}/preview").json
    request = {"column_mapping": preview["column_mapping"]}
    assert send("PUT", f"/reports/{report['id']}/mapping", json=request).status == 202
    drain()
    assert state(report["id"])["status"] == "ready"


HOSTILE = {
    "empty.csv": b"\x00",
    "header-only.csv": b"Pallet ID,Location\n",
    "words.xlsx": b"not a workbook at all",
    "picture.xlsx": b"\x89PNG\r\n\x1a\n" + b"\x00" * 200,
    "broken.xlsx": b"PK\x03\x04" + random.Random(3).randbytes(400),  # noqa: S311
    "document.pdf.csv": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj",
    "encrypted.xlsx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_ends_as_failed_with_a_reason(name):
    new_report = create(filename=name)
    for _ in range(2):
        assert deliver(arrive(new_report, "inventory", HOSTILE[name])) == []
    report = state(new_report["report_id"])
    assert report["status"] in {"failed", "needs_mapping"}, report
    assert len(report["reason"]) > 15
    assert report["reason"].endswith((".", "?"))
    assert report["anomaly_count"] == 0
    details = get(f"/reports/{report['id']}/details").json
    assert details["locations"] == []


def test_upload_limit_equals_the_ingestion_limit():
    assert SafetyLimits().max_bytes == MAX_UPLOAD_BYTES
