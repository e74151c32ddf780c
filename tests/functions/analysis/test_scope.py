"""The scope question for possible parts: asked before resolving, answered, stored."""

import pytest

from stockwarden.anomalies import object_keys
from stockwarden.bootstrap import repositories, stores
from stockwarden.bootstrap.reports import report_service
from stockwarden.snapshots.comparison_service import ComparisonService
from tests.functions.analysis.halls import (
    HEADER,
    STORED,
    STUCK,
    WHOLE,
    announce,
    answer,
    answered,
    hall,
    question,
    ready,
    submit,
)
from tests.functions.analysis.snapshots import by_pallet, listed
from tests.support.gateway import OTHER, multipart
from tests.support.problems import problem
from tests.support.reports import (
    announce_all,
    create_warehouse,
    deliver,
    drain,
    get,
    send,
    share,
    state,
    store,
)

FEW = STUCK[:6]


def open_in(report_id):
    return {
        pallet
        for pallet, anomaly in by_pallet(report_id).items()
        if anomaly["status"] != "Resolved"
    }


def test_scope_is_asked_before_anything_is_resolved():
    central = hall()
    elsewhere = create_warehouse(name="South")["id"]
    monday = ready(central, 6, WHOLE)
    before = by_pallet(monday)
    report = submit(central, 7, FEW)
    assert (report["status"], report["asks"]) == ("needs_mapping", ["scope"])
    assert report["reason"] == (
        "This file has 6 rows, the last snapshot of Central had 40; 6 of its 40 pallets are in "
        "this file. Is this the whole warehouse, a part of it, or another warehouse?"
    )
    scope_question = question(report["id"])
    assert (scope_question["id"], scope_question["kind"], scope_question["optional"]) == (
        "scope",
        "scope",
        False,
    )
    assert [(choice["value"], choice["label"]) for choice in scope_question["choices"]] == [
        ("whole", "The whole warehouse"), ("part", "A part of it"), (elsewhere, "South"),
    ]  # fmt: skip
    assert scope_question["scope"] == {
        "warehouse_id": central, "warehouse_name": "Central",
        "as_of": "2025-01-07T08:00:00.000Z", "rows": 6, "pallets": 6, "known": 6,
        "last": {
            "report_id": monday, "as_of": "2025-01-06T08:00:00.000Z", "rows": 40, "pallets": 40,
        },
    }  # fmt: skip
    assert by_pallet(monday) == before
    assert listed() == {monday}
    assert state(monday)["superseded"] is False
    assert report["counts"]["total"] == 0
    result_sets = stores.anomalies_table().query_all("#pk = :pk", pk=report["id"])
    assert [item["sk"] for item in result_sets if item["sk"] != "COUNTS"] == []


CASES = {
    "half of the rows and of the pallets": (WHOLE[:20], False),
    "one row less": (WHOLE[:19], True),
    "as many rows, half of the pallets": ([*WHOLE[:20], *(f"N{row}" for row in STORED)], False),
    "as many rows, one pallet less": ([*WHOLE[:19], *(f"N{row}" for row in WHOLE[19:])], True),
    "half of the rows twice": ([*WHOLE[:10], *WHOLE[:10]], True),
    "more of everything": ([*WHOLE, *(f"N{row}" for row in WHOLE)], False),
    "other pallets": ([f"N{row}" for row in WHOLE], True),
}


@pytest.mark.parametrize(("rows", "asks"), CASES.values(), ids=CASES)
def test_exactly_half_counts_as_whole(rows, asks):
    central = hall()
    ready(central, 6, WHOLE)
    assert submit(central, 7, rows)["status"] == ("needs_mapping" if asks else "ready")


@pytest.mark.parametrize(
    ("share", "pallets", "asks"),
    [(0, 1, False), (0.3, 12, False), (0.3, 11, True), (1, 40, False), (1, 39, True)],
)
def test_limit_for_parts_is_set_per_warehouse(share, pallets, asks):
    central = hall(part_below=share)
    assert send("GET", f"/warehouses/{central}").json["part_below"] == share
    ready(central, 6, WHOLE)
    assert submit(central, 7, WHOLE[:pallets])["status"] == ("needs_mapping" if asks else "ready")


