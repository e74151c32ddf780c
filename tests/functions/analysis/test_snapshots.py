"""Snapshots of one warehouse after each other, through the API and the queue."""

import pytest

from anomalies import app as anomalies
from stockwarden import bootstrap
from stockwarden.storage.cursors import encode_cursor
from tests.functions.analysis.test_crashes import Killed, all_points, killed_at
from tests.support.gateway import OTHER as OTHER_USER
from tests.support.gateway import USER, call
from tests.support.reports import arrive, create, create_warehouse, deliver, queued, send, state

HEADER = "Pallet ID,Location,Received At,Receipt Number,Description\n"
LAYOUT = [
    {"location_pattern": "RECV-{01..04}", "location_type": "RECEIVING", "capacity": 10},
    {"location_pattern": "{001..009}{A..D}", "location_type": "STORAGE", "capacity": 1},
]
STUCK = "P-1,RECV-01,2025-01-05T08:00:00,R-1,Apples\n"
OTHER = "P-2,RECV-02,2025-01-05T08:00:00,R-2,Pears\n"
FRESH = "P-9,RECV-03,2025-01-{day:02}T07:00:00,R-9,Plums\n"
STORED = "P-5,001A,2025-01-04T08:00:00,R-5,Figs\nP-6,001A,2025-01-04T08:00:00,R-6,Figs\n"


@pytest.fixture
def warehouse():
    return create_warehouse(layout=LAYOUT)["id"]


def announce(warehouse, day, *rows):
    """A snapshot of that day of January, at 8; answers its id and the message of its arrival."""
    made = create(warehouse_id=warehouse, as_of=f"2025-01-{day:02}T08:00:00Z")
    body = HEADER + "".join(rows) + FRESH.format(day=day)
    return made["report_id"], arrive(made, "inventory", body.encode())


def snapshot(warehouse, day, *rows):
    report_id, message = announce(warehouse, day, *rows)
    assert deliver(message) == []
    return report_id


def ask(path, **query):
    response = call(anomalies.handler, "GET", path, caller=USER, query=query)
    assert response.status == 200, response.body
    return response.json


def found(report_id, rule="stagnant-pallet"):
    """By pallet."""
    page = ask("/anomalies", report_id=report_id, limit=100)["anomalies"]
    return {one["pallet_id"]: one for one in page if one["rule"] == rule}


def listed():
    """The reports in the list across reports."""
    reports, cursor = set(), None
    while True:
        page = ask("/anomalies", limit=100, **({"cursor": cursor} if cursor else {}))
        reports |= {one["report_id"] for one in page["anomalies"]}
        cursor = page["next_cursor"]
        if cursor is None:
            return reports


def resolve(anomaly, status="Resolved"):
    body = {"status": status, "comment": "seen to"}
    path = f"/anomalies/{anomaly['id']}/status"
    assert call(anomalies.handler, "POST", path, caller=USER, json=body).status == 200


def test_new_persisting_vanished_and_back(warehouse):
    monday = snapshot(warehouse, 6, STUCK, OTHER)
    first = found(monday)
    assert {one["recurrence"] for one in first.values()} == {"new"}
    resolve(first["P-1"], "In Progress")

    tuesday = snapshot(warehouse, 7, STUCK)
    (persisting,) = found(tuesday).values()
    assert persisting["recurrence"] == "persisting"
    assert persisting["since"] == "2025-01-06T08:00:00.000Z"
    assert (persisting["status"], persisting["version"]) == ("In Progress", 2)
    detail = ask(f"/anomalies/{persisting['id']}")
    assert [entry["by"] for entry in detail["history"]] == ["alice"]
    vanished = found(monday)["P-2"]
    assert vanished["status"] == "Resolved"
    (entry,) = ask(f"/anomalies/{vanished['id']}")["history"]
    assert (entry["by"], entry["comment"]) == (
        "system", "No longer in the snapshot of 2025-01-07T08:00:00.000Z.",
    )  # fmt: skip
    assert state(monday)["counts"]["by_status"]["Resolved"] == 1
    assert state(tuesday)["comparison"] == {
        "previous": monday, "is_newest": True, "new": 0, "persisting": 1, "reappeared": 0,
        "vanished": 1, "not_covered": 0,
    }  # fmt: skip

    wednesday = snapshot(warehouse, 8, STUCK, OTHER)
    back = found(wednesday)["P-2"]
    assert (back["recurrence"], back["status"]) == ("reappeared", "New")
    history = ask(f"/anomalies/{back['id']}")["history"]
    assert [entry["new_status"] for entry in history] == ["Resolved", "New"]
    resolve(back, "Acknowledged")
    history = ask(f"/anomalies/{back['id']}")["history"]
    assert [entry["version"] for entry in history] == [2, 3, 4]


