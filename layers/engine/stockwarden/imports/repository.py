"""Imports in the reports table, where jobs are leased and watched, like exports.

An import is one item: what was asked for, its status, attempt and lease, and how far it is. While
its job has not ended it is in `by_due`. What a run has written of its plan stands beside it, one
item for each transaction (`steps`). All of it expires by the table's TTL.

`attempt` is the fencing token. `interruptions` counts attempts that have ended without a result
since the last that got on.
"""

from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta
from typing import Any

from stockwarden.core.clock import Clock, iso
from stockwarden.core.errors import Conflict
from stockwarden.core.ids import may_be_id
from stockwarden.reports.attempts import LEASE, PATIENCE, WATCHED, write_fenced
from stockwarden.storage.attributes import Item
from stockwarden.storage.clients import reachable
from stockwarden.storage.cursors import decode_listed, encode_cursor
from stockwarden.storage.expressions import assignments
from stockwarden.storage.keys import key_of
from stockwarden.storage.keys import reports as keys
from stockwarden.storage.tables import ConditionFailed, Operation, Table, write

KEPT = timedelta(days=90)
# The statuses of a job that has not ended, and those from which a person may go on.
OPEN = ("queued", "checking", "importing")
RESTING = ("needs_mapping", "checked", "failed")
_IS_NEW = "attribute_not_exists(#pk)"
_SCOPE = "imports"


