"""What warehouse members may read and change, and the read units of their lists."""

import pytest

from stockwarden.bootstrap import stores
from stockwarden.identity.access import Caller, Role
from stockwarden.storage import clients
from stockwarden.storage.tables import write
from tests.engine.anomalies.anomaly_factory import findings, publish, store_warehouse
from tests.functions.anomalies.client import CHANGE_UNITS, RANKS, get, ids, patch, post
from tests.support.capacity import measure

VERA = Caller("vera", "usr_vera", Role.MEMBER, "s-vera")
OSCAR = Caller("oscar", "usr_oscar", Role.MEMBER, "s-oscar")
REPORT = "rep_" + "0123456789" * 2 + "abcde"


def day(number):
    return f"2026-01-{number + 1:02}T08:00:00.000Z"


def walk_as(caller, **query):
    anomalies, cursor = [], None
    while True:
        page = get("/anomalies", caller=caller, **query, **({"cursor": cursor} if cursor else {}))
        anomalies += page.json["anomalies"]
        cursor = page.json["next_cursor"]
        if cursor is None:
            return anomalies


def test_members_read_what_the_owner_reads(aws):
    store_warehouse(vera="viewer", oscar="operator")
    publish("rep_1", findings(30), warehouse_id="wh_1")
    publish("rep_own", findings(5))
    owner_list = walk_as(Caller("alice", "usr_alice", Role.MEMBER, "s"), warehouse_id="wh_1")
    assert len(owner_list) == 30
    for member in (VERA, OSCAR):
        assert walk_as(member, limit=7) == owner_list
        assert walk_as(member, warehouse_id="wh_1") == owner_list
        assert get("/anomalies", caller=member, report_id="rep_own").status == 404


def test_own_reports_come_first_within_a_priority(aws):
    store_warehouse("wh_1", vera="viewer")
    store_warehouse("wh_2", vera="manager")
    for number, warehouse in enumerate(["wh_1", "wh_2", "wh_1"]):
        report = f"rep_{number}"
        publish(report, findings(10), created_at=day(number), warehouse_id=warehouse)
    publish("rep_own", findings(10), username="vera", created_at=day(0))
    anomalies = walk_as(VERA, limit=9)
    assert len(set(ids(anomalies))) == 40
    order = ["rep_own", "rep_2", "rep_0", "rep_1"]
    keys = [
        (RANKS[anomaly["priority"]], order.index(anomaly["report_id"])) for anomaly in anomalies
    ]
    assert keys == sorted(keys)
    assert ids(walk_as(VERA, limit=9, order="least_urgent")) == ids(anomalies)[::-1]


def test_a_cursor_ends_with_the_membership(aws):
    store_warehouse(vera="viewer")
    publish("rep_1", findings(30), warehouse_id="wh_1")
    cursor = get("/anomalies", caller=VERA, limit=3).json["next_cursor"]
    key = {"pk": "WAREHOUSE#wh_1", "sk": "MEMBER#vera"}
    write(stores.reports_table().delete(key))
    assert get("/anomalies", caller=VERA, limit=3, cursor=cursor).status == 400
    assert get("/anomalies", caller=VERA).json["anomalies"] == []
    assert get("/anomalies", caller=VERA, warehouse_id="wh_1").status == 404


def test_viewer_cannot_change_anomalies_singly_or_in_bulk(aws):
    store_warehouse(vera="viewer", oscar="operator")
    publish("rep_1", findings(3), warehouse_id="wh_1")
    chosen = ids(walk_as(VERA))
    answer = post("/anomalies/status", ids=chosen, status="Resolved", caller=VERA).json
    assert answer["updated"] == 0
    assert {failure["reason"] for failure in answer["failed"]} == {
        "You are a viewer of this warehouse; this takes an operator."
    }
    assert (
        post("/anomalies/status", ids=chosen, status="Resolved", caller=OSCAR).json["updated"] == 3
    )
    history = get(f"/anomalies/{chosen[0]}", caller=VERA).json["history"]
    assert [entry["by"] for entry in history] == ["oscar"]


@pytest.fixture
def busy(aws):
    """Oscar has reports of his own, and is an operator in four warehouses of three reports each."""
    for number in range(4):
        store_warehouse(f"wh_{number}", oscar="operator")
        for report in range(3):
            name = f"{REPORT}{number}{report}"
            publish(
                name,
                findings(20),
                f"job_{name[4:]}.1",
                created_at=day(3 * number + report),
                warehouse_id=f"wh_{number}",
            )
    publish(REPORT, findings(100), f"job_{REPORT[4:]}.1", username="oscar", created_at=day(20))


@pytest.mark.parametrize(
    "query",
    [{}, {"status": "New"}, {"priority": "Low"}, {"assignee": "me"}, {"warehouse_id": "wh_2"},
     {"report_id": f"{REPORT}11"}],
    ids=str,
)  # fmt: skip
def test_a_page_of_fifty_costs_fifteen_units_at_most(busy, query):
    cursor, seen_ids = None, []
    while True:
        more = {"cursor": cursor} if cursor else {}
        with measure(clients.dynamodb()) as units:
            page = get("/anomalies", caller=OSCAR, limit=50, **query, **more).json
        assert units.reads <= 15, units.calls
        seen_ids += ids(page["anomalies"])
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert len(seen_ids) == len(set(seen_ids))
    if not query:
        assert len(seen_ids) == 4 * 3 * 20 + 100


def test_changes_by_members_stay_within_their_cost_limit(busy):
    report = f"{REPORT}11"
    (anomaly,) = get("/anomalies", caller=OSCAR, report_id=report, limit=1).json["anomalies"]
    path = f"/anomalies/{anomaly['id']}"
    for body in (
        {"status": "Resolved", "reason": "false_positive", "comment": "The label is old."},
        {"status": "Resolved", "reason": "real"},
        {"status": "Acknowledged"},
    ):
        with measure(clients.dynamodb()) as units:
            assert post(f"{path}/status", caller=OSCAR, **body).status == 200
        assert (units.reads <= 4, units.writes <= CHANGE_UNITS) == (True, True), units.calls
    with measure(clients.dynamodb()) as units:
        assert patch(path, caller=OSCAR, assignee="oscar", due_date="2026-02-01").status == 200
    assert units.writes <= CHANGE_UNITS, units.calls


def test_the_counts_stay_within_a_kilobyte(aws):
    """With 20 rules and all verdicts; every status change writes the counts item twice."""
    from stockwarden.detection.detectors import DETECTORS
    from stockwarden.storage.attributes import to_attributes
    from stockwarden.storage.keys.anomalies import counts as counts_key
    from tests.support.capacity import size

    rules = [detector.code for detector in DETECTORS][:20]
    cost = {"amount": 1_234_567.89, "currency": "EUR", "formula": "0", "inputs": {"pallets": 1}}
    priced = [{**document, "cost": cost} for document in findings(400, rules)]
    publish(REPORT + "x", priced, f"job_{'9' * 26}.1", warehouse_id="wh_" + "f" * 26)
    for rule in rules:
        anomalies = get("/anomalies", report_id=REPORT + "x", rule=rule, limit=8).json["anomalies"]
        for number, reason in enumerate(["real", "false_positive", "data_error", "accepted"] * 2):
            chosen = {"ids": [anomalies[number]["id"]], "status": "Resolved", "reason": reason}
            assert post("/anomalies/status", **chosen).json["updated"] == 1
    item = stores.anomalies_table().get(counts_key(REPORT + "x"))
    assert size(to_attributes(item)) <= 1024
