"""A changed rule or layout is not a changed warehouse: the comparison of snapshots says so."""

import pytest

from tests.functions.analysis.snapshots import (
    LAYOUT,
    OTHER,
    STUCK,
    by_pallet,
    comparison_of,
    delete,
    history,
    snapshot,
)
from tests.support import routing
from tests.support.gateway import USER
from tests.support.reports import create_warehouse, send, state

# P-1 has waited for 24 hours by then.
LOOSE, STRICT = 100, 10


@pytest.fixture
def warehouse():
    return create_warehouse(layout=LAYOUT)["id"]


def limit(warehouse, hours):
    path = f"/rules/stagnant-pallet?warehouse_id={warehouse}"
    answer = routing.ask("PUT", path, caller=USER, json={"parameters": {"max_hours": hours}})
    assert answer.status == 200, answer.body


def test_comparison_names_the_rules_that_differ(warehouse):
    monday = snapshot(warehouse, 6, STUCK)
    limit(warehouse, LOOSE)
    tuesday = snapshot(warehouse, 7, STUCK)
    assert comparison_of(tuesday) == {
        "previous": monday, "vanished": 1, "changed_rules": ["stagnant-pallet"],
    }  # fmt: skip
    (entry,) = history(by_pallet(monday)["P-1"])
    assert entry["comment"] == (
        "No longer in the snapshot of 2025-01-07T08:00:00.000Z, for which the rule had other "
        "settings."
    )
    assert state(monday)["comparison"]["changed_rules"] == []
    # Not settled by work, so it says nothing about how fast work is done.
    trends = send("GET", f"/warehouses/{warehouse}/trends").json["snapshots"]
    assert [point["time_to_resolution"] for point in trends] == [None, None]

    limit(warehouse, STRICT)
    wednesday = snapshot(warehouse, 8, STUCK)
    assert state(wednesday)["comparison"]["changed_rules"] == ["stagnant-pallet"]
    assert state(wednesday)["comparison"]["reappeared"] == 1

    diff = {"against": monday}
    unchanged = send("GET", f"/reports/{wednesday}/diff", query=diff).json
    assert unchanged["changed_rules"] == []
    changed = send("GET", f"/reports/{tuesday}/diff", query=diff).json
    assert (changed["changed_rules"], changed["layout_changed"]) == (["stagnant-pallet"], False)


def test_comparison_says_that_the_layout_differs(warehouse):
    monday = snapshot(warehouse, 6, STUCK, OTHER)
    rows = [*LAYOUT, {"location_pattern": "NEW-{1..3}", "location_type": "STORAGE", "capacity": 2}]
    stored = send("GET", f"/warehouses/{warehouse}").json
    answer = send(
        "PUT",
        f"/warehouses/{warehouse}/layout",
        json={"layout": rows},
        headers={"If-Match": f'"{stored["layout_version"]}"'},
    )
    assert answer.status == 200, answer.body
    tuesday = snapshot(warehouse, 7, STUCK)
    comparison = state(tuesday)["comparison"]
    assert (comparison["changed_rules"], comparison["layout_changed"]) == ([], True)
    diff = send("GET", f"/reports/{tuesday}/diff", query={"against": monday}).json
    assert diff["layout_changed"]


def test_comparison_after_a_deletion_is_with_the_rules_of_the_snapshot_left(warehouse):
    monday = snapshot(warehouse, 6, STUCK)
    limit(warehouse, LOOSE)
    tuesday = snapshot(warehouse, 7, STUCK)
    limit(warehouse, STRICT)
    wednesday = snapshot(warehouse, 8, STUCK)
    delete(tuesday)
    comparison = state(wednesday)["comparison"]
    assert (comparison["previous"], comparison["changed_rules"]) == (monday, [])
    assert by_pallet(monday)["P-1"]["status"] == "New"
