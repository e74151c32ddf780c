"""Rules and layouts that differ between two snapshots: what their comparison cannot tell apart from
a change in the warehouse.

Each snapshot stores digests of the settings that its rules had, defaults included, and of its
layout. A rule that one of them lacks was added by a release in between.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from stockwarden.detection.detector import Detector
from stockwarden.detection.rule_settings import RuleSettings
from stockwarden.rules.rule_set import whole_document
from stockwarden.warehouse.layout.layout import Layout, LayoutRow

_DIGITS = 12


@dataclass(frozen=True)
class RuleChanges:
    """The codes of the rules whose settings differ, sorted, and whether the layouts differ."""

    rules: tuple[str, ...] = ()
    layout: bool = False

    def facts(self) -> dict[str, Any]:
        return {"changed_rules": list(self.rules), "layout_changed": self.layout}


NO_CHANGES = RuleChanges()


def rules_used(
    detectors: Iterable[Detector], settings: Mapping[str, RuleSettings], layout: Layout | None
) -> dict[str, Any]:
    """The digests that a snapshot stores, as attributes of its item."""
    return {
        "settings": {
            detector.code: _digest(
                whole_document(detector, settings.get(detector.code, RuleSettings()))
            )
            for detector in detectors
        },
        "layout": None if layout is None else _digest([_row_values(row) for row in layout.rows]),
    }


def changes_between(before: Mapping[str, Any] | None, now: Mapping[str, Any]) -> RuleChanges:
    """Compares what two snapshots used; no changes where there is none before, or one of an earlier
    version, which stored no digests."""
    if not before or "settings" not in before or "settings" not in now:
        return NO_CHANGES
    return _differing(before["settings"], now["settings"], before["layout"] != now["layout"])


def changes_between_reports(before: Mapping[str, Any], now: Mapping[str, Any]) -> RuleChanges:
    """Compares two reports by their DETAIL items, which have the settings themselves and tell a
    layout by its warehouse and version. A rules file of a report's own counts as another layout:
    the items do not say what is in it."""
    layouts = before.get("layout", {}), now.get("layout", {})
    own_file = any(layout.get("source") == "rules_file" for layout in layouts)
    layouts_differ = own_file or layouts[0] != layouts[1]
    return _differing(before.get("rules", {}), now.get("rules", {}), layouts_differ)


def _differing(
    before: Mapping[str, Any], now: Mapping[str, Any], layouts_differ: bool
) -> RuleChanges:
    changed = {code for code in before.keys() | now.keys() if before.get(code) != now.get(code)}
    return RuleChanges(tuple(sorted(changed)), layouts_differ)


def _row_values(row: LayoutRow) -> list[Any]:
    return [
        row.location_pattern,
        str(row.location_type),
        row.capacity,
        row.allowed_description,
        row.zone,
    ]


def _digest(document: Any) -> str:
    text = json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGITS]
