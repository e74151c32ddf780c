"""What is known of a warehouse's anomalies at one of its snapshots, as people left them."""

from collections.abc import Iterator
from dataclasses import replace

from stockwarden.anomalies.model import Status
from stockwarden.anomalies.records import rule_of, state_of, subject_of
from stockwarden.anomalies.repository import AnomalyRepository
from stockwarden.anomalies.result_sets import ResultSets
from stockwarden.snapshots.auto_resolution import resolving_entry
from stockwarden.snapshots.carry_over import CarryOver, read_carry_over
from stockwarden.snapshots.comparison import KnownAnomaly
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import anomalies as keys
from stockwarden.storage.objects import Objects


class KnownAnomalyLoader:
    def __init__(
        self, result_sets: ResultSets, anomalies: AnomalyRepository, objects: Objects
    ) -> None:
        self.result_sets = result_sets
        self.anomalies = anomalies
        self.objects = objects

    def before(self, previous: Item | None, for_report: str) -> dict[str, KnownAnomaly]:
        """All that a snapshot (its item) has, and what it knows of those before it, by digest.

        As `for_report` is compared with it: without what that report itself has resolved.
        """
        if previous is None:
            return {}
        report_id, generation = previous["report_id"], previous["generation"]
        memory = read_carry_over(self.objects, report_id, generation)
        known = dict(self._absent(memory, for_report))
        changes = self.result_sets.changes(report_id)
        for record in self.result_sets.records(report_id, generation):
            digest = keys.digest_in(record)
            own = changes.get(digest, ())
            first = own[0]["version"] if own else None
            past = [
                entry
                for entry in memory.past.get(digest, ())
                if first is None or entry["version"] < first
            ]
            about, location = subject_of(record)
            known[digest] = _reverted(
                KnownAnomaly(
                    rule=rule_of(record),
                    subject_type=about.type,
                    subject_id=about.id,
                    location=location,
                    since=str(record.get("since") or previous["as_of"]),
                    seen=previous["as_of"],
                    report_id=report_id,
                    state=state_of(record),
                    past=(*past, *own),
                ),
                for_report,
            )
        return known

    def _absent(self, memory: CarryOver, report_id: str) -> Iterator[tuple[str, KnownAnomaly]]:
        """What is still open stands in its own report, where people may have worked on it."""
        waiting: dict[str, list[str]] = {}
        for digest, one in memory.absent.items():
            if one.is_open:
                waiting.setdefault(one.report_id, []).append(digest)
            else:
                yield digest, one
        for holder, digests in waiting.items():
            counts = self.result_sets.counts_item(holder)
            if counts is None:
                continue
            records = self.anomalies.records(keys.generation(holder, counts["generation"]), digests)
            changes = self.result_sets.changes(holder)
            for digest, record in records.items():
                one = memory.absent[digest]
                own = changes.get(digest, ())
                seen = {entry["version"] for entry in own}
                past = [entry for entry in one.past if entry["version"] not in seen]
                current = replace(one, state=state_of(record), past=(*past, *own))
                yield digest, _reverted(current, report_id)


def _reverted(known: KnownAnomaly, report_id: str) -> KnownAnomaly:
    """Without what an earlier analysis of the same report resolved."""
    entry = resolving_entry(known.state, known.past, report_id)
    if entry is None:
        return known
    is_last = entry is known.past[-1]
    version = known.state.version - 1 if is_last else known.state.version
    state = replace(known.state, status=Status(entry["old_status"]), version=version, reason=None)
    return replace(known, state=state, past=tuple(one for one in known.past if one is not entry))
