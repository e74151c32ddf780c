"""Properties that hold for any inventory."""

import json
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from stockwarden.detection.evaluate import evaluate
from tests.engine.detection.inventory import STANDARD_LAYOUT, stock
from tests.support.examples import examples

CODES = ["001A", "001a ", "002B", "RECV-01", "AISLE-03", "DOCK-01", "X@1", "999999A", "LIMBO",
         "A" * 25, None, "", "NULL", "ÑANDÚ", "\u0661", "{", "*"]  # fmt: skip
DATES = st.one_of(st.floats(-50, 2000), st.sampled_from([None, "", "?", 0, 10, 4]))
ROW = st.fixed_dictionaries(
    {
        "pallet_id": st.sampled_from(["P1", "p1 ", "P2", "P3", "P4", "340123450000000017"]),
        "location": st.one_of(st.sampled_from(CODES), st.text(max_size=6)),
    },
    optional={
        "creation_date": DATES,
        "expiry_date": DATES,
        "last_movement_date": DATES,
        "time_in_storage": st.one_of(st.none(), st.floats(-10, 5000), st.just("x")),
        "receipt_number": st.sampled_from(["L1", "L2", "", None]),
        "description": st.sampled_from(["Frozen peas", "nails", None, "CHILLED"]),
        "temperature_zone": st.sampled_from(["AMBIENT", "cold", None]),
        "location_type": st.sampled_from(["FINAL", "RECEIVING", "?", None]),
        "quantity": st.one_of(st.floats(-5, 1e6), st.sampled_from([None, "x", 0])),
        "product_code": st.sampled_from(["A", "B", None]),
        "unit": st.sampled_from(["KG", None]),
        "sscc": st.sampled_from(["340123450000000017", "340123450000000018", "1", None]),
        "gtin": st.sampled_from(["4006381333931", "x", None]),
    },
)
ROWS = st.lists(ROW, min_size=1, max_size=25)
ZONED = [*STANDARD_LAYOUT[:3], {"location_pattern": "{DOCK*,L*}", "location_type": "DOCK",
         "zone": "ambient", "allowed_description": "*PEAS*"}]  # fmt: skip
LAYOUTS = st.sampled_from([None, STANDARD_LAYOUT, ZONED])


@given(ROWS, LAYOUTS)
@examples(60)
def test_every_row_is_judged_or_skipped_once_by_every_rule(rows, layout):
    evaluation = evaluate(stock(rows, layout))
    for coverage in evaluation.coverage:
        if coverage.status == "evaluated":
            assert coverage.rows_judged + sum(coverage.rows_skipped.values()) == len(rows)
            assert all(count > 0 for count in coverage.rows_skipped.values())
        else:
            assert coverage.needs


@given(ROWS, LAYOUTS)
@examples(60)
def test_findings_are_unique_json_and_proven(rows, layout):
    findings = evaluate(stock(rows, layout)).findings
    assert max(Counter(f.fingerprint for f in findings).values(), default=1) == 1
    json.dumps([finding.to_document() for finding in findings], allow_nan=False)
    for finding in findings:
        assert finding.evidence_total == len(finding.evidence) > 0
        assert finding.affected_pallets >= 1
        for cell in finding.evidence:
            assert 2 <= cell["row"] < 2 + len(rows)
            assert cell["raw"] == rows[cell["row"] - 2].get(cell["column"])


@given(ROWS, LAYOUTS)
@examples(25)
def test_the_same_input_gives_the_same_findings(rows, layout):
    first, second = (evaluate(stock(rows, layout)).findings for _ in range(2))
    assert first == second


@given(ROWS, LAYOUTS, st.randoms(use_true_random=False))
@examples(30)
def test_the_order_of_rows_changes_no_finding(rows, layout, random):
    shuffled = list(rows)
    random.shuffle(shuffled)
    forward, other = ({f.fingerprint for f in evaluate(stock(r, layout)).findings}
                  for r in (rows, shuffled))  # fmt: skip
    assert forward == other


@given(ROWS, LAYOUTS)
@examples(30)
def test_impossible_and_unknown_never_share_a_code(rows, layout):
    findings = evaluate(stock(rows, layout)).findings
    codes = [{f.subject_id for f in findings if f.rule == rule}
             for rule in ("impossible-location", "unknown-location")]  # fmt: skip
    assert not codes[0] & codes[1]
