"""A confirmed mapping applies to later files with the same header while it fits."""

import pytest

from stockwarden.bootstrap import repositories, stores
from tests.support.gateway import ADMIN, OTHER, USER
from tests.support.reports import (
    arrive,
    create,
    create_warehouse,
    deliver,
    drain,
    get,
    send,
    share,
    state,
    store,
)

HEADER = "Alpha,Beta,Gamma,Delta,Epsilon"
MAPPING = {
    "Alpha": "pallet_id",
    "Beta": "location",
    "Gamma": "creation_date",
    "Delta": "receipt_number",
    "Epsilon": "description",
}


def table(header=HEADER, date="0{n}/04/2025", first="P-{n}", top=""):
    lines = [
        f"{first},RECV-0{n % 3 + 1},{date},R-{n},Apples and pears".format(n=n) for n in range(1, 8)
    ]
    return "\n".join([*top.splitlines(), header, *lines, ""]).encode()


def sent(body=None, **fields):
    new_report = create(as_of="2025-09-01", **fields)
    assert deliver(arrive(new_report, "inventory", body or table())) == []
    return state(new_report["report_id"])


def answer(report, **fields):
    request = {"column_mapping": MAPPING, "date_order": "DMY", **fields}
    response = send("PUT", f"/reports/{report['id']}/mapping", json=request)
    assert response.status == 202, response.body
    assert drain() == []
    return state(report["id"])


def teach(body=None, **fields):
    report = sent(body)
    assert report["status"] == "needs_mapping", report
    report = answer(report, **fields)
    assert report["status"] == "ready", report["reason"]
    return report


def saved(**options):
    return get("/mappings", **options).json["mappings"]


def test_a_mapping_that_worked_is_used_for_the_next_file():
    first = teach(save_as="From the dock")
    (mapping,) = saved()
    assert mapping["name"] == "From the dock"
    assert mapping["column_mapping"] == MAPPING
    assert mapping["date_order"] == "DMY"
    assert mapping["columns"] == HEADER.split(",")
    assert mapping["report_id"] == first["id"]
    assert first["saved_mapping"] is None

    report = sent()
    assert report["status"] == "ready", report["reason"]
    assert report["column_mapping"] == MAPPING
    assert report["date_order"] == "DMY"
    assert report["saved_mapping"] == {
        "id": mapping["id"],
        "name": "From the dock",
        "version": 1,
        "applied": True,
        "detail": None,
    }
    assert any("From the dock" in note for note in report["notes"])
    preview = get(f"/reports/{report['id']}/preview").json
    assert preview["saved_mapping"]["applied"] is True


@pytest.mark.parametrize(
    "columns", ["Epsilon,Delta,Gamma,Beta,Alpha", " alpha,BETA,Gamma,Delta,Epsilon"]
)
def test_header_matches_in_any_order_and_case(columns):
    teach()
    names = [name.strip().title() for name in columns.split(",")]
    rows = [line.split(",") for line in table().decode().splitlines()[1:]]
    column_order = [HEADER.split(",").index(name) for name in names]
    lines = [columns, *(",".join(row[index] for index in column_order) for row in rows)]
    report = sent("\n".join(lines).encode())
    assert report["status"] == "ready", report["reason"]
    assert report["saved_mapping"]["applied"] is True


def test_a_dropped_file_uses_the_mapping_of_its_sender():
    repositories.user_repository().add("Alice", "hash")
    teach()
    assert deliver(store("drop/alice/monday.csv", table())) == []
    (dropped,) = [
        report for report in get("/reports").json["reports"] if report["report_name"] == "monday"
    ]
    assert dropped["status"] == "ready"


def test_mapping_of_another_sender_is_not_used():
    teach()
    new_report = create(caller=OTHER)
    deliver(arrive(new_report, "inventory", table()))
    assert state(new_report["report_id"], caller=OTHER)["status"] == "needs_mapping"


