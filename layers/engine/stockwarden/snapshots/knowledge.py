"""What is known of a warehouse's anomalies at one of its snapshots, as people left them."""

from collections.abc import Iterator
from dataclasses import replace

from stockwarden.anomalies import keys
from stockwarden.anomalies.generations import Generations
from stockwarden.anomalies.heads import rule_of, state_of, subject_of
from stockwarden.anomalies.model import Status
from stockwarden.anomalies.repository import AnomalyRepository
from stockwarden.snapshots.compare import Known
from stockwarden.snapshots.memory import Memory, read_memory
from stockwarden.snapshots.vanished import resolving_entry
from stockwarden.storage.attributes import Item
from stockwarden.storage.objects import Objects


class Knowledge:
    def __init__(
        self, generations: Generations, anomalies: AnomalyRepository, objects: Objects
    ) -> None:
        self.generations = generations
        self.anomalies = anomalies
        self.objects = objects

    def before(self, previous: Item | None, for_report: str) -> dict[str, Known]:
        """All that a snapshot (its item) has, and what it knows of those before it, by digest.

        As `for_report` is compared with it: without what that report itself has resolved.
        """
        if previous is None:
            return {}
        report_id, generation = previous["report_id"], previous["generation"]
        memory = read_memory(self.objects, report_id, generation)
        known = dict(self._absent(memory, for_report))
        changes = self.generations.changes(report_id)
        for head in self.generations.heads(report_id, generation):
            own = changes.get(head["sk"], ())
            first = own[0]["version"] if own else None
            past = [
                entry
                for entry in memory.past.get(head["sk"], ())
                if first is None or entry["version"] < first
            ]
            about, location = subject_of(head)
            known[head["sk"]] = _reverted(
                Known(
                    rule=rule_of(head),
                    subject_type=about.type,
                    subject_id=about.id,
                    location=location,
                    since=str(head.get("since") or previous["as_of"]),
                    seen=previous["as_of"],
                    report_id=report_id,
                    state=state_of(head),
                    past=(*past, *own),
                ),
                for_report,
            )
        return known

    def _absent(self, memory: Memory, report_id: str) -> Iterator[tuple[str, Known]]:
        """What is still open stands in its own report, where people may have worked on it."""
        waiting: dict[str, list[str]] = {}
        for digest, one in memory.absent.items():
            if one.is_open:
                waiting.setdefault(one.report_id, []).append(digest)
            else:
                yield digest, one
        for holder, digests in waiting.items():
            counts = self.generations.counts_item(holder)
            if counts is None:
                continue
            heads = self.anomalies.heads(keys.partition(holder, counts["generation"]), digests)
            changes = self.generations.changes(holder)
            for digest, head in heads.items():
                one = memory.absent[digest]
                own = changes.get(digest, ())
                seen = {entry["version"] for entry in own}
                past = [entry for entry in one.past if entry["version"] not in seen]
                current = replace(one, state=state_of(head), past=(*past, *own))
                yield digest, _reverted(current, report_id)


def _reverted(known: Known, report_id: str) -> Known:
    """Without what an earlier analysis of the same report resolved."""
    entry = resolving_entry(known.state, known.past, report_id)
    if entry is None:
        return known
    is_last = entry is known.past[-1]
    version = known.state.version - 1 if is_last else known.state.version
    state = replace(known.state, status=Status(entry["old_status"]), version=version, reason=None)
    return replace(known, state=state, past=tuple(one for one in known.past if one is not entry))