def test_limit_for_parts_has_bounds():
    created_warehouse = send("POST", "/warehouses", json={"name": "Plain"}).json
    assert created_warehouse["part_below"] == 0.5
    path = f"/warehouses/{created_warehouse['id']}"
    assert send("PATCH", path, json={"part_below": 0.25}).json["part_below"] == 0.25
    for wrong in (-0.1, 1.1):
        answer = send("PATCH", path, json={"part_below": wrong})
        assert problem(answer, 422)["errors"][0]["pointer"] == "/part_below"
    assert get("/warehouses").json["warehouses"][0]["part_below"] == 0.25


def test_first_snapshot_is_not_asked():
    assert submit(hall(), 6, FEW)["status"] == "ready"


def test_answer_whole_resolves_as_usual():
    central = hall()
    monday = ready(central, 6, WHOLE)
    report = answered(submit(central, 7, FEW)["id"], "whole")
    assert report["status"] == "ready"
    assert report["asks"] == []
    assert (report["scope"], report["scope_said"]["by"]) == ("whole", "alice")
    assert open_in(monday) == {row[:4] for row in FEW}
    assert report["comparison"]["vanished"] == 14
    assert listed() == {report["id"]}
    assert submit(central, 8, FEW[:3])["status"] == "ready"


def test_stated_whole_resolves_everything_absent():
    central = hall()
    cold = "C-1,001A,2025-01-04T08:00:00,T-1,Figs"
    monday = ready(central, 6, [*WHOLE, cold])
    assert by_pallet(monday, "overcapacity")
    report = answered(submit(central, 7, STUCK[:1])["id"], "whole")
    assert report["comparison"]["not_covered"] == 0
    assert {anomaly["status"] for anomaly in by_pallet(monday, "overcapacity").values()} == {
        "Resolved"
    }


def test_answer_is_stored_and_not_asked_again():
    central = hall()
    ready(central, 6, WHOLE)
    report = answered(submit(central, 7, FEW)["id"], "part")
    for path, body in (("reanalysis", {}), ("reanalysis", {"as_of": "2025-01-08T08:00:00Z"})):
        assert send("POST", f"/reports/{report['id']}/{path}", json=body).status == 202
        assert drain() == []
        reanalyzed = state(report["id"])
        assert (reanalyzed["status"], reanalyzed["scope"]) == ("ready", "part")
        assert reanalyzed["scope_said"] == report["scope_said"]
    assert get("/reports").json["reports"][0]["scope"] == "part"


def test_answer_may_be_another_warehouse():
    central, south = hall(), hall("South")
    monday = ready(central, 6, WHOLE)
    ready(south, 6, [f"N{row}" for row in WHOLE])
    report = submit(central, 7, FEW)
    pending = answered(report["id"], south)
    assert (pending["status"], pending["moving"]) == ("needs_mapping", {"warehouse_id": south})
    assert "of South had 40; 0 of its 40 pallets" in pending["reason"]
    assert question(report["id"])["choices"][-1]["value"] == central
    final = answered(report["id"], "part")
    assert (final["status"], final["warehouse_id"], final["scope"]) == ("ready", south, "part")
    assert open_in(monday) == {row[:4] for row in STUCK}
    assert state(monday)["superseded"] is False


def test_a_warehouse_without_snapshots_does_not_ask():
    central, south = hall(), hall("South")
    ready(central, 6, WHOLE)
    final = answered(submit(central, 7, FEW)["id"], south)
    assert (final["status"], final["warehouse_id"], final["scope"]) == ("ready", south, "whole")


def test_who_may_answer_and_what():
    repositories.user_repository().add("alice", "hash")
    repositories.user_repository().add("bob", "hash")
    central = hall()
    theirs, viewable = (create_warehouse(name=name, caller=OTHER)["id"] for name in ("A", "B"))
    share(theirs, "alice", "operator", caller=OTHER)
    share(viewable, "alice", "viewer", caller=OTHER)
    hidden = create_warehouse(name="C", caller=OTHER)["id"]
    ready(central, 6, WHOLE)
    report = submit(central, 7, FEW)
    offered = [choice["value"] for choice in question(report["id"])["choices"]]
    assert offered == ["whole", "part", theirs]
    for value in (hidden, "wh_none", "Whole", ""):
        (error,) = problem(answer(report["id"], value), 422)["errors"]
        assert error["pointer"] == "/answers/scope"
    problem(answer(report["id"], None), 422)
    problem(answer(report["id"], viewable), 403)
    problem(answer(report["id"], "part", caller=OTHER), 404)
    stale = {"If-Match": f'"{report["version"] - 1}"'}
    problem(answer(report["id"], "part", headers=stale), 412)
    assert state(report["id"])["version"] == report["version"]
    final = answered(report["id"], theirs)
    assert (final["warehouse_id"], final["username"], final["created_by"]) == (
        theirs,
        "bob",
        "alice",
    )


