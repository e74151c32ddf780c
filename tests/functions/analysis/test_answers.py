"""What people answer, one question after the other; and what they gave before any was asked."""

import pytest

from tests.support.gateway import multipart
from tests.support.reports import AS_OF, CSV, arrive, create, deliver, drain, get, send, state

TWICE_ASKED = b"""Ref;Spot;Seen;Text
P-0001;RECV-01;01/02/2025;Apples
P-0002;RECV-02;02/03/2025;Pears
"""
DAYS = b"""Pallet ID,Location,Received At
P-0001,RECV-01,01/02/2025
P-0002,RECV-02,02/03/2025
"""
MAPPING = {"Pallet ID": "pallet_id", "Location": "location", "Received At": "creation_date"}


def analyzed(body, **request):
    made = create(**request)
    deliver(arrive(made, "inventory", body))
    return state(made["report_id"])


def put(report, **answers):
    response = send("PUT", f"/reports/{report['id']}/mapping", json=answers)
    assert response.status == 202, response.body
    assert drain() == []
    return state(report["id"])


def test_an_order_of_dates_alone_is_an_answer():
    report = analyzed(DAYS, as_of="2025-09-01", column_mapping=MAPPING)
    assert report["status"] == "needs_mapping"
    report = put(report, date_order="DMY")
    assert report["status"] == "ready", report["reason"]
    assert (report["column_mapping"], report["date_order"]) == (MAPPING, "DMY")
    report = put(report, column_mapping={})
    assert (report["column_mapping"], report["date_order"]) == (MAPPING, "DMY")


def test_columns_may_be_told_one_after_the_other():
    report = analyzed(TWICE_ASKED, as_of="2025-09-01")
    report = put(report, column_mapping={"Ref": "pallet_id"})
    report = put(report, column_mapping={"Seen": "location"})
    report = put(report, column_mapping={"Spot": "location"}, date_order="MDY")
    report = put(report, column_mapping={"Seen": "creation_date"})
    assert report["status"] == "ready", report["reason"]
    wanted = {"Ref": "pallet_id", "Spot": "location", "Seen": "creation_date"}
    assert wanted.items() <= report["column_mapping"].items()
    assert report["date_order"] == "MDY"


def test_a_whole_mapping_replaces_the_one_before():
    report = analyzed(CSV, column_mapping={**MAPPING, "Description": "description"})
    report = put(report, column_mapping=MAPPING)
    assert report["column_mapping"] == MAPPING


def test_a_mapping_is_judged_by_all_rules_again():
    report = analyzed(CSV)
    every = set(report["rule_versions"])
    path = f"/reports/{report['id']}/reanalysis"
    assert send("POST", path, json={"rules": ["missing-location"]}).status == 202
    drain()
    assert set(state(report["id"])["rule_versions"]) == {"missing-location"}
    assert set(put(report, column_mapping=MAPPING)["rule_versions"]) >= every - {"lot-straggler"}


def test_a_reanalysis_needs_no_body():
    report = analyzed(CSV)
    assert send("POST", f"/reports/{report['id']}/reanalysis").status == 202
    drain()
    assert state(report["id"])["status"] == "ready"


def test_the_given_as_of_is_shown_from_the_start():
    made = create()
    assert made["report"]["as_of"] == AS_OF
    assert state(made["report_id"])["as_of"] == AS_OF
    assert get("/reports").json["reports"][0]["as_of"] == AS_OF


@pytest.mark.parametrize("as_of", ["0001-01-01", "1969-12-31T23:00:00", "9999-12-31"])
def test_as_of_is_of_our_time(as_of):
    report = analyzed(CSV)
    path = f"/reports/{report['id']}/reanalysis"
    body, headers = multipart({"inventory_file": ("a.csv", CSV, "text/csv"), "as_of": as_of})
    for answer in (
        send("POST", path, json={"as_of": as_of}),
        send("POST", "/reports", body=body, headers=headers),
    ):
        assert answer.status == 422
        assert answer.json["errors"][0]["pointer"] == "/as_of"
        assert "1970" in answer.json["errors"][0]["detail"]
        assert "2200" in answer.json["errors"][0]["detail"]
