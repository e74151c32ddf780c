"""Regression tests for mistakes that comparable systems have made."""

from stockwarden.detection.detectors import DETECTORS
from stockwarden.detection.evaluate import evaluate
from stockwarden.detection.priority import Priority
from tests.engine.detection.inventory import STANDARD_LAYOUT, stock


def run(rows, layout=STANDARD_LAYOUT, as_of="2025-10-31T12:00:00Z"):
    evaluation = evaluate(stock(rows, layout, as_of))
    counts = {coverage.rule: coverage for coverage in evaluation.coverage}
    return evaluation.findings, counts


def findings_of(findings, rule):
    return [finding for finding in findings if finding.rule == rule]


def test_a_trailing_blank_disables_nothing():
    rows = [{"pallet_id": f"P{n}", "location": f"00{n % 9 + 1}A", "creation_date": 20}
            for n in range(40)]  # fmt: skip
    clean, before = run([*rows, {"pallet_id": "X", "location": "RECV-01", "creation_date": 20}])
    odd, after = run([*rows, {"pallet_id": "X", "location": "RECV-01 ", "creation_date": 20}])
    assert [f.fingerprint for f in odd] == [f.fingerprint for f in clean]
    assert {c.status for c in after.values()} == {c.status for c in before.values()}


def test_an_old_file_is_judged_at_its_own_time():
    rows = [{"pallet_id": "P1", "location": "RECV-01", "creation_date": "2012-05-01T08:00:00Z"}]
    fresh, _ = run(rows, as_of="2012-05-01T09:00:00Z")
    stale, _ = run(rows, as_of="2012-05-01T19:00:00Z")
    assert findings_of(fresh, "stagnant-pallet") == []
    assert findings_of(stale, "stagnant-pallet")[0].details["age_hours"] == 11.0


def test_unreadable_dates_are_counted_not_dropped():
    rows = [{"pallet_id": f"P{n}", "location": "RECV-01",
             "creation_date": "31/12/25" if n < 60 else 2} for n in range(100)]  # fmt: skip
    findings, coverage = run(rows)
    assert findings_of(findings, "stagnant-pallet") == []
    assert coverage["stagnant-pallet"].rows_judged == 40
    assert coverage["stagnant-pallet"].rows_skipped == {"creation_date unreadable": 60}


def test_five_full_locations_are_five_anomalies():
    rows = [{"pallet_id": f"P{location}-{n}", "location": f"RECV-0{location}"}
            for location in (1, 2, 3, 4) for n in range(22)]  # fmt: skip
    rows += [{"pallet_id": f"D{n}", "location": "DOCK-01"} for n in range(21)]
    findings, _ = run(rows)
    full = findings_of(findings, "overcapacity")
    assert len(full) == 5
    assert sum(finding.affected_pallets for finding in full) == 109
    assert all(len({e["row"] for e in f.evidence}) == f.affected_pallets for f in full)


def test_a_double_scan_keeps_its_second_location():
    findings, _ = run([{"pallet_id": "P1", "location": "001A"},
                       {"pallet_id": "P1", "location": "002A"}])  # fmt: skip
    (double,) = findings_of(findings, "duplicate-pallet")
    assert double.details["locations"] == ["001A", "002A"]
    assert [e["parsed"] for e in double.evidence if e["column"] == "location"] == ["001A", "002A"]


def test_the_capacity_of_the_layout_counts():
    rows = [{"pallet_id": f"P{n}", "location": "A-1"} for n in range(3)]
    for capacity, full in ((2, 1), (3, 0), (99, 0)):
        layout = [{"location_pattern": "A-*", "location_type": "FINAL", "capacity": capacity}]
        assert len(findings_of(run(rows, layout)[0], "overcapacity")) == full


def test_lookalike_codes_are_not_valid():
    layout = [
        {"location_pattern": pattern, "location_type": "STORAGE"}
        for pattern in ("{001..100}{A..D}", "02-06-{001..100}{A..D}")
    ]
    rows = [{"pallet_id": f"P{n}", "location": code}
            for n, code in enumerate(("999999A", "02-06-03A", "02-06-003A", "100D"))]  # fmt: skip
    subjects = {f.subject_id for f in findings_of(run(rows, layout)[0], "unknown-location")}
    assert subjects == {"999999A", "02-06-03A"}


def test_cold_chain_reads_the_description():
    layout = [{"location_pattern": "*", "location_type": "DOCK", "zone": "GENERAL"}]
    rows = [{"pallet_id": "P1", "location": "D1", "creation_date": 2,
             "description": "Frozen fries"}]  # fmt: skip
    assert len(findings_of(run(rows, layout)[0], "cold-chain")) == 1


def test_one_spelling_of_every_priority():
    assert [priority.value for priority in Priority] == ["Very High", "High", "Medium", "Low"]
    assert [priority.rank for priority in Priority] == [0, 1, 2, 3]
    assert all(isinstance(rule.priority, Priority) for rule in DETECTORS)
