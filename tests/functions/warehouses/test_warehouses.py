"""Warehouses and their layouts over HTTP."""

import random
import string

import pytest

from stockwarden.bootstrap.warehouses import warehouse_service
from stockwarden.storage.clients import dynamodb
from stockwarden.storage.tables import write
from tests.support.capacity import measure
from tests.support.gateway import OTHER, multipart
from tests.support.reports import LAYOUT, create_warehouse, get, send

RULES = (
    b"Location Pattern,Location Type,Capacity,Notes\nRECV-{01..04},RECEIVING,10,\n*,FINAL,,rest\n"
)


def pointers(response):
    return response.status, [error["pointer"] for error in response.json["errors"]]


def test_a_created_warehouse_can_be_read_back():
    warehouse = create_warehouse(name=" North ", timezone="Europe/Madrid")
    assert warehouse["name"] == "North"
    assert warehouse["timezone"] == "Europe/Madrid"
    assert [row["location_pattern"] for row in warehouse["layout"]] == [
        row["location_pattern"] for row in LAYOUT
    ]
    assert (warehouse["version"], warehouse["layout_version"], warehouse["layout_rows"]) == (
        1,
        1,
        2,
    )
    response = get(f"/warehouses/{warehouse['id']}")
    assert response.json == warehouse
    assert "location" not in response.headers
    assert response.version == 1


def test_only_a_name_is_needed():
    answer = send("POST", "/warehouses", json={"name": "North"})
    warehouse = answer.json
    assert answer.headers["location"] == f"/api/v1/warehouses/{warehouse['id']}"
    assert warehouse["timezone"] == "UTC"
    assert warehouse["layout"] == []


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/name"),
        ({"name": " "}, "/name"),
        ({"name": "x" * 101}, "/name"),
        ({"name": "N", "timezone": "Mars/Base"}, "/timezone"),
        ({"name": "N", "timezone": "../etc/passwd"}, "/timezone"),
        ({"name": "N", "timezone": "Europe"}, "/timezone"),
        ({"name": "N", "layout": [{"location_pattern": "A*"}]}, "/layout/0/location_type"),
        (
            {"name": "N", "layout": [{"location_pattern": "A*", "location_type": "ATTIC"}]},
            "/layout/0/location_type",
        ),
        (
            {"name": "N", "layout": [LAYOUT[0], {**LAYOUT[0], "location_pattern": "A-{01"}]},
            "/layout/1/location_pattern",
        ),
        ({"name": "N", "layout": [{**LAYOUT[0], "capacity": -1}]}, "/layout/0/capacity"),
        ({"name": "N", "layout": [{**LAYOUT[0], "capacity": 10**400}]}, "/layout/0/capacity"),
        ({"name": "N", "layout": [{**LAYOUT[0], "colour": "red"}]}, "/layout/0/colour"),
        ({"name": "N", "owner": "me"}, "/owner"),
    ],
)
def test_a_wrong_field_is_named(body, pointer):
    assert pointers(send("POST", "/warehouses", json=body)) == (422, [pointer])


def test_too_many_rows_are_refused():
    rows = [{"location_pattern": f"A{n}", "location_type": "DOCK"} for n in range(5001)]
    assert pointers(send("POST", "/warehouses", json={"name": "N", "layout": rows})) == (
        422,
        ["/layout"],
    )


COSTLY = "{000000000001..999999999998}" * 3


def test_rows_that_cost_too_much_are_refused_with_the_row():
    rows = [{"location_pattern": COSTLY, "location_type": "DOCK"}] * 400
    answer = send("POST", "/warehouses", json={"name": "N", "layout": rows})
    assert pointers(answer) == (422, ["/layout/301/location_pattern"])
    assert "250,000 states" in answer.json["detail"]


def test_rows_of_a_file_that_cost_too_much_are_refused_with_the_row():
    rules = "location_pattern,location_type\n" + f"{COSTLY},DOCK\n" * 400
    path = f"/warehouses/{create_warehouse()['id']}/layout"
    body, headers = multipart({"rules_file": ("rules.csv", rules.encode(), "text/csv")})
    answer = send("PUT", path, body=body, headers=headers)
    assert answer.status == 422, answer.body
    (error,) = answer.json["errors"]
    assert error["detail"].startswith("Row 303 (")
    assert len(get(path.removesuffix("/layout")).json["layout"]) == len(LAYOUT)


