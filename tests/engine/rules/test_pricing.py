"""Costs: open formulas, exact amounts, and the order that follows."""

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
    made = Finding(
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
    return replace(made, **changes)


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


@pytest.mark.parametrize(("one", "rates", "amount", "text"), CASES)
def test_an_amount_and_its_formula(one, rates, amount, text):
    cost = cost_of(one, rates.basis(BY_CODE[one.rule]), rates)
    assert cost.amount == Decimal(amount)
    assert cost.formula == text
    assert cost.currency == rates.currency
    assert cost.to_document() == {
        "amount": float(amount),
        "currency": rates.currency,
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
    rates=st.builds(Prices, st.just("EUR"), money, money, money),
)
def test_anybody_gets_the_amount_from_what_is_shown(rule, age, dwell, pallets, rates):
    one = finding(rule, age, affected_pallets=pallets, details={"dwell_hours": dwell})
    cost = cost_of(one, rates.basis(BY_CODE[one.rule]), rates)
    values = {name: Decimal(str(value)) for name, value in cost.inputs.items()}
    text = cost.formula.replace("×", "*")
    shown = eval(text, {"__builtins__": {}}, values)  # noqa: S307 - our own formula
    assert cost.amount == Decimal(shown).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    assert formula(cost.inputs) == cost.formula


def test_totals_are_the_sums_of_the_amounts():
    found = [finding(age=0.1 * n, subject_id=f"P{n}") for n in range(1000)]
    found += [finding("expired") for _ in range(3)]
    priced = price(found, Prices(pallet_hour=0.1), DETECTORS)
    documents, total = list(priced.documents()), priced.total.to_document()
    by_rule = {}
    for document in documents:
        amount = Decimal(str(document["cost"]["amount"]))
        by_rule[document["rule"]] = by_rule.get(document["rule"], Decimal(0)) + amount
    assert total["by_rule"] == {rule: float(amount) for rule, amount in by_rule.items()}
    assert Decimal(str(total["total"])) == sum(by_rule.values())
    assert total["currency"] == "EUR"


def test_nothing_costs_nothing():
    priced = price([], Prices(), DETECTORS)
    assert list(priced.documents()) == []
    assert priced.total.to_document() == {"currency": "EUR", "total": 0.0, "by_rule": {}}


def test_most_urgent_first():
    found = [
        finding("expired", 0.5, subject_id="cheap age", priority=Priority.LOW),
        finding("unknown-location", None, subject_id="unknown age"),
        finding("stagnant-pallet", 30.0, subject_id="older"),
        finding("stagnant-pallet", 20.0, subject_id="younger"),
        finding("expired", 2.0, subject_id="dear"),
        finding("missing-location", 1.0, subject_id="first", priority=Priority.VERY_HIGH),
        finding("stagnant-pallet", 20.0, subject_id="younger too"),
    ]
    order = [
        document["subject"]["id"] for document in price(found, Prices(), DETECTORS).documents()
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
def test_the_order_is_the_same_whatever_comes_after(pairs):
    found = [
        finding(priority=priority, age=age, subject_id=str(n))
        for n, (priority, age) in enumerate(pairs)
    ]
    once = [document["subject"]["id"] for document in price(found, Prices(), DETECTORS).documents()]
    ranks = [found[int(n)].priority.rank for n in once]
    assert ranks == sorted(ranks)
    assert sorted(once, key=int) == [str(n) for n in range(len(found))]
    again = [
        document["subject"]["id"] for document in price(found, Prices(), DETECTORS).documents()
    ]
    assert again == once
