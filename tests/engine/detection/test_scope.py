"""Rule scopes: the locations and products a rule covers, and excluded pallets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockwarden.core.errors import Invalid
from stockwarden.detection.detectors import DETECTORS
from stockwarden.detection.evaluate import evaluate
from stockwarden.detection.rule_settings import RuleSettings
from stockwarden.detection.scope import MAX_PATTERNS, Scope
from tests.engine.detection.inventory import STANDARD_LAYOUT, stock
from tests.engine.detection.stocks import stocks
from tests.support.examples import examples

ROWS = [
    {"pallet_id": "P1", "location": "RECV-01", "creation_date": 30, "product_code": "A-1"},
    {"pallet_id": "BOX-2", "location": "RECV-01", "creation_date": 30, "product_code": "A-2"},
    {"pallet_id": "P3", "location": "recv-02 ", "creation_date": 30, "product_code": "b-1"},
    {"pallet_id": "P4", "location": "RECV-03", "creation_date": 30, "description": "a-1 seconds"},
    {"pallet_id": "P5", "location": None, "creation_date": 30},
]


def run(code, scope, rows=ROWS, layout=STANDARD_LAYOUT):
    (rule,) = [rule for rule in DETECTORS if rule.code == code]
    evaluation = evaluate(stock(rows, layout), {code: RuleSettings(scope=scope)}, [rule])
    (coverage,) = evaluation.coverage
    return [finding.subject_id for finding in evaluation.findings], coverage


@pytest.mark.parametrize(
    ("scope", "expected", "outside"),
    [
        (Scope(), ["BOX-2", "P1", "P3", "P4"], 0),
        (Scope(locations=("RECV-{02..03}",)), ["P3", "P4"], 3),
        (Scope(products=("A-*",)), ["BOX-2", "P1", "P4"], 2),
        (Scope(products=("B-1",), locations=("RECV-01",)), [], 5),
        (Scope(excluded=("BOX-*",)), ["P1", "P3", "P4"], 1),
        (Scope(excluded=("RECV-01", "B-*")), ["P4"], 3),
        (Scope(excluded=("*SECONDS",), locations=("RECV-*",)), ["BOX-2", "P1", "P3"], 2),
    ],
)
def test_scope(scope, expected, outside):
    subjects, coverage = run("stagnant-pallet", scope)
    assert subjects == expected
    assert coverage.rows_skipped.get("out of scope", 0) == outside
    assert coverage.rows_judged + sum(coverage.rows_skipped.values()) == len(ROWS)


FULL = [{"pallet_id": f"{kind}-{n}", "location": "001A", "creation_date": 5}
        for kind, n in [("P", 1), ("P", 2), ("BOX", 3)]]  # fmt: skip


def test_excluded_rows_do_not_fill_locations():
    assert run("overcapacity", Scope(), FULL)[0] == ["001A"]
    assert run("overcapacity", Scope(excluded=("BOX-*",)), FULL)[0] == []


def test_rows_out_of_scope_still_fill_locations():
    rows = [*FULL[:2], {**FULL[2], "product_code": "A-1"}]
    subjects, coverage = run("overcapacity", Scope(products=("A-1",)), rows)
    assert subjects == ["001A"]
    assert coverage.rows_skipped == {"out of scope": 2}


def test_the_lot_of_a_straggler_is_counted_outside_the_scope_too():
    rows = [{"pallet_id": f"P{n}", "location": "001A" if n else "RECV-01", "receipt_number": "R"}
            for n in range(10)]  # fmt: skip
    assert run("lot-straggler", Scope(locations=("RECV-*",)), rows)[0] == ["P0"]


def test_a_product_scope_needs_a_product():
    _, coverage = run("overcapacity", Scope(products=("A-*",)), FULL)
    assert coverage.status == "not_evaluated"
    assert coverage.needs == ("product_code or description",)


def test_evidence_names_the_rows_of_the_file():
    (rule,) = [rule for rule in DETECTORS if rule.code == "stagnant-pallet"]
    settings = {rule.code: RuleSettings(scope=Scope(excluded=("P1", "BOX-*")))}
    findings = evaluate(stock(ROWS, STANDARD_LAYOUT), settings, [rule]).findings
    assert [(f.subject_id, f.evidence[0]["row"], f.evidence[0]["raw"]) for f in findings] == [
        ("P3", 4, "P3"),
        ("P4", 5, "P4"),
    ]


@examples(40)
@given(sample=stocks(), excluded=st.sampled_from([("BOX-*",), ("RECV-*",), ("*",)]))
def test_every_row_is_judged_or_skipped_once_whatever_the_scope(sample, excluded):
    scope = Scope(excluded=excluded, locations=("[R0]*",))
    settings = {rule.code: RuleSettings(scope=scope) for rule in DETECTORS}
    for covered in evaluate(sample, settings).coverage:
        if covered.status == "evaluated":
            rows = covered.rows_judged + sum(covered.rows_skipped.values())
            assert rows == len(sample.frame)


def test_patterns_are_trimmed_upper_cased_and_kept_once():
    read = Scope.read({"excluded": [" box-* ", "BOX-*"], "locations": ["a"]})
    assert read == Scope(excluded=("BOX-*",), locations=("A",))
    assert Scope.read(read.to_document()) == read
    assert not Scope.read({})


@pytest.mark.parametrize(
    ("document", "pointer", "words"),
    [
        ({"excluded": ["A", "{B"]}, "/scope/excluded/1", "never closed"),
        ({"excluded": [" "]}, "/scope/excluded/0", "1 to 100 characters"),
        ({"products": ["A" * 101]}, "/scope/products/0", "1 to 100 characters"),
        ({"locations": [4]}, "/scope/locations/0", "1 to 100 characters"),
        ({"locations": "A-*"}, "/scope/locations", "at most 30 patterns"),
        ({"locations": ["A"] * (MAX_PATTERNS + 1)}, "/scope/locations", "at most 30 patterns"),
        ({"zones": []}, "/scope/zones", "only locations, products, excluded"),
    ],
)
def test_a_wrong_scope_says_which_entry(document, pointer, words):
    with pytest.raises(Invalid) as caught:
        Scope.read(document)
    assert caught.value.errors[0].pointer == pointer
    assert words in caught.value.detail
