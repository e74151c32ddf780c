"""Stored reports with all their items, and drafts of reports to be created."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from stockwarden.reports.model import ReportStatus
from stockwarden.reports.report_files import (
    InventoryFile,
    LayoutFile,
    inventory_file_of,
    layout_file_of,
)
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import reports as keys


@dataclass(frozen=True)
class ReportDraft:
    """A report to be created. `choice` has fields of `UserChoice`, `scope` is as in `scopes.py`.

    `username` owns it: the owner of its warehouse if it has one, else `created_by`. `sender_id` is
    the opaque id of `created_by`.
    """

    id: str
    username: str
    created_by: str
    report_name: str
    filename: str
    warehouse_id: str | None = None
    as_of: str | None = None
    choice: Mapping[str, Any] | None = None
    scope: Mapping[str, Any] | None = None
    rules_key: str | None = None
    rules_filename: str | None = None
    inventory: InventoryFile | None = None
    sender_id: str = ""


@dataclass(frozen=True)
class StoredReport:
    """All items of a report, read in one query.

    `departing` is its summary in the warehouse that it is being moved out of, see `destined`.
    """

    summary: Item
    source: Item
    progress: Item | None = None
    detail: Item | None = None
    left: Item | None = None
    departing: Item | None = None

    @property
    def id(self) -> str:
        return str(self.summary["id"])

    @property
    def status(self) -> ReportStatus:
        return ReportStatus(self.summary["status"])

    @property
    def sender_id(self) -> str:
        """The opaque id of who sent it; "" for a report of an earlier release."""
        return str(self.source.get("sender_id", ""))

    @property
    def inventory_file(self) -> InventoryFile | None:
        return inventory_file_of(self.source)

    @property
    def layout_file(self) -> LayoutFile | None:
        return layout_file_of(self.source)

    @property
    def told_singly(self) -> frozenset[str]:
        """The rules whose findings are told one by one even where they are a flood."""
        return frozenset(self.source.get("single") or ())

    @property
    def moves_to(self) -> Mapping[str, Any] | None:
        """The warehouse (`warehouse_id`, or None) and owner (`username`) that its next analysis
        moves it to: in SOURCE until it is shown there."""
        move: Mapping[str, Any] | None = self.source.get("move")
        return move

    def draft_of_version(self, report_id: str, inventory: InventoryFile) -> ReportDraft:
        """A report for a further version of its upload: the same inputs with another file."""
        summary, source = self.summary, self.source
        # An answer applies only to the file that the question was about.
        scope = source.get("scope")
        return ReportDraft(
            id=report_id,
            username=summary["username"],
            created_by=summary["created_by"],
            report_name=summary["report_name"],
            filename=summary["filename"],
            warehouse_id=summary.get("warehouse_id"),
            as_of=source.get("as_of"),
            choice=source.get("choice"),
            scope=scope if scope and "about" not in scope else None,
            rules_key=source.get("rules_key"),
            rules_filename=source.get("rules_filename"),
            inventory=inventory,
            sender_id=self.sender_id,
        )

    @property
    def destined(self) -> "StoredReport":
        """The report as it will be after its pending move, if there is one."""
        move = self.moves_to
        return self.destined_to(move["username"]) if move else self

    def destined_to(self, owner: str) -> "StoredReport":
        """As `destined`; `owner` owns the warehouse that it moves into. Out of a warehouse it
        moves to who owns the report."""
        move = self.moves_to
        if move is None:
            return self
        warehouse_id = move["warehouse_id"]
        username = owner if warehouse_id else self.summary["username"]
        summary = {
            **self.summary,
            "warehouse_id": warehouse_id,
            "username": username,
            "owner": keys.report_owner(username),
        }
        if warehouse_id is None:
            del summary["warehouse_id"]
        return replace(self, summary=summary, departing=self.summary)
