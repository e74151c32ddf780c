"""An item knows its pallets and anomalies, a pallet and an anomaly know their item."""

import json
from dataclasses import replace

import pytest

from stockwarden.bootstrap import stores
from stockwarden.bootstrap.repositories import user_repository
from stockwarden.identity.access import MAIN_WAREHOUSE, Role
from stockwarden.storage import clients
from tests.functions.analysis.results import anomalies
from tests.support.capacity import measure
from tests.support.catalog import MANAGER, make_items
from tests.support.gateway import OTHER, USER
from tests.support.reports import arrive, create, create_warehouse, deliver, send, share, state

VIEWER = replace(USER, role=Role.VIEWER)
STRANGER = replace(OTHER, role=Role.MANAGER)
HEADER = "Pallet ID,Location,Creation Date,SKU,Quantity,UOM\n"
MONDAY = HEADER + (
    "P1,RECV-01,2025-01-05 08:00,TEA,4,KG\n"
    "P2,002A,2025-01-05 08:00,tea,6,EA\n"
    "P2,002A,2025-01-05 08:00,MILK,1,EA\n"
    "P3,001A,2025-01-05 08:00,UNKNOWN,2,EA\n"
)


def snapshot(warehouse_id, content, day=6):
    report = create(warehouse_id=warehouse_id, as_of=f"2025-01-{day:02}T08:00:00Z")
    assert deliver(arrive(report, "inventory", content.encode())) == []
    found = state(report["report_id"])
    assert found["status"] == "ready", found["reason"]
    return found["id"]


@pytest.fixture
def tea():
    return make_items([{"sku": "TEA"}, {"sku": "MILK"}])["TEA"]


def pallets(item_id, caller=VIEWER, **query):
    return send("GET", f"/items/{item_id}/pallets", query=query, caller=caller)


def test_an_item_stands_on_its_pallets_with_their_anomalies(tea):
    hall = create_warehouse()["id"]
    report_id = snapshot(hall, MONDAY)
    (found,) = pallets(tea).json["warehouses"]
    assert (found["warehouse_id"], found["report_id"]) == (hall, report_id)
    assert (found["rows"], found["pallets"], found["locations"]) == (2, 2, 2)
    assert found["quantities"] == [
        {"quantity": 6.0, "unit": "EA"},
        {"quantity": 4.0, "unit": "KG"},
    ]
    assert found["stays"] == [
        {
            "id": "P2",
            "type": "pallet",
            "location": "002A",
            "quantities": [{"quantity": 6.0, "unit": "EA"}],
        },
        {
            "id": "P1",
            "type": "pallet",
            "location": "RECV-01",
            "quantities": [{"quantity": 4.0, "unit": "KG"}],
        },
    ]
    told = {(one["rule"], one["subject"]["id"]) for one in found["anomalies"]}
    assert told == {("unit-mismatch", "TEA"), ("stagnant-pallet", "P1")}
    assert found["anomaly_count"] == 2


def test_an_anomaly_shows_the_status_that_it_has_by_now(tea):
    hall = create_warehouse()["id"]
    snapshot(hall, MONDAY)
    (found,) = pallets(tea).json["warehouses"]
    chosen = found["anomalies"][0]["id"]
    body = {"status": "Acknowledged"}
    assert send("POST", f"/anomalies/{chosen}/status", json=body).status == 200
    (after,) = pallets(tea).json["warehouses"]
    assert {one["id"]: one["status"] for one in after["anomalies"]}[chosen] == "Acknowledged"


def test_the_newest_snapshot_of_each_warehouse_counts(tea):
    halls = [create_warehouse()["id"] for _ in range(3)]
    for hall in halls[:2]:
        snapshot(hall, MONDAY)
    moved = snapshot(halls[0], MONDAY.replace("002A", "003A"), day=7)
    snapshot(halls[1], HEADER + "P9,001A,2025-01-05 08:00,MILK,4,EA\n" * 2, day=7)
    (found,) = pallets(tea).json["warehouses"]
    assert found["report_id"] == moved
    assert [stay["location"] for stay in found["stays"]] == ["003A", "RECV-01"]
    assert pallets(tea, warehouse_id=halls[1]).json["warehouses"] == []
    assert len(pallets(tea, warehouse_id=halls[0]).json["warehouses"]) == 1
    seen, cursor = [], None
    while True:
        page = pallets(tea, limit=1, **({"cursor": cursor} if cursor else {})).json
        seen += page["warehouses"]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert seen == [found]


