"""Parts of a warehouse resolve anomalies they cover and leave all others open."""

import pytest

from stockwarden.bootstrap import repositories
from stockwarden.snapshots import list_membership
from stockwarden.snapshots.comparison_service import ComparisonService
from tests.functions.analysis.crashes import Killed, killed_at, points_to_try
from tests.functions.analysis.halls import (
    STORED,
    STUCK,
    WHOLE,
    announce,
    answered,
    hall,
    ready,
    submit,
)
from tests.functions.analysis.snapshots import ask, by_pallet, listed, resolve
from tests.support.aws import forget_reports
from tests.support.reports import deliver, drain, get, send, state

FIXED = "P-00,001A,2025-01-05T08:00:00,R-0,Apples"
FRESH = "N-1,RECV-01,2025-01-05T09:00:00,R-99,Apples"
PART = [FIXED, *STUCK[1:5], FRESH]
RECEIVING = {row[:4] for row in STUCK}


def part(warehouse, day, rows):
    return ready(warehouse, day, rows, scope="part")


def status(report_id, rule="stagnant-pallet"):
    return {pallet: anomaly["status"] for pallet, anomaly in by_pallet(report_id, rule).items()}


def list_across_reports(limit=100, **query):
    """All entries of the list across reports: (report, pallet, status)."""
    entries, cursor = [], None
    while True:
        more = {"cursor": cursor} if cursor else {}
        page = ask("/anomalies", limit=limit, **query, **more)
        entries += [
            (anomaly["report_id"], anomaly["pallet_id"], anomaly["status"])
            for anomaly in page["anomalies"]
        ]
        cursor = page["next_cursor"]
        if cursor is None:
            return entries


def open_pallets(entries):
    """The pallets of a list's open entries, after checking that each occurs once."""
    pallets = [pallet for _, pallet, anomaly_status in entries if anomaly_status != "Resolved"]
    assert len(pallets) == len(set(pallets))
    return set(pallets)


def test_part_resolves_what_it_covers_and_the_rest_stays_listed():
    central = hall()
    monday = ready(central, 6, WHOLE)
    tuesday = part(central, 7, PART)
    assert status(monday)["P-00"] == "Resolved"
    assert {
        pallet for pallet, anomaly_status in status(monday).items() if anomaly_status == "New"
    } == RECEIVING - {"P-00"}
    assert set(status(tuesday)) == {"P-01", "P-02", "P-03", "P-04", "N-1"}
    entries = list_across_reports()
    assert open_pallets(entries) == RECEIVING - {"P-00"} | {"N-1"}
    assert {pallet: report for report, pallet, _ in entries if pallet in {"P-01", "P-09"}} == {
        "P-01": tuesday, "P-09": monday,
    }  # fmt: skip
    comparison = state(tuesday)["comparison"]
    assert (comparison["vanished"], comparison["not_covered"]) == (1, 15)
    assert state(monday)["superseded"] is True


@pytest.mark.parametrize("limit", [1, 2, 7])
def test_list_pages_have_each_anomaly_once(limit):
    central = hall()
    ready(central, 6, [*WHOLE, "C-1,001A,2025-01-04T08:00:00,T-1,Figs"])
    part(central, 7, PART)
    part(central, 8, [*STUCK[4:8], STORED[0].replace("001A", "")])
    whole = list_across_reports()
    assert list_across_reports(limit) == whole
    assert len(whole) == len(set(whole))
    assert list_across_reports(limit, warehouse_id=central) == whole
    for filters in ({"rule": "stagnant-pallet"}, {"status": "New"}, {"location": "RECV-02"}):
        few, many = list_across_reports(limit, **filters), list_across_reports(**filters)
        assert few == many
        assert many


