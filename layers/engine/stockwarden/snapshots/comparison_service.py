"""Compares an analysis with the previous snapshot of its warehouse, and stores the comparison.

    prepared = comparisons.prepare(report, stock, evaluation, settings)  reads and compares
    … the generation is written with prepared.carried …
    comparisons.save_files(prepared, generation, …)                      not visible until shown
    … comparisons.show_operations(…) are part of the transaction that shows the report; where one
      of them fails, the warehouse has changed meanwhile: prepare again …
    … and `settling.py` completes the work that follows.

Loads pandas, with `file_coverage.py`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from stockwarden.anomalies.counts import Counts
from stockwarden.anomalies.ids import digests_of
from stockwarden.anomalies.result_sets import ResultSets
from stockwarden.core.clock import Clock, iso
from stockwarden.detection.detector import Detector
from stockwarden.detection.finding import Evaluation
from stockwarden.detection.rule_settings import RuleSettings
from stockwarden.detection.stock import Stock
from stockwarden.snapshots.aggregates import comparison_facts, hot_spots, resolution_facts
from stockwarden.snapshots.carry_over import CarryOver, read_carry_over, write_carry_over
from stockwarden.snapshots.compared_report import ComparedReport
from stockwarden.snapshots.comparison import (
    CoverageState,
    KnownAnomaly,
    compare,
    covers,
)
from stockwarden.snapshots.file_coverage import FileCoverage
from stockwarden.snapshots.fingerprint_index import write_digests
from stockwarden.snapshots.flood_members import FloodMembers, write_members
from stockwarden.snapshots.item_file import write_items
from stockwarden.snapshots.known_anomalies import KnownAnomalyLoader
from stockwarden.snapshots.list_membership import ListMembership
from stockwarden.snapshots.location_file import write_locations
from stockwarden.snapshots.occupancy import occupancy, outside_layout
from stockwarden.snapshots.pallet_file import write_pallets
from stockwarden.snapshots.place_file import write_places
from stockwarden.snapshots.prepared_comparison import PreparedComparison
from stockwarden.snapshots.rule_changes import changes_between, rules_used
from stockwarden.snapshots.scope import (
    LastWholeSnapshot,
    ScopeDecision,
    SizeComparison,
    decide,
)
from stockwarden.snapshots.subject_index import (
    Hashes,
    count_shared,
    hashes_of,
    read_subjects,
    write_subjects,
)
from stockwarden.snapshots.timeline import Timeline, TimelinePosition
from stockwarden.storage.keys import anomalies as anomaly_keys
from stockwarden.storage.keys import reports as keys
from stockwarden.storage.objects import Objects
from stockwarden.storage.tables import Operation


class ComparisonService:
    def __init__(
        self,
        *,
        timeline: Timeline,
        result_sets: ResultSets,
        known_anomalies: KnownAnomalyLoader,
        objects: Objects,
        detectors: Sequence[Detector],
        clock: Clock,
    ) -> None:
        self.timeline = timeline
        self.result_sets = result_sets
        self.known_anomalies = known_anomalies
        self.objects = objects
        self.detectors = detectors
        self.clock = clock
        self.lists = ListMembership(result_sets)

    def prepare(
        self,
        report: ComparedReport,
        stock: Stock,
        evaluation: Evaluation,
        settings: Mapping[str, RuleSettings],
        suppressed: frozenset[str] = frozenset(),
    ) -> PreparedComparison:
        """Compares an analysis with the previous snapshot. Findings that are `suppressed`
        (fingerprints) or members of a flood count as present, so they are not auto-resolved.

        Raises ScopeUnclear where a person has to state the file's scope, and Invalid above the
        maximum number of parts.
        """
        digests = tuple(digests_of(finding.fingerprint for finding in evaluation.findings))
        if report.warehouse_id is None:
            return PreparedComparison(report, digests=digests)
        position = self.timeline.locate(
            report.warehouse_id,
            report.report_id,
            report.rank(stock.as_of.to_pydatetime()),
            report.shown_rank,
        )
        hashes = hashes_of(stock)
        sizes = self._compare_sizes(position, len(stock.frame), hashes)
        scope_decision = decide(sizes, report.claim, report.part_below, position.shown_item)
        counts = self.lists.read_counts(position)
        known = self.known_anomalies.load(position.previous, position.report_id)
        members = {
            rule: FloodMembers.of_fingerprints(flood.fingerprints())
            for rule, flood in evaluation.floods.items()
        }
        file_coverage = FileCoverage(
            stock,
            evaluation,
            self.detectors,
            settings,
            decided=scope_decision,
            areas_before=position.areas_before,
        )

        def cover(digest: str, anomaly: KnownAnomaly) -> CoverageState:
            fingerprint = f"{anomaly.rule}|{anomaly.subject_type}|{anomaly.subject_id}"
            is_told = fingerprint in suppressed or digest in members.get(anomaly.rule, ())
            return (
                file_coverage.coverage_of(anomaly)
                if not is_told and position.resolves_absent
                else CoverageState.NO
            )

        present = frozenset(digests)
        anomalies = known.anomalies | {
            digest: replace(anomaly, cover=cover(digest, anomaly))
            for digest, anomaly in known.anomalies.items()
            if digest not in present
        }
        is_covered = covers(file_coverage.areas, position.areas_before)
        used = rules_used(self.detectors, settings, stock.layout)
        changes = changes_between(position.previous, used)
        comparison = compare(
            digests,
            anomalies,
            is_covered,
            as_of=position.as_of,
            now=iso(self.clock()),
            changed_rules=changes.rules,
            floods=known.floods,
        )
        shown_item = position.shown_item
        previous = (
            read_carry_over(self.objects, position.report_id, shown_item["generation"])
            if shown_item
            else CarryOver()
        )
        carry_over = CarryOver.after(comparison, previous)
        prepared = PreparedComparison(
            report,
            comparison,
            position,
            scope_decision=scope_decision,
            listed_counts=counts,
            hashes=hashes,
            digests=digests,
            areas=file_coverage.areas,
            carry_over=carry_over,
            rules_used=used,
            rule_changes=changes,
            flood_members=members,
        )
        under = self.lists.list_under(position, _snapshot(position, "", scope_decision), counts)
        return replace(prepared, under=tuple(under))

    def _compare_sizes(
        self, position: TimelinePosition, rows: int, hashes: Hashes
    ) -> SizeComparison | None:
        last_item = position.last_whole
        if last_item is None:
            return None
        last_hashes = read_subjects(self.objects, last_item["report_id"], last_item["generation"])
        last_whole = LastWholeSnapshot(
            last_item["report_id"], last_item["as_of"], last_item["rows"], len(last_hashes)
        )
        return SizeComparison(rows, len(hashes), count_shared(hashes, last_hashes), last_whole)

    def save_files(
        self, prepared: PreparedComparison, generation: str, stock: Stock, evaluation: Evaluation
    ) -> None:
        """Writes the snapshot's files beside the evidence of the generation. Raises Unavailable."""
        report_id = prepared.report.report_id
        write_digests(self.objects, report_id, generation, prepared.digests)
        write_locations(
            self.objects, report_id, generation, stock=stock, findings=evaluation.findings
        )
        if prepared.position is None:
            return
        write_carry_over(self.objects, report_id, generation, prepared.carry_over)
        if prepared.hashes is not None:
            write_subjects(self.objects, report_id, generation, prepared.hashes)
        for rule, members in prepared.flood_members.items():
            write_members(self.objects, report_id, generation, rule, members)
        for write in (write_pallets, write_items):
            write(
                self.objects,
                report_id,
                generation,
                stock=stock,
                evaluation=evaluation,
                digests=prepared.digests,
            )
        write_places(self.objects, report_id, generation, stock=stock)

    def show_operations(
        self,
        prepared: PreparedComparison,
        generation: str,
        stock: Stock,
        evaluation: Evaluation,
        counts: Counts,
    ) -> list[Operation]:
        """The operations of the transaction that shows the generation."""
        position, scope_decision = prepared.position, prepared.scope_decision
        if position is None or scope_decision is None:
            return []
        snapshot = _snapshot(position, generation, scope_decision)
        aggregates = {
            **snapshot,
            "as_of": position.as_of,
            "rows": len(stock.frame),
            "pallets": len(stock.subjects.codes.values),
            "by_rule": dict(sorted(counts.by_rule.items())),
            "acted": position.resolves_absent,
            **prepared.rules_used,
            "comparison": comparison_facts(prepared.comparison),
            "resolution": resolution_facts(
                prepared.comparison, position.as_of, prepared.rule_changes.rules
            ),
            "hot_spots": hot_spots(
                [finding.location for finding in evaluation.findings if not finding.is_flood]
            ),
            "areas": dict(prepared.areas),
            "occupancy": occupancy(stock),
            "outside_layout": outside_layout(stock),
        }
        operations = self.timeline.show_operations(position, aggregates, iso(self.clock()))
        own_counts = {
            **anomaly_keys.counts(position.report_id),
            **counts.to_attributes(),
            "generation": generation,
            "superseded": prepared.superseded,
        }
        all_counts = {**prepared.listed_counts, position.report_id: own_counts}
        return [*operations, *self.lists.operations(position, snapshot, all_counts)]

    def forget_operations(self, report: ComparedReport) -> list[Operation]:
        """The operations that remove a report from its warehouse's timeline and restore the
        previous snapshot in the lists; empty if that is done."""
        shown_rank = report.shown_rank
        if report.warehouse_id is None or shown_rank is None:
            return []
        position = self.timeline.locate(
            report.warehouse_id, report.report_id, shown_rank, shown_rank
        )
        if position.shown_item is None:
            return []
        list_operations = self.lists.operations(position, None, self.lists.read_counts(position))
        return [*self.timeline.forget_operations(position), *list_operations]


def _snapshot(
    position: TimelinePosition, generation: str, scope_decision: ScopeDecision
) -> dict[str, Any]:
    """The attributes of a snapshot item that identify it and its scope."""
    return {
        **keys.snapshot(position.warehouse_id, position.rank),
        "report_id": position.report_id,
        "generation": generation,
        "scope": scope_decision.scope,
        "scope_said": scope_decision.said,
    }
