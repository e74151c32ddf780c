"""The order least_urgent; `test_filters.py` checks that it reverses every list."""

from stockwarden.storage import clients
from tests.engine.anomalies.anomaly_factory import RULES, finding, findings, publish
from tests.functions.anomalies.client import get
from tests.support.capacity import measure

LEAST = "least_urgent"


def test_first_page_has_the_least_urgent_anomalies(aws):
    publish("rep_1", findings(250))
    page = get("/anomalies", report_id="rep_1", limit=40, order=LEAST).json["anomalies"]
    assert {anomaly["priority"] for anomaly in page} == {"Low"}
    page = get("/anomalies", limit=40, order=LEAST).json["anomalies"]
    assert {anomaly["priority"] for anomaly in page} == {"Low"}


def test_a_cursor_does_not_change_its_direction(aws):
    publish("rep_1", findings(20))
    for filters in ({}, {"report_id": "rep_1"}):
        cursor = get("/anomalies", limit=5, **filters).json["next_cursor"]
        answer = get("/anomalies", limit=5, order=LEAST, cursor=cursor, **filters)
        assert answer.status == 400
        assert "another list" in answer.json["detail"]


def test_invalid_order_is_named_with_valid_ones(aws):
    answer = get("/anomalies", order="up")
    assert answer.status == 422
    (error,) = answer.json["errors"]
    assert error["pointer"] == "/order"
    assert "most_urgent" in error["detail"] and "least_urgent" in error["detail"]


def test_both_orders_cost_the_same(aws):
    for number in range(14):
        rules = list(RULES)[number % 3 :]
        created = f"2026-01-{number + 1:02}T08:00:00.000Z"
        publish(f"rep_{number:026}", findings(8, rules), created_at=created)
    publish("rep_last", [finding(1, rule="product-location")])
    cursor = None
    while True:
        with measure(clients.dynamodb()) as units:
            more = {"cursor": cursor} if cursor else {}
            page = get("/anomalies", limit=50, order=LEAST, **more).json
        assert units.reads <= 15, units.calls
        cursor = page["next_cursor"]
        if cursor is None:
            break