def test_uncovered_anomaly_is_changed_in_its_own_report():
    central = hall()
    monday = ready(central, 6, WHOLE)
    tuesday = part(central, 7, PART)
    resolve(by_pallet(monday)["P-09"], "In Progress")
    assert status(monday)["P-09"] == "In Progress"
    path = f"/anomalies/{by_pallet(monday)['P-01']['id']}"
    assert ask(path)["newer"]["report_id"] == tuesday
    resolve(by_pallet(tuesday)["P-01"], "Acknowledged")
    wednesday = ready(central, 8, WHOLE)
    now = status(wednesday)
    assert (now["P-09"], now["P-01"], now["P-00"]) == ("In Progress", "Acknowledged", "New")
    assert {
        anomaly["recurrence"]
        for pallet, anomaly in by_pallet(wednesday).items()
        if pallet != "P-00"
    } == {"persisting"}
    assert by_pallet(wednesday)["P-00"]["recurrence"] == "reappeared"
    assert listed() == {wednesday}


def test_part_with_a_complete_area_covers_it():
    central = hall()
    monday = ready(central, 6, [*WHOLE, "C-1,001A,2025-01-04T08:00:00,T-1,Figs"])
    part(central, 7, STUCK[:18])
    statuses = status(monday)
    resolved = {pallet for pallet in statuses if statuses[pallet] == "Resolved"}
    assert resolved == {"P-18", "P-19"}
    assert set(status(monday, "overcapacity").values()) == {"New"}


def test_part_with_less_than_nine_tenths_does_not_cover_an_area():
    central = hall()
    monday = ready(central, 6, WHOLE)
    part(central, 7, STUCK[:17])
    assert set(status(monday).values()) == {"New"}


def test_rules_over_several_rows_are_resolved_by_whole_snapshots_only():
    """A part may hold only some pallets of a location or lot, or some rows of a pallet."""
    central = hall()
    twice = ["D-1,005A,2025-01-04T08:00:00,T-7,Figs", "D-1,006A,2025-01-04T08:00:00,T-7,Figs"]
    lot = [f"L-{n},00{n + 6}D,2025-01-05T20:00:00,LOT,Nuts" for n in range(4)]
    late = "L-9,RECV-01,2025-01-06T02:00:00,LOT,Nuts"
    over = "C-1,001A,2025-01-04T08:00:00,T-1,Figs"
    monday = ready(central, 6, [*STUCK, *STORED[:16], *twice, *lot, late, over])
    rules = ("duplicate-pallet", "lot-straggler", "overcapacity")
    assert all(set(status(monday, rule).values()) == {"New"} for rule in rules)
    part(central, 7, [STORED[0], twice[0], late, lot[0], *STUCK[:2]])
    assert all(set(status(monday, rule).values()) == {"New"} for rule in rules)
    ready(central, 8, [*STUCK, *STORED[:16], twice[0], *lot])
    assert all(set(status(monday, rule).values()) == {"Resolved"} for rule in rules)


def test_next_file_is_compared_with_the_last_whole_snapshot():
    central = hall()
    monday = ready(central, 6, WHOLE)
    part(central, 7, STUCK[:6])
    part(central, 8, STUCK[6:9])
    assert submit(central, 9, WHOLE[:19])["status"] == "needs_mapping"
    (asking_report_id,) = [
        report["id"] for report in get("/reports").json["reports"] if report["status"] != "ready"
    ]
    sizes = get(f"/reports/{asking_report_id}/preview").json["questions"][0]["scope"]
    assert sizes["last"]["report_id"] == monday
    assert submit(central, 9, WHOLE[:20])["status"] == "ready"


def test_consecutive_parts():
    central = hall()
    monday = ready(central, 6, WHOLE)
    tuesday = part(central, 7, STUCK[:4])
    wednesday = part(central, 8, STUCK[2:6])
    assert {(report, pallet) for report, pallet, _ in list_across_reports() if pallet < "P-07"} == {
        (tuesday, "P-00"), (tuesday, "P-01"), (wednesday, "P-02"), (wednesday, "P-03"),
        (wednesday, "P-04"), (wednesday, "P-05"), (monday, "P-06"),
    }  # fmt: skip
    assert open_pallets(list_across_reports()) == RECEIVING