def test_a_layout_that_does_not_fit_into_an_item_is_refused_whole():
    noise = random.Random(7)  # noqa: S311 - the same rows each time
    rows = [
        {
            "location_pattern": f"A{n}",
            "location_type": "DOCK",
            "notes": "".join(noise.choices(string.ascii_letters, k=300)),
        }
        for n in range(1700)
    ]
    response = send("POST", "/warehouses", json={"name": "N", "layout": rows})
    assert response.status == 413
    assert "patterns" in response.json["detail"]
    assert get("/warehouses").json["warehouses"] == []


def test_lists_are_newest_first_and_without_layouts():
    for number in range(5):
        create_warehouse(name=f"{number}")
    create_warehouse(name="foreign", caller=OTHER)
    first = get("/warehouses", query={"limit": 3}).json
    second = get("/warehouses", query={"limit": 3, "cursor": first["next_cursor"]}).json
    names = [entry["name"] for page in (first, second) for entry in page["warehouses"]]
    assert names == ["4", "3", "2", "1", "0"]
    assert second["next_cursor"] is None
    assert "layout" not in first["warehouses"][0]


def test_a_list_reads_no_layouts():
    noise = random.Random(7)  # noqa: S311 - the same rows each time
    rows = [
        {**LAYOUT[0], "notes": "".join(noise.choices(string.ascii_letters, k=300))}
        for _ in range(400)
    ]
    create_warehouse(layout=rows)  # 100 kB of noise: more than the page may cost
    for _ in range(19):
        create_warehouse(layout=[])
    with measure(dynamodb()) as units:
        get("/warehouses", query={"limit": 20})
    assert units.reads <= 4


def test_changes_keep_other_fields_and_raise_the_version():
    warehouse = create_warehouse()
    path = f"/warehouses/{warehouse['id']}"
    renamed = send("PATCH", path, json={"name": "South"}, headers={"If-Match": '"1"'})
    assert renamed.status == 200
    assert renamed.version == 2
    assert renamed.json | {"name": "North"} == warehouse | {
        "version": 2,
        "updated_at": renamed.json["updated_at"],
    }
    relaid = send("PATCH", path, json={"layout": LAYOUT[:1]}).json
    assert (relaid["version"], relaid["layout_version"], relaid["layout_rows"]) == (3, 2, 1)
    assert get(path).json == relaid


@pytest.mark.parametrize("body", [{}, {"name": None}, {"name": "North", "timezone": "UTC"}])
def test_an_empty_change_keeps_the_version(body):
    warehouse = create_warehouse(name="North")
    path = f"/warehouses/{warehouse['id']}"
    answer = send("PATCH", path, json=body)
    assert (answer.status, answer.json) == (200, warehouse)
    assert send("PATCH", path, json=body, headers={"If-Match": '"2"'}).status == 412
    assert get(path).json == warehouse


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PATCH", "", {"name": "South"}),
        ("PUT", "/layout", LAYOUT[:1]),
        ("DELETE", "", None),
    ],
)
def test_a_stale_version_changes_nothing(method, path, body):
    warehouse = create_warehouse()
    send("PATCH", f"/warehouses/{warehouse['id']}", json={"name": "South"})
    stale = send(
        method, f"/warehouses/{warehouse['id']}{path}", json=body, headers={"If-Match": '"1"'}
    )
    assert stale.status == 412
    assert get(f"/warehouses/{warehouse['id']}").json["version"] == 2


def test_concurrent_changes_conflict(monkeypatch):
    warehouse = create_warehouse()
    repository = warehouse_service().repository
    find = repository.find

    def find_and_be_overtaken(warehouse_id):
        meta = find(warehouse_id)
        repository.change(meta, {"name": "faster"}, None)
        return meta

    monkeypatch.setattr(repository, "find", find_and_be_overtaken)
    answer = send("PUT", f"/warehouses/{warehouse['id']}/layout", json=LAYOUT[:1])
    assert answer.status == 412
    monkeypatch.undo()
    now = get(f"/warehouses/{warehouse['id']}").json
    assert (now["name"], now["layout_version"]) == ("faster", 1)


