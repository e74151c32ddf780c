"""Anomalies about one subject: one leads, the others are its companions."""

import pytest

from stockwarden.anomalies.companions import MOST
from stockwarden.detection.detectors import DETECTORS
from stockwarden.storage import clients
from tests.engine.anomalies.anomaly_factory import finding, publish, store_warehouse
from tests.functions.anomalies.client import get, ids, patch, post, walk
from tests.support.capacity import measure
from tests.support.gateway import OTHER, USER

# Most urgent first, as an analysis writes them: three about pallet 1, two about pallet 2.
FINDINGS = [
    finding(1, rule="cold-chain"),
    finding(1, rule="stagnant-pallet"),
    finding(2, rule="unknown-location", location="RECV-02"),
    finding(1, rule="future-date"),
    finding(2, rule="product-location", location="RECV-02"),
    finding(3, rule="product-location"),
]


@pytest.fixture
def listed(aws):
    publish("rep_1", FINDINGS)
    _, anomalies = walk(report_id="rep_1")
    return anomalies


def rules(anomalies):
    return [anomaly["rule"] for anomaly in anomalies]


def grouped(**query):
    return walk(report_id="rep_1", grouped="true", **query)[1]


def test_lead_names_its_companions_and_they_name_it(listed):
    cold, stagnant, unknown, future, second, alone = listed
    assert cold["companions"] == ids([stagnant, future])
    assert unknown["companions"] == ids([second])
    assert [each["lead"] for each in (stagnant, future)] == [cold["id"]] * 2
    assert second["lead"] == unknown["id"]
    assert [each["lead"] for each in (cold, unknown, alone)] == [None] * 3
    assert [each["companions"] for each in (stagnant, future, second, alone)] == [[]] * 4


def test_grouped_list_has_one_line_per_subject(listed):
    assert rules(grouped()) == ["cold-chain", "unknown-location", "product-location"]
    assert len(listed) == len(FINDINGS)
    for query, left_out in (({"grouped": "true"}, 3), ({}, 0)):
        for scope in ({"report_id": "rep_1"}, {}):
            assert get("/anomalies", **scope, **query).json["left_out"] == left_out


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"rule": "stagnant-pallet"}, ["stagnant-pallet"]),
        ({"priority": "Medium"}, ["future-date"]),
        ({"location": "recv-02"}, ["unknown-location"]),
        ({"order": "least_urgent"}, ["product-location", "unknown-location", "cold-chain"]),
        ({"status": "New"}, ["cold-chain", "unknown-location", "product-location"]),
        ({"status": "Resolved"}, []),
    ],
)
def test_companion_whose_lead_is_not_in_the_list_stays(listed, query, expected):
    assert rules(grouped(**query)) == expected


def test_nothing_open_disappears_with_a_lead_that_is_resolved(listed):
    cold = listed[0]
    post(f"/anomalies/{cold['id']}/status", status="Resolved", reason="real")
    assert rules(grouped(status="New")) == [
        "stagnant-pallet", "unknown-location", "future-date", "product-location",
    ]  # fmt: skip
    assert rules(grouped(status="Resolved")) == ["cold-chain"]
    assert rules(grouped(reason="real")) == ["cold-chain"]


def test_group_of_an_assignee_and_a_due_date(listed):
    cold, stagnant, *_ = listed
    patch(f"/anomalies/{stagnant['id']}", assignee="alice", due_date="2026-03-01")
    assert rules(grouped(assignee="me")) == ["stagnant-pallet"]
    assert rules(grouped(due_before="2026-03-02")) == ["stagnant-pallet"]
    patch(f"/anomalies/{cold['id']}", assignee="alice", due_date="2026-03-01")
    assert rules(grouped(assignee="me")) == ["cold-chain"]
    assert rules(grouped(due_before="2026-03-02")) == ["cold-chain"]


@pytest.mark.parametrize("limit", [1, 2, 3, 4])
def test_pages_have_each_line_once(listed, limit):
    assert rules(grouped(limit=limit)) == ["cold-chain", "unknown-location", "product-location"]


def test_details_show_the_whole_group_as_it_is_now(listed):
    cold, stagnant, _, future, *_ = listed
    post(f"/anomalies/{stagnant['id']}/status", status="In Progress")
    for anomaly, others in (
        (cold, [stagnant, future]),
        (stagnant, [cold, future]),
        (future, [cold, stagnant]),
    ):
        group = get(f"/anomalies/{anomaly['id']}").json["group"]
        assert ids(group) == ids(others)
        statuses = {other["id"]: other["status"] for other in group}
        assert statuses.get(stagnant["id"], "In Progress") == "In Progress"
    assert get(f"/anomalies/{listed[-1]['id']}").json["group"] == []


