"""A comparison with the previous snapshot, before it is stored."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from stockwarden.anomalies.list_pointers import Under
from stockwarden.anomalies.records import Carried
from stockwarden.snapshots.aggregates import comparison_facts
from stockwarden.snapshots.carry_over import CarryOver
from stockwarden.snapshots.compared_report import ComparedReport
from stockwarden.snapshots.comparison import Comparison
from stockwarden.snapshots.flood_members import FloodMembers
from stockwarden.snapshots.rule_changes import NO_CHANGES, RuleChanges
from stockwarden.snapshots.scope import Scope, ScopeDecision
from stockwarden.snapshots.subject_index import Hashes
from stockwarden.snapshots.timeline import TimelinePosition
from stockwarden.storage.attributes import Item


@dataclass(frozen=True)
class PreparedComparison:
    """A comparison before it is stored. `position` is None for a report without a warehouse: then
    nothing is compared or written.

    `listed_counts` are the counts items of the snapshots in the lists across reports, by report;
    `under` are those that stay listed under this snapshot. `hashes` are of its pallets,
    `flood_members` those of its floods, by rule. `rules_used` and `rule_changes` are as in
    `rule_changes.py`.
    """

    report: ComparedReport
    comparison: Comparison = field(default_factory=Comparison)
    position: TimelinePosition | None = None
    scope_decision: ScopeDecision | None = None
    listed_counts: Mapping[str, Item] = field(default_factory=dict)
    under: tuple[Under, ...] = ()
    hashes: Hashes | None = None
    digests: tuple[str, ...] = ()
    areas: Mapping[str, int] = field(default_factory=dict)
    carry_over: CarryOver = field(default_factory=CarryOver)
    rules_used: Mapping[str, Any] = field(default_factory=dict)
    rule_changes: RuleChanges = NO_CHANGES
    flood_members: Mapping[str, FloodMembers] = field(default_factory=dict)

    @property
    def carried(self) -> Mapping[str, Carried]:
        return self.comparison.carried

    @property
    def superseded(self) -> bool:
        return self.position is not None and not self.position.is_newest

    @property
    def scope(self) -> Scope | None:
        return self.scope_decision.scope if self.scope_decision else None

    def facts(self) -> dict[str, Any] | None:
        """The comparison as the report stores it: previous snapshot and numbers of anomalies."""
        if self.position is None:
            return None
        previous = self.position.previous
        return {
            "previous": previous["report_id"] if previous else None,
            "is_newest": self.position.is_newest,
            **comparison_facts(self.comparison),
            **self.rule_changes.facts(),
        }
