"""Proposals over HTTP: from verdicts on anomalies to settings that PUT takes."""

import pytest

from anomalies import app as anomalies
from stockwarden.calibration import judged
from stockwarden.storage import clients
from tests.functions.rules.client import ask, put
from tests.support.capacity import measure
from tests.support.gateway import OTHER, USER, call
from tests.support.problems import problem
from tests.support.reports import arrive, create, create_warehouse, deliver, send, state

CODE = "cold-chain"
LAYOUT = [
    {"location_pattern": "A-*", "location_type": "STORAGE", "zone": "Ambient"},
    {"location_pattern": "F-*", "location_type": "STORAGE", "zone": "Frozen"},
]
# Frozen goods that are where they belong: without them the word FROZEN would be in doubt.
AT_HOME = [f"H{n},F-{n},FROZEN PEAS" for n in range(9)]
SATCHELS = [f"S{n},A-{n},FROZEN SATCHEL {'ABCD'[n]}" for n in range(4)]
WRONG = [*SATCHELS, "I1,A-9,FROZEN ICE"]


@pytest.fixture
def warehouse():
    return create_warehouse(layout=LAYOUT)["id"]


def analyzed(warehouse, rows=WRONG, day=9):
    """The ids of the rule's anomalies by pallet, in a new snapshot with these pallets."""
    new_report = create(
        warehouse_id=warehouse, as_of=f"2025-01-{day:02}T12:00:00",
        column_mapping={"Pallet": "pallet_id", "Place": "location", "Goods": "description",
                        "Hours": "time_in_storage"},
    )  # fmt: skip
    lines = ["Pallet,Place,Goods,Hours", *(f"{row},3" for row in [*AT_HOME, *rows])]
    assert deliver(arrive(new_report, "inventory", "\n".join(lines).encode())) == []
    report = state(new_report["report_id"])
    assert report["status"] == "ready", report["reason"]
    page = call(
        anomalies.handler, "GET", f"/anomalies?report_id={report['id']}&rule={CODE}", caller=USER
    ).json["anomalies"]
    return {anomaly["pallet_id"]: anomaly["id"] for anomaly in page}


def judge(anomaly_id, reason):
    body = {"status": "Resolved", "reason": reason} if reason else {"status": "New"}
    path = f"/anomalies/{anomaly_id}/status"
    assert call(anomalies.handler, "POST", path, caller=USER, json=body).status == 200


def proposals(warehouse, code=CODE):
    response = ask("GET", f"/rules/{code}/proposals?warehouse_id={warehouse}")
    assert response.status == 200, response.body
    return response.json


def judge_all(ids, real=("I1",)):
    for pallet, anomaly_id in ids.items():
        judge(anomaly_id, "real" if pallet in real else "false_positive")


def test_verdicts_propose_a_change_that_holds_from_the_next_analysis_on(warehouse):
    ids = analyzed(warehouse)
    assert sorted(ids) == ["I1", "S0", "S1", "S2", "S3"]
    assert proposals(warehouse)["proposals"] == []
    judge_all(ids)
    answer = proposals(warehouse)
    (proposal,) = answer["proposals"]
    assert (proposal["text"], proposal["kind"]) == ("SATCHEL", "descriptions")
    assert proposal["verdicts"] == {"real": 0, "false_positive": 4, "accepted": 0, "of": 4}
    assert proposal["examples"][0] == {
        "id": ids["S0"], "subject": "S0", "text": "FROZEN SATCHEL A",
    }  # fmt: skip
    assert (answer["judged"]["of"], answer["judged"]["real"]) == (5, 1)
    assert (answer["unread"], answer["cut_reports"], answer["reports"]) == (0, 0, 1)

    assert put(CODE, warehouse, 0, **proposal["settings"]).status == 200
    again = proposals(warehouse)
    assert (again["proposals"], again["excluded"]) == ([], 4)
    later = analyzed(warehouse, [*WRONG, "S9,A-8,FROZEN SATCHEL E"], day=10)
    assert sorted(later) == ["I1"]


def test_an_anomaly_counts_once_with_its_newest_verdict(warehouse):
    monday = analyzed(warehouse)
    judge_all(monday)
    tuesday = analyzed(warehouse, day=10)
    assert proposals(warehouse)["judged"]["of"] == 5
    judge(tuesday["S0"], "real")
    # 3 of 4 are too few.
    answer = proposals(warehouse)
    assert (answer["judged"], answer["proposals"]) == (
        {"real": 2, "false_positive": 3, "accepted": 0, "of": 5}, [],
    )  # fmt: skip
    judge(tuesday["S0"], "accepted")
    (proposal,) = proposals(warehouse)["proposals"]
    assert proposal["verdicts"] == {"real": 0, "false_positive": 3, "accepted": 1, "of": 4}