def statuses(anomalies):
    return [get(f"/anomalies/{anomaly['id']}").json["status"] for anomaly in anomalies]


def test_group_changes_with_the_lead_in_one_transaction(listed):
    cold, stagnant, _, future, *rest = listed
    path = f"/anomalies/{cold['id']}/status"
    changed = post(path, status="In Progress", companions=True, headers={"If-Match": '"1"'}).json
    assert changed["companions"] == ids([stagnant, future])
    assert statuses([cold, stagnant, future]) == ["In Progress"] * 3
    assert statuses(rest) == ["New"] * 2
    history = get(f"/anomalies/{future['id']}").json["history"]
    assert [(entry["by"], entry["new_status"]) for entry in history] == [("alice", "In Progress")]
    # A stale version changes none of them.
    stale = post(path, status="Resolved", companions=True, headers={"If-Match": '"1"'})
    assert stale.status == 412
    assert statuses([cold, stagnant, future]) == ["In Progress"] * 3


def test_companion_that_a_person_has_resolved_stays_as_it_is(listed):
    cold, stagnant, _, future, *_ = listed
    post(f"/anomalies/{stagnant['id']}/status", status="Resolved", reason="false_positive")
    changed = post(f"/anomalies/{cold['id']}/status", status="In Progress", companions=True).json
    assert changed["companions"] == ids([future])
    assert statuses([cold, stagnant, future]) == ["In Progress", "Resolved", "In Progress"]
    # From a companion on, the whole group as well; what has the status already does not change.
    changed = post(f"/anomalies/{future['id']}/status", status="In Progress", companions=True).json
    assert "companions" not in changed
    changed = post(f"/anomalies/{future['id']}/status", status="Resolved", companions=True).json
    assert changed["companions"] == ids([cold])


def test_assignment_of_a_group(listed):
    cold, stagnant, *_ = listed
    patch(f"/anomalies/{cold['id']}", assignee="alice", companions=True)
    assert get(f"/anomalies/{stagnant['id']}").json["assignee"] == "alice"
    assert rules(grouped(assignee="me")) == ["cold-chain"]


def test_groups_of_many_leads_change_together(listed):
    cold, stagnant, unknown, future, second, alone = listed
    post(f"/anomalies/{stagnant['id']}/status", status="Acknowledged")
    changed = post(
        "/anomalies/status", ids=ids([cold, unknown, alone]), status="Resolved", companions=True
    )
    assert changed.json == {"updated": 6, "unchanged": 0, "failed": [], "next_cursor": None}
    assert grouped(status="New") == []
    again = post("/anomalies/status", ids=ids([cold]), status="In Progress", companions=True)
    assert again.json["updated"] == 1  # the others are resolved
    assert statuses([stagnant, future, second]) == ["Resolved"] * 3


def test_list_across_reports_is_grouped_as_well(aws):
    store_warehouse("wh_1", "alice", bob="viewer")
    publish("rep_1", FINDINGS, warehouse_id="wh_1")
    publish("rep_2", FINDINGS[:2])
    expected = ["cold-chain", "unknown-location", "product-location"]
    for caller in (USER, OTHER):
        page = get("/anomalies", caller=caller, warehouse_id="wh_1", grouped="true").json
        assert rules(page["anomalies"]) == expected
    everything = walk(grouped="true", limit=2)[1]
    assert sorted(rules(everything)) == sorted([*expected, "cold-chain"])
    medium = walk(grouped="true", priority="Medium")[1]
    assert rules(medium) == ["future-date"]


def test_group_beyond_what_a_record_names(aws):
    codes = [detector.code for detector in DETECTORS]
    publish("rep_1", [finding(1, rule=code, priority="High") for code in codes])
    lines = grouped()
    assert rules(lines) == [codes[0], *codes[1 + MOST :]]
    assert len(lines[0]["companions"]) == MOST


def test_grouping_costs_one_read_of_the_leads(aws):
    publish("rep_1", [finding(n % 20, rule=rule) for rule in ("cold-chain", "future-date")
                      for n in range(20)])  # fmt: skip
    with measure(clients.dynamodb()) as plain:
        get("/anomalies", report_id="rep_1", limit=50)
    with measure(clients.dynamodb()) as with_groups:
        get("/anomalies", report_id="rep_1", limit=50, grouped="true")
    assert with_groups.reads - plain.reads <= 10
