"""What a snapshot's file covers: whether an anomaly, were it still there, would have been found.

Files may lack columns, be judged by few rules, or be parts of a warehouse. An anomaly is covered
if its rule was evaluated, and

- its subject is in the file, in rows that the rule could judge; or
- it is not, but the file has other stock of the same *area*: type of location and, where the
  layout has one, zone. Of a location whose type is not known, or of none, only a file that has
  every area of the snapshot before is taken to say something. A file that somebody has said to be
  the whole warehouse needs no such sign: what is not in it is nowhere.

A *part* may be any choice of rows, so it says less. Of a subject that is in it only rules that
look at nothing but its own rows are believed (`Detector.seen_in`), and one that is not in it is
gone only for rules about the place where it was (`Detector.of_place`), if the part has nearly all
of that area: nine tenths of the pallets that the last whole snapshot had there.
"""

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np

from stockwarden.detection.detector import Detector
from stockwarden.detection.evaluation_scope import Stocks, evaluable_rows
from stockwarden.detection.finding import Evaluation
from stockwarden.detection.rule_settings import RuleSettings
from stockwarden.detection.stock import Stock
from stockwarden.snapshots.comparison import CoverageState, KnownAnomaly
from stockwarden.snapshots.scope import ScopeDecision
from stockwarden.warehouse.layout.location_types import type_from_name
from stockwarden.warehouse.layout.patterns import comparable

_FIELDS = {"pallet": "pallet_id", "location": "location", "lot": "receipt_number"}
# More zones than this tell nothing about which part of a warehouse a file is.
_MOST_ZONES = 100
_NEARLY_ALL = 0.9


class FileCoverage:
    """`areas_before` are those of the last whole snapshot, with their pallets where known."""

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
        self._judged: dict[tuple[str, str], frozenset[str]] = {}

    @cached_property
    def areas(self) -> Mapping[str, int]:
        """Those of the rows of the file, and how many pallets each of them has."""
        kinds = self.stock.frame["location_type"].cat
        layout_rows = self.stock.frame["layout_row"].to_numpy().astype(np.int64)
        codes = kinds.codes.to_numpy().astype(np.int64)
        width, pallets = len(self.stock.layout_rows) + 1, len(self.stock.pallets.names) + 1
        placed = codes >= 0
        pairs, pair_of = np.unique(
            codes[placed] * width + layout_rows[placed] + 1, return_inverse=True
        )
        names = [
            self._area(str(kinds.categories[pair // width]), pair % width - 1)
            for pair in pairs.tolist()
        ]
        distinct = sorted(set(names))
        number = np.array([distinct.index(name) for name in names], dtype=np.int64)
        keys = number[pair_of] * pallets + self.stock.pallets.index[placed] + 1
        counts = np.bincount(np.unique(keys) // pallets, minlength=len(distinct))
        return dict(zip(distinct, counts.tolist(), strict=True))

    def cover(self, known: KnownAnomaly) -> CoverageState:
        if known.rule not in self.evaluated:
            return CoverageState.NO
        field = _FIELDS[known.subject_type]
        name = comparable(known.subject_id)
        present = self.stock.has(field) and name in self._names(field)
        judged = present and name in self._judged_names(known.rule, field)
        if self.decided.is_part:
            shown = self._part_shows(known, present=present, judged=judged)
            return CoverageState.YES if shown else CoverageState.NO
        if present:
            return CoverageState.YES if judged else CoverageState.NO
        if self.decided.said:
            return CoverageState.YES
        area = self._area_of(known.location)
        if area is None:
            return CoverageState.WHOLE
        return CoverageState.YES if area in self.areas else CoverageState.NO

    def _part_shows(self, known: KnownAnomaly, *, present: bool, judged: bool) -> bool:
        detector = self.detectors[known.rule]
        if not present:
            return detector.of_place and self._has_nearly_all(self._area_of(known.location))
        if detector.seen_in == "area":
            return judged and self._has_nearly_all(self._area_of(known.location))
        return judged and detector.seen_in == "rows"

    def _has_nearly_all(self, area: str | None) -> bool:
        if area is None:
            return False
        before = self.areas_before.get(area, 0)
        return before > 0 and self.areas.get(area, 0) >= _NEARLY_ALL * before

    def _names(self, field: str) -> frozenset[str]:
        return self._cached("", field)

    def _judged_names(self, rule: str, field: str) -> frozenset[str]:
        return self._cached(rule, field)

    def _cached(self, rule: str, field: str) -> frozenset[str]:
        if (rule, field) not in self._judged:
            self._judged[rule, field] = (
                self._judged_of(self.detectors[rule], field)
                if rule
                else frozenset(self.stock.codes(field).names)
            )
        return self._judged[rule, field]

    def _judged_of(self, detector: Detector, field: str) -> frozenset[str]:
        scope = self.settings.get(detector.code, RuleSettings()).scope
        judged, _, lacks = evaluable_rows(detector, self.stocks, scope)
        if lacks:
            return frozenset()
        codes = self.stocks.without(scope.excluded).codes(field)
        counts = codes.counts(judged)
        return frozenset(codes.names[at] for at in np.flatnonzero(counts).tolist())

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
            at: comparable(row.zone) for at, row in enumerate(self.stock.layout_rows) if row.zone
        }
        return zones if len(set(zones.values())) <= _MOST_ZONES else {}
