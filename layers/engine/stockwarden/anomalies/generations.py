"""Writing, showing and removing what an analysis found.

Each attempt of an analysis writes a *generation*: a partition of heads and an evidence file that
nobody sees. `show_operations` makes it the visible one, in the transaction that also flips the
report. A crash before leaves an invisible partition, a repeat writes its own, and
`discard_superseded` removes what is not visible.

Only the state that people gave (status, assignee, version) must cross from one generation to the
next. It is read from the history, under a lock that lets no status change slip in between.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from tempfile import TemporaryFile
from typing import IO, Any

from stockwarden.anomalies import keys
from stockwarden.anomalies.counts import Counts
from stockwarden.anomalies.heads import Line, State, compact, make_head, priority_of, rule_of
from stockwarden.anomalies.model import Status
from stockwarden.anomalies.parallel import spread
from stockwarden.core.clock import Clock, iso, utc_now
from stockwarden.core.errors import Conflict
from stockwarden.detection.priority import Priority
from stockwarden.storage.attributes import Item
from stockwarden.storage.objects import Objects
from stockwarden.storage.tables import ConditionFailed, Operation, Table, write

# No attempt outlives its Lambda call, so a lock or a marker this old belongs to a dead one.
LEASE = timedelta(minutes=15)
_EVIDENCE_LIMIT = 10_000


class Generations:
    def __init__(self, table: Table, objects: Objects, clock: Clock = utc_now) -> None:
        self.table = table
        self.objects = objects
        self.clock = clock

    def write_generation(
        self, report_id: str, generation: str, documents: Iterable[Mapping[str, Any]]
    ) -> Counts:
        """Store the findings (as `Finding.to_document()` gives them, most urgent first), unseen.

        Status changes of the report are refused from here until the generation is shown,
        discarded, or 15 minutes old. Raises Conflict if this generation is the visible one.
        """
        moment = self.clock()
        self._begin(report_id, generation, moment)
        states = self._states(report_id)
        with TemporaryFile("w+b") as lines:
            at_location = _write_lines(documents, lines)
            lines.seek(0)
            found: list[tuple[Priority, Status, str]] = []
            pk = keys.partition(report_id, generation)

            def heads() -> Iterator[Item]:
                for head, state in _heads(pk, lines, at_location, states, iso(moment)):
                    found.append((priority_of(head), state.status, rule_of(head)))
                    yield head

            spread(self.table.put_all, heads())
            lines.seek(0)
            self.objects.write_stream(
                keys.evidence_key(report_id, generation), lines, "application/jsonl"
            )
        return Counts.of(found)

    def show_operations(
        self, report_id: str, generation: str, counts: Counts, *, owner: str, listed: str
    ) -> list[Operation]:
        """What makes the generation visible: to be written in one transaction with the report.

        `owner` and `listed` are those of the report's summary. The transaction fails if another
        attempt has begun since, or if a status change found this one's lock expired.
        """
        shown = self.table.update(
            keys.counts_key(report_id),
            "SET #generation = :generation, #cells = :cells, #by_rule = :by_rule, "
            "#owner = :owner, #listed = :listed REMOVE #locked, #locked_until",
            when="#locked = :generation",
            generation=generation,
            owner=owner,
            listed=listed,
            **counts.to_attributes(),
        )
        return [shown, *self._pointers(report_id, generation, counts, owner, listed)]

    def hide_operations(self, *, owner: str, listed: str) -> list[Operation]:
        """What takes a report out of its owner's list, to be written as the report is deleted."""
        return [self.table.delete(_pointer_key(owner, listed, rank)) for rank in Priority]

    def unlock(self, report_id: str, generation: str) -> None:
        """Let statuses change again after an analysis that failed."""
        release = self.table.update(
            keys.counts_key(report_id),
            "REMOVE #locked, #locked_until",
            when="#locked = :generation",
            generation=generation,
        )
        try:
            write(release)
        except ConditionFailed:
            return  # Another attempt holds the lock by now, or nobody does.

    def discard(self, report_id: str, generation: str) -> None:
        """Remove a generation and its lock, unless it is shown: a writer whose answer was lost
        may believe that it failed."""
        counts = self.table.get(keys.counts_key(report_id), consistent=True) or {}
        if counts.get("generation") == generation:
            return
        self._remove_partition(report_id, generation)
        marker = {"pk": report_id, "sk": keys.GENERATION + generation}
        write(self.table.delete(marker))
        self.unlock(report_id, generation)

    def discard_superseded(self, report_id: str) -> None:
        """Remove every generation but the visible one and the one that is being written."""
        counts = self.table.get(keys.counts_key(report_id), consistent=True) or {}
        living = {counts.get("generation"), counts.get("locked")}
        long_ago = iso(self.clock() - LEASE)
        for marker in list(self._markers(report_id)):
            generation = marker["sk"].removeprefix(keys.GENERATION)
            if generation in living:
                continue
            self._remove_partition(report_id, generation)
            if marker["begun"] < long_ago:
                write(self.table.delete({"pk": report_id, "sk": marker["sk"]}))

    def delete_report(self, report_id: str) -> None:
        """Remove all there is of a report's anomalies. To be repeated if it fails on the way."""
        counts = self.table.get(keys.counts_key(report_id), consistent=True) or {}
        if "owner" in counts:
            for operation in self.hide_operations(owner=counts["owner"], listed=counts["listed"]):
                write(operation)
        for marker in list(self._markers(report_id)):
            self._remove_partition(report_id, marker["sk"].removeprefix(keys.GENERATION))
            write(self.table.delete({"pk": report_id, "sk": marker["sk"]}))
        self._remove_items(keys.history_partition(report_id))
        write(self.table.delete(keys.counts_key(report_id)))

    def _begin(self, report_id: str, generation: str, moment: datetime) -> None:
        marker = {"pk": report_id, "sk": keys.GENERATION + generation, "begun": iso(moment)}
        lock = self.table.update(
            keys.counts_key(report_id),
            "SET #locked = :generation, #locked_until = :locked_until",
            when="attribute_not_exists(#generation) OR #generation <> :generation",
            generation=generation,
            locked_until=iso(moment + LEASE),
        )
        try:
            write(self.table.put(marker), lock)
        except ConditionFailed as failed:
            raise Conflict("This analysis is finished and shown already.") from failed

    def _states(self, report_id: str) -> dict[str, State]:
        """By digest, what the last change of each anomaly ever changed left it in."""
        entries = self.table.query_all(
            "#pk = :pk", pk=keys.history_partition(report_id), consistent=True
        )
        return {
            entry["sk"].partition("#")[0]: State(
                status=Status(entry["new_status"]),
                version=entry["version"],
                created_at=entry["created_at"],
                updated_at=entry["at"],
                assignee=entry.get("assignee"),
            )
            for entry in entries
        }

    def _pointers(
        self, report_id: str, generation: str, counts: Counts, owner: str, listed: str
    ) -> Iterator[Operation]:
        for priority, count in counts.by_priority.items():
            key = _pointer_key(owner, listed, priority)
            if count:
                yield self.table.put(key | {"report_id": report_id, "generation": generation})
            else:
                yield self.table.delete(key)

    def _markers(self, report_id: str) -> Iterator[Item]:
        return self.table.query_all(
            "#pk = :pk AND begins_with(#sk, :sk)", pk=report_id, sk=keys.GENERATION
        )

    def _remove_partition(self, report_id: str, generation: str) -> None:
        self._remove_items(keys.partition(report_id, generation))
        self.objects.delete_prefix(keys.evidence_prefix(report_id, generation))

    def _remove_items(self, pk: str) -> None:
        items = self.table.query_all("#pk = :pk", pk=pk)
        spread(self.table.delete_all, ({"pk": pk, "sk": item["sk"]} for item in items))