def test_stock_lines_of_an_item(tea):
    hall = create_warehouse()["id"]
    snapshot(hall, "Location,SKU,Lot,Quantity\n001A,TEA,L1,4\n002A,TEA,L1,5\n")
    (found,) = pallets(tea).json["warehouses"]
    assert [(stay["type"], stay["id"]) for stay in found["stays"]] == [
        ("stock_line", "TEA | L1 | 001A"),
        ("stock_line", "TEA | L1 | 002A"),
    ]
    assert found["quantities"] == [{"quantity": 9.0, "unit": None}]


def test_who_reads_the_catalog_and_sees_the_warehouse(tea):
    hall = create_warehouse()["id"]
    snapshot(hall, MONDAY)
    assert pallets(tea, caller=USER).status == 403  # a member of no role in the company
    assert pallets(tea, caller=STRANGER).json["warehouses"] == []
    assert pallets(tea, caller=STRANGER, warehouse_id=hall).status == 404
    assert pallets("item_0123456789abcdef0123456789").status == 404
    assert pallets(tea, warehouse_id=MAIN_WAREHOUSE).status == 404
    user_repository().add(OTHER.username, "no password")
    share(hall, OTHER.username, "viewer")
    assert len(pallets(tea, caller=STRANGER).json["warehouses"]) == 1


def test_a_pallet_and_an_anomaly_name_their_item_to_readers_of_the_catalog(tea):
    hall = create_warehouse()["id"]
    report_id = snapshot(hall, MONDAY)
    by_subject = {(one["rule"], one["subject"]["id"]): one for one in anomalies(report_id)}

    def items(caller, pallet):
        life = send("GET", f"/pallets/{pallet}", query={"warehouse_id": hall}, caller=caller)
        return [item["sku"] for item in life.json["snapshots"][0]["items"]]

    def item(caller, *subject):
        path = f"/anomalies/{by_subject[subject]['id']}"
        return send("GET", path, caller=caller).json["item"]

    assert sorted(items(MANAGER, "P2")) == ["MILK", "TEA"]
    assert items(MANAGER, "P3") == []
    assert items(USER, "P2") == []
    assert item(MANAGER, "stagnant-pallet", "P1") == {"id": tea, "sku": "TEA"}
    assert item(MANAGER, "unit-mismatch", "TEA") == {"id": tea, "sku": "TEA"}
    assert item(MANAGER, "unknown-product", "UNKNOWN") is None
    assert item(USER, "stagnant-pallet", "P1") is None


def test_a_snapshot_of_before_has_no_such_file(tea):
    hall = create_warehouse()["id"]
    snapshot(hall, MONDAY)
    store = stores.objects()
    listed = store.client.list_objects_v2(Bucket=store.bucket, Prefix="analyses/")["Contents"]
    of_items = [entry["Key"] for entry in listed if "/items." in entry["Key"]]
    assert len(of_items) == 2
    for key in of_items:
        store.client.delete_object(Bucket=store.bucket, Key=key)
    assert pallets(tea).json["warehouses"] == []
    assert send("GET", "/pallets/P1", query={"warehouse_id": hall}).status == 200


def test_a_page_is_bounded_whatever_the_file(tea):
    hall = create_warehouse()["id"]
    rows = [f"P{n},RECV-01,2025-01-05 08:00,TEA,4,EA" for n in range(300)]
    snapshot(hall, HEADER + "\n".join(rows))
    with measure(clients.dynamodb()) as units:
        answer = pallets(tea)
    (found,) = answer.json["warehouses"]
    assert (found["pallets"], len(found["stays"])) == (300, 50)
    assert (len(found["anomalies"]), found["anomaly_count"]) == (10, 300)
    assert len(json.dumps(found)) < 60_000
    assert units.reads <= 15
