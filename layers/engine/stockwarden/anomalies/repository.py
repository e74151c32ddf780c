"""Repository of the anomalies of visible generations, their history and counts (DynamoDB, S3)."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from stockwarden.anomalies import object_keys
from stockwarden.anomalies.counts import Counts, cell_path, verdict_path
from stockwarden.anomalies.index_query import IndexQuery, Slice, SortPosition
from stockwarden.anomalies.model import SYSTEM, VERDICTS, HistoryEntry, Status
from stockwarden.anomalies.records import (
    Carried,
    carried_attributes,
    cents_of,
    priority_of,
    rule_of,
)
from stockwarden.anomalies.transition import Transition
from stockwarden.core.errors import NotFound
from stockwarden.detection.priority import Priority
from stockwarden.storage.attributes import Item
from stockwarden.storage.expressions import assignments
from stockwarden.storage.keys import anomalies as keys
from stockwarden.storage.keys import key_of
from stockwarden.storage.objects import Objects
from stockwarden.storage.tables import Operation, Table

HISTORY_SHOWN = 100
NO_SUCH_ANOMALY = "There is no such anomaly."


@dataclass(frozen=True)
class ReportState:
    """`locked`: the report's next analysis is being written. `superseded`: its warehouse has a
    newer snapshot."""

    locked: bool
    superseded: bool


class AnomalyRepository:
    def __init__(self, table: Table, objects: Objects) -> None:
        self.table = table
        self.objects = objects

    def record(self, pk: str, digest: str) -> Item | None:
        return self.table.get(keys.record(pk, digest), consistent=True)

    def records(
        self, pk: str, digests: Sequence[str], *, consistent: bool = True
    ) -> dict[str, Item]:
        record_keys = [keys.record(pk, digest) for digest in digests]
        return {
            keys.digest_in(record): record
            for record in self.table.get_many(record_keys, consistent=consistent)
        }

    def records_of(self, digests: Sequence[tuple[str, str]]) -> list[Item]:
        """The records that exist of (partition, digest)."""
        return self.table.get_many([keys.record(pk, digest) for pk, digest in digests])

    def history(
        self,
        report_id: str,
        generation: str,
        record: Item,
        finding: Mapping[str, Any] | None = None,
    ) -> list[HistoryEntry]:
        """The newest changes, oldest first, up to the record's version.

        Changes carried over from earlier snapshots are in its finding, read here if not given.
        """
        digest = keys.digest_in(record)
        entries = self._changes(report_id, digest, record["version"], record.get("base", 1))
        if "base" not in record or len(entries) == HISTORY_SHOWN:
            return entries
        evidence = (
            finding if finding is not None else self.read_finding(report_id, generation, record)
        )
        past = [HistoryEntry(**entry) for entry in evidence.get("past", ())]
        first_version = entries[0].version if entries else record["version"] + 1
        earlier = [entry for entry in past if entry.version < first_version]
        return [*earlier, *entries][-HISTORY_SHOWN:]

    def _changes(self, report_id: str, digest: str, version: int, base: int) -> list[HistoryEntry]:
        for consistent in (False, True):
            stored = self.stored_history(report_id, digest, consistent=consistent)
            entries = [HistoryEntry(**entry) for entry in stored]
            if version == (entries[-1].version if entries else base):
                break
        return entries

    def stored_history(self, report_id: str, digest: str, *, consistent: bool = True) -> list[Item]:
        """The stored entries of the newest changes in this report, oldest first."""
        history = keys.history(report_id, digest)
        page = self.table.query(
            history,
            newest_first=True,
            limit=HISTORY_SHOWN,
            consistent=consistent,
        )
        return page.items[::-1]

    def last_changes(self, report_id: str, records: Sequence[Item]) -> dict[str, Item]:
        """The last change of each record that was changed in its report, by digest."""
        change_keys = [
            keys.change(report_id, keys.digest_in(record), record["version"]) for record in records
        ]
        entries = self.table.get_many(change_keys, consistent=True)
        return {keys.digest_in(entry): entry for entry in entries}

    def read_finding(self, report_id: str, generation: str, record: Item) -> dict[str, Any]:
        """The complete finding, with all its evidence.

        Raises NotFound if its file is missing or shorter: the analysis was replaced meanwhile.
        """
        line = self.objects.read_range(
            object_keys.evidence_key(report_id, generation),
            record["line_at"],
            record["line_bytes"],
            NO_SUCH_ANOMALY,
        )
        if not line:
            raise NotFound(NO_SUCH_ANOMALY)
        finding: dict[str, Any] = json.loads(line)
        return finding

    def counts(self, report_id: str) -> Counts:
        """The current counts (consistent read): right also just after the report became ready."""
        return Counts.from_item(self.table.get(keys.counts(report_id), consistent=True))

    def counts_by_report(self, report_ids: Sequence[str]) -> dict[str, Counts]:
        """The counts of those reports that have any, by report id."""
        items = self.table.get_many([keys.counts(report_id) for report_id in report_ids])
        return {keys.report_in(item): Counts.from_item(item) for item in items}

    def report_state(self, report_id: str, now: str, *, consistent: bool = True) -> ReportState:
        item = self.table.get(keys.counts(report_id), consistent=consistent) or {}
        return ReportState(
            locked="locked" in item and item["locked_until"] >= now,
            superseded=item.get("superseded", False),
        )

    def scan(
        self,
        index_query: IndexQuery,
        *,
        position: SortPosition | None,
        limit: int,
        examine_limit: int,
    ) -> Slice:
        """Runs one query for up to `limit` records, examining at most `examine_limit` records where
        there is a filter."""
        condition = f"#{index_query.partition_name} = :partition"
        values: dict[str, Any] = {"partition": index_query.partition, **index_query.values}
        if index_query.prefix:
            condition += f" AND begins_with(#{index_query.sort_name}, :prefix)"
            values["prefix"] = index_query.prefix
        query_limit = examine_limit if index_query.where else limit + 1
        page = self.table.query(
            condition,
            index=index_query.index,
            where=" AND ".join(index_query.where) or None,
            limit=query_limit,
            start=index_query.start_key(position) if position else None,
            newest_first=index_query.backwards,
            **values,
        )
        examined = query_limit if page.last_key else len(page.items)
        if len(page.items) > limit:
            last = page.items[limit - 1]
            return Slice(page.items[:limit], index_query.position_of(last), examined)
        return Slice(
            page.items, index_query.position_of(page.last_key) if page.last_key else None, examined
        )

    def pointers(
        self,
        feed: str,
        priority: Priority,
        *,
        start: str | None,
        limit: int,
        backwards: bool = False,
    ) -> list[Item]:
        """Pointers to reports with anomalies of a priority, newest first or last, from `start`."""
        pointers = keys.pointers(feed, priority.rank)
        if start:
            pointers = pointers.between(first=start) if backwards else pointers.between(last=start)
        return self.table.query(pointers, newest_first=not backwards, limit=limit).items

    def change_operations(
        self,
        report_id: str,
        generation: str,
        transitions: Sequence[Transition],
        *,
        allow_superseded: bool = False,
    ) -> list[Operation]:
        """The transaction for transitions in one report: its counts, then record and history each.

        It fails if the generation is not the visible one, an analysis holds the lock, or a record
        has changed since it was read. An expired lock is removed, and its analysis cannot be shown.
        Without `allow_superseded` it also fails if the warehouse has a newer snapshot.
        """
        operations = [
            self._counts_operation(
                report_id, generation, transitions, allow_superseded=allow_superseded
            )
        ]
        for transition in transitions:
            operations += [
                self._record_operation(transition),
                self._history_operation(report_id, transition),
            ]
        return operations

    def _counts_operation(
        self,
        report_id: str,
        generation: str,
        transitions: Sequence[Transition],
        *,
        allow_superseded: bool,
    ) -> Operation:
        changes: Counter[str] = Counter()
        for transition in transitions:
            priority, rule = priority_of(transition.record), rule_of(transition.record)
            for state, change in ((transition.before, -1), (transition.after, 1)):
                changes[cell_path(priority, state.status)] += change
                if state.status is not Status.RESOLVED:
                    changes["#open_cents"] += change * cents_of(transition.record)
                if state.reason in VERDICTS and transition.by != SYSTEM:
                    changes[verdict_path(rule, state.reason)] += change
        added = [(path, change) for path, change in sorted(changes.items()) if change]
        sums = ", ".join(f"{path} = {path} + :add_{n}" for n, (path, _) in enumerate(added))
        return self.table.update(
            keys.counts(report_id),
            (f"SET {sums} " if sums else "")
            + "REMOVE #locked, #locked_until ADD #changes :changes",
            when="#generation = :generation"
            " AND (attribute_not_exists(#locked) OR #locked_until < :now)"
            + ("" if allow_superseded else " AND #superseded = :no"),
            generation=generation,
            now=transitions[0].at,
            changes=len(transitions),
            **({} if allow_superseded else {"no": False}),
            **{f"add_{n}": change for n, (_, change) in enumerate(added)},
        )

    def _record_operation(self, transition: Transition) -> Operation:
        record, state = transition.record, transition.after
        changes = {
            "pk_status": keys.by_status(keys.generation_in(record), state.status),
            "version": state.version,
            "updated_at": state.updated_at,
            "assignee": state.assignee,
            "due_date": state.due_date,
            "reason": str(state.reason) if state.reason else None,
            **(carried_attributes(transition.carried) if transition.carried else {}),
        }
        updates = {
            name: change for name, change in changes.items() if change is not None or name in record
        }
        expression, values = assignments(updates)
        return self.table.update(
            key_of(record),
            expression,
            when="#version = :read",
            read=record["version"],
            **values,
        )

    def relation_operation(self, record: Item, carried: Carried) -> Operation:
        """Changes the record's comparison with the previous snapshot, without a history entry."""
        expression, values = assignments(carried_attributes(carried))
        return self.table.update(
            key_of(record),
            expression,
            when="attribute_exists(#pk)",
            **values,
        )

    def _history_operation(self, report_id: str, transition: Transition) -> Operation:
        """Adds the history entry, with the attributes that the next analysis carries over."""
        item: Item = {
            **keys.change(report_id, keys.digest_in(transition.record), transition.after.version),
            **transition.entry().model_dump(mode="json", exclude_none=True),
            "created_at": transition.after.created_at,
        }
        if transition.snapshot:
            item["snapshot"] = transition.snapshot
        return self.table.put(item, when="attribute_not_exists(#pk)")