def test_only_the_newest_snapshot_is_in_the_list_across_reports(warehouse):
    monday = snapshot(warehouse, 6, STUCK, OTHER)
    tuesday = snapshot(warehouse, 7, STUCK)
    late = snapshot(warehouse, 5, OTHER)
    own = {monday, tuesday, late}
    assert listed() & own == {tuesday}
    before = found(tuesday)
    assert before["P-1"]["status"] == "New"
    assert state(late)["comparison"]["is_newest"] is False
    assert send("DELETE", f"/reports/{tuesday}").status == 204
    assert deliver(*queued()) == []
    assert listed() & own == {monday}


def test_a_part_of_the_warehouse_resolves_nothing_of_the_rest(warehouse):
    monday = snapshot(warehouse, 6, STUCK, STORED)
    (full,) = [
        one
        for one in ask("/anomalies", report_id=monday, limit=100)["anomalies"]
        if one["rule"] == "overcapacity"
    ]
    tuesday = snapshot(warehouse, 7, OTHER)
    assert found(monday)["P-1"]["status"] == "Resolved"
    assert ask(f"/anomalies/{full['id']}")["status"] == "New"
    assert state(tuesday)["comparison"]["not_covered"] == 1
    wednesday = snapshot(warehouse, 8, STORED, OTHER)
    again = ask("/anomalies", report_id=wednesday, rule="overcapacity")["anomalies"]
    assert [(one["recurrence"], one["since"][:10]) for one in again] == [
        ("persisting", "2025-01-06")
    ]
    snapshot(warehouse, 9, "P-5,001A,2025-01-04T08:00:00,R-5,Figs\n")
    assert ask(f"/anomalies/{again[0]['id']}")["status"] == "Resolved"


def test_an_analysis_again_is_no_new_snapshot(warehouse):
    monday = snapshot(warehouse, 6, STUCK, OTHER)
    tuesday = snapshot(warehouse, 7, STUCK)
    before = found(tuesday)
    assert send("POST", f"/reports/{tuesday}/reanalysis", json={}).status == 202
    assert deliver(*queued()) == []
    assert found(tuesday) == before
    assert state(tuesday)["comparison"]["persisting"] == 1
    assert listed() & {monday, tuesday} == {tuesday}


def test_killed_at_any_write_the_comparison_is_completed(clock):
    def monday():
        warehouse = create_warehouse(layout=LAYOUT)["id"]
        return warehouse, snapshot(warehouse, 6, STUCK, OTHER)

    warehouse, old = monday()
    _, message = announce(warehouse, 7, STUCK)
    points = all_points(lambda: deliver(message))
    for point in points[3:]:
        warehouse, old = monday()
        new, message = announce(warehouse, 7, STUCK)
        with killed_at(point), pytest.raises(Killed):
            deliver(message)
        clock(hours=1)
        assert deliver(message) == []
        assert {pallet: one["status"] for pallet, one in found(old).items()} == {
            "P-1": "New", "P-2": "Resolved",
        }  # fmt: skip
        (kept,) = found(new).values()
        assert (kept["pallet_id"], kept["recurrence"]) == ("P-1", "persisting")
        assert listed() & {old, new} == {new}
        table = bootstrap.reports_table()
        head = table.get({"pk": f"WAREHOUSE#{warehouse}", "sk": "SNAPSHOTS"})
        assert head["version"] == 2


def test_two_reports_side_by_side_both_ways(warehouse):
    monday = snapshot(warehouse, 6, STUCK, OTHER)
    tuesday = snapshot(warehouse, 7, STUCK)
    path = f"/reports/{tuesday}/diff"
    forth = send("GET", path, query={"against": monday}).json
    assert forth["counts"] == {"new": 0, "persisting": 1, "resolved": 1}
    assert [one["pallet_id"] for one in forth["persisting"]] == ["P-1"]
    assert [one["report_id"] for one in forth["resolved"]] == [monday]
    back = send("GET", f"/reports/{monday}/diff", query={"against": tuesday}).json
    assert back["counts"] == {"new": 1, "persisting": 1, "resolved": 0}
    pages, query = [], {"against": monday, "limit": 1}
    while query.get("cursor", "") is not None:
        page = send("GET", path, query=query).json
        pages.append([(name, len(page[name])) for name in ("new", "resolved", "persisting")])
        query["cursor"] = page["next_cursor"]
    assert pages == [
        [("new", 0), ("resolved", 1), ("persisting", 0)],
        [("new", 0), ("resolved", 0), ("persisting", 1)],
    ]
    for part in ("new", "resolved", "persisting"):
        only = send("GET", path, query={"against": monday, "part": part, "limit": 1}).json
        assert only["counts"] == forth["counts"]
        assert {name: only[name] for name in ("new", "resolved", "persisting")} == {
            name: forth[name] if name == part else [] for name in ("new", "resolved", "persisting")
        }
        assert only["next_cursor"] is None
    assert send("GET", path, query={"against": monday, "part": "gone"}).status == 422


