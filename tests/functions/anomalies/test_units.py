"""DynamoDB units per call, independent of the number of anomalies."""

import pytest

from stockwarden.storage import clients
from tests.engine.anomalies.anomaly_factory import findings, publish
from tests.functions.anomalies.client import CHANGE_UNITS, get, post
from tests.support.aws import cloud
from tests.support.capacity import measure

# Ids of realistic length, since they are part of every key.
REPORT = "rep_" + "0123456789" * 2 + "abcdef"
GENERATION = "job_" + "9876543210" * 2 + "abcdef.1"
LISTS = [
    {"report_id": REPORT},
    {},
    {"report_id": REPORT, "status": "New"},
    {"report_id": REPORT, "status": "New", "rule": "stagnant-pallet"},
    {"report_id": REPORT, "priority": "High", "rule": "stagnant-pallet"},
    {"report_id": REPORT, "location": "RECV-01", "status": "Resolved"},
    {"report_id": REPORT, "assignee": "nobody"},
    {"status": "New", "rule": "stagnant-pallet"},
    {"status": "Resolved"},
    {"assignee": "nobody"},
]


@pytest.fixture(scope="module", params=[100, 600])
def report(request):
    with cloud():
        rules = ["stagnant-pallet", "unknown-location", "future-date", "product-location"]
        publish(REPORT, findings(request.param, rules), generation=GENERATION)
        yield request.param


@pytest.mark.parametrize("query", LISTS, ids=str)
def test_a_page_of_fifty(report, query):
    with measure(clients.dynamodb()) as units:
        page = get("/anomalies", limit=50, **query).json
        if page["next_cursor"]:
            first = units.reads
            get("/anomalies", limit=50, cursor=page["next_cursor"], **query)
            assert units.reads - first <= 15
            units.reads = first
    assert 0 < units.reads <= 15


def test_a_change_of_status_and_a_detail(report):
    anomaly = get("/anomalies", report_id=REPORT, limit=1).json["anomalies"][0]
    for status, comment in [("Acknowledged", None), ("In Progress", "On my way, ten minutes.")]:
        with measure(clients.dynamodb()) as units:
            post(f"/anomalies/{anomaly['id']}/status", status=status, comment=comment)
        assert (units.reads <= 4, units.writes <= CHANGE_UNITS) == (True, True), units.calls
    with measure(clients.dynamodb()) as units:
        get(f"/anomalies/{anomaly['id']}")
    assert units.reads <= 4
