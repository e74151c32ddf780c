"""What a snapshot's file covers: whether an anomaly, were it still there, would have been found.

Files may be parts of a warehouse, lack columns, or be judged by few rules. An anomaly is covered
if its rule was evaluated, and

- its subject is in the file, in rows that the rule could judge; or
- it is not, but the file has other stock of the same *area*: type of location and, where the
  layout has one, zone. Of a location whose type is not known, or of none, only a file that has
  every area of the snapshot before is taken to say something.
"""

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np

from stockwarden.detection.detector import Detector
from stockwarden.detection.finding import Evaluation
from stockwarden.detection.judging import Stocks, judgeable
from stockwarden.detection.settings import RuleSettings
from stockwarden.detection.stock import Stock
from stockwarden.snapshots.compare import Cover, Known
from stockwarden.warehouse.location_types import type_from_name
from stockwarden.warehouse.patterns import comparable

_FIELDS = {"pallet": "pallet_id", "location": "location", "lot": "receipt_number"}
# More zones than this tell nothing about which part of a warehouse a file is.
_MOST_ZONES = 100


class Reach:
    def __init__(
        self,
        stock: Stock,
        evaluation: Evaluation,
        detectors: Sequence[Detector],
        settings: Mapping[str, RuleSettings],
    ) -> None:
        self.stocks = Stocks(stock)
        self.settings = settings
        self.stock = stock
        self.evaluated = {
            covered.rule for covered in evaluation.coverage if covered.status == "evaluated"
        }
        self.detectors = {detector.code: detector for detector in detectors}
        self._judged: dict[tuple[str, str], frozenset[str]] = {}

    @cached_property
    def areas(self) -> frozenset[str]:
        """Of the rows of the file."""
        frame = self.stock.frame
        kinds, rows = frame["location_type"], frame["layout_row"].to_numpy()
        names = [str(kind) for kind in kinds.cat.categories]
        pairs = np.unique(np.stack([kinds.cat.codes.to_numpy(), rows]), axis=1).T.tolist()
        return frozenset(self._area(names[kind], row) for kind, row in pairs if kind >= 0)

    def cover(self, known: Known) -> Cover:
        if known.rule not in self.evaluated:
            return Cover.NO
        field = _FIELDS[known.subject_type]
        if self.stock.has(field) and comparable(known.subject_id) in self._names(field):
            judged = comparable(known.subject_id) in self._judged_names(known.rule, field)
            return Cover.YES if judged else Cover.NO
        area = self._area_of(known.location)
        if area is None:
            return Cover.WHOLE
        return Cover.YES if area in self.areas else Cover.NO

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
        judged, _, lacks = judgeable(detector, self.stocks, scope)
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
