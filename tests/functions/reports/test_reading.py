"""Report lists, renaming, and reports that are not ready."""

from itertools import chain

import pytest

from stockwarden.bootstrap.reports import report_service
from stockwarden.storage.clients import dynamodb
from tests.support.capacity import measure
from tests.support.gateway import ADMIN, OTHER
from tests.support.reports import create, create_warehouse, get, send, state


def walk(**query):
    pages, cursor = [], None
    while True:
        page = get("/reports", query={**query, **({"cursor": cursor} if cursor else {})}).json
        pages.append([report["report_name"] for report in page["reports"]])
        cursor = page["next_cursor"]
        if cursor is None:
            return pages
        assert len(pages) < 50


def test_list_is_newest_first_without_repetition():
    for number in range(7):
        create(report_name=f"{number}")
    create(report_name="not mine", caller=OTHER)
    assert walk(limit=3) == [["6", "5", "4"], ["3", "2", "1"], ["0"]]
    assert list(chain(*walk(limit=7))) == ["6", "5", "4", "3", "2", "1", "0"]


def test_list_entry_has_the_fields_of_the_contract():
    new_report = create()
    (entry,) = get("/reports").json["reports"]
    assert entry["id"] == new_report["report_id"]
    assert entry["report_name"] == "stock"
    assert entry["timestamp"] == entry["created_at"]
    assert entry["anomaly_count"] == 0
    assert entry["status"] == "awaiting_upload"


def test_filters_keep_the_order_and_lose_nothing():
    warehouse = create_warehouse()["id"]
    for number in range(35):
        create(report_name=f"{number}", warehouse_id=warehouse if number % 10 == 0 else None)
    pages = walk(warehouse_id=warehouse, limit=2, status="awaiting_upload")
    assert list(chain(*pages)) == ["30", "20", "10", "0"]
    assert max(map(len, pages)) == 2
    assert walk(status="ready")[-1] == []


@pytest.mark.parametrize("query", [{"limit": 0}, {"limit": 101}, {"status": "done"}])
def test_a_wrong_parameter_is_named(query):
    response = get("/reports", query=query)
    assert response.status == 422
    assert response.json["errors"][0]["pointer"] == f"/{next(iter(query))}"


def test_a_cursor_serves_only_its_own_list():
    for _ in range(3):
        create()
    cursor = get("/reports", query={"limit": 1}).json["next_cursor"]
    for query in ({"status": "ready"}, {"warehouse_id": "wh_1"}):
        assert get("/reports", query={**query, "cursor": cursor}).status == 400
    assert get("/reports", query={"cursor": cursor}, caller=OTHER).status == 400
    assert get("/reports", query={"cursor": "x"}).status == 400


@pytest.mark.parametrize("query", [{}, {"status": "awaiting_upload"}])
def test_a_page_of_20_costs_at_most_4_reads(query):
    for number in range(35):
        create(report_name=f"A report with a name of usual length, number {number}")
    with measure(dynamodb()) as units:
        assert len(get("/reports", query={"limit": 20, **query}).json["reports"]) == 20
    assert units.reads <= 4
    assert units.writes == 0


def test_renaming_changes_the_version():
    new_report = create()
    path = f"/reports/{new_report['report_id']}"
    assert get(path).version == 1
    renamed = send("PATCH", path, json={"report_name": " Monday "}, headers={"If-Match": '"1"'})
    assert renamed.status == 200
    assert renamed.json["report_name"] == "Monday"
    assert renamed.version == 2
    stale = send("PATCH", path, json={"report_name": "Tuesday"}, headers={"If-Match": '"1"'})
    assert stale.status == 412
    assert send("PATCH", path, json={"report_name": "Tuesday"}).json["version"] == 3
    assert state(new_report["report_id"])["report_name"] == "Tuesday"


@pytest.mark.parametrize("body", [{}, {"report_name": ""}, {"report_name": 3}, {"status": "x"}])
def test_a_wrong_name_changes_nothing(body):
    new_report = create()
    path = f"/reports/{new_report['report_id']}"
    assert send("PATCH", path, json=body).status == 422
    assert get(path).json["version"] == 1


def test_second_of_two_concurrent_renames_is_refused(monkeypatch):
    new_report = create()
    reports, path = report_service(), f"/reports/{new_report['report_id']}"
    find = reports.repository.find

    def find_and_be_overtaken(report_id):
        report = find(report_id)
        monkeypatch.setattr(reports.repository, "find", find)
        reports.repository.rename(report, "faster", None)
        return report

    monkeypatch.setattr(reports.repository, "find", find_and_be_overtaken)
    answer = send("PATCH", path, json={"report_name": "slower"}, headers={"If-Match": '"1"'})
    assert answer.status == 412
    assert state(new_report["report_id"])["report_name"] == "faster"


def test_no_preview_or_details_before_the_file():
    path = f"/reports/{create()['report_id']}"
    assert get(f"{path}/preview").status == 404
    details = get(f"{path}/details").json
    assert details["locations"] == []
    assert details["reportName"] == "stock"
    assert {kpi["label"]: kpi["value"] for kpi in details["kpis"]}["Anomalies"] == 0


def test_admin_reads_any_report_but_lists_only_own():
    new_report = create()
    assert get(f"/reports/{new_report['report_id']}", caller=ADMIN).status == 200
    assert get("/reports", caller=ADMIN).json["reports"] == []