@pytest.mark.parametrize("scope", ["whole", "part"])
def test_scope_given_with_the_file_is_not_asked(scope):
    central = hall()
    ready(central, 6, WHOLE)
    report = submit(central, 7, FEW, scope=scope)
    assert (report["status"], report["scope"], report["scope_said"]["by"]) == (
        "ready", scope, "alice",
    )  # fmt: skip
    parts = {"inventory_file": ("s.csv", (HEADER + FEW[0]).encode(), "text/csv"), "scope": scope,
             "warehouse_id": central}  # fmt: skip
    body, headers = multipart(parts)
    sent = send("POST", "/reports", body=body, headers=headers).json["report_id"]
    for message in announce_all():
        deliver(message)
    assert (state(sent)["status"], state(sent)["scope"]) == ("ready", scope)


def test_only_a_file_of_a_warehouse_has_a_scope():
    answer = send("POST", "/reports", json={"filename": "s.csv", "scope": "part"})
    assert problem(answer, 422)["errors"][0]["pointer"] == "/scope"
    wrong = {"filename": "s.csv", "scope": "half", "warehouse_id": hall()}
    assert problem(send("POST", "/reports", json=wrong), 422)["errors"][0]["pointer"] == "/scope"


def test_dropped_file_is_asked_too():
    repositories.user_repository().add("alice", "hash")
    central = hall()
    ready(central, 6, WHOLE)
    deliver(store("drop/alice/central/today.csv", (HEADER + "\n".join(FEW)).encode()))
    (report,) = get("/reports", query={"status": "needs_mapping"}).json["reports"]
    assert "6 of its 40 pallets" in report["reason"]
    assert answered(report["id"], "part")["scope"] == "part"


def test_the_dates_are_asked_first_and_both_answers_count():
    central = hall()
    ready(central, 6, WHOLE)
    unsure = [row.replace("2025-01-05T08:00:00", "05/01/2025 08:00") for row in FEW]
    report = submit(central, 7, unsure)
    assert question(report["id"])["id"] == "date_order"
    request = {"answers": {"date_order": "DMY"}, "save_as": "Ours"}
    assert send("PUT", f"/reports/{report['id']}/mapping", json=request).status == 202
    assert drain() == []
    assert question(report["id"])["id"] == "scope"
    final = answered(report["id"], "part")
    assert (final["status"], final["date_order"], final["scope"]) == ("ready", "DMY", "part")
    assert [mapping["name"] for mapping in get("/mappings").json["mappings"]] == ["Ours"]


def test_answer_applies_to_the_snapshot_it_was_compared_with():
    central = hall()
    ready(central, 6, WHOLE)
    first, second = submit(central, 8, FEW), submit(central, 9, FEW[:5])
    tuesday = ready(central, 7, [*WHOLE, "N-1,009D,2025-01-06T08:00:00,T-9,Figs"])
    pending = answered(first["id"], "whole")
    assert pending["status"] == "needs_mapping"
    assert question(first["id"])["scope"]["last"]["report_id"] == tuesday
    assert open_in(tuesday) == {row[:4] for row in STUCK}
    assert answered(first["id"], "whole")["status"] == "ready"
    assert answered(second["id"], "part")["status"] == "ready"


def test_later_of_two_concurrent_files_is_decided_again(monkeypatch):
    central = hall()
    small, message = announce(central, 7, FEW)
    save_files = ComparisonService.save_files

    def meanwhile(self, *arguments):
        monkeypatch.setattr(ComparisonService, "save_files", save_files)
        ready(central, 6, WHOLE)
        return save_files(self, *arguments)

    monkeypatch.setattr(ComparisonService, "save_files", meanwhile)
    assert deliver(message) == []
    report = state(small)
    assert report["status"] == "needs_mapping"
    assert report["counts"]["total"] == 0
    assert answered(small, "part")["status"] == "ready"


def test_a_snapshot_of_an_earlier_version_is_compared_by_its_pallet_file():
    central = hall()
    monday = ready(central, 6, WHOLE)
    generation = report_service().repository.find(monday).summary["generation"]
    stores.objects().delete_prefix(object_keys.subjects_key(monday, generation))
    report = submit(central, 7, FEW)
    assert question(report["id"])["scope"]["known"] == 6
    assert question(report["id"])["scope"]["last"]["pallets"] == 40
