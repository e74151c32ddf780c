"""Goods of which it is in doubt whether they must stay cold: asked, answered, analyzed again."""

import pytest

from tests.functions.analysis.results import by_rule
from tests.support.problems import problem
from tests.support.reports import arrive, create, create_warehouse, deliver, drain, get, send, state

RULE = "cold-chain"
LAYOUT = [
    {"location_pattern": "F-*", "location_type": "STORAGE", "zone": "Freezer"},
    {"location_pattern": "A-*", "location_type": "STORAGE", "zone": "Ambient 1"},
]
GOODS = ("Frozen lamp", "Frozen clock", "Frozen scooter", "Frozen kite", "Frozen stool")
HEADER = "Pallet ID,Location,Received At,Receipt Number,Description\n"
ROWS = [f"P-{n},A-{n},2025-01-02T08:00:00,R-{n},{name}\n" for n, name in enumerate(GOODS)]
PEAS = "Q-{n},{location},2025-01-02T08:00:00,R-9,Frozen peas\n"
INVENTORY = (
    HEADER
    + "".join(ROWS)
    + PEAS.format(n=1, location="A-9")
    + "".join(PEAS.format(n=n, location=f"F-{n}") for n in (2, 3))
)


@pytest.fixture
def warehouse():
    return create_warehouse(layout=LAYOUT)["id"]


@pytest.fixture
def report_id(warehouse):
    report = create(warehouse_id=warehouse)
    assert deliver(arrive(report, "inventory", INVENTORY.encode())) == []
    return report["report_id"]


def receipt(report_id):
    report = state(report_id)
    assert report["status"] == "ready"
    (entry,) = (entry for entry in report["coverage"] if entry["rule"] == RULE)
    return entry


def answer(report_id, warehouse, **parameters):
    """As the page does: one change of the rule, then the same file again."""
    path = f"/rules/{RULE}?warehouse_id={warehouse}"
    rule = get(path)
    parameters = {**rule.json["settings"]["parameters"], **parameters}
    headers = {"If-Match": rule.headers["etag"]}
    response = send("PUT", path, json={"parameters": parameters}, headers=headers)
    assert response.status == 200, response.body
    assert send("POST", f"/reports/{report_id}/reanalysis", json={}).status == 202
    assert drain() == []


def test_the_report_asks_about_goods_in_doubt(report_id):
    entry = receipt(report_id)
    assert entry["anomalies"] == 1
    assert entry["questions"] == [
        {
            "about": "word",
            "text": "FROZEN",
            "pattern": "*FROZEN*",
            "need": "frozen",
            "goods": 5,
            "pallets": 5,
            "examples": ["FROZEN CLOCK", "FROZEN KITE", "FROZEN LAMP"],
            "zones": ["AMBIENT 1"],
        }
    ]
    assert entry["questions_left"] == 0
    others = [entry for entry in state(report_id)["coverage"] if entry["rule"] != RULE]
    assert all(other["questions"] == [] for other in others)


def test_goods_that_must_stay_cold_are_anomalies_from_then_on(report_id, warehouse):
    (question,) = receipt(report_id)["questions"]
    answer(report_id, warehouse, must_stay_cold=[question["pattern"]])
    entry = receipt(report_id)
    assert (entry["anomalies"], entry["questions"], entry["rows_skipped"]) == (6, [], {})
    assert by_rule(report_id)[RULE] == 6


def test_goods_that_need_no_cold_are_neither_asked_about_nor_found(report_id, warehouse):
    (question,) = receipt(report_id)["questions"]
    answer(report_id, warehouse, need_no_cold=[question["pattern"]])
    entry = receipt(report_id)
    assert (entry["anomalies"], entry["questions"], entry["rows_skipped"]) == (1, [], {})
    (peas,) = get("/anomalies", query={"report_id": report_id, "rule": RULE}).json["anomalies"]
    assert peas["pallet_id"] == "Q-1"


def test_an_answer_is_taken_back_by_an_empty_list(report_id, warehouse):
    answer(report_id, warehouse, need_no_cold=["*FROZEN*"])
    answer(report_id, warehouse, need_no_cold=[])
    assert [question["text"] for question in receipt(report_id)["questions"]] == ["FROZEN"]


def test_a_list_holds_fifty_answers(warehouse):
    path = f"/rules/{RULE}?warehouse_id={warehouse}"
    patterns = [f"FROZEN LAMP {n}" for n in range(51)]
    full = send("PUT", path, json={"parameters": {"must_stay_cold": patterns[:50]}})
    assert full.status == 200
    refused = problem(send("PUT", path, json={"parameters": {"must_stay_cold": patterns}}), 422)
    assert refused["errors"][0]["pointer"] == "/parameters/must_stay_cold"
    lists = {
        parameter["name"]: parameter["minimum_items"]
        for parameter in full.json["parameters"]
        if parameter["kind"] == "patterns"
    }
    assert lists == {"patterns": 1, "must_stay_cold": 0, "need_no_cold": 0}