@pytest.mark.parametrize("body", [LAYOUT[:1], {"layout": LAYOUT[:1]}])
def test_a_layout_is_replaced_by_rows(body):
    warehouse = create_warehouse()
    answer = send("PUT", f"/warehouses/{warehouse['id']}/layout", json=body)
    assert answer.status == 200
    assert answer.json["layout_rows"] == 1
    assert get(f"/warehouses/{warehouse['id']}").json == answer.json


def test_a_layout_is_replaced_by_a_csv_body():
    path = f"/warehouses/{create_warehouse()['id']}/layout"
    for body in (RULES, RULES.decode()):
        answer = send("PUT", path, body=body, headers={"Content-Type": "text/csv; charset=utf-8"})
        assert answer.status == 200, answer.body
        assert [row["location_type"] for row in answer.json["layout"]] == ["RECEIVING", "STORAGE"]
        assert answer.json["layout"][0]["capacity"] == 10


def test_a_layout_is_replaced_by_a_file_of_a_form():
    path = f"/warehouses/{create_warehouse()['id']}/layout"
    body, headers = multipart({"rules_file": ("rules.csv", RULES, "text/csv")})
    answer = send("PUT", path, body=body, headers=headers)
    assert answer.status == 200, answer.body
    assert answer.json["layout_rows"] == 2


INVENTORY = b"Pallet ID,Location,Quantity\nP1,A1,3\nP2,A2,4\n"


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"[", "application/json", 400),
        (b"{}", "application/json", 422),
        (b'[{"location_pattern": "A*"}]', "application/json", 422),
        (b"[" + b" " * 2_200_000 + b"]", "application/json", 413),
        (b"x", "application/xml", 415),
        (b"x", "", 415),
        (b"%PDF-1.7 x", "application/vnd.ms-excel", 422),
        (b"", "text/csv", 422),
        (INVENTORY, "text/csv", 422),
        (b"x" * 4_500_000, "text/csv", 413),
    ],
)
def test_a_wrong_layout_changes_nothing(body, kind, status):
    warehouse = create_warehouse()
    headers = {"Content-Type": kind} if kind else {}
    answer = send("PUT", f"/warehouses/{warehouse['id']}/layout", body=body, headers=headers)
    assert answer.status == status, answer.body
    assert get(f"/warehouses/{warehouse['id']}").json == warehouse


def test_an_error_points_to_the_invalid_row():
    path = f"/warehouses/{create_warehouse()['id']}/layout"
    for capacity in ("many", 10**400, -(10**400)):
        row = {**LAYOUT[1], "capacity": capacity}
        assert pointers(send("PUT", path, json=[row])) == (422, ["/0/capacity"])
    rows = [LAYOUT[0], {**LAYOUT[1], "capacity": "many"}]
    assert pointers(send("PUT", path, json=rows)) == (422, ["/1/capacity"])
    assert pointers(send("PUT", path, json={"layout": rows})) == (422, ["/layout/1/capacity"])


def test_layouts_outlive_their_warehouse():
    warehouse = create_warehouse()
    assert send("DELETE", f"/warehouses/{warehouse['id']}").status == 204
    assert get(f"/warehouses/{warehouse['id']}").status == 404
    repository = warehouse_service().repository
    assert len(repository.load_layout(warehouse["id"], 1).rows) == 2


def test_a_version_of_a_layout_is_never_written_twice():
    warehouse = create_warehouse()
    repository = warehouse_service().repository
    meta = repository.find(warehouse["id"])
    write(repository.table.put({**meta, "layout_version": 0}))
    answer = send("PUT", f"/warehouses/{warehouse['id']}/layout", json=LAYOUT[:1])
    assert answer.status == 412
    assert len(repository.load_layout(warehouse["id"], 1).rows) == 2