def test_mapping_belongs_to_the_sender_not_the_warehouse_owner():
    for name in ("Alice", "Bob"):
        repositories.user_repository().add(name, "hash")
    warehouse = create_warehouse(name="Shared", caller=OTHER)["id"]
    share(warehouse, "alice", "operator", caller=OTHER)
    report = sent(warehouse_id=warehouse)
    assert answer(report)["status"] == "ready"
    assert len(saved()) == 1
    assert saved(caller=OTHER) == []
    assert sent(warehouse_id=warehouse)["saved_mapping"]["applied"]
    new_report = create(caller=OTHER, warehouse_id=warehouse)
    deliver(arrive(new_report, "inventory", table()))
    assert state(new_report["report_id"])["status"] == "needs_mapping"


def test_given_mapping_overrides_the_saved_one():
    teach()
    other = {**MAPPING, "Delta": "description", "Epsilon": "receipt_number"}
    report = sent(column_mapping=other)
    assert report["saved_mapping"] is None
    assert report["status"] == "needs_mapping"  # The order of its dates is no longer confirmed.
    assert answer(report, column_mapping=other)["column_mapping"] == other


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (table(date="04/2{n}/2025"), "dates in “Gamma” are MDY"),
        (table(date="soon"), "can no longer be read as dates"),
        (table(first="2025-01-0{n}"), "“Alpha” no longer look like the"),
    ],
)
def test_mapping_that_no_longer_fits_is_not_used_and_noted(body, why):
    teach(save_as="From the dock")
    report = sent(body)
    assert report["status"] == "needs_mapping"
    assert "“From the dock” was not used" in report["reason"]
    assert why in report["reason"]
    used = get(f"/reports/{report['id']}/preview").json["saved_mapping"]
    assert used["applied"] is False
    assert why in used["detail"]


def test_other_header_does_not_use_the_mapping():
    teach()
    report = sent(table(header="Alpha,Beta,Gamma,Delta,Zeta"))
    assert report["status"] == "needs_mapping"
    assert "saved mapping" not in report["reason"]


def test_a_reanalysis_keeps_the_mapping_that_it_was_made_with():
    teach()
    report = sent()
    (mapping,) = saved()
    assert send("DELETE", f"/mappings/{mapping['id']}").status == 204
    send("POST", f"/reports/{report['id']}/reanalysis", json={})
    assert drain() == []
    reanalyzed = state(report["id"])
    assert reanalyzed["status"] == "ready", reanalyzed["reason"]
    assert reanalyzed["column_mapping"] == MAPPING
    assert saved() == []  # The reanalysis does not store the deleted mapping again.


def test_reanalysis_does_not_overwrite_a_corrected_mapping():
    report = teach()
    (mapping,) = saved()
    change = {"column_mapping": {**MAPPING, "Epsilon": "product_code"}, "name": "Dock"}
    assert send("PUT", f"/mappings/{mapping['id']}", json=change).status == 200
    send("POST", f"/reports/{report['id']}/reanalysis", json={})
    assert drain() == []
    assert saved()[0]["column_mapping"]["Epsilon"] == "product_code"


def test_nothing_is_learned_of_an_analysis_that_fails():
    report = sent()
    stores.objects().delete_prefix(f"uploads/{report['id']}/")
    assert answer(report)["status"] == "failed"
    assert saved() == []


def test_nothing_is_learned_of_a_file_without_a_header():
    report = sent(table(header="P-0,RECV-01,01/04/2025,R-0,Figs and dates"))
    names = [column["name"] for column in get(f"/reports/{report['id']}/preview").json["columns"]]
    mapping = dict(zip(names, MAPPING.values(), strict=True))
    answer(report, column_mapping=mapping, header_row=0)
    assert saved() == []