@pytest.mark.parametrize("more", ["", ", 12 COUNT" * 25])
def test_long_texts_that_records_cut_are_read_whole(warehouse, more):
    rows = [
        f'{letter}{"-PALLET" * 20},A-{letter},"FROZEN {letter}{more} SATCHEL"' for letter in "ABC"
    ]
    judge_all(analyzed(warehouse, [*rows, f'I1,A-9,"FROZEN ICE{more}"']))
    answer = proposals(warehouse)
    assert [proposal["text"] for proposal in answer["proposals"]] == ["SATCHEL"]
    assert answer["unread"] == 0


def test_a_verdict_that_was_taken_back_does_not_count(warehouse):
    judge_all(analyzed(warehouse))
    tuesday = analyzed(warehouse, day=10)
    judge(tuesday["S0"], None)
    judge(tuesday["S1"], "data_error")
    answer = proposals(warehouse)
    assert (answer["judged"]["of"], answer["proposals"]) == (3, [])


def test_a_real_anomaly_that_is_still_there_stays_real(warehouse):
    """The analysis opens it again; that is no word of a person."""
    judge_all(analyzed(warehouse), real=("S3", "I1"))
    for day in (10, 11):
        analyzed(warehouse, day=day)
        answer = proposals(warehouse)
        assert (answer["judged"]["real"], answer["proposals"]) == (2, [])


def test_what_vanished_keeps_its_verdict(warehouse):
    judge_all(analyzed(warehouse))
    analyzed(warehouse, WRONG[4:], day=10)
    assert proposals(warehouse)["proposals"][0]["verdicts"]["of"] == 4


def test_a_report_of_which_not_all_was_read_is_counted(warehouse, monkeypatch):
    judge_all(analyzed(warehouse))
    monkeypatch.setattr(judged, "EXAMINED", 3)
    answer = proposals(warehouse)
    assert (answer["cut_reports"], answer["judged"]["of"]) == (1, 3)


def test_locations_for_a_rule_without_words(warehouse):
    rows = [*(f"N{n},QC-{n},NAILS" for n in range(3)), "N9,Z-1,NAILS"]
    new = analyzed(warehouse, rows)
    assert new == {}
    page = call(anomalies.handler, "GET", "/anomalies?rule=unknown-location", caller=USER)
    found = {anomaly["location"]: anomaly["id"] for anomaly in page.json["anomalies"]}
    assert sorted(found) == ["QC-0", "QC-1", "QC-2", "Z-1"]
    for location in ("QC-0", "QC-1", "QC-2"):
        judge(found[location], "accepted")
    (proposal,) = proposals(warehouse, "unknown-location")["proposals"]
    assert (proposal["kind"], proposal["text"]) == ("locations", "QC-*")
    trial = {"warehouse_id": warehouse, "scope": proposal["settings"]["scope"]}
    backtest = send("POST", "/rules/unknown-location/backtest", json=trial).json
    assert (backtest["total"]["vanish"], backtest["total"]["stay"]) == (3, 1)


def test_a_rule_that_only_shows_the_description_has_it_from_the_evidence(warehouse):
    new_report = create(
        warehouse_id=warehouse, as_of="2025-01-09T12:00:00",
        column_mapping={"Pallet": "pallet_id", "Place": "location", "Best before": "expiry_date",
                        "Item description": "description"},
    )  # fmt: skip
    rows = [*(f"N{n},F-{n},2025-01-01,SAMPLE NO {n}" for n in range(3)), "M1,F-9,2025-01-01,PEAS"]
    text = "\n".join(["Pallet,Place,Best before,Item description", *rows])
    assert deliver(arrive(new_report, "inventory", text.encode())) == []
    page = call(anomalies.handler, "GET", "/anomalies?rule=expired", caller=USER)
    judge_all({found["pallet_id"]: found["id"] for found in page.json["anomalies"]}, real=("M1",))
    answer = proposals(warehouse, "expired")
    (proposal,) = answer["proposals"]
    assert proposal["settings"]["scope"]["excluded"] == ["*SAMPLE*"]
    assert (proposal["verdicts"]["of"], answer["judged"]["of"], answer["unread"]) == (3, 4, 0)


def test_the_cost_is_bounded(warehouse):
    for day in range(1, 7):
        judge_all(analyzed(warehouse, day=day))
    with measure(clients.dynamodb()) as units:
        assert proposals(warehouse)["judged"]["of"] == 5
    assert (units.reads <= 40, units.writes) == (True, 0), units.calls


def test_unknown_rules_and_strange_warehouses(warehouse):
    problem(ask("GET", f"/rules/nonsense/proposals?warehouse_id={warehouse}"), 404)
    problem(ask("GET", f"/rules/{CODE}/proposals"), 422)
    path = f"/rules/{CODE}/proposals?warehouse_id={warehouse}"
    problem(ask("GET", path, caller=OTHER), 404)
