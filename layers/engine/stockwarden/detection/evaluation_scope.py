"""Runs one detector over one stock within its scope: evaluable rows and anomalous rows."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import numpy.typing as npt
import pandas as pd

from stockwarden.detection.cold_goods import ColdGoodsQuestions
from stockwarden.detection.detector import Detector, Verdict
from stockwarden.detection.parameters import Value
from stockwarden.detection.scope import OUT_OF_SCOPE, Scope
from stockwarden.detection.stock import Stock
from stockwarden.detection.subjects import subject_codes
from stockwarden.ingestion.inventory import Inventory, RawCells, Unparsed
from stockwarden.warehouse.layout.automaton import NO_MATCH, Automaton
from stockwarden.warehouse.layout.patterns import compile_pattern

Mask = npt.NDArray[np.bool_]
_PRODUCT = ("product_code", "description")
_EXCLUDABLE = ("pallet_id", "location", *_PRODUCT)


class Stocks:
    """A stock and its copies without excluded rows, one copy per set of exclusions."""

    def __init__(self, whole: Stock) -> None:
        self.whole = whole
        self._without: dict[tuple[str, ...], Stock] = {(): whole}

    def without(self, excluded: tuple[str, ...]) -> Stock:
        if excluded not in self._without:
            self._without[excluded] = self._copy_without(excluded)
        return self._without[excluded]

    def _copy_without(self, excluded: tuple[str, ...]) -> Stock:
        stock = self.whole
        included = ~_matching(stock, _EXCLUDABLE, excluded)
        inventory, as_of = _only(stock.inventory, included), stock.as_of.to_pydatetime()
        return Stock(inventory, stock.layout, as_of, stock.catalog)


@dataclass(frozen=True)
class Evaluated:
    """`rows` of `stock.frame` are anomalous; `judged` is the mask of its evaluable rows.

    `skipped` counts the other rows of the whole inventory by reason; `missing_inputs` names what
    is missing where no row was evaluable. `stock` is without rows that the scope excludes.
    `explain` is that of the verdict, `questions` builds its questions.
    """

    stock: Stock
    rows: pd.DataFrame
    judged: Mask
    skipped: dict[str, int]
    missing_inputs: tuple[str, ...] = ()
    explain: Callable[[pd.DataFrame], pd.DataFrame] | None = None
    questions: Callable[[], ColdGoodsQuestions] = ColdGoodsQuestions

    def subjects(self, detector: Detector) -> list[str]:
        """Distinct subjects of the anomalous rows, sorted."""
        codes = subject_codes(detector, self.stock)
        positions = np.unique(codes.index[self.rows.index.to_numpy()])
        return sorted(codes.values[position] for position in positions.tolist())


def evaluate_detector(
    detector: Detector, stocks: Stocks, parameters: Mapping[str, Value], scope: Scope
) -> Evaluated:
    stock = stocks.without(scope.excluded)
    judged, skipped, missing_inputs = evaluable_rows(detector, stocks, scope)
    if missing_inputs:
        return Evaluated(stock, stock.frame[:0], judged, {}, missing_inputs)
    verdict = detector.find(stock, **parameters)
    if not isinstance(verdict, Verdict):
        verdict = Verdict(verdict)
    if verdict.missing_inputs:
        return Evaluated(stock, stock.frame[:0], judged, {}, verdict.missing_inputs)
    questions = partial(verdict.questions, judged) if verdict.questions else ColdGoodsQuestions
    for reason, mask in verdict.skipped.items():
        rows = int(np.count_nonzero(mask & judged))
        if rows:
            skipped[reason] = rows
            judged = judged & ~mask
    rows = verdict.rows[judged[verdict.rows.index.to_numpy()]]
    return Evaluated(stock, rows, judged, skipped, explain=verdict.explain, questions=questions)


def without_told(
    detector: Detector, evaluated: Evaluated, told: Mapping[str, Collection[str]]
) -> Evaluated:
    """Skips the rows of subjects that rules to which the detector yields have already told of.

    `told` are the subjects that each rule has found.
    """
    codes = subject_codes(detector, evaluated.stock)
    number_of_rule = {rule: number for number, rule in enumerate(detector.yields_to, start=1)}
    number_of_subject = {
        subject: number for rule, number in number_of_rule.items() for subject in told.get(rule, ())
    }
    if not number_of_subject:
        return evaluated
    by_value = [number_of_subject.get(value, 0) for value in codes.values]
    by_row = np.where(evaluated.judged, codes.broadcast(by_value, 0), 0)
    counts = np.bincount(by_row, minlength=len(number_of_rule) + 1)
    skipped = dict(evaluated.skipped)
    for rule, number in number_of_rule.items():
        if counts[number]:
            skipped[f"told by {rule}"] = int(counts[number])
    judged = evaluated.judged & (by_row == 0)
    rows = evaluated.rows[judged[evaluated.rows.index.to_numpy()]]
    return replace(evaluated, rows=rows, judged=judged, skipped=skipped)


def evaluable_rows(
    detector: Detector, stocks: Stocks, scope: Scope
) -> tuple[Mask, dict[str, int], tuple[str, ...]]:
    """The evaluable rows in scope, the number of others by reason, and the missing inputs.

    The mask is over the stock without rows that the scope excludes.
    """
    stock = stocks.without(scope.excluded)
    missing_inputs = stock.inputs.list_missing(detector.needs)
    if scope.products and not any(map(stock.has, _PRODUCT)):
        missing_inputs = (*missing_inputs, " or ".join(_PRODUCT))
    if missing_inputs:
        return np.zeros(len(stock.frame), dtype=bool), {}, missing_inputs
    within = np.ones(len(stock.frame), dtype=bool)
    if scope.locations:
        within &= _matching(stock, ("location",), scope.locations)
    if scope.products:
        within &= _matching(stock, _PRODUCT, scope.products)
    needs = [need for need in detector.needs if need not in detector.tolerates]
    if detector.judges_lines:
        needs = ["subject", *needs]
    judged, skipped = stock.inputs.evaluable_rows(needs, within)
    outside = len(stocks.whole.frame) - int(np.count_nonzero(within))
    return judged, {OUT_OF_SCOPE: outside, **skipped} if outside else skipped, ()


def _matching(stock: Stock, fields: Sequence[str], patterns: Sequence[str]) -> Mask:
    """Mask of the rows with a field of `fields` that matches one of the patterns."""
    automaton = Automaton(compile_pattern(pattern).node for pattern in patterns)
    mask: Mask = np.zeros(len(stock.frame), dtype=bool)
    for field in fields:
        if stock.has(field):
            codes = stock.codes(field)
            matches = np.not_equal(automaton.first_matches(codes.values), NO_MATCH)
            mask |= codes.broadcast(matches, False)
    return mask


def _only(inventory: Inventory, included: Mask) -> Inventory:
    """The inventory reduced to the rows of the mask."""
    positions = np.flatnonzero(included)
    return replace(
        inventory,
        frame=inventory.frame[included].reset_index(drop=True),
        rows=inventory.rows[included],
        raw={field: RawCells(cells, positions) for field, cells in inventory.raw.items()},
        unparsed={
            field: Unparsed(unparsed.codes[included], unparsed.reasons)
            for field, unparsed in inventory.unparsed.items()
        },
    )
