"""A rule that flags most of a file: one anomaly, made single on demand, and over snapshots."""

import pytest

from stockwarden.bootstrap import stores
from stockwarden.storage.attributes import to_attributes
from stockwarden.storage.keys import anomalies as keys
from tests.functions.analysis.results import by_rule
from tests.functions.analysis.snapshots import (
    HEADER,
    LAYOUT,
    ask,
    assign,
    comparison_of,
    delete,
    resolve,
)
from tests.functions.reports.exports import exported, rows, workbook
from tests.support.capacity import size
from tests.support.gateway import OTHER, USER, call
from tests.support.problems import problem
from tests.support.reports import arrive, create, create_warehouse, deliver, drain, get, send, state

RULE = "unknown-location"
MANY = 1_001
KNOWN = 5


@pytest.fixture
def warehouse():
    return create_warehouse(layout=LAYOUT)["id"]


def snapshot(warehouse, day, strange, known=KNOWN):
    """A snapshot with pallets in these unknown locations (numbers) and so many known ones."""
    lines = [f"P-{n},Z-{n:04},2025-01-05T08:00:00,R-{n},Figs\n" for n in strange]
    lines += [f"K-{n},{n:03}A,2025-01-05T08:00:00,R-K{n},Figs\n" for n in range(1, known + 1)]
    report = create(warehouse_id=warehouse, as_of=f"2025-01-{day:02}T08:00:00Z", scope="whole")
    assert deliver(arrive(report, "inventory", (HEADER + "".join(lines)).encode())) == []
    assert state(report["report_id"])["status"] == "ready"
    return report["report_id"]


def told(report_id):
    """{subject id: anomaly} of the rule."""
    found, cursor = {}, {}
    while True:
        page = ask("/anomalies", report_id=report_id, rule=RULE, limit=100, **cursor)
        found |= {anomaly["subject"]["id"]: anomaly for anomaly in page["anomalies"]}
        if page["next_cursor"] is None:
            return found
        cursor = {"cursor": page["next_cursor"]}


def test_a_flood_is_one_anomaly_with_its_members_as_evidence(warehouse):
    report_id = snapshot(warehouse, 6, range(MANY))
    report = state(report_id)
    assert by_rule(report_id)[RULE] == 1
    (receipt,) = (entry for entry in report["coverage"] if entry["rule"] == RULE)
    assert receipt["anomalies"] == 1
    assert receipt["flood"] == {"subjects": MANY, "judged": MANY + KNOWN}
    assert all(not entry["flood"] for entry in report["coverage"] if entry["rule"] != RULE)
    (flood,) = told(report_id).values()
    assert flood["subject"] == {"type": "rule", "id": RULE}
    assert flood["message"].startswith("99 % of the locations (1,001 of 1,006); most look like")
    assert (flood["location"], flood["pallet_id"]) == (None, None)
    assert flood["affected_pallets"] == MANY
    detail = ask(f"/anomalies/{flood['id']}")
    pattern = {"pattern": "A-9999", "count": MANY, "example": "Z-0000"}
    assert detail["details"]["patterns"] == [pattern]
    assert (len(detail["evidence"]), detail["evidence_total"]) == (2 * MANY, 2 * MANY)
    assert detail["cost"]["inputs"] == {
        "pallets": MANY, "minutes": 15, "handling_minute": 0.6,
    }  # fmt: skip
    grouped = get(f"/reports/{report_id}/details", query={"limit": 100}).json["locations"]
    assert grouped[0]["anomalies"][0]["id"] == flood["id"]
    areas = get(f"/reports/{report_id}/locations", query={"limit": 100}).json["locations"]
    assert all(area["anomalies"] == 0 for area in areas)


def test_its_record_fits_into_one_kilobyte_with_its_details(warehouse):
    report_id = snapshot(warehouse, 6, range(MANY))
    (flood,) = told(report_id).values()
    generation = stores.anomalies_table().get(keys.counts(report_id))["generation"]
    partition = keys.generation(report_id, generation)
    digest = flood["id"].rpartition("-")[2]
    record = stores.anomalies_table().get(keys.record(partition, digest))
    assert size(to_attributes(record)) <= 1_024
    assert (flood["details"]["subjects"], flood["details"]["example"]) == (MANY, "Z-0000")


def test_a_flood_is_told_one_by_one_and_together_again(warehouse):
    report_id = snapshot(warehouse, 6, range(MANY))
    flood_cost = state(report_id)["costs"]["by_rule"][RULE]
    analyze(report_id, single=[RULE])
    assert by_rule(report_id)[RULE] == MANY
    report = state(report_id)
    assert report["single"] == [RULE]
    assert all(not entry["flood"] for entry in report["coverage"])
    assert report["costs"]["by_rule"][RULE] == flood_cost
    analyze(report_id)
    assert by_rule(report_id)[RULE] == MANY
    analyze(report_id, single=[])
    assert by_rule(report_id)[RULE] == 1
    assert state(report_id)["single"] == []


def analyze(report_id, **request):
    assert send("POST", f"/reports/{report_id}/reanalysis", json=request).status == 202
    assert drain() == []


def test_only_known_rules_are_told_one_by_one_by_who_may(warehouse):
    report_id = snapshot(warehouse, 6, range(3))
    path = f"/reports/{report_id}/reanalysis"
    answer = problem(send("POST", path, json={"single": ["no-rule"]}), 422)
    assert answer["errors"][0]["pointer"] == "/single"
    problem(send("POST", path, json={"single": [RULE] * 101}), 422)
    problem(send("POST", path, json={"single": "all"}), 422)
    problem(send("POST", path, json={"single": [RULE]}, caller=OTHER), 404)
    assert state(report_id)["single"] == []


