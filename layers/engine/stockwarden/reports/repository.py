"""Repository of reports in the reports table. Only this and `jobs.py` write the items of a report.

summary     what lists show, under 1 KB; in `by_owner` and, with a warehouse, in `by_warehouse`. A
            report without a summary is deleted
source      the inputs: files (pinned object versions), mapping, as_of; `learn`
progress    the current job: attempt, lease, stage; in `by_due` until it has ended
detail      the inputs and facts of the visible analysis
left        the warehouse that the report was moved out of, until that is settled there
tombstone   a deleted report whose files and anomalies are still to be removed
claim       the report that an object version belongs to
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict
from typing import Any

from stockwarden.core.clock import Clock, iso
from stockwarden.core.ids import may_be_id
from stockwarden.reports.model import ReportStatus
from stockwarden.reports.report_files import InventoryFile
from stockwarden.reports.stored_report import ReportDraft, StoredReport
from stockwarden.snapshots.shown import ShownSnapshot
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import key_of
from stockwarden.storage.keys import reports as keys
from stockwarden.storage.tables import ConditionFailed, Operation, Table, write
from stockwarden.storage.versions import write_versioned


class ReportRepository:
    def __init__(self, table: Table, clock: Clock) -> None:
        self.table = table
        self.clock = clock

    def add(self, draft: ReportDraft, *operations: Operation) -> StoredReport:
        """Stores a report in `awaiting_upload`, in one transaction with `operations`.

        Raises ConditionFailed; position 0 says that there is such a report already.
        """
        now = iso(self.clock())
        summary: Item = {
            **keys.summary(draft.id),
            "owner": keys.report_owner(draft.username),
            "listed": keys.listed(now, draft.id),
            "id": draft.id,
            "username": draft.username,
            "created_by": draft.created_by,
            "report_name": draft.report_name,
            "filename": draft.filename,
            "status": str(ReportStatus.AWAITING_UPLOAD),
            "anomaly_count": 0,
            "created_at": now,
            "updated_at": now,
            "version": 1,
        }
        if draft.warehouse_id:
            summary["warehouse_id"] = draft.warehouse_id
        if draft.as_of:
            summary["as_of"] = draft.as_of
        inputs = {
            "as_of": draft.as_of,
            "choice": draft.choice,
            "scope": draft.scope,
            "rules_key": draft.rules_key,
            "rules_filename": draft.rules_filename,
            "inventory": asdict(draft.inventory) if draft.inventory else None,
            "sender_id": draft.sender_id or None,
        }
        source: Item = {
            **keys.source(draft.id),
            **{name: value for name, value in inputs.items() if value is not None},
        }
        is_new = "attribute_not_exists(#pk)"
        write(self.table.put(summary, when=is_new), self.table.put(source), *operations)
        return StoredReport(summary, source)

    def withdraw(self, report_id: str, *operations: Operation) -> None:
        """Undoes `add`, for a report that has not been announced to anybody yet."""
        write(
            self.table.delete(keys.summary(report_id)),
            self.table.delete(keys.source(report_id)),
            *operations,
        )

    def find(self, report_id: str) -> StoredReport | None:
        """Reads all items of a report; None also for one that is being removed."""
        if not may_be_id(report_id):
            return None
        key_range = keys.parts(report_id)
        items = self.table.query(key_range, consistent=True).items
        parts = keys.by_part(items)
        parts.pop("tombstone", None)
        return StoredReport(**parts) if "summary" in parts else None

    def find_sender(self, report_id: str) -> str | None:
        """The username of who made the report. Reads half a unit."""
        summary = self.table.get(keys.summary(report_id), attributes=["created_by"])
        return summary["created_by"] if summary else None

    def rename(
        self, stored: StoredReport, name: str, expected_version: int | None, *operations: Operation
    ) -> None:
        """Renames a report. Raises PreconditionFailed for another version, another name than
        `stored` has, and a deleted report."""
        expected = {} if expected_version is None else {"expected": expected_version}
        renamed = self.table.update(
            keys.summary(stored.id),
            "SET #report_name = :name, #updated_at = :now, #version = #version + :one",
            when="#report_name = :before" + (" AND #version = :expected" if expected else ""),
            before=stored.summary["report_name"],
            name=name,
            now=iso(self.clock()),
            one=1,
            **expected,
        )
        write_versioned(renamed, *operations, what="report")

    def find_claimant(self, bucket: str, object_key: str, version_id: str) -> str | None:
        """The id of the report that an object version belongs to."""
        item = self.table.get(keys.claim(bucket, object_key, version_id), consistent=True)
        return item["report_id"] if item else None

    def claim_operation(
        self, bucket: str, object_key: str, version_id: str, report_id: str
    ) -> Operation:
        """Assigns an object version to the report; fails if it belongs to one already."""
        item = {**keys.claim(bucket, object_key, version_id), "report_id": report_id}
        return self.table.put(item, when="attribute_not_exists(#pk)")

    def attach_inventory(
        self, report_id: str, inventory: InventoryFile, claim: Operation, *operations: Operation
    ) -> bool:
        """Makes an object version the inventory of a report that has none; False if it has one.

        False also for a deleted report. Raises ConditionFailed at 0 if the object version is
        claimed already.
        """
        try:
            write(
                claim,
                self.table.check(keys.summary(report_id), "attribute_exists(#pk)"),
                self.table.update(
                    keys.source(report_id),
                    "SET #inventory = :inventory",
                    when="attribute_not_exists(#inventory)",
                    inventory=asdict(inventory),
                ),
                *operations,
            )
        except ConditionFailed as error:
            if 0 in error.failed:
                raise
            return False
        return True

    def set_reason(self, report_id: str, reason: str) -> None:
        """Sets what a report in `awaiting_upload` waits for."""
        noted = self.table.update(
            keys.summary(report_id),
            "SET #reason = :reason, #updated_at = :now, #version = #version + :one",
            when="#status = :waiting AND (attribute_not_exists(#reason) OR #reason <> :reason)",
            reason=reason,
            waiting=str(ReportStatus.AWAITING_UPLOAD),
            now=iso(self.clock()),
            one=1,
        )
        try:
            write(noted)
        except ConditionFailed:
            return

    def mark_notified(self, report_id: str, job_id: str) -> None:
        """Records that the notice about a job was sent."""
        marked = self.table.update(
            keys.source(report_id),
            "SET #told = :told",
            when="attribute_exists(#pk)",
            told=job_id,
        )
        try:
            write(marked)
        except ConditionFailed:
            return

    def replace_by_tombstone(
        self, stored: StoredReport, deleted_by: str, *operations: Operation
    ) -> None:
        """Hides a report at once; its files and anomalies are removed later. `deleted_by` is the
        opaque id of who deletes it. Raises ConditionFailed for one that was deleted or handed over
        since `stored` was read."""
        summary = stored.summary
        facts = {
            "deleted_at": iso(self.clock()),
            "deleted_by": deleted_by,
            "sender_id": stored.sender_id,
        }
        tombstone = {**summary, **keys.tombstone(stored.id), **facts}
        del tombstone["owner"], tombstone["listed"]
        write(
            self.table.delete(
                keys.summary(stored.id), when="#username = :owner", owner=summary["username"]
            ),
            self.table.put(tombstone),
            *operations,
        )

    def owned_by(self, username: str) -> Iterator[str]:
        """The ids of a person's reports, newest first. Not for a request path."""
        owner = keys.report_owner(username)
        summaries = self.table.query_all(
            "#owner = :owner", index="by_owner", newest_first=True, owner=owner
        )
        return (summary["id"] for summary in summaries)

    def transfer_operation(self, stored: StoredReport, username: str) -> Operation:
        """Makes somebody else the owner; fails if the report has got another one, or shows another
        analysis, since it was read."""
        generation = stored.summary.get("generation")
        shown = "#generation = :shown" if generation else "attribute_not_exists(#generation)"
        return self.table.update(
            keys.summary(stored.id),
            "SET #owner = :owner, #username = :username, #updated_at = :now,"
            " #version = #version + :one",
            when=f"#username = :before AND {shown}",
            owner=keys.report_owner(username),
            username=username,
            now=iso(self.clock()),
            one=1,
            before=stored.summary["username"],
            **({"shown": generation} if generation else {}),
        )

    def restore(self, stored: StoredReport, *operations: Operation) -> None:
        """Undoes `replace_by_tombstone`."""
        write(
            self.table.put(stored.summary, when="attribute_not_exists(#pk)"),
            self.table.delete(keys.tombstone(stored.id), when="attribute_exists(#pk)"),
            *operations,
        )

    def find_tombstone(self, report_id: str) -> Item | None:
        if not may_be_id(report_id):
            return None
        return self.table.get(keys.tombstone(report_id), consistent=True)

    def find_source(self, report_id: str) -> Item | None:
        """The report's SOURCE, also of a deleted report whose removal is not complete."""
        return self.table.get(keys.source(report_id), consistent=True)

    def find_departure(self, report_id: str) -> Item | None:
        """The report's LEFT, also of a deleted report whose removal is not complete."""
        return self.table.get(keys.left(report_id), consistent=True)

    def departure_operation(self, summary: Item) -> Operation:
        """Writes the LEFT item. `summary` is the report's in the warehouse that it leaves."""
        names = ("id", "generation", "warehouse_id", "as_of", "created_at")
        attributes = {name: summary[name] for name in names}
        return self.table.put({**keys.left(summary["id"]), **attributes})

    def save_comparing(self, item: Item, rank: str) -> None:
        """Stores in a LEFT or TOMBSTONE the rank of the snapshot at which settling continues after
        a crash."""
        there = "attribute_exists(#pk)"
        write(self.table.update(key_of(item), "SET #comparing = :rank", when=there, rank=rank))

    def delete_departure(self, departure: Item) -> None:
        write(self.table.delete(key_of(departure)))

    def shown_check(self, shown: ShownSnapshot) -> Operation:
        return self.table.check(
            keys.summary(shown.report_id),
            "#generation = :generation AND #warehouse_id = :warehouse_id",
            generation=shown.generation,
            warehouse_id=shown.warehouse_id,
        )

    def compared_operation(self, report_id: str, facts: Mapping[str, Any]) -> Operation:
        return self.table.update(
            keys.detail(report_id),
            "SET #comparison = :facts",
            when="attribute_exists(#pk)",
            facts=facts,
        )

    def erase(self, report_id: str, claims: list[Item], *operations: Operation) -> None:
        """Deletes every item of a report with a tombstone, in an order that can be resumed;
        `operations` are executed with the last deletion, once."""
        for claim in claims:
            is_own = "attribute_not_exists(#pk) OR #report_id = :id"
            write(self.table.delete(claim, when=is_own, id=report_id))
        for part in (keys.detail, keys.progress, keys.source, keys.left):
            write(self.table.delete(part(report_id)))
        tombstone = self.table.delete(keys.tombstone(report_id), when="attribute_exists(#pk)")
        with suppress(ConditionFailed):
            write(tombstone, *operations)
