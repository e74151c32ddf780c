"""Loads the layout, rules, prices and suppressions that an analysis uses, as the job begins."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from stockwarden.core.errors import NotFound
from stockwarden.detection.detector import Detector
from stockwarden.reports.stored_report import StoredReport
from stockwarden.reports.uploads import MAX_UPLOAD_BYTES
from stockwarden.rules.prices import PriceRepository
from stockwarden.rules.pricing import Prices
from stockwarden.rules.repository import RuleRepository
from stockwarden.rules.rule_set import RuleSet
from stockwarden.rules.suppression_filter import Suppression
from stockwarden.rules.suppression_service import SuppressionOwner, SuppressionRepository
from stockwarden.storage.attributes import Item
from stockwarden.storage.objects import Objects
from stockwarden.warehouse.layout.layout import Layout
from stockwarden.warehouse.layout.reader import read_layout
from stockwarden.warehouse.model import PART_BELOW
from stockwarden.warehouse.repository import WarehouseRepository


@dataclass(frozen=True)
class AnalysisContext:
    """The layout and where it is from, the warehouse's name, time zone and limit for parts, the
    rules' settings, the prices and the suppressions."""

    layout: Layout | None
    layout_used: Mapping[str, Any]
    warehouse_name: str
    timezone: str
    part_below: float
    rules: RuleSet
    prices: Prices
    suppressions: Sequence[Suppression]


class ContextLoader:
    def __init__(
        self,
        *,
        objects: Objects,
        warehouses: WarehouseRepository,
        rules: RuleRepository,
        prices: PriceRepository,
        suppressions: SuppressionRepository,
        detectors: Sequence[Detector],
    ) -> None:
        self.objects = objects
        self.warehouses = warehouses
        self.rules = rules
        self.prices = prices
        self.suppressions = suppressions
        self.codes = [detector.code for detector in detectors]

    def load(self, stored: StoredReport) -> AnalysisContext:
        """Loads the inputs of a report's analysis; for a deleted warehouse, those that its previous
        analysis used.

        Raises NotFound for a missing rules file or destination warehouse, Invalid for a rules file
        that is not a layout.
        """
        warehouse_id = stored.summary.get("warehouse_id")
        warehouse = self.warehouses.find(warehouse_id) if warehouse_id else None
        if stored.departing and warehouse_id and warehouse is None:
            raise NotFound("The warehouse that the report was to be put into is gone.")
        layout, layout_used = self._layout(stored, warehouse)
        rules = self.rules.load_rule_set(warehouse_id)
        only_rules = stored.source.get("only_rules")
        return AnalysisContext(
            layout=layout,
            layout_used=layout_used,
            warehouse_name=warehouse["name"] if warehouse else "the warehouse",
            part_below=(warehouse or {}).get("part_below", PART_BELOW),
            timezone=warehouse["timezone"]
            if warehouse
            else (stored.detail or {}).get("timezone", "UTC"),
            rules=rules if only_rules is None else rules.only(self.codes, only_rules),
            prices=self.prices.load_prices(warehouse_id),
            suppressions=self.suppressions.list_all(
                SuppressionOwner(warehouse_id, stored.summary["username"])
            ),
        )

    def _layout(
        self, stored: StoredReport, warehouse: Item | None
    ) -> tuple[Layout | None, Mapping[str, Any]]:
        """The report's own rules file, else the warehouse's newest layout."""
        file = stored.layout_file
        if file:
            data = self.objects.read(file.key, file.version_id, max_bytes=MAX_UPLOAD_BYTES)
            own_layout = read_layout(data, stored.source["rules_filename"])
            return own_layout, {"source": "rules_file", "rows": len(own_layout.rows)}
        warehouse_id = stored.summary.get("warehouse_id")
        previous_layout = (stored.detail or {}).get("layout", {})
        version = warehouse["layout_version"] if warehouse else previous_layout.get("version")
        layout = (
            self.warehouses.load_layout(warehouse_id, version) if warehouse_id and version else None
        )
        if not layout:
            return None, {"source": "none"}
        layout_used = {"source": "warehouse", "warehouse_id": warehouse_id, "version": version}
        return layout, {**layout_used, "rows": len(layout.rows)}
