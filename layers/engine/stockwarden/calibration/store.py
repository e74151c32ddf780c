"""Stores the stock of an analysis, so that rules can be tried on it later.

Stored beside the evidence of its generation, and removed with it: the stock itself (`stock.npz`),
and for each rule with a threshold the number of anomalies at every limit (`curves.json`).
"""

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from stockwarden.anomalies import object_keys
from stockwarden.detection.detector import Detector
from stockwarden.detection.rule_settings import RuleSettings
from stockwarden.detection.threshold import Curve
from stockwarden.storage.objects import Objects

if TYPE_CHECKING:
    from stockwarden.detection.stock import Stock

_CURVES_BYTES = 2**20
STOCK_BYTES = 64 * 2**20


class StockStore:
    def __init__(self, objects: Objects, detectors: Sequence[Detector]) -> None:
        self.objects = objects
        self.detectors = detectors

    def save(
        self, report_id: str, generation: str, stock: "Stock", settings: Mapping[str, RuleSettings]
    ) -> None:
        """Stores the stock and the curves. Loads pandas, as `stock` does. Raises Unavailable."""
        from stockwarden.detection.curves import curves
        from stockwarden.detection.stored_stock import pack

        rule_curves = curves(stock, settings, self.detectors)
        documents = {curve.rule: curve.to_document() for curve in rule_curves}
        text = json.dumps(documents, separators=(",", ":")).encode()
        self.objects.put(object_keys.curves_key(report_id, generation), text, "application/json")
        self.objects.put(
            object_keys.stock_key(report_id, generation), pack(stock), "application/octet-stream"
        )

    def curves(self, report_id: str, generation: str) -> dict[str, Curve]:
        """{rule: curve}. Raises NotFound for an analysis that stored none."""
        key = object_keys.curves_key(report_id, generation)
        documents = json.loads(self.objects.read(key, max_bytes=_CURVES_BYTES))
        curves_by_rule: dict[str, Curve] = {}
        for detector in self.detectors:
            if detector.threshold and detector.code in documents:
                limits = detector.threshold.grid(detector.parameters)
                curve = Curve.from_document(detector.code, documents[detector.code], limits)
                if curve:
                    curves_by_rule[detector.code] = curve
        return curves_by_rule

    def packed_stock(self, report_id: str, generation: str) -> bytes:
        """The stock for `unpack`. Raises NotFound for an analysis that stored none, TooLarge."""
        return self.objects.read(
            object_keys.stock_key(report_id, generation), max_bytes=STOCK_BYTES
        )
