"""Costs: published formulas, exact amounts and the resulting order."""

from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockwarden.detection.detectors import DETECTORS
from stockwarden.detection.finding import Finding
from stockwarden.detection.priority import Priority
from stockwarden.rules.pricing import (
    BasisOverride,
    Prices,
    cost_of,
    formula,
    formula_of,
    price,
)

BY_CODE = {detector.code: detector for detector in DETECTORS}


def finding(rule="stagnant-pallet", age=10.0, **changes):
    default = Finding(
        rule=rule,
        title="",
        priority=Priority.HIGH,
        subject_type="pallet",
        subject_id="P1",
        pallet_id="P1",
        location=None,
        message="",
        details={},
        affected_pallets=1,
        evidence=[],
        age_hours=age,
    )
    return replace(default, **changes)


WITH_TIME = "pallets × (hours × pallet_hour + minutes × handling_minute)"
CASES = [
    # 10 h x 0.05 + 5 min x 0.6
    (finding(), Prices(), "3.50", WITH_TIME),
    (finding(age=None), Prices(), "3.00", "pallets × minutes × handling_minute"),
    (finding(age=-5.0), Prices(), "3.00", WITH_TIME),
    (
        finding("stuck-in-transit", 900.0, details={"dwell_hours": 4.5}),
        Prices(),
        "3.23",  # 0.225 + 3, half up
        WITH_TIME,
    ),
    (
        finding("overcapacity", details={"excess": 3}, affected_pallets=9),
        Prices(),
        "14.40",
        "pallets × minutes × handling_minute",
    ),
    (
        finding("expired"),
        Prices(),
        "506.00",
        "pallets × (minutes × handling_minute + share × pallet_value)",
    ),
    (finding(), Prices("USD", 1, 0, 0), "10.00", WITH_TIME),
    (
        finding(),
        Prices(rules={"stagnant-pallet": BasisOverride(minutes=0)}),
        "0.50",
        "pallets × hours × pallet_hour",
    ),
    (finding("future-date"), Prices(rules={"future-date": BasisOverride(minutes=0)}), "0.00", "0"),
]


@pytest.mark.parametrize(("anomaly", "prices", "amount", "text"), CASES)
def test_amount_and_formula_of_a_finding(anomaly, prices, amount, text):
    cost = cost_of(anomaly, prices.basis(BY_CODE[anomaly.rule]), prices)
    assert cost.amount == Decimal(amount)
    assert cost.formula == text
    assert cost.currency == prices.currency
    assert cost.to_document() == {
        "amount": float(amount),
        "currency": prices.currency,
        "formula": text,
        "inputs": cost.inputs,
    }


@pytest.mark.parametrize("rule", DETECTORS, ids=BY_CODE)
def test_every_rule_has_a_formula(rule):
    assert formula_of(rule.cost).startswith("pallets × ")


money = st.floats(0, 1e6, allow_nan=False).map(lambda value: round(value, 4))


@given(
    rule=st.sampled_from([code for code in BY_CODE if code != "overcapacity"]),
    age=st.none() | st.floats(-100, 1e5),
    dwell=st.floats(0, 1e5).map(lambda value: round(value, 2)),
    pallets=st.integers(1, 500),
    prices=st.builds(Prices, st.just("EUR"), money, money, money),
)
def test_amount_can_be_recomputed_from_formula_and_inputs(rule, age, dwell, pallets, prices):
    anomaly = finding(rule, age, affected_pallets=pallets, details={"dwell_hours": dwell})
    cost = cost_of(anomaly, prices.basis(BY_CODE[anomaly.rule]), prices)
    values = {name: Decimal(str(value)) for name, value in cost.inputs.items()}
    text = cost.formula.replace("×", "*")
    recomputed = eval(text, {"__builtins__": {}}, values)  # noqa: S307 - our own formula
    assert cost.amount == Decimal(recomputed).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    assert formula(cost.inputs) == cost.formula


def test_totals_are_the_sums_of_the_amounts():
    findings = [finding(age=0.1 * n, subject_id=f"P{n}") for n in range(1000)]
    findings += [finding("expired") for _ in range(3)]
    priced = price(findings, Prices(pallet_hour=0.1), DETECTORS)
    documents, total = list(priced.documents()), priced.total.to_document()
    by_rule = {}
    for document in documents:
        amount = Decimal(str(document["cost"]["amount"]))
        by_rule[document["rule"]] = by_rule.get(document["rule"], Decimal(0)) + amount
    assert total["by_rule"] == {rule: float(amount) for rule, amount in by_rule.items()}
    assert Decimal(str(total["total"])) == sum(by_rule.values())
    assert total["currency"] == "EUR"


def test_no_findings_cost_zero():
    priced = price([], Prices(), DETECTORS)
    assert list(priced.documents()) == []
    assert priced.total.to_document() == {"currency": "EUR", "total": 0.0, "by_rule": {}}


def test_findings_are_sorted_most_urgent_first():
    findings = [
        finding("expired", 0.5, subject_id="cheap age", priority=Priority.LOW),
        finding("unknown-location", None, subject_id="unknown age"),
        finding("stagnant-pallet", 30.0, subject_id="older"),
        finding("stagnant-pallet", 20.0, subject_id="younger"),
        finding("expired", 2.0, subject_id="dear"),
        finding("missing-location", 1.0, subject_id="first", priority=Priority.VERY_HIGH),
        finding("stagnant-pallet", 20.0, subject_id="younger too"),
    ]
    order = [
        document["subject"]["id"] for document in price(findings, Prices(), DETECTORS).documents()
    ]
    assert order == [
        "first",
        "dear",
        "older",
        "younger",
        "younger too",
        "unknown age",
        "cheap age",
    ]


@given(st.lists(st.tuples(st.sampled_from(list(Priority)), st.none() | st.floats(0, 1e4))))
def test_order_follows_priority_and_is_deterministic(pairs):
    findings = [
        finding(priority=priority, age=age, subject_id=str(n))
        for n, (priority, age) in enumerate(pairs)
    ]
    order = [
        document["subject"]["id"] for document in price(findings, Prices(), DETECTORS).documents()
    ]
    ranks = [findings[int(n)].priority.rank for n in order]
    assert ranks == sorted(ranks)
    assert sorted(order, key=int) == [str(n) for n in range(len(findings))]
    second_order = [
        document["subject"]["id"] for document in price(findings, Prices(), DETECTORS).documents()
    ]
    assert second_order == order
