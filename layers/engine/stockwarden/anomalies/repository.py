"""Anomalies of visible generations, their history and their counts, in DynamoDB and S3."""

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
    """Whether a report's next analysis is being written, and whether a newer snapshot has taken
    its place."""

    locked: bool
    superseded: bool


class AnomalyRepository:
    def __init__(self, table: Table, objects: Objects) -> None:
        self.table = table
        self.objects = objects

    def record(self, pk: str, digest: str) -> Item | None:
        return self.table.get(keys.record(pk, digest), consistent=True)

    def records(self, pk: str, digests: Sequence[str]) -> dict[str, Item]:
        wanted = [keys.record(pk, digest) for digest in digests]
        return {
            keys.digest_in(record): record
            for record in self.table.get_many(wanted, consistent=True)
        }

    def history(
        self,
        report_id: str,
        generation: str,
        record: Item,
        finding: Mapping[str, Any] | None = None,
    ) -> list[HistoryEntry]:
        """The newest changes, oldest first; the head's own change must show.

        What it brought from earlier snapshots stands in its finding, read here if not given.
        """
        digest = keys.digest_in(record)
        entries = self._changes(report_id, digest, record["version"], record.get("base", 1))
        if "base" not in record or len(entries) == HISTORY_SHOWN:
            return entries
        brought = finding if finding is not None else self.finding(report_id, generation, record)
        past = [HistoryEntry(**entry) for entry in brought.get("past", ())]
        first = entries[0].version if entries else record["version"] + 1
        before = [entry for entry in past if entry.version < first]
        return [*before, *entries][-HISTORY_SHOWN:]

    def _changes(self, report_id: str, digest: str, version: int, base: int) -> list[HistoryEntry]:
        for consistent in (False, True):
            stored = self.stored_history(report_id, digest, consistent=consistent)
            entries = [HistoryEntry(**entry) for entry in stored]
            if version == (entries[-1].version if entries else base):
                break
        return entries

    def stored_history(self, report_id: str, digest: str, *, consistent: bool = True) -> list[Item]:
        """The newest changes in this report, as they are stored, oldest first."""
        history = keys.history(report_id, digest)
        page = self.table.query(
            history,
            newest_first=True,
            limit=HISTORY_SHOWN,
            consistent=consistent,
        )
        return page.items[::-1]

    def last_changes(self, report_id: str, records: Sequence[Item]) -> dict[str, Item]:
        """By digest, of those that were changed in their report."""
        wanted = [
            keys.change(report_id, keys.digest_in(record), record["version"]) for record in records
        ]
        found = self.table.get_many(wanted, consistent=True)
        return {keys.digest_in(entry): entry for entry in found}

    def finding(self, report_id: str, generation: str, record: Item) -> dict[str, Any]:
        """The whole finding, with all its evidence.

        Raises NotFound if its file is gone, or ends before it: the analysis was replaced meanwhile.
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
        """As of now: who reads a report right after it became ready sees what it found."""
        return Counts.from_item(self.table.get(keys.counts(report_id), consistent=True))

    def counts_of(self, report_ids: Sequence[str]) -> list[Counts]:
        """Of those that have any, in no order."""
        items = self.table.get_many([keys.counts(report_id) for report_id in report_ids])
        return [Counts.from_item(item) for item in items]

    def standing(self, report_id: str, now: str, *, consistent: bool = True) -> ReportState:
        item = self.table.get(keys.counts(report_id), consistent=consistent) or {}
        return ReportState(
            locked="locked" in item and item["locked_until"] >= now,
            superseded=item.get("superseded", False),
        )

    def walk(
        self, lane: IndexQuery, *, after: SortPosition | None, wanted: int, examine: int
    ) -> Slice:
        """One query: up to `wanted` heads, examining at most `examine` where there is a filter."""
        condition = f"#{lane.partition_name} = :partition"
        values: dict[str, Any] = {"partition": lane.partition, **lane.values}
        if lane.prefix:
            condition += f" AND begins_with(#{lane.sort_name}, :prefix)"
            values["prefix"] = lane.prefix
        limit = examine if lane.where else wanted + 1
        page = self.table.query(
            condition,
            index=lane.index,
            where=" AND ".join(lane.where) or None,
            limit=limit,
            start=lane.start_key(after) if after else None,
            newest_first=lane.backwards,
            **values,
        )
        examined = limit if page.last_key else len(page.items)
        if len(page.items) > wanted:
            last = page.items[wanted - 1]
            return Slice(page.items[:wanted], lane.position_of(last), examined)
        return Slice(
            page.items, lane.position_of(page.last_key) if page.last_key else None, examined
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
        """Reports that have anomalies of one rank, newest first (or last), from `start` on."""
        pointers = keys.pointers(feed, priority.rank)
        if start:
            pointers = pointers.between(first=start) if backwards else pointers.between(last=start)
        return self.table.query(pointers, newest_first=not backwards, limit=limit).items

    def change(
        self, report_id: str, generation: str, moves: Sequence[Transition], *, past: bool = False
    ) -> list[Operation]:
        """The transaction for `moves` of one report: counts first, then two writes per move.

        It fails if the generation is not the visible one, an analysis holds the lock, or a head
        is not as it was read. A lock that ran out is broken, and its analysis cannot be shown.
        Without `past` it also fails if the warehouse has a newer snapshot.
        """
        operations = [self._count(report_id, generation, moves, past=past)]
        for move in moves:
            operations += [self._move(move), self._record(report_id, move)]
        return operations

    def _count(
        self, report_id: str, generation: str, moves: Sequence[Transition], *, past: bool
    ) -> Operation:
        changes: Counter[str] = Counter()
        for move in moves:
            priority, rule = priority_of(move.record), rule_of(move.record)
            for state, change in ((move.before, -1), (move.after, 1)):
                changes[cell_path(priority, state.status)] += change
                if state.status is not Status.RESOLVED:
                    changes["#open_cents"] += change * cents_of(move.record)
                if state.reason in VERDICTS and move.by != SYSTEM:
                    changes[verdict_path(rule, state.reason)] += change
        added = [(path, change) for path, change in sorted(changes.items()) if change]
        sums = ", ".join(f"{path} = {path} + :add_{n}" for n, (path, _) in enumerate(added))
        return self.table.update(
            keys.counts(report_id),
            (f"SET {sums} " if sums else "")
            + "REMOVE #locked, #locked_until ADD #changes :changes",
            when="#generation = :generation"
            " AND (attribute_not_exists(#locked) OR #locked_until < :now)"
            + ("" if past else " AND #superseded = :no"),
            generation=generation,
            now=moves[0].at,
            changes=len(moves),
            **({} if past else {"no": False}),
            **{f"add_{n}": change for n, (_, change) in enumerate(added)},
        )

    def _move(self, move: Transition) -> Operation:
        record, after = move.record, move.after
        changes = {
            "pk_status": keys.by_status(keys.generation_in(record), after.status),
            "version": after.version,
            "updated_at": after.updated_at,
            "assignee": after.assignee,
            "due_date": after.due_date,
            "reason": str(after.reason) if after.reason else None,
            **(carried_attributes(move.carried) if move.carried else {}),
        }
        kept = {
            name: change for name, change in changes.items() if change is not None or name in record
        }
        expression, given = assignments(kept)
        return self.table.update(
            key_of(record),
            expression,
            when="#version = :read",
            read=record["version"],
            **given,
        )

    def relate(self, record: Item, carried: Carried) -> Operation:
        """Another comparison with the snapshot before, which is no change of the anomaly."""
        expression, given = assignments(carried_attributes(carried))
        return self.table.update(
            key_of(record),
            expression,
            when="attribute_exists(#pk)",
            **given,
        )

    def _record(self, report_id: str, move: Transition) -> Operation:
        """The entry, and beside it what the next analysis carries over (`Generations`)."""
        item: Item = {
            **keys.change(report_id, keys.digest_in(move.record), move.after.version),
            **move.entry().model_dump(mode="json", exclude_none=True),
            "created_at": move.after.created_at,
        }
        if move.snapshot:
            item["snapshot"] = move.snapshot
        return self.table.put(item, when="attribute_not_exists(#pk)")
