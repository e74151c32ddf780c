"""Suppressions over HTTP and their effect on an analysis."""

from datetime import UTC, date, datetime, timedelta

import pytest

from stockwarden.bootstrap import stores
from stockwarden.bootstrap.anomalies import anomaly_service
from stockwarden.bootstrap.warehouses import suppression_service as service
from stockwarden.rules import suppression_service
from stockwarden.storage.tables import write
from tests.support.gateway import ADMIN, OTHER
from tests.support.reports import arrive, create, create_warehouse, deliver, drain, get, send, state
from tests.support.snapshots import inventory, snapshot

TODAY = date(2026, 6, 1)
BODY = {
    "rule": "stagnant-pallet",
    "subject_pattern": "BOX-*",
    "until": TODAY.isoformat(),
    "reason": "Empty boxes may stay.",
}


@pytest.fixture(autouse=True)
def _this_is_today(monkeypatch):
    noon = datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC)
    monkeypatch.setattr(service(), "clock", lambda: noon)


def suppress(caller=None, **changes):
    options = {"caller": caller} if caller else {}
    return send("POST", "/suppressions", json={**BODY, **changes}, **options)


def listed(**query):
    return get("/suppressions", query=query).json["suppressions"]


def covered(report, rule="stagnant-pallet"):
    (rule_coverage,) = [entry for entry in report["coverage"] if entry["rule"] == rule]
    return rule_coverage["anomalies"], rule_coverage["suppressed"]


def test_a_suppression_is_created_listed_and_deleted():
    warehouse = create_warehouse()["id"]
    response = suppress(warehouse_id=warehouse)
    assert response.status == 201
    document = response.json
    assert document["id"].startswith(f"{warehouse}-")
    assert document["created_at"].endswith("Z")
    expected = {**BODY, "warehouse_id": warehouse, "created_by": "alice", "expired": False}
    assert {name: document[name] for name in expected} == expected
    assert listed(warehouse_id=warehouse) == [document]
    assert listed() == []
    assert send("DELETE", f"/suppressions/{document['id']}", caller=OTHER).status == 404
    assert send("DELETE", f"/suppressions/{document['id']}").status == 204
    assert send("DELETE", f"/suppressions/{document['id']}").status == 404
    assert listed(warehouse_id=warehouse) == []


def test_suppressions_of_a_user_are_private():
    suppression = suppress().json
    assert suppression["warehouse_id"] is None
    assert listed() == [suppression]
    assert get("/suppressions", caller=OTHER).json["suppressions"] == []
    for caller in (OTHER, ADMIN):
        assert send("DELETE", f"/suppressions/{suppression['id']}", caller=caller).status == 404
    assert send("DELETE", f"/suppressions/{suppression['id']}").status == 204


def test_lists_are_newest_first_in_pages():
    suppression_ids = [suppress(reason=f"{number}").json["id"] for number in range(5)]
    first = get("/suppressions", query={"limit": 3}).json
    rest = listed(limit=3, cursor=first["next_cursor"])
    assert [
        suppression["id"] for suppression in [*first["suppressions"], *rest]
    ] == suppression_ids[::-1]
    assert get("/suppressions", query={"warehouse_id": "wh_0"}).status == 404


@pytest.mark.parametrize(
    ("changes", "pointer", "named"),
    [
        ({"rule": "boxes"}, "/rule", "stagnant-pallet"),
        ({"subject_pattern": "BOX-["}, "/subject_pattern", "character 5"),
        ({"subject_pattern": "x" * 201}, "/subject_pattern", "200"),
        ({"until": None}, "/until", ""),
        ({"until": "soon"}, "/until", ""),
        ({"until": (TODAY - timedelta(days=2)).isoformat()}, "/until", f"{TODAY}"),
        ({"until": (TODAY + timedelta(days=181)).isoformat()}, "/until", "180 days"),
        ({"reason": "  "}, "/reason", "1"),
        ({"reason": "x" * 301}, "/reason", "300"),
        ({"until_when": "x"}, "/until_when", ""),
    ],
)
def test_wrong_fields_are_named_with_their_bounds(changes, pointer, named):
    answer = suppress(**changes)
    assert answer.status == 422, answer.body
    assert answer.json["errors"][0]["pointer"] == pointer
    assert named in answer.json["errors"][0]["detail"]
    assert listed() == []


