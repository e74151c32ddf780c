"""Coverage of a snapshot's file: whether an anomaly, if it still existed, would have been found.

Files may lack columns, be evaluated by few rules, or be parts of a warehouse. An anomaly is covered
if its rule was evaluated, and

- its subject is in the file, in rows that the rule could evaluate; or
- it is not, but the file has other stock of the same *area*: type of location and, where the
  layout has one, zone. An anomaly without a location, or whose location type is unknown, is covered
  only by a file that has every area of the previous snapshot. A file that a person has stated to
  be the whole warehouse covers every absent subject.

A *part* may be any choice of rows, so it covers less. A subject in the part is covered only for
rules that depend on nothing but its own rows (`Detector.required_coverage`). A subject that is
absent from it is covered only for rules about its location (`Detector.tied_to_location`), if the
part has nearly all of that area: nine tenths of the pallets that the last whole snapshot had there.
"""

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np

from stockwarden.detection.detector import Detector
from stockwarden.detection.evaluation_scope import Stocks, evaluable_rows
from stockwarden.detection.finding import Evaluation
from stockwarden.detection.rule_settings import RuleSettings
from stockwarden.detection.stock import Stock
from stockwarden.detection.subjects import codes_of_type
from stockwarden.snapshots.comparison import CoverageState, KnownAnomaly
from stockwarden.snapshots.scope import ScopeDecision
from stockwarden.warehouse.layout.location_types import type_from_name
from stockwarden.warehouse.layout.patterns import comparable

# With more zones than this, zones do not define areas.
_MOST_ZONES = 100
_NEARLY_ALL = 0.9


class FileCoverage:
    """`areas_before` are {area: pallets} of the snapshots before, 0 where the number is unknown."""

    def __init__(
        self,
        stock: Stock,
        evaluation: Evaluation,
        detectors: Sequence[Detector],
        settings: Mapping[str, RuleSettings],
        *,
        decided: ScopeDecision,
        areas_before: Mapping[str, int],
    ) -> None:
        self.decided = decided
        self.areas_before = areas_before
        self.stocks = Stocks(stock)
        self.settings = settings
        self.stock = stock
        self.evaluated = {
            covered.rule for covered in evaluation.coverage if covered.status == "evaluated"
        }
        self.detectors = {detector.code: detector for detector in detectors}
        self._name_sets: dict[tuple[str, str], frozenset[str]] = {}

    @cached_property
    def areas(self) -> Mapping[str, int]:
        """{area: number of distinct pallets and stock lines} of the file's rows."""
        kinds = self.stock.frame["location_type"].cat
        layout_rows = self.stock.frame["layout_row"].to_numpy().astype(np.int64)
        codes = kinds.codes.to_numpy().astype(np.int64)
        subjects = self.stock.subjects.codes
        width, count = len(self.stock.layout_rows) + 1, len(subjects.values) + 1
        placed = codes >= 0
        pairs, pair_of = np.unique(
            codes[placed] * width + layout_rows[placed] + 1, return_inverse=True
        )
        names = [
            self._area(str(kinds.categories[pair // width]), pair % width - 1)
            for pair in pairs.tolist()
        ]
        distinct = sorted(set(names))
        numbers = np.array([distinct.index(name) for name in names], dtype=np.int64)
        keys = numbers[pair_of] * count + subjects.index[placed] + 1
        counts = np.bincount(np.unique(keys) // count, minlength=len(distinct))
        return dict(zip(distinct, counts.tolist(), strict=True))

    def coverage_of(self, anomaly: KnownAnomaly) -> CoverageState:
        if anomaly.rule not in self.evaluated:
            return CoverageState.NO
        kind = anomaly.subject_type
        if anomaly.is_flood:
            return self._coverage_of_flood()
        name = comparable(anomaly.subject_id)
        present = name in self._names(kind)
        evaluated = present and name in self._evaluated_names(anomaly.rule, kind)
        if self.decided.is_part:
            is_covered = self._part_covers(anomaly, present=present, evaluated=evaluated)
            return CoverageState.YES if is_covered else CoverageState.NO
        if present:
            return CoverageState.YES if evaluated else CoverageState.NO
        if self.decided.said:
            return CoverageState.YES
        area = self._area_of(anomaly.location)
        if area is None:
            return CoverageState.WHOLE
        return CoverageState.YES if area in self.areas else CoverageState.NO

    def _coverage_of_flood(self) -> CoverageState:
        """A flood is about the whole file: a part of it says nothing about the rest."""
        if self.decided.is_part:
            return CoverageState.NO
        return CoverageState.YES if self.decided.said else CoverageState.WHOLE

    def _part_covers(self, anomaly: KnownAnomaly, *, present: bool, evaluated: bool) -> bool:
        detector = self.detectors[anomaly.rule]
        if not present:
            return detector.tied_to_location and self._has_nearly_all(
                self._area_of(anomaly.location)
            )
        if detector.required_coverage == "area":
            return evaluated and self._has_nearly_all(self._area_of(anomaly.location))
        return evaluated and detector.required_coverage == "rows"

    def _has_nearly_all(self, area: str | None) -> bool:
        if area is None:
            return False
        pallets_before = self.areas_before.get(area, 0)
        return pallets_before > 0 and self.areas.get(area, 0) >= _NEARLY_ALL * pallets_before

    def _names(self, kind: str) -> frozenset[str]:
        return self._cached("", kind)

    def _evaluated_names(self, rule: str, kind: str) -> frozenset[str]:
        return self._cached(rule, kind)

    def _cached(self, rule: str, kind: str) -> frozenset[str]:
        if (rule, kind) not in self._name_sets:
            self._name_sets[rule, kind] = (
                self._evaluable_names(self.detectors[rule], kind)
                if rule
                else frozenset(codes_of_type(kind, self.stock).values)
            )
        return self._name_sets[rule, kind]

    def _evaluable_names(self, detector: Detector, kind: str) -> frozenset[str]:
        scope = self.settings.get(detector.code, RuleSettings()).scope
        evaluable, _, missing = evaluable_rows(detector, self.stocks, scope)
        if missing:
            return frozenset()
        codes = codes_of_type(kind, self.stocks.without(scope.excluded))
        counts = codes.counts(evaluable)
        return frozenset(codes.values[code] for code in np.flatnonzero(counts).tolist())

    def _area_of(self, location: str | None) -> str | None:
        if not location:
            return None
        layout = self.stock.layout
        if layout is None:
            kind = type_from_name(location)
            return self._area(str(kind), -1) if kind else None
        (row,) = layout.classify([location])
        return None if row is None else self._area(str(layout.rows[row].location_type), row)

    def _area(self, kind: str, row: int) -> str:
        zone = self._zones.get(row)
        return f"{kind}|{zone}" if zone else kind

    @cached_property
    def _zones(self) -> Mapping[int, str]:
        zones = {
            index: comparable(row.zone)
            for index, row in enumerate(self.stock.layout_rows)
            if row.zone
        }
        return zones if len(set(zones.values())) <= _MOST_ZONES else {}
