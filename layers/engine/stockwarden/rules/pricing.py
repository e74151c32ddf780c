"""What an anomaly costs, by an open formula, and what to see to first.

    pallets × (hours × pallet_hour + minutes × handling_minute + share × pallet_value)

`pallets`, `hours` and `minutes` come from the anomaly and its detector (`Detector.cost`), the
prices are those of the warehouse (`Rates`). A term that a rule does not have is left out of its
formula. Amounts are decimals throughout, rounded half up to hundredths once, at the end; from the
inputs that are shown anybody gets the same amount. Imports no pandas.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from stockwarden.detection.cost_basis import CostBasis
from stockwarden.detection.detector import Detector
from stockwarden.detection.finding import Finding

Inputs = dict[str, int | float]
_CENT = Decimal("0.01")
# Every input of a formula, in its order, with the price that it is multiplied by.
_TERMS = (("hours", "pallet_hour"), ("minutes", "handling_minute"), ("share", "pallet_value"))


@dataclass(frozen=True)
class BasisOverride:
    """What a warehouse says of one rule; None leaves the rule's own."""

    minutes: float | None = None
    share: float | None = None


@dataclass(frozen=True)
class Prices:
    """The prices of a warehouse: of an hour of a pallet's place, a minute's work, a pallet.

    The defaults are examples, until somebody has `set_here` what they are.
    """

    currency: str = "EUR"
    pallet_hour: float = 0.05
    handling_minute: float = 0.6
    pallet_value: float = 500.0
    rules: Mapping[str, BasisOverride] = field(default_factory=dict)
    set_here: bool = field(default=False, compare=False)

    def basis(self, detector: Detector) -> CostBasis:
        """The detector's own, with what the warehouse says of the rule in its place."""
        own, basis = self.rules.get(detector.code, BasisOverride()), detector.cost
        return replace(
            basis,
            minutes=basis.minutes if own.minutes is None else own.minutes,
            share=basis.share if own.share is None else own.share,
        )


@dataclass(frozen=True)
class Cost:
    amount: Decimal
    currency: str
    inputs: Inputs

    @property
    def formula(self) -> str:
        return formula(self.inputs)

    def to_document(self) -> dict[str, Any]:
        """JSON-able; the formula follows from the inputs."""
        return {
            "amount": float(self.amount),
            "currency": self.currency,
            "formula": self.formula,
            "inputs": self.inputs,
        }


@dataclass(frozen=True)
class Total:
    """Of the anomalies of a report, in all and by rule."""

    currency: str
    by_rule: Mapping[str, Decimal]

    def to_document(self) -> dict[str, Any]:
        return {
            "currency": self.currency,
            "total": float(sum(self.by_rule.values(), Decimal(0))),
            "by_rule": {code: float(amount) for code, amount in sorted(self.by_rule.items())},
        }


@dataclass(frozen=True)
class Priced:
    """The findings with their costs, in the order in which to see to them."""

    found: Sequence[tuple[Finding, Cost]]
    total: Total

    def documents(self) -> Iterator[dict[str, Any]]:
        """As `Finding.to_document` has them, and with their `cost`; from the first, each time."""
        for finding, cost in self.found:
            yield {**finding.to_document(), "cost": cost.to_document()}


def price(findings: Iterable[Finding], rates: Prices, detectors: Iterable[Detector]) -> Priced:
    """Most urgent first: by priority, then by cost times age, then as the run gave them.

    `detectors` are at least those that the findings are of.

    An anomaly of which no age is known, or of less than an hour, counts as an hour old.
    """
    bases = {detector.code: rates.basis(detector) for detector in detectors}
    costs = [(finding, cost_of(finding, bases[finding.rule], rates)) for finding in findings]
    by_rule: dict[str, Decimal] = {}
    for finding, cost in costs:
        by_rule[finding.rule] = by_rule.get(finding.rule, Decimal(0)) + cost.amount
    costs.sort(key=lambda pair: (pair[0].priority.rank, -_weight(*pair)))
    return Priced(costs, Total(rates.currency, by_rule))


def cost_of(finding: Finding, basis: CostBasis, rates: Prices) -> Cost:
    facts = {**finding.details, "age_hours": finding.age_hours}
    hours = facts.get(basis.hours) if basis.hours else None
    pallets = facts[basis.pallets] if basis.pallets else finding.affected_pallets
    given = {
        "hours": round(max(hours, 0.0), 2) if hours is not None else None,
        "minutes": basis.minutes or None,
        "share": basis.share or None,
    }
    inputs: Inputs = {"pallets": pallets}
    each = Decimal(0)
    for name, rate in _TERMS:
        value = given[name]
        if value is not None:
            inputs |= {name: value, rate: getattr(rates, rate)}
            each += _decimal(value) * _decimal(inputs[rate])
    amount = (_decimal(pallets) * each).quantize(_CENT, rounding=ROUND_HALF_UP)
    return Cost(amount, rates.currency, inputs)


def formula(inputs: Iterable[str]) -> str:
    """In the names of the inputs: `pallets × (hours × pallet_hour + minutes × handling_minute)`."""
    names = set(inputs)
    terms = [f"{name} × {rate}" for name, rate in _TERMS if name in names]
    match terms:
        case []:
            return "0"
        case [only]:
            return f"pallets × {only}"
        case _:
            return f"pallets × ({' + '.join(terms)})"


def formula_of(basis: CostBasis) -> str:
    """With the terms that it can have; a finding whose age is unknown leaves out the hours."""
    given = {"hours": basis.hours, "minutes": basis.minutes, "share": basis.share}
    return formula(name for name, value in given.items() if value)


def _weight(finding: Finding, cost: Cost) -> Decimal:
    return cost.amount * _decimal(max(finding.age_hours or 0.0, 1.0))


def _decimal(value: float) -> Decimal:
    return Decimal(str(value))
