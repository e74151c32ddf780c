"""POST /reports as JSON and as multipart form."""

import pytest
from botocore.exceptions import EndpointConnectionError

from stockwarden.bootstrap import stores
from tests.support.gateway import OTHER, multipart
from tests.support.reports import CSV, create, create_from_files, create_warehouse, send, state


def problem(response):
    return response.status, [error["pointer"] for error in response.json["errors"]]


def test_json_request_returns_a_form_for_each_announced_file():
    new_report = create(filename="Lager März.xlsx", rules_filename="rules.csv")
    report = new_report["report"]
    assert new_report["message"] == "Report created successfully"
    assert new_report["report_id"] == report["id"]
    assert report["status"] == "awaiting_upload"
    assert report["report_name"] == "Lager März"
    assert report["filename"] == "Lager März.xlsx"
    assert report["version"] == 1
    assert report["anomaly_count"] == 0
    assert report["counts"]["total"] == 0
    upload, rules = new_report["upload"], new_report["rules_upload"]
    assert upload["fields"]["key"] == f"uploads/{report['id']}/inventory/Lager_M_rz.xlsx"
    assert upload["fields"]["Content-Type"].endswith("spreadsheetml.sheet")
    assert rules["fields"]["key"] == f"uploads/{report['id']}/rules/rules.csv"
    assert rules["fields"]["Content-Type"] == "text/csv"


def test_unannounced_rules_file_gets_no_form():
    assert "rules_upload" not in create()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("filename", "notes.pdf"),
        ("filename", "../stock.csv"),
        ("filename", "a\\b.csv"),
        ("filename", "a\nb.csv"),
        ("filename", ""),
        ("filename", "x" * 250 + ".csv"),
        ("rules_filename", "rules.docx"),
        ("report_name", "   "),
        ("report_name", "x" * 151),
        ("as_of", "yesterday"),
        ("as_of", "2025-13-01"),
        ("as_of", "1969-12-31"),
        ("as_of", "2201-01-01T00:00:00"),
        ("report_name", "Mon\x00day"),
        ("report_name", "Mon\nday"),
        ("report_name", "Mon\x85day"),
        ("size", 0),
        ("warehouse_id", "wh_nobody"),
        ("surprise", 1),
    ],
)
def test_a_wrong_field_is_named(field, value):
    request = {"filename": "stock.csv", field: value}
    assert problem(send("POST", "/reports", json=request)) == (422, [f"/{field}"])


@pytest.mark.parametrize(
    ("mapping", "pointer"),
    [
        ({"Pallet": "pallet"}, "/column_mapping/Pallet"),
        ({"A": "location", "B": "location"}, "/column_mapping"),
        ({"a/b": "nothing"}, "/column_mapping/a~1b"),
        ([], "/column_mapping"),
    ],
)
def test_a_mapping_names_fields_that_exist_each_once(mapping, pointer):
    request = {"filename": "stock.csv", "column_mapping": mapping}
    assert problem(send("POST", "/reports", json=request)) == (422, [pointer])


def test_an_announced_size_above_the_limit_is_refused_at_once():
    response = send("POST", "/reports", json={"filename": "stock.csv", "size": 151 * 2**20})
    assert response.status == 413
    assert "150 MiB" in response.json["detail"]


def test_a_report_belongs_to_a_warehouse_of_its_owner():
    own_warehouse, foreign = create_warehouse(), create_warehouse(caller=OTHER)
    assert create(warehouse_id=own_warehouse["id"])["report"]["warehouse_id"] == own_warehouse["id"]
    request = {"filename": "stock.csv", "warehouse_id": foreign["id"]}
    assert problem(send("POST", "/reports", json=request)) == (422, ["/warehouse_id"])


def test_a_form_stores_its_files_rules_first(monkeypatch):
    stored = []
    real_put = stores.objects().put
    monkeypatch.setattr(
        stores.objects(), "put", lambda key, *rest: (stored.append(key), real_put(key, *rest))[1]
    )
    new_report = create_from_files(
        rules_file=("rules.csv", b"x", "text/csv"),
        report_name="Monday",
        column_mapping='{"Pallet ID": "pallet_id"}',
    )
    report_id = new_report["report_id"]
    assert new_report["report"]["report_name"] == "Monday"
    assert new_report["report"]["status"] == "awaiting_upload"
    assert "upload" not in new_report
    assert stored == [
        f"uploads/{report_id}/rules/rules.csv",
        f"uploads/{report_id}/inventory/stock.csv",
    ]
    assert stores.objects().read(stored[1], max_bytes=10_000) == CSV


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"report_name": "Monday"}, (400, [])),
        ({"inventory_file": ("", b"", "application/octet-stream")}, (400, [])),
        ({"inventory_file": ("stock.csv", b"", "text/csv")}, (422, ["/inventory_file"])),
        ({"inventory_file": ("stock.exe", b"MZ", "text/csv")}, (422, ["/inventory_file"])),
        ({"inventory_file": "not a file"}, (400, [])),
        ({"inventory_file": "not a file", "report_name": "x"}, (400, [])),
        (
            {"inventory_file": ("a.csv", b"x", ""), "rules_file": ("b.doc", b"x", "")},
            (422, ["/rules_file"]),
        ),
        ({"inventory_file": ("a.csv", b"x", ""), "as_of": "noon"}, (422, ["/as_of"])),
        (
            {"inventory_file": ("a.csv", b"x", ""), "column_mapping": "{"},
            (422, ["/column_mapping"]),
        ),
        (
            {"inventory_file": ("a.csv", b"x", ""), "column_mapping": '{"A": "b"}'},
            (422, ["/column_mapping/A"]),
        ),
    ],
)
def test_incomplete_form_is_refused(fields, expected):
    body, headers = multipart(fields)
    assert problem(send("POST", "/reports", body=body, headers=headers)) == expected


def test_blank_form_fields_count_as_omitted():
    new_report = create_from_files(
        report_name="", warehouse_id="", rules_file=("", b"", "application/octet-stream")
    )
    assert new_report["report"]["report_name"] == "stock"
    assert new_report["report"]["warehouse_id"] is None


def test_folders_in_a_filename_are_ignored():
    new_report = create_from_files(name="C:\\fakepath\\stock.csv")
    assert new_report["report"]["filename"] == "stock.csv"


def test_too_large_form_is_referred_to_presigned_upload():
    body, headers = multipart({"inventory_file": ("stock.csv", b"x" * 4_500_000, "text/csv")})
    response = send("POST", "/reports", body=body, headers=headers)
    assert response.status == 413
    assert "upload address" in response.json["detail"]


def test_unavailable_storage_leaves_no_report(monkeypatch):
    def refuse(**_):
        raise EndpointConnectionError(endpoint_url="http://localhost")

    monkeypatch.setattr(stores.objects().client, "put_object", refuse)
    body, headers = multipart({"inventory_file": ("stock.csv", CSV, "text/csv")})
    assert send("POST", "/reports", body=body, headers=headers).status == 503
    assert send("GET", "/reports").json == {"reports": [], "next_cursor": None}


def test_a_new_report_is_found_at_once():
    new_report = create()
    report = state(new_report["report_id"])
    assert report == new_report["report"]


@pytest.mark.parametrize("as_form", [False, True])
def test_location_header_names_the_report(as_form):
    if as_form:
        body, headers = multipart({"inventory_file": ("stock.csv", CSV, "text/csv")})
        answer = send("POST", "/reports", body=body, headers=headers)
    else:
        answer = send("POST", "/reports", json={"filename": "stock.csv"})
    assert answer.headers["location"] == f"/api/v1/reports/{answer.json['report_id']}"