def _pointer_key(owner: str, listed: str, priority: Priority) -> Item:
    return {"pk": keys.pointer_partition(owner, priority), "sk": listed}


def _write_lines(documents: Iterable[Mapping[str, Any]], lines: IO[bytes]) -> Counter[str]:
    """One JSON document per line; answers how many anomalies each location has."""
    at_location: Counter[str] = Counter()
    for document in documents:
        at_location[keys.location_name(document.get("location"))] += 1
        if len(document["evidence"]) > _EVIDENCE_LIMIT:
            document = {**document, "evidence": document["evidence"][:_EVIDENCE_LIMIT]}  # noqa: PLW2901
        lines.write(compact(document).encode() + b"\n")
    return at_location


def _heads(
    pk: str, lines: IO[bytes], at_location: Counter[str], states: Mapping[str, State], now: str
) -> Iterator[tuple[Item, State]]:
    fresh = State(Status.NEW, version=1, created_at=now, updated_at=now)
    repeats: Counter[str] = Counter()
    offset = 0
    for ordinal, text in enumerate(lines):
        document = json.loads(text)
        fingerprint = document["fingerprint"]
        digest = keys.digest_of(fingerprint, repeats[fingerprint])
        repeats[fingerprint] += 1
        state = states.get(digest, fresh)
        neighbours = at_location[keys.location_name(document.get("location"))]
        line = Line(offset, len(text), document)
        head = make_head(pk, digest, ordinal, line, at_location=neighbours, state=state)
        yield head, state
        offset += len(text)
