"""Stock without a pallet id: the stock line of item, lot and location is the subject."""

import pytest

from stockwarden.detection.detectors import DETECTORS
from stockwarden.detection.evaluate import evaluate
from stockwarden.detection.stored_stock import pack, unpack
from tests.engine.detection.inventory import stock

LAYOUT = [{"location_pattern": "A-*", "location_type": "STORAGE", "capacity": 2}]
EXPIRED = "2025-10-01T00:00:00Z"


def line(item, location, receipt="L1", **values):
    return {"product_code": item, "location": location, "receipt_number": receipt, **values}


def findings(rows, rule, layout=LAYOUT):
    evaluation = evaluate(stock(rows, layout))
    return [finding for finding in evaluation.findings if finding.rule == rule]


def coverage(rows, rule, layout=LAYOUT):
    return next(each for each in evaluate(stock(rows, layout)).coverage if each.rule == rule)


@pytest.mark.parametrize(
    ("row", "subject"),
    [
        (line("sku-1", "a-1", "L7"), "SKU-1 | L7 | A-1"),
        ({"description": "Green tea", "location": "A-1"}, "GREEN TEA | - | A-1"),
        ({"product_code": "S", "description": "Tea", "location": "A-1"}, "S | - | A-1"),
        (line("SKU-1", None), "SKU-1 | L1 | -"),
    ],
)
def test_a_line_is_named_by_item_lot_and_location(row, subject):
    (expired,) = findings([{**row, "expiry_date": EXPIRED}], "expired")
    assert (expired.subject_type, expired.subject_id) == ("stock_line", subject)
    assert expired.pallet_id is None
    assert expired.message.startswith(subject)
    assert expired.affected_pallets == 1


def test_rows_with_the_same_item_lot_and_location_are_one_line():
    rows = [line("S", "A-1", quantity=-1), line("s", "a-1", quantity=-2), line("S", "A-2")]
    (negative,) = findings(rows, "quantity-sign")
    assert sorted({cell["row"] for cell in negative.evidence}) == [2, 3]


def test_a_code_and_a_description_with_the_same_text_are_one_line():
    rows = [
        {"product_code": "Tea", "location": "A-1", "quantity": -1},
        {"description": "Tea", "location": "A-1", "quantity": -2},
        {"product_code": "A", "receipt_number": "B | C", "location": "A-1", "quantity": -1},
        {"product_code": "A | B", "receipt_number": "C", "location": "A-1", "quantity": -1},
    ]
    subjects = [finding.subject_id for finding in findings(rows, "quantity-sign")]
    assert subjects == ["A | B | C | A-1", "TEA | - | A-1"]


def test_evidence_of_a_line_shows_its_item_and_lot():
    (negative,) = findings([line("S", "A-1", "L7", quantity=-1)], "quantity-sign")
    cells = {cell["column"]: cell["parsed"] for cell in negative.evidence}
    assert {"S", "L7", "A-1"} <= set(cells.values())


def test_loose_stock_beside_pallets_is_judged_with_them():
    rows = [
        {"pallet_id": "P-1", "location": "A-1", "expiry_date": EXPIRED},
        {"pallet_id": None, **line("S", "A-1", expiry_date=EXPIRED)},
    ]
    subjects = [(one.subject_type, one.subject_id) for one in findings(rows, "expired")]
    assert subjects == [("pallet", "P-1"), ("stock_line", "S | L1 | A-1")]


def test_a_pallet_and_a_line_with_the_same_text_are_two_subjects():
    rows = [
        {"pallet_id": "S | L1 | A-1", "location": "A-1", "expiry_date": EXPIRED},
        {"pallet_id": None, **line("S", "A-1", expiry_date=EXPIRED)},
    ]
    fingerprints = {finding.fingerprint for finding in findings(rows, "expired")}
    assert len(fingerprints) == 2


def test_rules_about_pallets_say_that_there_are_no_pallet_ids():
    rows = [line("S", "A-1"), line("S", "A-1", "L2"), line("S", "A-1", "L3")]
    for detector in DETECTORS:
        if "pallet_id" in detector.needs:
            receipt = coverage(rows, detector.code)
            assert receipt.status == "not_evaluated"
            assert "pallet_id" in receipt.needs
    assert coverage(rows, "overcapacity").status == "not_evaluated"


def test_lines_fill_no_location_beyond_its_capacity():
    pallets = [{"pallet_id": f"P-{number}", "location": "A-1"} for number in range(2)]
    loose = [{"pallet_id": None, **line(f"S-{number}", "A-1")} for number in range(5)]
    assert findings(pallets + loose, "overcapacity") == []
    (unknown,) = findings([*pallets, {"pallet_id": None, **line("S", "B-9")}], "unknown-location")
    assert unknown.affected_pallets == 1


def test_rows_with_neither_pallet_nor_item_are_skipped():
    rows = [line("S", "A-1", quantity=-1), {"location": "A-2", "quantity": -1}]
    receipt = coverage(rows, "quantity-sign")
    assert receipt.rows_skipped == {"neither pallet id nor item": 1}
    assert receipt.rows_judged == 1


def test_every_rule_says_what_it_judges():
    for detector in DETECTORS:
        assert detector.subjects[0] == detector.subject
        assert ("stock_line" in detector.subjects) == detector.judges_lines


def test_lines_are_the_same_in_a_stored_stock():
    rows = [line("S", "A-1", expiry_date=EXPIRED), {"pallet_id": "P", "location": "A-1"}]
    before = stock(rows, LAYOUT)
    after = unpack(pack(before))
    assert after.subjects.codes.values == before.subjects.codes.values
    assert after.lines.values == ["S | L1 | A-1"]
