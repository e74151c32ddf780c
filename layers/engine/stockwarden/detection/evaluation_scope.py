"""One detector over one stock: the rows it could judge, and those that it found wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from stockwarden.detection.detector import Detector, Verdict
from stockwarden.detection.parameters import Value
from stockwarden.detection.scope import OUT_OF_SCOPE, Scope
from stockwarden.detection.stock import Stock
from stockwarden.ingestion.inventory import Inventory, RawCells, Unparsed
from stockwarden.warehouse.layout.automaton import NO_MATCH, Automaton
from stockwarden.warehouse.layout.patterns import compile_pattern

Mask = npt.NDArray[np.bool_]
_PRODUCT = ("product_code", "description")
_EXCLUDABLE = ("pallet_id", "location", *_PRODUCT)


class Stocks:
    """A stock, and the same without what rules exclude; each of them is made once."""

    def __init__(self, whole: Stock) -> None:
        self.whole = whole
        self._without: dict[tuple[str, ...], Stock] = {(): whole}

    def without(self, excluded: tuple[str, ...]) -> Stock:
        if excluded not in self._without:
            self._without[excluded] = self._make(excluded)
        return self._without[excluded]

    def _make(self, excluded: tuple[str, ...]) -> Stock:
        stock = self.whole
        kept = ~_matching(stock, _EXCLUDABLE, excluded)
        return Stock(_only(stock.intake, kept), stock.layout, stock.as_of.to_pydatetime())


@dataclass(frozen=True)
class Evaluated:
    """`rows` of `stock.frame` are wrong; `judged` is a mask over it.

    `skipped` counts the other rows of the whole inventory by reason; `lacks` says what would be
    needed where nothing could be judged at all. `stock` is without what the scope excludes.
    """

    stock: Stock
    rows: pd.DataFrame
    judged: Mask
    skipped: dict[str, int]
    lacks: tuple[str, ...] = ()

    def subjects(self, detector: Detector) -> list[str]:
        """The subjects of the wrong rows, each once, in order."""
        codes = self.stock.pallets if detector.subject == "pallet" else self.stock.locations
        found = np.unique(codes.index[self.rows.index.to_numpy()])
        return sorted(codes.names[at] for at in found.tolist())


def evaluate_detector(
    detector: Detector, stocks: Stocks, parameters: Mapping[str, Value], scope: Scope
) -> Evaluated:
    stock = stocks.without(scope.excluded)
    judged, skipped, lacks = evaluable_rows(detector, stocks, scope)
    if lacks:
        return Evaluated(stock, stock.frame[:0], judged, {}, lacks)
    verdict = detector.find(stock, **parameters)
    if not isinstance(verdict, Verdict):
        verdict = Verdict(verdict)
    if verdict.lacks:
        return Evaluated(stock, stock.frame[:0], judged, {}, verdict.lacks)
    for reason, mask in verdict.skipped.items():
        rows = int(np.count_nonzero(mask & judged))
        if rows:
            skipped[reason] = rows
            judged = judged & ~mask
    return Evaluated(stock, verdict.rows[judged[verdict.rows.index.to_numpy()]], judged, skipped)


def evaluable_rows(
    detector: Detector, stocks: Stocks, scope: Scope
) -> tuple[Mask, dict[str, int], tuple[str, ...]]:
    """The rows in scope that have what the detector needs, the others by reason, what is lacking.

    The mask is over the stock without what the scope excludes.
    """
    stock = stocks.without(scope.excluded)
    lacks = stock.lacks(detector.needs)
    if scope.products and not any(map(stock.has, _PRODUCT)):
        lacks = (*lacks, " or ".join(_PRODUCT))
    if lacks:
        return np.zeros(len(stock.frame), dtype=bool), {}, lacks
    within = np.ones(len(stock.frame), dtype=bool)
    if scope.locations:
        within &= _matching(stock, ("location",), scope.locations)
    if scope.products:
        within &= _matching(stock, _PRODUCT, scope.products)
    needs = [need for need in detector.needs if need not in detector.tolerates]
    judged, skipped = stock.evaluable_rows(needs, within)
    outside = len(stocks.whole.frame) - int(np.count_nonzero(within))
    return judged, {OUT_OF_SCOPE: outside, **skipped} if outside else skipped, ()


def _matching(stock: Stock, fields: Sequence[str], patterns: Sequence[str]) -> Mask:
    """The rows of which one of these fields matches one of the patterns."""
    automaton = Automaton(compile_pattern(pattern).node for pattern in patterns)
    found: Mask = np.zeros(len(stock.frame), dtype=bool)
    for field in fields:
        if stock.has(field):
            codes = stock.codes(field)
            matches = np.not_equal(automaton.first_matches(codes.names), NO_MATCH)
            found |= codes.spread(matches, False)
    return found


def _only(intake: Inventory, kept: Mask) -> Inventory:
    """The intake as if the file had these rows only."""
    positions = np.flatnonzero(kept)
    return replace(
        intake,
        frame=intake.frame[kept].reset_index(drop=True),
        rows=intake.rows[kept],
        raw={field: RawCells(cells, positions) for field, cells in intake.raw.items()},
        unparsed={
            field: Unparsed(unparsed.codes[kept], unparsed.reasons)
            for field, unparsed in intake.unparsed.items()
        },
    )
