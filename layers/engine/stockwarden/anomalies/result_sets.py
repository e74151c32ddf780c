"""Writing, showing and removing what an analysis found.

Each attempt of an analysis writes a *generation*: a partition of heads and an evidence file that
nobody sees. `show_operations` makes it the visible one, in the transaction that also flips the
report. A crash before leaves an invisible partition, a repeat writes its own, and
`discard_superseded` removes what is not visible.

Of the snapshots of a warehouse only the newest has pointers: `stand_down` takes them from the one
that a newer snapshot supersedes, `stand_up` gives them back. Where that is a part of the warehouse,
they lead also to those `under` it, newest first, for what newer ones do not have.

Only the state that people gave (`heads.State`) must cross from one generation to the
next. It is read from the history, under a lock that lets no status change slip in between.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from tempfile import TemporaryFile
from typing import Any

from stockwarden.anomalies import object_keys
from stockwarden.anomalies.counts import Counts, Tally, tally_of, unchanged_condition
from stockwarden.anomalies.evidence_file import brought_states, records_of, write_evidence
from stockwarden.anomalies.list_pointers import ListPointers, Under
from stockwarden.anomalies.model import Reason, Status
from stockwarden.anomalies.records import Carried, WorkState
from stockwarden.core.clock import Clock, iso, utc_now
from stockwarden.core.errors import Conflict
from stockwarden.storage.attributes import Item
from stockwarden.storage.batches import write_in_batches
from stockwarden.storage.keys import KeyRange, key_of
from stockwarden.storage.keys import anomalies as keys
from stockwarden.storage.objects import Objects
from stockwarden.storage.tables import ConditionFailed, Operation, Table, write

# No attempt outlives its Lambda call, so a lock or a marker this old belongs to a dead one.
LEASE = timedelta(minutes=15)


class ResultSets:
    def __init__(self, table: Table, objects: Objects, clock: Clock = utc_now) -> None:
        self.table = table
        self.objects = objects
        self.clock = clock
        self.pointers = ListPointers(table)

    def write_generation(
        self,
        report_id: str,
        generation: str,
        documents: Iterable[Mapping[str, Any]],
        carried: Mapping[str, Carried] | None = None,
    ) -> Counts:
        """Store the findings (as `Finding.to_document()` gives them, most urgent first), unseen.

        `carried` has by digest what comes from the warehouse's earlier snapshots. What people
        changed in this report's own analysis before goes over that.

        Status changes of the report are refused from here until the generation is shown,
        discarded, or 15 minutes old. Raises Conflict if this generation is the visible one.
        """
        moment = self.clock()
        self._begin(report_id, generation, moment)
        brought = carried or {}
        states = brought_states(brought) | self._states(report_id)
        with TemporaryFile("w+b") as lines:
            at_location = write_evidence(documents, lines, brought)
            lines.seek(0)
            found: list[Tally] = []
            pk = keys.generation(report_id, generation)

            def records() -> Iterator[Item]:
                for record, state in records_of(
                    pk, lines, at_location, states, carried=brought, now=iso(moment)
                ):
                    came = brought.get(keys.digest_in(record))
                    inherited = came.state.reason if came and came.state else None
                    found.append(tally_of(record, state, inherited))
                    yield record

            write_in_batches(self.table.put_all, records())
            lines.seek(0)
            self.objects.write_stream(
                object_keys.evidence_key(report_id, generation), lines, "application/jsonl"
            )
        return Counts.of(found)

    def show_operations(
        self,
        report_id: str,
        generation: str,
        counts: Counts,
        *,
        owner: str,
        listed: str,
        warehouse_id: str | None = None,
        superseded: bool = False,
        under: Sequence[Under] = (),
    ) -> list[Operation]:
        """What makes the generation visible: to be written in one transaction with the report.

        `owner`, `listed` and `warehouse_id` are those of the report's summary. One that is
        `superseded` by a newer snapshot is not listed across reports. The transaction fails if
        another attempt has begun since, or if a status change found this one's lock expired.
        """
        lanes = keys.feeds(owner, warehouse_id)
        shown = self.table.update(
            keys.counts(report_id),
            "SET #generation = :generation, #cells = :cells, #by_rule = :by_rule, "
            "#open_cents = :open_cents, #lanes = :lanes, #listed = :listed, "
            "#superseded = :superseded REMOVE #locked, #locked_until",
            when="#locked = :generation",
            generation=generation,
            lanes=lanes,
            listed=listed,
            superseded=superseded,
            **counts.to_attributes(),
        )
        if superseded:
            return [shown, *self.pointers.remove(lanes, listed)]
        return [
            shown,
            *self.pointers.put(report_id, generation, counts, lanes, listed, under=under),
        ]

    def supersede(self, counts: Item) -> list[Operation]:
        """Out of the lists across reports. `counts` is the report's item as it was read.

        The first operation fails if anything about the anomalies has changed since.
        """
        when, values = unchanged_condition(counts)
        changed = self.table.update(
            key_of(counts), "SET #superseded = :yes", when=when, yes=True, **values
        )
        hidden = self.pointers.remove(counts["lanes"], counts["listed"])
        return [changed, *hidden]

    def unchanged_check(self, counts: Item) -> Operation:
        """Fails if anything about a report's anomalies has changed since its counts were read."""
        when, values = unchanged_condition(counts)
        return self.table.check(key_of(counts), when, **values)

    def restore(self, counts: Item, under: Sequence[Under] = ()) -> list[Operation]:
        """Into the lists across reports again. The first operation fails if the report has been
        analyzed again since."""
        changed = self.table.update(
            key_of(counts),
            "SET #superseded = :no",
            when="#generation = :generation",
            no=False,
            generation=counts["generation"],
        )
        pointers = self.pointers.put(
            keys.report_in(counts),
            counts["generation"],
            Counts.from_item(counts),
            counts["lanes"],
            counts["listed"],
            under=under,
        )
        return [changed, *pointers]

    def list_operations(self, report_id: str) -> list[Operation]:
        """What would undo `hide_operations`: to be asked for before."""
        counts = self.counts_item(report_id)
        if counts is None:
            return []
        stored = self.pointers.stored(counts["lanes"], counts["listed"])
        return [self.table.put(pointer) for pointer in stored]

    def unlist_operations(
        self, listed: str, lanes: Iterable[str], kept: Iterable[str]
    ) -> list[Operation]:
        """Out of the lists that a report is in no longer: of `lanes` those that are not `kept`."""
        return self.pointers.remove([lane for lane in lanes if lane not in set(kept)], listed)

    def counts_item(self, report_id: str) -> Item | None:
        """None until an analysis has been shown."""
        item = self.table.get(keys.counts(report_id), consistent=True)
        return item if item and "generation" in item else None

    def hide_operations(
        self, *, owner: str, listed: str, warehouse_id: str | None = None
    ) -> list[Operation]:
        """What takes a report out of all lists, to be written as the report is deleted."""
        return self.pointers.remove(keys.feeds(owner, warehouse_id), listed)

    def unlock(self, report_id: str, generation: str) -> None:
        """Let statuses change again after an analysis that failed."""
        release = self.table.update(
            keys.counts(report_id),
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
        counts = self.table.get(keys.counts(report_id), consistent=True) or {}
        if counts.get("generation") == generation:
            return
        self._remove_partition(report_id, generation)
        write(self.table.delete(keys.marker(report_id, generation)))
        self.unlock(report_id, generation)

    def discard_attempts(self, report_id: str, job_id: str, attempts: int) -> None:
        """What a job has written in its first `attempts` attempts."""
        for number in range(1, attempts + 1):
            self.discard(report_id, f"{job_id}.{number}")

    def discard_superseded(
        self, report_id: str, kept: Callable[[], str | None] = lambda: None
    ) -> None:
        """Remove every generation but the visible one, the one that is being written, and that
        which `kept` names when it is known which is visible."""
        counts = self.table.get(keys.counts(report_id), consistent=True) or {}
        living = {counts.get("generation"), counts.get("locked"), kept()}
        long_ago = iso(self.clock() - LEASE)
        for marker, generation in self._markers(report_id):
            if generation in living:
                continue
            self._remove_partition(report_id, generation)
            if marker["begun"] < long_ago:
                write(self.table.delete(key_of(marker)))

    def delete_report(self, report_id: str) -> None:
        """Remove all there is of a report's anomalies. To be repeated if it fails on the way."""
        counts = self.table.get(keys.counts(report_id), consistent=True) or {}
        if "lanes" in counts:
            for operation in self.pointers.remove(counts["lanes"], counts["listed"]):
                write(operation)
        for marker, generation in self._markers(report_id):
            self._remove_partition(report_id, generation)
            write(self.table.delete(key_of(marker)))
        # No change is written without its head, so all that there will ever be is there by now.
        self._remove_items(keys.histories(report_id), consistent=True)
        write(self.table.delete(keys.counts(report_id)))

    def records(self, report_id: str, generation: str) -> Iterator[Item]:
        """All of a generation. Not for a request path."""
        records = keys.records(keys.generation(report_id, generation))
        return self.table.query_all(records, consistent=True)

    def changes(self, report_id: str) -> dict[str, list[Item]]:
        """By digest the history of every anomaly ever changed, oldest first. Not for a request."""
        found: dict[str, list[Item]] = {}
        for entry in self._history(report_id):
            hidden = {*key_of(entry), "created_at"}
            change = {name: value for name, value in entry.items() if name not in hidden}
            found.setdefault(keys.digest_in(entry), []).append(change)
        return found

    def _begin(self, report_id: str, generation: str, moment: datetime) -> None:
        marker = {**keys.marker(report_id, generation), "begun": iso(moment)}
        lock = self.table.update(
            keys.counts(report_id),
            "SET #locked = :generation, #locked_until = :locked_until",
            when="attribute_not_exists(#generation) OR #generation <> :generation",
            generation=generation,
            locked_until=iso(moment + LEASE),
        )
        try:
            write(self.table.put(marker), lock)
        except ConditionFailed as failed:
            raise Conflict("This analysis is finished and shown already.") from failed

    def _states(self, report_id: str) -> dict[str, WorkState]:
        """By digest, what the last change of each anomaly ever changed left it in."""
        return {
            keys.digest_in(entry): WorkState(
                status=Status(entry["new_status"]),
                version=entry["version"],
                created_at=entry["created_at"],
                updated_at=entry["at"],
                assignee=entry.get("assignee"),
                due_date=entry.get("due_date"),
                reason=Reason(entry["reason"]) if "reason" in entry else None,
            )
            for entry in self._history(report_id)
        }

    def _history(self, report_id: str) -> Iterator[Item]:
        """Of all anomalies, each oldest first."""
        histories = keys.histories(report_id)
        return self.table.query_all(histories, consistent=True)

    def _markers(self, report_id: str) -> list[tuple[Item, str]]:
        """Each with the name of its generation."""
        markers = keys.markers(report_id)
        items = self.table.query_all(markers)
        return [(item, markers.rest_of(item)) for item in items]

    def _remove_partition(self, report_id: str, generation: str) -> None:
        self._remove_items(keys.records(keys.generation(report_id, generation)))
        self.objects.delete_prefix(object_keys.evidence_prefix(report_id, generation))

    def _remove_items(self, stored: KeyRange, *, consistent: bool = False) -> None:
        items = self.table.query_all(stored, consistent=consistent)
        write_in_batches(self.table.delete_all, (key_of(item) for item in items))