def test_a_mapping_is_corrected_renamed_and_forgotten():
    teach()
    (mapping,) = saved()
    assert mapping["name"] == "stock"
    path = f"/mappings/{mapping['id']}"
    body = {"column_mapping": MAPPING, "name": "Dock"}
    stale = send("PUT", path, json=body, headers={"If-Match": '"7"'})
    assert stale.status == 412
    response = send("PUT", path, json=body, headers={"If-Match": '"1"'})
    assert (response.status, response.json["name"], response.json["version"]) == (200, "Dock", 2)
    assert response.json["date_order"] == "DMY"
    assert send("DELETE", path).status == 204
    assert saved() == []
    assert sent()["status"] == "needs_mapping"


@pytest.mark.parametrize(
    ("mapping", "pointer"),
    [
        ({**MAPPING, "Zeta/1": "unit"}, "/column_mapping/Zeta~11"),
        ({"Alpha": "pallet_id"}, "/column_mapping"),
        ({**MAPPING, "Alpha": "colour"}, "/column_mapping/Alpha"),
    ],
)
def test_a_correction_is_checked(mapping, pointer):
    teach()
    (saved_mapping,) = saved()
    refused = send("PUT", f"/mappings/{saved_mapping['id']}", json={"column_mapping": mapping})
    assert refused.status == 422
    assert refused.json["errors"][0]["pointer"].startswith(pointer)


@pytest.mark.parametrize(
    ("caller", "query", "status"),
    [
        (None, {}, 401),
        (USER, {}, 200),
        (USER, {"username": "alice"}, 200),
        (OTHER, {}, 404),
        (OTHER, {"username": "alice"}, 403),
        (ADMIN, {}, 404),
        (ADMIN, {"username": "alice"}, 200),
    ],
)
def test_mappings_are_personal(caller, query, status):
    teach()
    (mapping,) = saved()
    path = f"/mappings/{mapping['id']}"
    body = {"column_mapping": MAPPING}
    assert send("PUT", path, json=body, caller=caller, query=query).status == status
    listed = get("/mappings", caller=caller, query=query)
    assert listed.status == (200 if status == 404 else status)
    if status == 404:
        assert listed.json["mappings"] == []
    response = send("DELETE", path, caller=caller, query=query)
    assert response.status == (204 if status == 200 else status)


IN_PARTS = b"Pallet,Aisle,Bay,Level,Receipt Date\n" + b"".join(
    b"PLT%06d,%02d,%02d,%d,2025-03-01 10:00\n" % (n, n % 7, n % 5, n % 4) for n in range(30)
)


def test_a_location_in_parts_is_joined_and_remembered():
    report = sent(IN_PARTS)
    (question,) = get(f"/reports/{report['id']}/preview").json["questions"]
    pattern = "{Aisle}-{Bay}-{Level}"
    assert (question["id"], question["kind"], question["column"]) == (
        "field:location", "join_location", pattern,
    )  # fmt: skip
    choices = {choice["value"]: choice["samples"] for choice in question["choices"]}
    assert choices[pattern] == ["00-00-0", "01-01-1", "02-02-2", "03-03-3", "04-04-0"]
    assert choices["{Aisle}{Bay}{Level}"][1] == "01011"
    assert "Bay" in choices
    path = f"/reports/{report['id']}/mapping"
    wrong = {"field:location": "{Aisle}-{Shelf}"}
    assert send("PUT", path, json={"answers": wrong}).status == 422
    asked = send("PUT", path, json={"answers": {"field:location": "{Aisle}.{Level}"}})
    assert asked.status == 202, asked.body
    assert drain() == []
    mapping = {
        "Pallet": "pallet_id", "Receipt Date": "creation_date", "{Aisle}.{Level}": "location",
    }  # fmt: skip
    assert state(report["id"])["column_mapping"] == mapping

    again = sent(IN_PARTS)
    assert again["status"] == "ready", again["reason"]
    assert again["column_mapping"] == mapping
    assert again["saved_mapping"]["applied"] is True
