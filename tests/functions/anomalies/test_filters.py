"""Every filter, page size and order, compared with filtering the whole list."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engine.anomalies.anomaly_factory import RULES, findings, publish
from tests.functions.anomalies.client import RANKS, ids, post, walk
from tests.support.aws import cloud
from tests.support.examples import examples

FILTERS = [
    {"status": "New"},
    {"status": "Resolved"},
    {"priority": "High"},
    {"rule": "cold-chain"},
    {"location": " recv-03 "},
    {"status": ["New", "Acknowledged", "In Progress"]},
    {"status": ["Resolved", "New"], "rule": "cold-chain"},
    {"status": ["Resolved", "In Progress"], "location": "RECV-03"},
    {"status": "Resolved", "priority": "High"},
    {"status": "New", "rule": "stagnant-pallet"},
    {"status": "Resolved", "rule": "stagnant-pallet"},
    {"priority": "Low", "location": "RECV-02"},
    {"status": "New", "rule": "unknown-location", "priority": "High", "location": "RECV-02"},
    {"status": "New", "rule": "unknown-location", "priority": "Low"},
    {"location": "nowhere"},
    {"assignee": "carla"},
]


@pytest.fixture(scope="module")
def two_reports():
    """60 anomalies of alice in two reports, a sixth of them resolved, and one report of bob."""
    with cloud():
        publish("rep_1", findings(40), created_at="2026-01-05T08:00:00.000Z")
        publish("rep_2", findings(20), created_at="2026-01-06T08:00:00.000Z")
        publish("rep_bob", findings(5), username="bob")
        everything = walk(limit=100)[1]
        answer = post("/anomalies/status", ids=ids(everything)[::6], status="Resolved")
        assert answer.json["updated"] == 10
        yield walk(limit=100)[1]


def expected(everything, filters):
    fields = {name: value for name, value in filters.items() if name != "order"}
    if "location" in fields:
        fields["location"] = fields["location"].strip().upper()
    matching = [
        anomaly["id"]
        for anomaly in everything
        if all(
            anomaly[name] in (value if isinstance(value, list) else [value])
            for name, value in fields.items()
        )
    ]
    return matching[::-1] if filters.get("order") == "least_urgent" else matching


@pytest.mark.parametrize("filters", FILTERS, ids=str)
@pytest.mark.parametrize("limit", [7, 100])
@pytest.mark.parametrize("order", [{}, {"order": "most_urgent"}, {"order": "least_urgent"}])
def test_filters_within_a_report(two_reports, filters, limit, order):
    filters = {**filters, **order}
    of_report = [anomaly for anomaly in two_reports if anomaly["report_id"] == "rep_1"]
    _, listed = walk(report_id="rep_1", limit=limit, **filters)
    assert ids(listed) == expected(of_report, filters)


@pytest.mark.parametrize("filters", FILTERS, ids=str)
@pytest.mark.parametrize("limit", [7, 100])
@pytest.mark.parametrize("order", [{}, {"order": "least_urgent"}])
def test_filters_across_reports(two_reports, filters, limit, order):
    filters = {**filters, **order}
    _, listed = walk(limit=limit, **filters)
    assert ids(listed) == expected(two_reports, filters)


def test_global_list_is_ordered_by_priority_then_newest_report(two_reports):
    keys = [(RANKS[entry["priority"]], entry["report_id"] == "rep_1") for entry in two_reports]
    assert keys == sorted(keys)
    assert Counter(entry["report_id"] for entry in two_reports) == {"rep_1": 40, "rep_2": 20}


some = st.fixed_dictionaries(
    {},
    optional={
        "report_id": st.sampled_from(["rep_1", "rep_2"]),
        "status": st.sampled_from(["New", "Resolved", "Acknowledged"]),
        "order": st.sampled_from(["most_urgent", "least_urgent"]),
        "priority": st.sampled_from(list(RANKS)),
        "rule": st.sampled_from(list(RULES)),
        "location": st.sampled_from([f"RECV-{number:02}" for number in range(8)]),
    },
)


@given(filters=some, limit=st.integers(3, 60))
@examples(25)
def test_any_filter_lists_each_match_once(two_reports, filters, limit):
    _, listed = walk(limit=limit, **filters)
    assert ids(listed) == expected(two_reports, filters)
