"""Computes costs of anomalies by a published formula, and sorts anomalies by priority and cost.

    pallets × (hours × pallet_hour + minutes × handling_minute + share × pallet_value)

`pallets`, `hours` and `minutes` come from the anomaly and its detector (`Detector.cost`), the
prices are those of the warehouse (`Prices`). Terms that a rule lacks are absent from its
formula. Amounts are decimals throughout, rounded half up to hundredths once, at the end; from the
inputs shown, the amount can be recomputed. Imports no pandas.
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
    """A warehouse's values for one rule; None keeps the detector's."""

    minutes: float | None = None
    share: float | None = None


@dataclass(frozen=True)
class Prices:
    """A warehouse's prices, per pallet hour, handling minute and pallet, in `currency`.

    `set_here` is False for the defaults, which are examples.
    """

    currency: str = "EUR"
    pallet_hour: float = 0.05
    handling_minute: float = 0.6
    pallet_value: float = 500.0
    rules: Mapping[str, BasisOverride] = field(default_factory=dict)
    set_here: bool = field(default=False, compare=False)

    def basis(self, detector: Detector) -> CostBasis:
        """The detector's cost basis with the warehouse's overrides applied."""
        override, basis = self.rules.get(detector.code, BasisOverride()), detector.cost
        return replace(
            basis,
            minutes=basis.minutes if override.minutes is None else override.minutes,
            share=basis.share if override.share is None else override.share,
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
    """Total cost of a report's anomalies, and the cost by rule."""

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
    """Findings with their costs, most urgent first."""

    findings: Sequence[tuple[Finding, Cost]]
    total: Total

    def documents(self) -> Iterator[dict[str, Any]]:
        """Yields `Finding.to_document` plus `cost` per finding; each call starts at the first."""
        for finding, cost in self.findings:
            yield {**finding.to_document(), "cost": cost.to_document()}


def price(findings: Iterable[Finding], prices: Prices, detectors: Iterable[Detector]) -> Priced:
    """Prices the findings and sorts them by priority, then cost times age, then input order.

    `detectors` must include those of all findings. An age that is unknown or less than an hour
    counts as one hour.
    """
    bases = {detector.code: prices.basis(detector) for detector in detectors}
    costs = [(finding, cost_of(finding, bases[finding.rule], prices)) for finding in findings]
    by_rule: dict[str, Decimal] = {}
    for finding, cost in costs:
        by_rule[finding.rule] = by_rule.get(finding.rule, Decimal(0)) + cost.amount
    costs.sort(key=lambda pair: (pair[0].priority.rank, -_weight(*pair)))
    return Priced(costs, Total(prices.currency, by_rule))


def cost_of(finding: Finding, basis: CostBasis, prices: Prices) -> Cost:
    """The cost of a finding by its detector's basis and the warehouse's prices."""
    facts = {**finding.details, "age_hours": finding.age_hours, **finding.cost_facts}
    hours = facts.get(basis.hours) if basis.hours else None
    pallets = facts[basis.pallets] if basis.pallets else finding.affected_pallets
    multipliers = {
        "hours": round(max(hours, 0.0), 2) if hours is not None else None,
        "minutes": basis.minutes or None,
        "share": basis.share or None,
    }
    inputs: Inputs = {"pallets": pallets}
    per_pallet = Decimal(0)
    for name, price_name in _TERMS:
        value = multipliers[name]
        if value is not None:
            inputs |= {name: value, price_name: getattr(prices, price_name)}
            per_pallet += _decimal(value) * _decimal(inputs[price_name])
    amount = (_decimal(pallets) * per_pallet).quantize(_CENT, rounding=ROUND_HALF_UP)
    return Cost(amount, prices.currency, inputs)


def formula(inputs: Iterable[str]) -> str:
    """The formula in the names of its inputs, such as `pallets × minutes × handling_minute`."""
    names = set(inputs)
    terms = [f"{name} × {price_name}" for name, price_name in _TERMS if name in names]
    match terms:
        case []:
            return "0"
        case [term]:
            return f"pallets × {term}"
        case _:
            return f"pallets × ({' + '.join(terms)})"


def formula_of(basis: CostBasis) -> str:
    """The formula of a rule, with every term it can have; findings of unknown age omit hours."""
    terms = {"hours": basis.hours, "minutes": basis.minutes, "share": basis.share}
    return formula(name for name, value in terms.items() if value)


def _weight(finding: Finding, cost: Cost) -> Decimal:
    return cost.amount * _decimal(max(finding.age_hours or 0.0, 1.0))


def _decimal(value: float) -> Decimal:
    return Decimal(str(value))
