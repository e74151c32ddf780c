import pytest

from anomalies import app
from stockwarden.storage import clients
from tests.engine.anomalies.anomaly_factory import RULES, finding, findings, publish, register
from tests.functions.anomalies.client import RANKS, get, ids, walk
from tests.support.capacity import measure
from tests.support.gateway import ADMIN, OTHER, USER, call


def test_anomaly_has_the_fields_of_the_contract(aws):
    publish("rep_1", [finding(7)])
    page = get("/anomalies", report_id="rep_1").json
    assert page["next_cursor"] is None
    (anomaly,) = page["anomalies"]
    assert anomaly.pop("id").startswith("rep_1-")
    created = anomaly.pop("created_at")
    assert anomaly.pop("updated_at") == created and created.endswith("Z")
    assert anomaly == {
        "report_id": "rep_1",
        "rule": "stagnant-pallet",
        "title": "Stagnant pallet",
        "priority": "High",
        "status": "New",
        "reason": None,
        "assignee": None,
        "due_date": None,
        "subject": {"type": "pallet", "id": "PLT-000007"},
        "pallet_id": "PLT-000007",
        "location": "RECV-01",
        "message": "PLT-000007 has waited in RECV-01 for 12.5 h (limit 10 h).",
        "details": {"age_hours": 12.5, "max_hours": 10, "location_type": "RECEIVING"},
        "affected_pallets": 1,
        "evidence": [
            {"sheet": "Stock", "row": 9, "column": "Location", "raw": " recv-01",
             "parsed": "RECV-01"},
            {"sheet": "Stock", "row": 9, "column": "Pallet", "raw": "PLT-000007",
             "parsed": "PLT-000007"},
        ],
        "evidence_total": 2,
        "fingerprint": "stagnant-pallet|pallet|PLT-000007",
        "cost": None,
        "since": None,
        "recurrence": None,
        "lead": None,
        "companions": [],
        "version": 1,
    }  # fmt: skip


def test_every_anomaly_is_listed_once_most_urgent_first(aws):
    publish("rep_1", findings(53))
    pages, listed = walk(report_id="rep_1", limit=10)
    assert [len(page) for page in pages] == [10, 10, 10, 10, 10, 3]
    assert len(set(ids(listed))) == 53
    ranks = [RANKS[anomaly["priority"]] for anomaly in listed]
    assert ranks == sorted(ranks)


def test_last_page_has_no_cursor(aws):
    publish("rep_1", findings(20))
    assert len(walk(report_id="rep_1", limit=10)[0]) == 2


def test_list_over_many_reports_takes_several_calls(aws):
    for number in range(23):
        rule = "product-location" if number % 3 else "cold-chain"
        created = f"2026-01-{number + 1:02}T08:00:00.000Z"
        publish(f"rep_{number}", [finding(number, rule=rule)], created_at=created)
    pages, listed = walk(limit=50)
    assert len(pages) == 3
    assert [anomaly["priority"] for anomaly in listed] == ["Very High"] * 8 + ["Low"] * 15
    assert [anomaly["report_id"] for anomaly in listed[:3]] == ["rep_21", "rep_18", "rep_15"]


@pytest.mark.parametrize(
    ("query", "expected_count"),
    [({}, 112), ({"status": "Resolved"}, 0), ({"location": "nowhere"}, 0)],
)
def test_cost_of_a_page_is_independent_of_the_number_of_reports(aws, query, expected_count):
    for number in range(14):
        rules = list(RULES)[number % 3 :]
        report_id = f"rep_{number:026}"
        created = f"2026-01-{number + 1:02}T08:00:00.000Z"
        publish(report_id, findings(8, rules), f"job_{number:026}.1", created_at=created)
    cursor, seen_ids = None, []
    while True:
        with measure(clients.dynamodb()) as units:
            more = {"cursor": cursor} if cursor else {}
            page = get("/anomalies", limit=50, **query, **more).json
        assert units.reads <= 15, units.calls
        seen_ids += ids(page["anomalies"])
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert len(seen_ids) == len(set(seen_ids)) == expected_count