def test_only_reports_of_one_warehouse_compare(warehouse):
    monday = snapshot(warehouse, 6, STUCK)
    path, elsewhere = f"/reports/{monday}/diff", create()["report_id"]
    for against in (elsewhere, monday):
        answer = send("GET", path, query={"against": against})
        assert answer.status == 422
        assert answer.json["errors"][0]["pointer"] == "/against"
    assert send("GET", path, query={"against": "rep_0"}).status == 404
    assert send("GET", path, query={"against": monday}, caller=OTHER_USER).status == 404
    assert send("GET", path).status == 422
    waiting = create(warehouse_id=warehouse)["report_id"]
    assert send("GET", path, query={"against": waiting}).status == 409


def test_the_life_of_a_pallet(warehouse):
    monday = snapshot(warehouse, 6, STUCK, OTHER)
    tuesday = snapshot(warehouse, 7, STUCK.replace("RECV-01", "001A"))
    wednesday = snapshot(warehouse, 8, OTHER)
    path = "/pallets/p-1"
    life = send("GET", path, query={"warehouse_id": warehouse}).json
    seen = [
        (stay["report_id"], stay["present"], stay["moved"], [p["location"] for p in stay["places"]])
        for stay in life["snapshots"]
    ]
    assert seen == [
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


def places(report_id, limit=1000):
    """All pages of a report's locations, and their total."""
    found, cursor = [], None
    while True:
        query = {"limit": limit, **({"cursor": cursor} if cursor else {})}
        answer = send("GET", f"/reports/{report_id}/locations", query=query)
        assert answer.status == 200, answer.body
        found += answer.json["locations"]
        cursor = answer.json["next_cursor"]
        if cursor is None:
            return found, answer.json["total"]


@pytest.mark.parametrize("limit", [1, 2, 1000])
def test_what_each_location_holds(warehouse, limit):
    nowhere = "P-7,,2025-01-05T08:00:00,R-7,Kiwis\n"
    report = snapshot(warehouse, 6, STUCK, STORED, nowhere)
    found, total = places(report, limit)
    empty = {"type": None, "zone": None, "capacity": None, "pallets": 0, "anomalies": 0}
    assert found == [
        {**empty, "name": "(no location)", "anomalies": 1, "priority": "Very High"},
        {**empty, "name": "001A", "type": "STORAGE", "capacity": 1, "pallets": 2,
         "anomalies": 1, "priority": "Very High"},
        {**empty, "name": "RECV-01", "type": "RECEIVING", "capacity": 10, "pallets": 1,
         "anomalies": 1, "priority": "High"},
        {**empty, "name": "RECV-03", "type": "RECEIVING", "capacity": 10, "pallets": 1,
         "priority": None},
    ]  # fmt: skip
    assert total == 4


def test_locations_refuse_what_is_not_a_page(warehouse):
    report = snapshot(warehouse, 6, STUCK, STORED)
    path = f"/reports/{report}/locations"
    for limit in (0, 1001):
        assert send("GET", path, query={"limit": limit}).status == 422
    scope = f"places|{report}#{bootstrap.reports().repository.find(report).summary['generation']}"
    for parts in (["3", "2"], ["-1", "2"], ["x", "2"], ["1"]):
        forged = encode_cursor(scope, parts)
        assert send("GET", path, query={"cursor": forged}).status == 400
    beyond = encode_cursor(scope, ["999999", "2"])
    assert send("GET", path, query={"cursor": beyond}).json["locations"] == []
    announced, _ = announce(warehouse, 9, STUCK)
    assert send("GET", f"/reports/{announced}/locations").status == 409


def test_how_full_and_how_it_goes(warehouse):
    snapshot(warehouse, 6, STUCK, OTHER, STORED)
    tuesday = snapshot(warehouse, 7, STUCK)
    found = send("GET", f"/warehouses/{warehouse}/utilization").json
    assert found["now"]["report_id"] == tuesday
    assert found["now"]["areas"][0] == {
        "type": "RECEIVING", "zone": None, "pallets": 2, "locations": 2, "empty": 2,
        "capacity": 40, "fill": 0.05,
    }  # fmt: skip
    storage = {
        area["pallets"]: (area["locations"], area["empty"], area["capacity"], area["fill"])
        for snapshot in found["snapshots"]
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