def test_reanalyzed_parts_stay_in_the_list():
    central = hall()
    monday = ready(central, 6, WHOLE)
    tuesday = part(central, 7, PART)
    wednesday = part(central, 8, STUCK[2:6])
    before = list_across_reports()
    for report in (monday, tuesday, wednesday, monday):
        assert send("POST", f"/reports/{report}/reanalysis", json={}).status == 202
        assert drain() == []
        assert state(report)["status"] == "ready"
        assert sorted(list_across_reports()) == sorted(before)


def test_deleted_part_restores_the_list():
    central = hall()
    monday = ready(central, 6, WHOLE)
    before = list_across_reports()
    tuesday = part(central, 7, PART)
    wednesday = part(central, 8, STUCK[2:6])
    for report in (tuesday, wednesday):
        assert send("DELETE", f"/reports/{report}").status == 204
        assert report not in listed()
        assert drain() == []
        assert open_pallets(list_across_reports()) == RECEIVING
    assert sorted(list_across_reports()) == sorted(before)
    assert state(monday)["superseded"] is False


def test_earlier_whole_is_used_after_deletion_of_the_last_one():
    central = hall()
    monday = ready(central, 6, WHOLE)
    tuesday = ready(central, 7, WHOLE)
    wednesday = part(central, 8, STUCK[:3])
    assert send("DELETE", f"/reports/{tuesday}").status == 204
    assert listed() == {wednesday}
    assert drain() == []
    assert listed() == {monday, wednesday}
    assert open_pallets(list_across_reports()) == RECEIVING


def test_scope_statement_can_be_changed():
    central = hall()
    monday = ready(central, 6, WHOLE)
    tuesday = answered(submit(central, 7, PART)["id"], "part")["id"]
    for scope, expected_reports, vanished in (
        ("whole", {tuesday}, RECEIVING),
        ("part", {monday, tuesday}, set()),
    ):
        path = f"/reports/{tuesday}/reanalysis"
        assert send("POST", path, json={"scope": scope}).status == 202
        assert drain() == []
        assert state(tuesday)["scope"] == scope
        assert listed() == expected_reports
        resolved = {
            pallet
            for pallet, anomaly_status in status(monday).items()
            if anomaly_status == "Resolved"
        }
        assert resolved - {"P-00"} == vanished - {"P-00", "P-01", "P-02", "P-03", "P-04"}


def test_number_of_consecutive_parts_is_limited(monkeypatch):
    monkeypatch.setattr(list_membership, "MOST_PARTS", 2)
    central = hall()
    ready(central, 6, WHOLE)
    for day in (7, 8):
        part(central, day, STUCK[:3])
    report = submit(central, 9, STUCK[:3], scope="part")
    assert report["status"] == "failed"
    assert "2 parts since its last whole snapshot" in report["reason"]
    assert open_pallets(list_across_reports()) == RECEIVING
    ready(central, 9, WHOLE)
    assert submit(central, 10, STUCK[:3], scope="part")["status"] == "ready"


def test_utilization_comes_from_the_last_whole_snapshot():
    central = hall()
    monday = ready(central, 6, WHOLE)
    tuesday = part(central, 7, PART)
    usage = get(f"/warehouses/{central}/utilization").json
    assert (usage["now"]["report_id"], usage["now"]["pallets"]) == (monday, 40)
    assert [(point["report_id"], point["scope"]) for point in usage["snapshots"]] == [
        (tuesday, "part"), (monday, "whole"),
    ]  # fmt: skip
    trends = get(f"/warehouses/{central}/trends").json["snapshots"]
    assert [point["scope"] for point in trends] == ["part", "whole"]


def test_part_without_the_pallet_is_left_out_of_its_life():
    central = hall()
    monday = ready(central, 6, WHOLE)
    tuesday = part(central, 7, PART)
    wednesday = ready(central, 8, WHOLE)

    def life(pallet, **query):
        path = f"/pallets/{pallet}"
        snapshots = get(path, query={"warehouse_id": central, **query}).json["snapshots"]
        return [(entry["report_id"], entry["present"], entry["moved"]) for entry in snapshots]

    assert life("P-09") == [(wednesday, True, False), (monday, True, None)]
    assert life("P-00") == [(wednesday, True, True), (tuesday, True, True), (monday, True, None)]
    assert life("P-09", limit=1) == [(wednesday, True, None)]