def test_all_wrong_fields_are_named_at_once():
    wrong = {"rule": "none", "subject_pattern": "[", "until": "2020-01-01"}
    answer = send("POST", "/suppressions", json={**BODY, **wrong})
    assert answer.status == 422, answer.body
    pointers = [error["pointer"] for error in answer.json["errors"]]
    assert pointers == ["/rule", "/subject_pattern", "/until"]


@pytest.mark.parametrize("missing", ["rule", "subject_pattern", "until", "reason"])
def test_every_field_is_required(missing):
    body = {name: value for name, value in BODY.items() if name != missing}
    answer = send("POST", "/suppressions", json=body)
    assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, f"/{missing}")


def test_until_may_be_at_most_180_days_ahead():
    assert suppress(until=(TODAY + timedelta(days=180)).isoformat()).status == 201


def test_the_number_of_suppressions_is_limited(monkeypatch):
    monkeypatch.setattr(suppression_service, "MAX_SUPPRESSIONS", 2)
    suppression_ids = [suppress().json["id"] for _ in range(2)]
    assert suppress().status == 409
    send("DELETE", f"/suppressions/{suppression_ids[0]}")
    assert suppress().status == 201


def test_an_expired_suppression_is_listed_as_expired():
    suppression = suppress().json
    token = suppression["id"].removeprefix("sup_")
    key = {"pk": "SUPPRESSIONS#alice", "sk": f"SUPPRESSION#{token}"}
    yesterday = (TODAY - timedelta(days=1)).isoformat()
    write(stores.reports_table().update(key, "SET #until = :until", until=yesterday))
    assert [(entry["until"], entry["expired"]) for entry in listed()] == [(yesterday, True)]


def test_suppressed_findings_are_counted_and_never_anomalies():
    warehouse = create_warehouse()["id"]
    before = snapshot(warehouse, [5, 20, 30], boxes=3)
    assert covered(before) == (5, 0)
    suppression = suppress(warehouse_id=warehouse).json
    after = snapshot(warehouse, [5, 20, 30], 10, boxes=3)
    assert covered(after) == (2, 3)
    assert after["counts"]["by_rule"]["stagnant-pallet"] == 2
    expected = {
        name: suppression[name] for name in ("id", "rule", "subject_pattern", "until", "reason")
    }
    assert after["suppressions"] == [{**expected, "suppressed": 3}]
    counts = anomaly_service().counts(after["id"])
    assert counts.by_rule["stagnant-pallet"] == 2
    # Suppressed findings count as present: earlier anomalies have not vanished.
    assert after["comparison"]["vanished"] == 0
    assert anomaly_service().counts(before["id"]).open == before["counts"]["total"]
    # Without the suppression the next analysis reports the findings again.
    assert send("DELETE", f"/suppressions/{suppression['id']}").status == 204
    assert send("POST", f"/reports/{after['id']}/reanalysis", json={}).status == 202
    assert drain() == []
    reanalyzed = state(after["id"])
    assert (covered(reanalyzed), reanalyzed["suppressions"]) == ((5, 0), [])
    assert reanalyzed["comparison"]["persisting"] == before["counts"]["total"]


def test_until_is_compared_with_the_day_of_the_snapshot():
    warehouse = create_warehouse()["id"]
    report = snapshot(warehouse, [5, 20], boxes=2)
    suppression = suppress(warehouse_id=warehouse).json
    token = suppression["id"].rpartition("-")[2]
    key = {"pk": f"WAREHOUSE#{warehouse}", "sk": f"SUPPRESSION#{token}"}
    for until, expected in (("2025-01-09", (1, 2)), ("2025-01-08", (3, 0))):
        write(stores.reports_table().update(key, "SET #until = :until", until=until))
        assert send("POST", f"/reports/{report['id']}/reanalysis", json={}).status == 202
        assert drain() == []
        assert covered(state(report["id"])) == expected


def test_suppressions_of_a_user_apply_to_reports_without_a_warehouse():
    suppress()
    columns = {"Pallet ID": "pallet_id", "Location": "location", "Age Hours": "time_in_storage",
               "Description": "description"}  # fmt: skip
    new_report = create(as_of="2025-01-09T12:00:00", column_mapping=columns)
    assert deliver(arrive(new_report, "inventory", inventory([5, 20], 2))) == []
    assert covered(state(new_report["report_id"])) == (1, 2)
    assert covered(snapshot(create_warehouse()["id"], [5, 20], boxes=2)) == (3, 0)