def test_locations_without_a_name_or_with_an_odd_one(aws):
    odd = ["A", "A#1", "A\x1f0", "x" * 300, "x" * 299 + "y", None, "  "]
    publish("rep_1", [finding(number, location=name) for number, name in enumerate(odd)])
    assert len(walk(report_id="rep_1", location="a")[1]) == 1
    assert len(walk(report_id="rep_1", location="A#1")[1]) == 1
    assert len(walk(report_id="rep_1", location="X" * 300)[1]) == 1
    assert len(walk(report_id="rep_1", location="(no location)")[1]) == 2


@pytest.mark.parametrize(
    ("query", "pointer", "named"),
    [
        ({"status": "Done"}, "/status", ["New", "Acknowledged", "In Progress", "Resolved"]),
        ({"status": "new"}, "/status", ["New"]),
        ({"priority": "Urgent"}, "/priority", ["Very High", "High", "Medium", "Low"]),
        ({"rule": "no-such-rule"}, "/rule", ["stagnant-pallet", "cold-chain"]),
        ({"limit": "101"}, "/limit", ["100"]),
        ({"limit": "0"}, "/limit", ["1"]),
        ({"location": ""}, "/location", ["1"]),
    ],
)
def test_invalid_filter_value_is_named_with_valid_ones(aws, query, pointer, named):
    answer = get("/anomalies", **query)
    assert answer.status == 422
    (error,) = answer.json["errors"]
    assert error["pointer"] == pointer
    assert all(name in error["detail"] for name in named)


def test_cursors_of_other_lists_are_refused(aws):
    publish("rep_1", findings(10))
    publish("rep_2", findings(10))
    cursor = get("/anomalies", report_id="rep_1", limit=3).json["next_cursor"]
    for query in ({"report_id": "rep_2"}, {"report_id": "rep_1", "status": "New"}, {}):
        assert get("/anomalies", **query, cursor=cursor).status == 400
    for damaged in ("x", cursor[:-4], "W10", "WyJhIiwiYiIsImMiXQ"):
        assert get("/anomalies", report_id="rep_1", cursor=damaged).status == 400


def test_a_cursor_ends_when_its_report_is_analyzed_again(aws):
    publish("rep_1", findings(10))
    within = get("/anomalies", report_id="rep_1", limit=3).json["next_cursor"]
    across = get("/anomalies", limit=3).json["next_cursor"]
    publish("rep_1", findings(9), generation="job_2.1")
    assert get("/anomalies", report_id="rep_1", limit=3, cursor=within).status == 400
    assert get("/anomalies", limit=3, cursor=across).status == 400


def test_list_is_empty_before_the_first_analysis(aws):
    register("rep_1")
    assert get("/anomalies", report_id="rep_1").json == {
        "anomalies": [],
        "left_out": 0,
        "next_cursor": None,
    }
    assert get("/anomalies").json == {"anomalies": [], "left_out": 0, "next_cursor": None}


def test_only_the_owner_and_an_administrator_see_a_report(aws):
    publish("rep_1", findings(3))
    assert get("/anomalies", report_id="rep_1", caller=OTHER).status == 404
    assert get("/anomalies", report_id="rep_none").status == 404
    assert get("/anomalies", caller=OTHER).json["anomalies"] == []
    assert get("/anomalies", caller=ADMIN).json["anomalies"] == []
    assert len(get("/anomalies", report_id="rep_1", caller=ADMIN).json["anomalies"]) == 3
    assert get("/anomalies", caller=None).status == 401


def test_unknown_methods(aws):
    assert call(app.handler, "DELETE", "/anomalies", caller=USER).status == 405
    assert call(app.handler, "GET", "/anomalies/a/b/c", caller=USER).status == 404
