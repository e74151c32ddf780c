"""Insights over snapshots: a pallet's life, locations, utilization and trends."""

from urllib.parse import quote

import pytest

from stockwarden.bootstrap.reports import report_service
from stockwarden.storage.cursors import encode_cursor
from tests.functions.analysis.snapshots import (
    LAYOUT,
    OTHER,
    STORED,
    STUCK,
    announce,
    ask,
    snapshot,
)
from tests.support.gateway import OTHER as OTHER_USER
from tests.support.reports import arrive, create, create_warehouse, deliver, send


@pytest.fixture
def warehouse():
    return create_warehouse(layout=LAYOUT)["id"]


def test_pallet_life_over_snapshots(warehouse):
    monday = snapshot(warehouse, 6, STUCK, OTHER)
    tuesday = snapshot(warehouse, 7, STUCK.replace("RECV-01", "001A"))
    wednesday = snapshot(warehouse, 8, OTHER)
    path = "/pallets/p-1"
    life = send("GET", path, query={"warehouse_id": warehouse}).json
    days = [
        (stay["report_id"], stay["present"], stay["moved"], [p["location"] for p in stay["places"]])
        for stay in life["snapshots"]
    ]
    assert days == [
        (wednesday, False, None, []),
        (tuesday, True, True, ["001A"]),
        (monday, True, None, ["RECV-01"]),
    ]
    assert life["snapshots"][2]["age_hours"] == 24
    (anomaly,) = life["snapshots"][2]["anomalies"]
    assert (anomaly["rule"], anomaly["status"]) == ("stagnant-pallet", "Resolved")
    pages, query = [], {"warehouse_id": warehouse, "limit": 1}
    while query.get("cursor", "") is not None:
        page = send("GET", path, query=query).json
        pages += page["snapshots"]
        query["cursor"] = page["next_cursor"]
    assert pages == life["snapshots"]
    foreign = send("GET", path, query={"warehouse_id": warehouse}, caller=OTHER_USER)
    assert foreign.status == 404
    unknown = send("GET", "/pallets/none", query={"warehouse_id": warehouse}).json
    assert {stay["present"] for stay in unknown["snapshots"]} == {False}


def test_the_life_of_a_stock_line(warehouse):
    body = b"SKU,Location,Lot,Quantity,Expiry Date\nOIL 0.5/L,001A,L7,4,2024-12-01\n"
    report = create(warehouse_id=warehouse, as_of="2025-01-06T08:00:00Z")
    assert deliver(arrive(report, "inventory", body)) == []
    path = "/pallets/" + quote("oil 0.5/l | L7 | 001A", safe="")
    life = send("GET", path, query={"warehouse_id": warehouse}).json
    (stay,) = life["snapshots"]
    assert [place["location"] for place in stay["places"]] == ["001A"]
    assert {anomaly["rule"] for anomaly in stay["anomalies"]} == {"expired"}


def list_locations(report_id, limit=1000):
    """(all locations of a report, page by page; their total)."""
    locations, cursor = [], None
    while True:
        query = {"limit": limit, **({"cursor": cursor} if cursor else {})}
        answer = send("GET", f"/reports/{report_id}/locations", query=query)
        assert answer.status == 200, answer.body
        locations += answer.json["locations"]
        cursor = answer.json["next_cursor"]
        if cursor is None:
            return locations, answer.json["total"]


@pytest.mark.parametrize("limit", [1, 2, 1000])
def test_locations_have_occupancy_and_anomalies(warehouse, limit):
    nowhere = "P-7,,2025-01-05T08:00:00,R-7,Kiwis\n"
    report = snapshot(warehouse, 6, STUCK, STORED, nowhere)
    locations, total = list_locations(report, limit)
    empty = {"type": None, "zone": None, "capacity": None, "pallets": 0, "anomalies": 0}
    assert locations == [
        {**empty, "name": "(no location)", "pallets": 1, "anomalies": 1,
         "priority": "Very High"},
        {**empty, "name": "001A", "type": "STORAGE", "capacity": 1, "pallets": 2,
         "anomalies": 1, "priority": "Very High"},
        {**empty, "name": "RECV-01", "type": "RECEIVING", "capacity": 10, "pallets": 1,
         "anomalies": 1, "priority": "High"},
        {**empty, "name": "RECV-03", "type": "RECEIVING", "capacity": 10, "pallets": 1,
         "priority": None},
    ]  # fmt: skip
    assert total == 4


