"""Result sets of analyses: writes, shows, supersedes, restores and removes them.

Each attempt of an analysis writes a *generation*: a partition of records and an evidence file,
invisible at first. `show_operations` makes it the visible one, in the transaction that also makes
the report ready. A crash before that leaves an invisible partition, another attempt writes its own,
and `discard_superseded` removes those that are not visible.

Of the snapshots of a warehouse only the newest has list pointers: `supersede` removes those of the
snapshot that a newer one supersedes, `restore` adds them again. Where the newest is a part of the
warehouse, its pointers lead also to those `under` it, newest first, for anomalies that newer ones
do not have.

Only the state that people gave (`records.WorkState`) is carried from one generation to the next. It
is read from the history, under a lock that prevents status changes in between.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from tempfile import TemporaryFile
from typing import Any

from stockwarden.anomalies import object_keys
from stockwarden.anomalies.counts import Counts, Tally, tally_of, unchanged_condition
from stockwarden.anomalies.evidence_file import brought_states, records_of, write_evidence
from stockwarden.anomalies.list_pointers import ListPointers, Under
from stockwarden.anomalies.records import Carried, WorkState, state_after
from stockwarden.core.clock import Clock, iso, utc_now
from stockwarden.core.errors import Conflict
from stockwarden.storage.attributes import Item
from stockwarden.storage.batches import write_in_batches
from stockwarden.storage.keys import KeyRange, key_of
from stockwarden.storage.keys import anomalies as keys
from stockwarden.storage.objects import Objects
from stockwarden.storage.tables import ConditionFailed, Operation, Table, write

# No call of the analysis function takes as long, so older locks and markers are abandoned.
LOCK_LIFETIME = timedelta(minutes=10)


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
        """Stores the findings (`Finding.to_document()`, most urgent first) as a generation that is
        not visible yet.

        `carried` has, by digest, what comes from the warehouse's earlier snapshots. Changes that
        people made in this report's previous analysis take precedence.

        From here on status changes of the report are refused until the generation is shown,
        discarded, or older than `LOCK_LIFETIME`. Raises Conflict if this generation is the visible
        one.
        """
        moment = self.clock()
        self._begin(report_id, generation, moment)
        carried_over = carried or {}
        states = brought_states(carried_over) | self._states(report_id)
        with TemporaryFile("w+b") as lines:
            neighbours = write_evidence(documents, lines, carried_over)
            lines.seek(0)
            tallies: list[Tally] = []
            pk = keys.generation(report_id, generation)

            def records() -> Iterator[Item]:
                for record, state in records_of(
                    pk, lines, neighbours, states, carried=carried_over, now=iso(moment)
                ):
                    entry = carried_over.get(keys.digest_in(record))
                    inherited = entry.state.reason if entry and entry.state else None
                    tallies.append(tally_of(record, state, inherited))
                    yield record

            write_in_batches(self.table.put_all, records())
            lines.seek(0)
            self.objects.write_stream(
                object_keys.evidence_key(report_id, generation), lines, "application/jsonl"
            )
        return Counts.of_tallies(tallies)

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
        """The operations that make the generation visible, for the transaction with the report.

        `owner`, `listed` and `warehouse_id` are those of the report's summary. A report that is
        `superseded` by a newer snapshot is not listed across reports. The transaction fails if
        another attempt has begun since, or if a status change has removed this one's expired lock.
        """
        feeds = keys.feeds(owner, warehouse_id)
        counts_updated = self.table.update(
            keys.counts(report_id),
            "SET #generation = :generation, #cells = :cells, #by_rule = :by_rule, "
            "#open_cents = :open_cents, #lanes = :lanes, #listed = :listed, "
            "#superseded = :superseded REMOVE #locked, #locked_until",
            when="#locked = :generation",
            generation=generation,
            lanes=feeds,
            listed=listed,
            superseded=superseded,
            **counts.to_attributes(),
        )
        if superseded:
            return [counts_updated, *self.pointers.remove(feeds, listed)]
        return [
            counts_updated,
            *self.pointers.put(report_id, generation, counts, feeds, listed, under=under),
        ]

    def supersede(self, counts: Item) -> list[Operation]:
        """Removes a report from the lists across reports. `counts` is its item as it was read.

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
        """Adds a report to the lists across reports again. The first operation fails if it has been
        analyzed again or handed over since."""
        changed = self.table.update(
            key_of(counts),
            "SET #superseded = :no",
            when="#generation = :generation AND #lanes = :lanes",
            no=False,
            generation=counts["generation"],
            lanes=counts["lanes"],
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
        """The operations that undo `hide_operations`; to be read before those are written."""
        counts = self.counts_item(report_id)
        if counts is None:
            return []
        stored = self.pointers.stored(counts["lanes"], counts["listed"])
        return [self.table.put(pointer) for pointer in stored]

    def unlist_operations(
        self, listed: str, feeds: Iterable[str], feeds_kept: Iterable[str]
    ) -> list[Operation]:
        """Removes a report from the lists of `feeds`, except those in `feeds_kept`."""
        return self.pointers.remove([feed for feed in feeds if feed not in set(feeds_kept)], listed)

    def counts_item(self, report_id: str) -> Item | None:
        """The report's counts item; None until an analysis has been shown."""
        item = self.table.get(keys.counts(report_id), consistent=True)
        return item if item and "generation" in item else None

    def hide_operations(
        self, *, owner: str, listed: str, warehouse_id: str | None = None
    ) -> list[Operation]:
        """The operations that remove a report from all lists when it is deleted."""
        return self.pointers.remove(keys.feeds(owner, warehouse_id), listed)

    def unlock(self, report_id: str, generation: str) -> None:
        """Allows status changes again after an analysis that failed."""
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
        """Removes a generation and its lock, unless it is shown: a writer that lost the response of
        a successful write may call this too."""
        counts = self.table.get(keys.counts(report_id), consistent=True) or {}
        if counts.get("generation") == generation:
            return
        self._remove_partition(report_id, generation)
        write(self.table.delete(keys.marker(report_id, generation)))
        self.unlock(report_id, generation)

    def discard_attempts(self, report_id: str, job_id: str, attempts: int) -> None:
        """Discards the generations of a job's first `attempts` attempts."""
        for number in range(1, attempts + 1):
            self.discard(report_id, f"{job_id}.{number}")

    def discard_superseded(
        self, report_id: str, needed_generation: Callable[[], str | None] = lambda: None
    ) -> None:
        """Removes every generation except the visible one, the one that is being written, and that
        of `needed_generation`, which is called after the visible one has been read."""
        counts = self.table.get(keys.counts(report_id), consistent=True) or {}
        generations_kept = {counts.get("generation"), counts.get("locked"), needed_generation()}
        expired_before = iso(self.clock() - LOCK_LIFETIME)
        for marker, generation in self._markers(report_id):
            if generation in generations_kept:
                continue
            self._remove_partition(report_id, generation)
            if marker["begun"] < expired_before:
                write(self.table.delete(key_of(marker)))

    def delete_report(self, report_id: str) -> None:
        """Removes all data of a report's anomalies. To be repeated if it fails."""
        counts = self.table.get(keys.counts(report_id), consistent=True) or {}
        if "lanes" in counts:
            for operation in self.pointers.remove(counts["lanes"], counts["listed"]):
                write(operation)
        for marker, generation in self._markers(report_id):
            self._remove_partition(report_id, generation)
            write(self.table.delete(key_of(marker)))
        # Changes are written only together with a record, so no more can be added by now.
        self._remove_items(keys.histories(report_id), consistent=True)
        write(self.table.delete(keys.counts(report_id)))

    def records(self, report_id: str, generation: str) -> Iterator[Item]:
        """All records of a generation. Not for a request path."""
        records = keys.records(keys.generation(report_id, generation))
        return self.table.query_all(records, consistent=True)

    def changes(self, report_id: str) -> dict[str, list[Item]]:
        """{digest: history} of every anomaly ever changed, oldest first. Not for a request path."""
        changes_by_digest: dict[str, list[Item]] = {}
        for entry in self._history(report_id):
            internal = {*key_of(entry), "created_at"}
            change = {name: value for name, value in entry.items() if name not in internal}
            changes_by_digest.setdefault(keys.digest_in(entry), []).append(change)
        return changes_by_digest

    def _begin(self, report_id: str, generation: str, moment: datetime) -> None:
        marker = {**keys.marker(report_id, generation), "begun": iso(moment)}
        lock = self.table.update(
            keys.counts(report_id),
            "SET #locked = :generation, #locked_until = :locked_until",
            when="attribute_not_exists(#generation) OR #generation <> :generation",
            generation=generation,
            locked_until=iso(moment + LOCK_LIFETIME),
        )
        try:
            write(self.table.put(marker), lock)
        except ConditionFailed as failed:
            raise Conflict("This analysis is finished and shown already.") from failed

    def _states(self, report_id: str) -> dict[str, WorkState]:
        """{digest: state after its last change} of every anomaly ever changed."""
        return {keys.digest_in(entry): state_after(entry) for entry in self._history(report_id)}

    def _history(self, report_id: str) -> Iterator[Item]:
        """The history entries of all anomalies, for each anomaly oldest first."""
        histories = keys.histories(report_id)
        return self.table.query_all(histories, consistent=True)

    def _markers(self, report_id: str) -> list[tuple[Item, str]]:
        """The report's marker items, each with its generation."""
        markers = keys.markers(report_id)
        items = self.table.query_all(markers)
        return [(item, markers.rest_of(item)) for item in items]

    def _remove_partition(self, report_id: str, generation: str) -> None:
        self._remove_items(keys.records(keys.generation(report_id, generation)))
        self.objects.delete_prefix(object_keys.evidence_prefix(report_id, generation))

    def _remove_items(self, stored: KeyRange, *, consistent: bool = False) -> None:
        items = self.table.query_all(stored, consistent=consistent)
        write_in_batches(self.table.delete_all, (key_of(item) for item in items))