def test_singles_become_members_of_a_flood_and_singles_again(warehouse):
    monday = snapshot(warehouse, 6, [1, 2, 3, 4], known=9)
    first = told(monday)
    assign(first["Z-0001"], assignee="alice")
    resolve(first["Z-0002"], reason="false_positive")

    tuesday = snapshot(warehouse, 7, [1, 2, *range(5, MANY + 5)], known=9)
    (flood,) = told(tuesday).values()
    assert flood["recurrence"] == "new"
    numbers = {"previous": monday, "new": 1, "vanished": 2, "not_covered": 1}
    assert comparison_of(tuesday) == numbers
    statuses = {name: anomaly["status"] for name, anomaly in told(monday).items()}
    assert statuses == {
        "Z-0001": "New", "Z-0002": "Resolved", "Z-0003": "Resolved", "Z-0004": "Resolved",
    }  # fmt: skip

    wednesday = snapshot(warehouse, 8, [1, 2, 3, *range(5, 500), 9_999], known=9)
    now = told(wednesday)
    assert [now[name]["recurrence"] for name in ("Z-0001", "Z-0002", "Z-0003", "Z-0005")] == [
        "persisting", "persisting", "reappeared", "persisting",
    ]  # fmt: skip
    assert now["Z-9999"]["recurrence"] == "new"
    assert (now["Z-0001"]["assignee"], now["Z-0001"]["since"][:10]) == ("alice", "2025-01-06")
    assert (now["Z-0002"]["status"], now["Z-0002"]["reason"]) == ("Resolved", "false_positive")
    assert (now["Z-0005"]["since"][:10], now["Z-0005"]["version"]) == ("2025-01-07", 1)
    (over,) = told(tuesday).values()
    assert (over["status"], over["reason"]) == ("Resolved", "vanished")
    (entry,) = ask(f"/anomalies/{over['id']}")["history"]
    assert entry["comment"] == (
        "No longer so many in the snapshot of 2025-01-08T08:00:00.000Z, or told singly: "
        "what the rule still finds has its own anomalies."
    )


def test_a_flood_persists_with_its_state(warehouse):
    monday = snapshot(warehouse, 6, range(MANY))
    resolve(told(monday)[RULE], "In Progress")
    tuesday = snapshot(warehouse, 7, range(MANY + 20))
    (flood,) = told(tuesday).values()
    assert (flood["recurrence"], flood["status"]) == ("persisting", "In Progress")
    assert flood["since"][:10] == "2025-01-06"
    assert comparison_of(tuesday) == {"previous": monday, "persisting": 1}


def test_a_snapshot_is_compared_again_when_the_flood_before_it_is_deleted(warehouse):
    snapshot(warehouse, 6, [1], known=9)
    tuesday = snapshot(warehouse, 7, range(1, MANY + 1), known=9)
    wednesday = snapshot(warehouse, 8, [1, 2], known=9)
    before = told(wednesday)
    assert before["Z-0002"]["recurrence"] == "persisting"
    delete(tuesday)
    after = told(wednesday)
    assert after["Z-0001"]["since"] == before["Z-0001"]["since"]
    assert after["Z-0002"]["recurrence"] == "new"
    assert after["Z-0002"]["since"][:10] == "2025-01-08"


def test_a_rule_that_is_off_says_nothing_about_its_flood(warehouse):
    monday = snapshot(warehouse, 6, range(MANY))
    off = {"enabled": False}
    assert put_rule(warehouse, off).status == 200
    tuesday = snapshot(warehouse, 7, range(MANY))
    assert comparison_of(tuesday)["not_covered"] == 1
    assert told(monday)[RULE]["status"] == "New"
    assert put_rule(warehouse, {"enabled": True}).status == 200
    wednesday = snapshot(warehouse, 8, [1, 2])
    assert {entry["since"][:10] for entry in told(wednesday).values()} == {"2025-01-06"}
    assert told(monday)[RULE]["status"] == "Resolved"


def put_rule(warehouse, settings):
    from rules import app

    path = f"/rules/{RULE}"
    return call(
        app.handler, "PUT", path, caller=USER, json=settings, query={"warehouse_id": warehouse}
    )


def test_a_pallet_shows_the_flood_that_it_is_a_member_of(warehouse):
    rows = "".join(f"P-{n},RECV-01,2025-01-04T08:00:00,R-{n},Figs\n" for n in range(MANY))
    report = create(warehouse_id=warehouse, as_of="2025-01-06T08:00:00Z")
    assert deliver(arrive(report, "inventory", (HEADER + rows).encode())) == []
    from warehouses import app

    query = {"warehouse_id": warehouse}
    life = call(app.handler, "GET", "/pallets/P-7", caller=USER, query=query).json
    (stay,) = life["snapshots"]
    subjects = {anomaly["rule"]: anomaly["subject"] for anomaly in stay["anomalies"]}
    assert subjects == {"stagnant-pallet": {"type": "rule", "id": "stagnant-pallet"}}


def test_a_flood_is_one_row_and_marks_the_rows_of_its_evidence():
    report = state(snapshot(create_warehouse()["id"], 6, range(5_100), known=0))
    listed = rows(workbook(exported(report)).worksheets[1])
    assert [row["Rule"] for row in listed] == ["unknown-location"]
    sheet = workbook(exported(report, "annotated")).worksheets[0]
    reasons = [row["Reason"] for row in rows(sheet)]
    assert "100 % of the locations (5,100 of 5,100)" in reasons[0]
    assert reasons[0].endswith("(Marked in the first 5,000 of its rows only.)")
    assert [number for number, reason in enumerate(reasons) if reason is None][:1] == [5_000]
