"""The comparison of an analysis with the snapshot before it, from reading to what follows it.

    prepared = comparing.prepare(stored…, stock, evaluation, findings)   reads, decides
    … the generation is written with prepared.carried …
    comparing.keep(prepared, generation)                                 unseen until it is shown
    … prepared.operations go into the transaction that shows the report; where one of them
      fails, the warehouse has changed meanwhile: prepare again …
    … and `settling.py` does what follows from it.

Loads pandas, with `reach.py`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from stockwarden.anomalies.counts import Counts
from stockwarden.anomalies.ids import digests_of
from stockwarden.anomalies.list_pointers import Under
from stockwarden.anomalies.records import Carried
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
    Comparison,
    CoverageState,
    KnownAnomaly,
    compare,
    covers,
)
from stockwarden.snapshots.file_coverage import FileCoverage
from stockwarden.snapshots.fingerprint_index import write_digests
from stockwarden.snapshots.known_anomalies import KnownAnomalyLoader
from stockwarden.snapshots.list_membership import ListMembership
from stockwarden.snapshots.location_file import write_locations
from stockwarden.snapshots.occupancy import occupancy, outside_layout
from stockwarden.snapshots.pallet_file import write_pallets
from stockwarden.snapshots.scope import (
    LastWholeSnapshot,
    Scope,
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
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import anomalies as anomaly_keys
from stockwarden.storage.keys import reports as keys
from stockwarden.storage.objects import Objects
from stockwarden.storage.tables import Operation


@dataclass(frozen=True)
class PreparedComparison:
    """`place` is None for a report without a warehouse: nothing is compared or written then.

    `listed` are the counts of the snapshots in the lists across reports, `under` those of them
    that stay there under this one. `hashes` are of its pallets.
    """

    subject: ComparedReport
    comparison: Comparison = field(default_factory=Comparison)
    place: TimelinePosition | None = None
    decided: ScopeDecision | None = None
    listed: Mapping[str, Item] = field(default_factory=dict)
    under: tuple[Under, ...] = ()
    hashes: Hashes | None = None
    digests: tuple[str, ...] = ()
    areas: Mapping[str, int] = field(default_factory=dict)
    memory: CarryOver = field(default_factory=CarryOver)

    @property
    def carried(self) -> Mapping[str, Carried]:
        return self.comparison.carried

    @property
    def superseded(self) -> bool:
        return self.place is not None and not self.place.is_newest

    @property
    def scope(self) -> Scope | None:
        return self.decided.scope if self.decided else None

    def facts(self) -> dict[str, Any] | None:
        """For the report: beside which snapshot it stands, and what is new."""
        if self.place is None:
            return None
        previous = self.place.previous
        return {
            "previous": previous["report_id"] if previous else None,
            "is_newest": self.place.is_newest,
            **comparison_facts(self.comparison),
        }


class ComparisonService:
    def __init__(
        self,
        *,
        timeline: Timeline,
        result_sets: ResultSets,
        knowledge: KnownAnomalyLoader,
        objects: Objects,
        detectors: Sequence[Detector],
        clock: Clock,
    ) -> None:
        self.timeline = timeline
        self.result_sets = result_sets
        self.knowledge = knowledge
        self.objects = objects
        self.detectors = detectors
        self.clock = clock
        self.lists = ListMembership(result_sets)

    def prepare(
        self,
        subject: ComparedReport,
        stock: Stock,
        evaluation: Evaluation,
        settings: Mapping[str, RuleSettings],
        suppressed: frozenset[str] = frozenset(),
    ) -> PreparedComparison:
        """What is `suppressed` (fingerprints) has not vanished: nobody wants to be told of it.

        Raises ScopeUnclear where only a person can tell what the file is, and Invalid for one part
        too many.
        """
        digests = tuple(digests_of(one.fingerprint for one in evaluation.findings))
        if subject.warehouse_id is None:
            return PreparedComparison(subject, digests=digests)
        place = self.timeline.place(
            subject.warehouse_id,
            subject.report_id,
            subject.rank(stock.as_of.to_pydatetime()),
            subject.shown_rank,
        )
        hashes = hashes_of(stock)
        beside = self._beside(place, len(stock.frame), hashes)
        decided = decide(beside, subject.claim, subject.part_below, place.own)
        listed = self.lists.counts(place)
        known = self.knowledge.before(place.previous, place.report_id)
        file_coverage = FileCoverage(
            stock,
            evaluation,
            self.detectors,
            settings,
            decided=decided,
            areas_before=place.areas_before,
        )

        def cover(one: KnownAnomaly) -> CoverageState:
            told = f"{one.rule}|{one.subject_type}|{one.subject_id}" not in suppressed
            return file_coverage.cover(one) if told and place.acts else CoverageState.NO

        present = frozenset(digests)
        known |= {
            digest: replace(one, cover=cover(one))
            for digest, one in known.items()
            if digest not in present
        }
        judge = covers(file_coverage.areas, place.areas_before)
        made = compare(digests, known, judge, as_of=place.as_of, now=iso(self.clock()))
        own = place.own
        before = (
            read_carry_over(self.objects, place.report_id, own["generation"])
            if own
            else CarryOver()
        )
        memory = CarryOver.of(made, before)
        prepared = PreparedComparison(
            subject,
            made,
            place,
            decided=decided,
            listed=listed,
            hashes=hashes,
            digests=digests,
            areas=file_coverage.areas,
            memory=memory,
        )
        under = self.lists.under(place, _snapshot(place, "", decided), listed)
        return replace(prepared, under=tuple(under))

    def _beside(self, place: TimelinePosition, rows: int, hashes: Hashes) -> SizeComparison | None:
        last = place.last_whole
        if last is None:
            return None
        theirs = read_subjects(self.objects, last["report_id"], last["generation"])
        before = LastWholeSnapshot(last["report_id"], last["as_of"], last["rows"], len(theirs))
        return SizeComparison(rows, len(hashes), count_shared(hashes, theirs), before)

    def keep(
        self, prepared: PreparedComparison, generation: str, stock: Stock, evaluation: Evaluation
    ) -> None:
        """Beside the evidence of the generation. Raises Unavailable."""
        report_id = prepared.subject.report_id
        write_digests(self.objects, report_id, generation, prepared.digests)
        write_locations(
            self.objects, report_id, generation, stock=stock, findings=evaluation.findings
        )
        if prepared.place is None:
            return
        write_carry_over(self.objects, report_id, generation, prepared.memory)
        if prepared.hashes is not None:
            write_subjects(self.objects, report_id, generation, prepared.hashes)
        write_pallets(
            self.objects,
            report_id,
            generation,
            stock=stock,
            findings=evaluation.findings,
            digests=prepared.digests,
        )

    def show_operations(
        self,
        prepared: PreparedComparison,
        generation: str,
        stock: Stock,
        evaluation: Evaluation,
        counts: Counts,
    ) -> list[Operation]:
        """For the transaction that shows the generation."""
        place, decided = prepared.place, prepared.decided
        if place is None or decided is None:
            return []
        snapshot = _snapshot(place, generation, decided)
        aggregates = {
            **snapshot,
            "as_of": place.as_of,
            "rows": len(stock.frame),
            "pallets": len(stock.pallets.names),
            "by_rule": dict(sorted(counts.by_rule.items())),
            "acted": place.acts,
            "comparison": comparison_facts(prepared.comparison),
            "resolution": resolution_facts(prepared.comparison, place.as_of),
            "hot_spots": hot_spots([one.location for one in evaluation.findings]),
            "areas": dict(prepared.areas),
            "occupancy": occupancy(stock),
            "outside_layout": outside_layout(stock),
        }
        shown = self.timeline.show_operations(place, aggregates, iso(self.clock()))
        own = {
            **anomaly_keys.counts(place.report_id),
            **counts.to_attributes(),
            "generation": generation,
            "superseded": prepared.superseded,
        }
        listed = {**prepared.listed, place.report_id: own}
        return [*shown, *self.lists.operations(place, snapshot, listed)]

    def forget(self, subject: ComparedReport) -> list[Operation]:
        """The transaction that takes a report out of the order of its warehouse, and
        puts the one before it into the lists again; empty if that is done."""
        shown = subject.shown_rank
        if subject.warehouse_id is None or shown is None:
            return []
        place = self.timeline.place(subject.warehouse_id, subject.report_id, shown, shown)
        if place.own is None:
            return []
        listed = self.lists.operations(place, None, self.lists.counts(place))
        return [*self.timeline.forget_operations(place), *listed]


def _snapshot(place: TimelinePosition, generation: str, decided: ScopeDecision) -> dict[str, Any]:
    """What says of its item where it stands, and as what."""
    return {
        **keys.snapshot(place.warehouse_id, place.rank),
        "report_id": place.report_id,
        "generation": generation,
        "scope": decided.scope,
        "scope_said": decided.said,
    }