class ImportRepository:
    def __init__(self, table: Table, clock: Clock) -> None:
        self.table = table
        self.clock = clock

    def add(self, import_id: str, facts: Mapping[str, Any], *beside: Operation) -> Item:
        """Stores an import that waits for its file. Raises ConditionFailed if it is there."""
        now = self.clock()
        expires = now + KEPT
        item: Item = {
            **keys.item_import(import_id),
            "id": import_id,
            **{name: value for name, value in facts.items() if value is not None},
            "status": "awaiting_upload",
            "attempt": 0,
            "interruptions": 0,
            "lease_until": "",
            "owner": keys.all_imports(),
            "listed": keys.listed(iso(now), import_id),
            "created_at": iso(now),
            "updated_at": iso(now),
            "expires_at": iso(expires),
            "expires_at_epoch": int(expires.timestamp()),
            "version": 1,
        }
        write(self.table.put(item, when=_IS_NEW), *beside)
        return item

    def find(self, import_id: str, *, consistent: bool = True) -> Item | None:
        """None also for one that has expired."""
        if not may_be_id(import_id):
            return None
        item = self.table.get(keys.item_import(import_id), consistent=consistent)
        return item if item and item["expires_at"] > iso(self.clock()) else None

    def list_page(self, limit: int, cursor: str | None) -> tuple[list[Item], str | None]:
        """Newest first. Raises BadRequest for a cursor of another list."""
        before = decode_listed(_SCOPE, cursor)
        key = "#owner = :owner" + (" AND #listed < :before" if before else "")
        values: Item = {"owner": keys.all_imports(), **({"before": before} if before else {})}
        page = self.table.query(key, index="by_owner", limit=limit, newest_first=True, **values)
        more = page.items[-1]["listed"] if page.last_key and page.items else None
        return page.items, encode_cursor(_SCOPE, [more]) if more else None

    def attach(self, import_id: str, file: Mapping[str, Any], claim: Item) -> bool:
        """Gives an import its file and queues it; False if it has one, or was removed."""
        fields = {"file": dict(file), **self._queued()}
        change, values = assignments(fields)
        try:
            write(
                self.table.put(claim, when=_IS_NEW),
                self.table.update(
                    keys.item_import(import_id),
                    f"{change} ADD #version :one",
                    when="#status = :waiting",
                    waiting="awaiting_upload",
                    one=1,
                    **values,
                ),
            )
        except ConditionFailed:
            return False
        return True

    def queue_again(self, read: Item, changes: Mapping[str, Any], *beside: Operation) -> Item:
        """Queues an import that rests, with changes. Raises Conflict if it was changed since."""
        cleared = dict.fromkeys(("reason", "counts", "result", "plan", "view", "faults", "skipped"))
        fields = {**cleared, **self._queued(), "error_total": 0, "interruptions": 0, **changes}
        version = read["version"] + 1
        change, values = assignments({**fields, "version": version})
        try:
            write(
                self.table.update(
                    key_of(read), change, when="#version = :read", read=read["version"], **values
                ),
                *beside,
            )
        except ConditionFailed as failed:
            raise Conflict("The import has changed meanwhile; look at it again.") from failed
        kept = {name: value for name, value in {**read, **fields}.items() if value is not None}
        return {**kept, "version": version}

    def take_back(self, queued: Item, before: Item, *beside: Operation) -> None:
        """Undoes `queue_again` where its message could not be sent."""
        item = {**before, "version": queued["version"] + 1}
        when = "#version = :queued AND #status = :status"
        write(self.table.put(item, when=when, queued=queued["version"], status="queued"), *beside)

    def begin(self, import_id: str) -> Item | None:
        """Begins another attempt: the leased import; None if it has ended or was removed, or
        another attempt holds its lease."""
        now = self.clock()
        change = self.table.update(
            keys.item_import(import_id),
            "SET #updated_at = :now, #attempt = #attempt + :one, #interruptions = #interruptions +"
            " :one, #lease_until = :until, #due = :until, #watched = :watched",
            when="#status IN (:queued, :checking, :importing) AND #lease_until <= :now",
            **_open_values(),
            watched=WATCHED,
            one=1,
            now=iso(now),
            until=iso(now + LEASE),
        )
        try:
            return write(change, returning=True)
        except ConditionFailed:
            return None

    def renew(self, leased: Item) -> None:
        """Extends the lease. Raises LeaseLost, and Unavailable."""
        until = iso(self.clock() + LEASE)
        with reachable("The database"):
            write_fenced(self._fenced(leased, {"lease_until": until, "due": until}))

    def release(self, leased: Item, *, got_on: bool = False) -> None:
        """Releases the lease, so that the next attempt may begin. Raises LeaseLost."""
        fields: dict[str, Any] = {"lease_until": "", "due": iso(self.clock() + LEASE)}
        write_fenced(self._fenced(leased, fields | ({"interruptions": 0} if got_on else {})))

    def report(self, leased: Item, facts: Mapping[str, Any]) -> None:
        """Stores how far an attempt is. Raises LeaseLost."""
        fields = {**facts, "updated_at": iso(self.clock())}
        write_fenced(self._fenced(leased, fields, raises_version=True))

    def end(self, leased: Item, facts: Mapping[str, Any]) -> None:
        """Ends the job; `facts` have its status. Raises LeaseLost."""
        ended = dict.fromkeys(("watched", "due", "progress"))
        fields = {**ended, **facts, "lease_until": "", "updated_at": iso(self.clock())}
        write_fenced(self._fenced(leased, fields, raises_version=True))

    def remove(self, read: Item, *beside: Operation) -> None:
        """Removes an import that rests, with its steps. Raises Conflict if it was changed since."""
        deletion = self.table.delete(key_of(read), when="#version = :read", read=read["version"])
        try:
            write(deletion, *beside)
        except ConditionFailed as failed:
            raise Conflict("The import has changed meanwhile; look at it again.") from failed
        parts = self.table.query_all(keys.import_parts(read["id"]))
        self.table.delete_all(key_of(part) for part in parts)

    def steps(self, leased: Item) -> dict[str, Item]:
        """What has been written of the plan, by the name of the step."""
        steps = keys.import_steps(leased["id"], leased["plan"]["run"])
        return {steps.rest_of(item): item for item in self.table.query_all(steps, consistent=True)}

    def step(self, leased: Item, name: str, facts: Mapping[str, Any]) -> Operation:
        """The operation that notes a step, for its transaction: it fails if the step is done."""
        key = keys.import_step(leased["id"], leased["plan"]["run"], name)
        expires = leased["expires_at_epoch"]
        return self.table.put({**key, **facts, "expires_at_epoch": expires}, when=_IS_NEW)

    def note_step(self, leased: Item, name: str, facts: Mapping[str, Any]) -> None:
        """Notes a step that has written nothing, unless it is noted already."""
        with suppress(ConditionFailed):
            write(self.step(leased, name, facts))

    def split_step(self, leased: Item, name: str) -> None:
        """Notes that the items of a step are written one by one: from now on no transaction of the
        whole step succeeds."""
        self.note_step(leased, name, {"split": True})

    def finish_step(self, leased: Item, name: str, facts: Mapping[str, Any]) -> None:
        """Notes the outcome of a step that was split, once all of its parts are done."""
        key = keys.import_step(leased["id"], leased["plan"]["run"], name)
        write(self.table.put({**key, **facts, "expires_at_epoch": leased["expires_at_epoch"]}))

    def _queued(self) -> dict[str, Any]:
        now = self.clock()
        return {
            "status": "queued",
            "watched": WATCHED,
            "due": iso(now + PATIENCE),
            "lease_until": "",
            "updated_at": iso(now),
        }

    def _fenced(
        self, leased: Item, fields: Mapping[str, Any], *, raises_version: bool = False
    ) -> Operation:
        change, values = assignments(fields)
        raised = {"raised": 1} if raises_version else {}
        return self.table.update(
            key_of(leased),
            change + (" ADD #version :raised" if raises_version else ""),
            when="#status IN (:queued, :checking, :importing) AND #attempt = :fenced",
            **_open_values(),
            fenced=leased["attempt"],
            **raised,
            **values,
        )


def is_unfinished(item: Item) -> bool:
    return item["status"] in OPEN


def _open_values() -> dict[str, str]:
    return {status: status for status in OPEN}