def test_calibration_uses_whole_snapshots_only():
    central = hall()
    monday = ready(central, 6, WHOLE)
    part(central, 7, PART)
    recent = repositories.recent_reports().list_reports(central, 5)
    assert [snapshot.report_id for snapshot in recent] == [monday]


def test_change_while_the_next_snapshot_is_shown_is_not_lost(monkeypatch):
    central = hall()
    monday = ready(central, 6, WHOLE)
    part(central, 7, PART)
    save_files = ComparisonService.save_files

    def meanwhile(self, *arguments):
        monkeypatch.setattr(ComparisonService, "save_files", save_files)
        resolve(by_pallet(monday)["P-09"], "In Progress")
        return save_files(self, *arguments)

    monkeypatch.setattr(ComparisonService, "save_files", meanwhile)
    wednesday = ready(central, 8, WHOLE)
    assert status(wednesday)["P-09"] == "In Progress"


def test_part_killed_at_any_write_is_completed(clock):
    def monday():
        central = hall()
        return central, ready(central, 6, WHOLE)

    central, whole = monday()
    _, message = announce(central, 7, PART, scope="part")
    points = points_to_try(lambda: (deliver(message), drain()))
    model = {pallet: anomaly_status for _, pallet, anomaly_status in list_across_reports()}
    for point in (each for each in points if each > 3):
        forget_reports()
        central, whole = monday()
        tuesday, message = announce(central, 7, PART, scope="part")
        with killed_at(point), pytest.raises(Killed):
            deliver(message)
            drain()
        assert open_pallets(list_across_reports()) >= RECEIVING - {"P-00"}
        clock(hours=1)
        assert deliver(message) == []
        assert drain() == []
        assert {
            pallet: anomaly_status for _, pallet, anomaly_status in list_across_reports()
        } == model
        assert listed() == {whole, tuesday}


def test_a_companion_is_a_line_where_its_lead_is_listed_from_a_newer_part():
    """P-01 waited and stood twice on Monday; in Tuesday's part it waits, and stands once."""
    central = hall()
    monday = ready(central, 6, [*WHOLE, "P-01,005A,2025-01-05T08:00:00,R-1,Apples"])
    tuesday = part(central, 7, PART)
    everything = [(monday, "duplicate-pallet"), (tuesday, "stagnant-pallet")]
    for query in ({}, {"warehouse_id": central}):
        for grouped in (False, True):
            page = ask("/anomalies", limit=100, grouped=grouped, **query)["anomalies"]
            assert everything == sorted(
                ((line["report_id"], line["rule"]) for line in page if line["pallet_id"] == "P-01"),
                key=everything.index,
            )
    lines = ask("/anomalies", limit=100, grouped=True, report_id=monday)["anomalies"]
    assert [line["rule"] for line in lines if line["pallet_id"] == "P-01"] == ["stagnant-pallet"]


def test_a_change_leaves_companions_to_the_newer_snapshot_that_has_them():
    """On Monday P-01 waited and stood twice; on Tuesday it stands twice elsewhere."""
    central = hall()
    monday = ready(central, 6, [*WHOLE, "P-01,005A,2025-01-05T08:00:00,R-1,Apples"])
    twice = [f"P-01,00{aisle}A,2025-01-05T08:00:00,R-1,Apples" for aisle in (6, 7)]
    tuesday = part(central, 7, [FIXED, *twice, *STUCK[2:5], FRESH])
    lead = by_pallet(monday)["P-01"]
    assert lead["companions"] == [by_pallet(monday, "duplicate-pallet")["P-01"]["id"]]
    answer = send(
        "POST",
        f"/anomalies/{lead['id']}/status",
        json={"status": "In Progress", "companions": True},
    )
    assert (answer.status, answer.json.get("companions")) == (200, None)
    body = {"ids": [lead["id"]], "status": "Acknowledged", "companions": True}
    assert send("POST", "/anomalies/status", json=body).json["updated"] == 1
    for report_id in (monday, tuesday):
        assert status(report_id, "duplicate-pallet")["P-01"] == "New"
