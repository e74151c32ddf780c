"""Defines detectors: metadata, a rationale, and a function over the stock.

    @detector(code="stagnant-pallet", title="Stagnant pallet", priority=Priority.HIGH,
              needs={"location", "creation_date"}, subject="pallet", judges_lines=True,
              message="{pallet_id} has waited in {location} for {age_hours:hours}.",
              limits={"max_hours": Bounds(1, 720)},
              cost=CostBasis(minutes=5, hours="age_hours"),
              about={"max_hours": "Hours that a pallet may wait."})
    def stagnant_pallet(stock, *, max_hours: float = 10.0):
        '''Goods left on the receiving dock block it.'''
        return stock.frame[stock.frame.age_hours > max_hours]

The function returns the offending rows of `stock.frame`, with any columns that its message or its
details need. The run groups them by subject: one finding each. This module and the detectors
import no pandas, so that rules can be listed where pandas is not installed.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from string import Formatter
from typing import TYPE_CHECKING, Any, Literal

from stockwarden.detection.cold_goods import ColdGoodsQuestions
from stockwarden.detection.cost_basis import CostBasis
from stockwarden.detection.parameters import Bounds, Constraint, Parameter, Value, read_parameters
from stockwarden.detection.threshold import Threshold
from stockwarden.ingestion.mapping.fields import FIELDS

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pandas as pd

    from stockwarden.detection.priority import Priority

Subject = Literal["pallet", "stock_line", "location", "product"]
# A flood, see `flood.py`, is about the rule itself.
FindingSubject = Literal["pallet", "stock_line", "location", "product", "rule"]
RequiredCoverage = Literal["rows", "area", "file"]

# A row is skipped for the first need that it lacks: file cells come before derived values.
_DERIVED = ("known_type", "layout", "capacity", "zone", "goods", "product", "catalog", "item")
_ORDER = (*FIELDS, *_DERIVED)


@dataclass(frozen=True)
class Verdict:
    """Anomalous rows, for detectors whose needs alone do not determine the evaluable rows, or
    whose explanations are expensive.

    `skipped` is {reason: mask over the frame} of rows that could not be evaluated;
    `missing_inputs` names the inputs without which no row could be evaluated. `explain` adds the
    columns that messages and details need to rows that become findings, where they are expensive.
    `questions` builds what people are asked about skipped rows, from the mask of the evaluable
    rows in scope.
    """

    rows: pd.DataFrame
    skipped: Mapping[str, npt.NDArray[np.bool_]] = field(default_factory=dict)
    missing_inputs: tuple[str, ...] = ()
    explain: Callable[[pd.DataFrame], pd.DataFrame] | None = None
    questions: Callable[[npt.NDArray[np.bool_]], ColdGoodsQuestions] | None = None


@dataclass(frozen=True)
class Detector:
    """One kind of anomaly. `rationale` is the docstring of its function.

    `needs` are its input fields as named in `inputs.py`; a row that lacks one is skipped,
    unless the field is in `tolerates`. `shows` are further fields for the evidence, if mapped.
    `threshold` is set if a single number decides which evaluable rows are anomalies, at least
    while the other numbers stay as they are.
    `required_coverage` is what a file must cover for the absence of an anomaly to resolve it: the
    subject's rows, the whole area of its location, or (`file`) the whole warehouse. An anomaly
    `tied_to_location` is resolved, too, when its subject has left the area. A rule about pallets
    that `judges_lines` judges stock without a pallet id too; `pallet_id` in a message is the stock
    line then. `yields_to` are the codes of rules, listed before it, whose anomalies say the same
    and more: their subjects are skipped. `flood_cause` is a sentence: what is likely wrong where
    the rule flags most of a file, see `flood.py`.
    """

    code: str
    title: str
    priority: Priority
    needs: tuple[str, ...]
    subject: Subject
    message: str
    rationale: str
    parameters: tuple[Parameter, ...]
    find: Callable[..., pd.DataFrame | Verdict]
    cost: CostBasis
    tolerates: frozenset[str] = frozenset()
    shows: tuple[str, ...] = ()
    threshold: Threshold | None = None
    required_coverage: RequiredCoverage = "rows"
    tied_to_location: bool = False
    judges_lines: bool = False
    yields_to: tuple[str, ...] = ()
    flood_cause: str = ""

    @property
    def subjects(self) -> tuple[Subject, ...]:
        """The kinds of subjects that the rule judges."""
        return (self.subject, "stock_line") if self.judges_lines else (self.subject,)

    @property
    def message_fields(self) -> tuple[str, ...]:
        """The names of the fields in the message."""
        names = (name for _, name, _, _ in Formatter().parse(self.message) if name)
        return tuple(dict.fromkeys(names))

    def read_parameters(
        self, changes: Mapping[str, Any], pointer: str = "/parameters"
    ) -> dict[str, Value]:
        """All parameters, validated. Raises `Invalid` whose details name the bounds."""
        return read_parameters(self.parameters, changes, pointer)


def detector(
    *,
    code: str,
    title: str,
    priority: Priority,
    needs: set[str],
    subject: Subject,
    message: str,
    cost: CostBasis,
    limits: Mapping[str, Constraint] | None = None,
    about: Mapping[str, str] | None = None,
    tolerates: frozenset[str] = frozenset(),
    shows: tuple[str, ...] = (),
    threshold: Threshold | None = None,
    required_coverage: RequiredCoverage = "rows",
    tied_to_location: bool = False,
    judges_lines: bool = False,
    yields_to: tuple[str, ...] = (),
    flood_cause: str = "",
) -> Callable[[Callable[..., pd.DataFrame | Verdict]], Detector]:
    """Creates a Detector from a function; its keyword-only arguments are the parameters.

    `limits` holds the constraint of each parameter, `about` its description. Raises TypeError, at
    import, if either lacks a parameter or names another, for unknown needs, and for a rule with
    exactly one number that has no `threshold` for it.
    """

    def make(find: Callable[..., pd.DataFrame | Verdict]) -> Detector:
        arguments = list(inspect.signature(find).parameters.values())[1:]
        bounds, meaning = limits or {}, about or {}
        names = {argument.name for argument in arguments}
        for declared, keyword in ((bounds, "limits"), (meaning, "about")):
            if declared.keys() != names:
                raise TypeError(
                    f"{code}: {keyword} are of {sorted(declared)}, "
                    f"the parameters are {sorted(names)}"
                )
        if unknown := needs - set(_ORDER):
            raise TypeError(f"{code}: no stock has {sorted(unknown)}, only {', '.join(_ORDER)}")
        if judges_lines and (subject != "pallet" or "pallet_id" in needs):
            raise TypeError(
                f"{code}: a rule that judges stock lines is about pallets, needing none"
            )
        parameters = tuple(
            Parameter(
                parameter.name, parameter.default, bounds[parameter.name], meaning[parameter.name]
            )
            for parameter in arguments
        )
        numbers = [
            parameter.name for parameter in parameters if isinstance(parameter.constraint, Bounds)
        ]
        if threshold.parameter not in numbers if threshold else len(numbers) == 1:
            raise TypeError(
                f"{code}: a threshold names one of the rule's numbers; "
                "a rule with exactly one number declares it"
            )
        return Detector(
            code=code,
            title=title,
            priority=priority,
            needs=tuple(sorted(needs, key=_ORDER.index)),
            subject=subject,
            message=message,
            rationale=inspect.cleandoc(find.__doc__ or ""),
            parameters=parameters,
            find=find,
            cost=cost,
            tolerates=tolerates,
            shows=shows,
            threshold=threshold,
            required_coverage=required_coverage,
            tied_to_location=tied_to_location,
            judges_lines=judges_lines,
            yields_to=yields_to,
            flood_cause=flood_cause,
        )

    return make
