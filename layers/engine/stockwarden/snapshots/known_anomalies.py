"""Loads the known anomalies of a warehouse at one of its snapshots, in their current state."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from stockwarden.anomalies.model import Status
from stockwarden.anomalies.records import rule_of, state_of, subject_of
from stockwarden.anomalies.repository import AnomalyRepository
from stockwarden.anomalies.result_sets import ResultSets
from stockwarden.snapshots.auto_resolution import resolving_entry
from stockwarden.snapshots.carry_over import CarryOver, read_carry_over
from stockwarden.snapshots.comparison import KnownAnomaly, KnownFlood
from stockwarden.snapshots.flood_members import read_members
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import anomalies as keys
from stockwarden.storage.objects import Objects


@dataclass(frozen=True)
class Known:
    """The known anomalies by digest, and the floods among them that are not over."""

    anomalies: dict[str, KnownAnomaly]
    floods: tuple[KnownFlood, ...] = ()


class KnownAnomalyLoader:
    def __init__(
        self, result_sets: ResultSets, anomalies: AnomalyRepository, objects: Objects
    ) -> None:
        self.result_sets = result_sets
        self.anomalies = anomalies
        self.objects = objects

    def load(self, previous: Item | None, for_report: str) -> Known:
        """The anomalies of the snapshot item `previous` and those it carries over, by digest.

        They are for comparing `for_report`: resolutions by that report itself are reverted.
        """
        if previous is None:
            return Known({})
        report_id, generation = previous["report_id"], previous["generation"]
        carry_over = read_carry_over(self.objects, report_id, generation)
        known = dict(self._absent(carry_over, for_report))
        changes = self.result_sets.changes(report_id)
        for record in self.result_sets.records(report_id, generation):
            digest = keys.digest_in(record)
            changes_here = changes.get(digest, ())
            first = changes_here[0]["version"] if changes_here else None
            past = [
                entry
                for entry in carry_over.past.get(digest, ())
                if first is None or entry["version"] < first
            ]
            subject, location = subject_of(record)
            known[digest] = _reverted(
                KnownAnomaly(
                    rule=rule_of(record),
                    subject_type=subject.type,
                    subject_id=subject.id,
                    location=location,
                    since=str(record.get("since") or previous["as_of"]),
                    seen=previous["as_of"],
                    report_id=report_id,
                    state=state_of(record),
                    past=(*past, *changes_here),
                ),
                for_report,
            )
        floods = tuple(self._floods(known, previous))
        present_in = [flood for flood, is_present in floods if is_present]
        for digest, anomaly in known.items():
            if not anomaly.present and any(digest in flood.members for flood in present_in):
                known[digest] = replace(anomaly, present=True)
        return Known(known, tuple(flood for flood, _ in floods))

    def _floods(
        self, known: Mapping[str, KnownAnomaly], previous: Item
    ) -> Iterator[tuple[KnownFlood, bool]]:
        """The floods that the snapshot has, or that stay open; and whether it has them."""
        for anomaly in known.values():
            if not anomaly.is_flood or not (anomaly.present or anomaly.is_open):
                continue
            holder = previous
            if anomaly.report_id != previous["report_id"]:
                counts = self.result_sets.counts_item(anomaly.report_id)
                if counts is None:
                    continue
                holder = counts
            members = read_members(
                self.objects, anomaly.report_id, holder["generation"], anomaly.rule
            )
            yield KnownFlood(anomaly.since, members), anomaly.present

    def _absent(self, carry_over: CarryOver, report_id: str) -> Iterator[tuple[str, KnownAnomaly]]:
        """The carried-over anomalies; open ones with their current state in the report that holds
        them, where people may have worked on them."""
        open_by_holder: dict[str, list[str]] = {}
        for digest, anomaly in carry_over.absent.items():
            if anomaly.is_open:
                open_by_holder.setdefault(anomaly.report_id, []).append(digest)
            else:
                yield digest, anomaly
        for holder, digests in open_by_holder.items():
            counts = self.result_sets.counts_item(holder)
            if counts is None:
                continue
            records = self.anomalies.records(keys.generation(holder, counts["generation"]), digests)
            changes = self.result_sets.changes(holder)
            for digest, record in records.items():
                anomaly = carry_over.absent[digest]
                changes_there = changes.get(digest, ())
                versions = {entry["version"] for entry in changes_there}
                past = [entry for entry in anomaly.past if entry["version"] not in versions]
                current = replace(anomaly, state=state_of(record), past=(*past, *changes_there))
                yield digest, _reverted(current, report_id)


def _reverted(anomaly: KnownAnomaly, report_id: str) -> KnownAnomaly:
    """The anomaly without its resolution by an earlier analysis of the same report."""
    entry = resolving_entry(anomaly.state, anomaly.past, report_id)
    if entry is None:
        return anomaly
    is_last = entry is anomaly.past[-1]
    version = anomaly.state.version - 1 if is_last else anomaly.state.version
    state = replace(anomaly.state, status=Status(entry["old_status"]), version=version, reason=None)
    return replace(
        anomaly, state=state, past=tuple(change for change in anomaly.past if change is not entry)
    )