def test_pallets_without_a_location_are_counted_once_each(warehouse):
    twice = "P-7,,2025-01-05T08:00:00,R-7,Kiwis\n"
    other = "P-8,N/A,2025-01-05T08:00:00,R-7,Kiwis\n"
    report = snapshot(warehouse, 6, STORED, twice, twice, other)
    locations, _ = list_locations(report)
    assert (locations[0]["name"], locations[0]["pallets"]) == ("(no location)", 2)
    for location in locations:
        page = ask("/anomalies", report_id=report, location=location["name"], limit=100)
        assert location["anomalies"] == len(page["anomalies"])


def test_locations_outside_the_layout_are_counted(warehouse):
    unknown = "".join(f"P-9{n},ZZ-{n % 3},2025-01-05T08:00:00,R-7,Kiwis\n" for n in range(5))
    snapshot(warehouse, 6, STUCK, STORED, unknown, "P-7,,2025-01-05T08:00:00,R-7,Kiwis\n")
    now = send("GET", f"/warehouses/{warehouse}/utilization").json["now"]
    assert now["outside_layout"] == 3
    in_use = sum(area["locations"] for area in now["areas"])
    # The layout spells out 4 and 36.
    assert in_use - now["outside_layout"] + sum(area["empty"] for area in now["areas"]) == 40


def test_without_a_layout_nothing_is_outside_it():
    bare = create_warehouse(name="Bare", layout=[])["id"]
    snapshot(bare, 6, STUCK, STORED)
    now = send("GET", f"/warehouses/{bare}/utilization").json["now"]
    assert now["outside_layout"] is None


def test_invalid_location_cursor_is_refused(warehouse):
    report = snapshot(warehouse, 6, STUCK, STORED)
    path = f"/reports/{report}/locations"
    for limit in (0, 1001):
        assert send("GET", path, query={"limit": limit}).status == 422
    scope = f"places|{report}#{report_service().repository.find(report).summary['generation']}"
    for parts in (["3", "2"], ["-1", "2"], ["x", "2"], ["1"]):
        forged = encode_cursor(scope, parts)
        assert send("GET", path, query={"cursor": forged}).status == 400
    beyond = encode_cursor(scope, ["999999", "2"])
    assert send("GET", path, query={"cursor": beyond}).json["locations"] == []
    announced, _ = announce(warehouse, 9, STUCK)
    assert send("GET", f"/reports/{announced}/locations").status == 409


def test_utilization_and_trends(warehouse):
    snapshot(warehouse, 6, STUCK, OTHER, STORED)
    tuesday = snapshot(warehouse, 7, STUCK)
    utilization = send("GET", f"/warehouses/{warehouse}/utilization").json
    assert utilization["now"]["report_id"] == tuesday
    assert utilization["now"]["areas"][0] == {
        "type": "RECEIVING", "zone": None, "pallets": 2, "locations": 2, "empty": 2,
        "capacity": 40, "fill": 0.05,
    }  # fmt: skip
    storage = {
        area["pallets"]: (area["locations"], area["empty"], area["capacity"], area["fill"])
        for snapshot in utilization["snapshots"]
        for area in snapshot["areas"]
        if area["type"] == "STORAGE"
    }
    assert storage == {0: (0, 36, 36, 0.0), 2: (1, 35, 36, 0.056)}

    trends = send("GET", f"/warehouses/{warehouse}/trends").json
    newest, older = trends["snapshots"]
    assert newest["comparison"]["vanished"] == 1
    assert newest["time_to_resolution"] == {"count": 1, "mean_hours": 24, "median_hours": 24}
    assert older["by_status"]["Resolved"] == 1
    assert older["by_rule"]["stagnant-pallet"] == 2
    assert trends["hot_spots"][0]["location"] == "RECV-01"
    for limit in (0, 21):
        answer = send("GET", f"/warehouses/{warehouse}/trends", query={"limit": limit})
        assert answer.status == 422
