"""Runs the job of an import: reads the file, checks all of it, and then writes it, if it is to be.

The check is made anew before anything is written, and its plan is stored; from then on every
attempt follows that plan, however the catalog looks by then. An attempt that runs out of time
continues with another message, one that dies is taken up again, and neither does a step twice.
"""

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict
from typing import Any

from stockwarden.core.deadline import Deadline, Postponed
from stockwarden.core.errors import Forbidden, Invalid, NotFound, TooLarge
from stockwarden.core.memory import paused_collector
from stockwarden.identity.access import Caller, Role, require_company_change
from stockwarden.identity.user_directory import UserDirectory
from stockwarden.identity.users import User
from stockwarden.imports.checked import Checked
from stockwarden.imports.checking import ImportCheck
from stockwarden.imports.files import ImportFiles, attempt_prefix
from stockwarden.imports.item_fields import ITEMS
from stockwarden.imports.plan import PlannedItem, groups_of
from stockwarden.imports.repository import ImportRepository
from stockwarden.imports.roll_forward import Result, RollForward
from stockwarden.imports.sheet import SheetRows, read_rows
from stockwarden.imports.warnings import warnings_of
from stockwarden.ingestion.formats.workbook import Workbook, open_workbook
from stockwarden.ingestion.inspection import Inspection, inspect_workbook
from stockwarden.ingestion.mapping.user_choice import UserChoice
from stockwarden.reports.attempts import RENEWAL_SECONDS, LeaseLost
from stockwarden.reports.lease_renewal import lease_renewed
from stockwarden.stock.item_service import MainWarehouse
from stockwarden.stock.service import AuthorizeMoves
from stockwarden.storage.attributes import Item

logger = logging.getLogger(__name__)

_MOST_INTERRUPTIONS = 5
_INTERRUPTED = (
    "The import was interrupted several times. Go on with it by PUT: what has been written is not "
    "written again."
)
# Seconds between two reports of how far the writing is.
_REPORTED_EVERY = 2.0


class ImportJob:
    def __init__(
        self,
        *,
        repository: ImportRepository,
        files: ImportFiles,
        check: ImportCheck,
        roll_forward: RollForward,
        directory: UserDirectory,
        find_user: Callable[[str], User | None],
        authorize: AuthorizeMoves,
        main_warehouse: MainWarehouse,
    ) -> None:
        self.repository = repository
        self.files = files
        self.check = check
        self.roll_forward = roll_forward
        self.directory = directory
        self.find_user = find_user
        self.authorize = authorize
        self.main_warehouse = main_warehouse

    def run(self, import_id: str, deadline: Deadline) -> str:
        """Runs the job and returns how it ended; "skipped" where there is nothing to do,
        "abandoned" where it was interrupted too often. May be repeated. Raises Postponed."""
        leased = self.repository.begin(import_id)
        if leased is None:
            return "skipped"
        if leased["interruptions"] > _MOST_INTERRUPTIONS:
            self.repository.end(leased, {"status": "failed", "reason": _INTERRUPTED})
            return "abandoned"
        with ExitStack() as crash:
            crash.callback(self.repository.release, leased)
            with lease_renewed(lambda: self.repository.renew(leased), RENEWAL_SECONDS):
                try:
                    status = self._run(leased, deadline)
                except (Invalid, NotFound, TooLarge, Forbidden) as error:
                    status = self._fail(leased, error.detail)
                except LeaseLost:
                    status = "overtaken"
                except Postponed:
                    crash.pop_all()
                    self.repository.release(leased, got_on=True)
                    raise
            crash.pop_all()
        return status

    def _run(self, leased: Item, deadline: Deadline) -> str:
        caller = self._caller(leased)
        plan = leased.get("plan")
        if plan is not None:
            lines = map(PlannedItem.from_line, self.files.plan(plan["prefix"]))
            return self._write(caller, leased, list(lines), deadline)
        with paused_collector():
            checked = self._checked(leased)
        if isinstance(checked, str):
            return checked
        if leased["dry_run"]:
            return self._end(leased, {"status": "checked", "counts": asdict(checked.counts)})
        prefix = attempt_prefix(leased["id"], leased["attempt"])
        self.files.put_plan(prefix, (item.to_line() for item in checked.plan))
        plan = {"prefix": prefix, "run": leased["attempt"]}
        facts = {"status": "importing", "plan": plan, "counts": asdict(checked.counts)}
        self.repository.report(leased, {**facts, "interruptions": 0})
        return self._write(caller, {**leased, **facts}, checked.plan, deadline)

    def _checked(self, leased: Item) -> Checked | str:
        """What the check says; the status of an import that ends here."""
        self._report(leased, "reading", 5)
        workbook = self._open(leased)
        choice = UserChoice(**(leased.get("choice") or {}))
        inspection = inspect_workbook(workbook, choice=choice, schema=ITEMS)
        prefix = attempt_prefix(leased["id"], leased["attempt"])
        if inspection.questions:
            view = {**inspection.to_document(), "warnings": list(inspection.notes)}
            self.files.put_view(prefix, view)
            reason = " ".join(question.detail for question in inspection.questions)
            return self._end(
                leased, {"status": "needs_mapping", "view": prefix, "reason": reason[:1000]}
            )
        sheet = read_rows(workbook, inspection)
        self._report(leased, "checking", 30, len(sheet.rows))
        checked = self.check.check(sheet, leased["id"], leased.get("warehouse_id"))
        self._keep_view(prefix, inspection, sheet, checked)
        if not checked.faults:
            self.repository.report(leased, {"view": prefix})
            return checked
        self.files.put_faults(prefix, checked.faults)
        rows = len({fault.row for fault in checked.faults})
        faults = "1 fault" if len(checked.faults) == 1 else f"{len(checked.faults):,} faults"
        reason = f"{faults} in {'1 row' if rows == 1 else f'{rows:,} rows'}; nothing was written."
        facts = {
            "status": "checked" if leased["dry_run"] else "failed",
            "view": prefix,
            "faults": prefix,
            "error_total": len(checked.faults),
            "counts": asdict(checked.counts),
            "reason": reason,
        }
        return self._end(leased, facts)

    def _open(self, leased: Item) -> Workbook:
        file = leased["file"]
        data = self.files.read_upload(file["key"], file["version_id"])
        return open_workbook(data, leased["filename"])

    def _keep_view(
        self, prefix: str, inspection: Inspection, sheet: SheetRows, checked: Checked
    ) -> None:
        warnings = warnings_of(inspection, sheet, checked)
        self.files.put_view(prefix, {**inspection.to_document(), "warnings": warnings})

    def _write(
        self, caller: Caller, leased: Item, plan: Sequence[PlannedItem], deadline: Deadline
    ) -> str:
        groups = list(groups_of(plan))
        timezone = self._timezone(caller, leased, plan)
        reported = time.monotonic()

        def between(done: int, result: Result) -> None:
            nonlocal reported
            now = time.monotonic()
            if now - reported >= _REPORTED_EVERY:
                reported = now
                rows = leased["counts"]["rows"]
                percent = 50 + 50 * done // max(len(groups), 1)
                got_on: dict[str, Any] = {"result": asdict(result), "interruptions": 0}
                self._report(leased, "writing", percent, rows, **got_on)
            deadline.check()

        result, skipped = self.roll_forward.write(
            caller, leased, groups, timezone=timezone, between=between
        )
        # What is as the file says already is in no step.
        result.unchanged += leased["counts"]["unchanged"]
        facts: dict[str, Any] = {"status": "done", "result": asdict(result)}
        if skipped:
            prefix = attempt_prefix(leased["id"], leased["attempt"])
            self.files.put_skipped(prefix, skipped)
            facts |= {"skipped": prefix, "reason": f"{len(skipped):,} items were not written."}
        return self._end(leased, facts)

    def _timezone(self, caller: Caller, leased: Item, plan: Sequence[PlannedItem]) -> str:
        """That of the warehouse, if anything moves there. Raises NotFound, Forbidden."""
        if not any(item.entry.lines for item in plan):
            return "UTC"
        return self.authorize(caller, leased.get("warehouse_id") or self.main_warehouse(caller))

    def _caller(self, leased: Item) -> Caller:
        """Who asked for it. Raises Forbidden for somebody who may not import any more."""
        user_id = leased["sender"]
        username = self.directory.names_of([user_id]).get(user_id)
        user = self.find_user(username) if username else None
        if user is None or user.disabled:
            raise Forbidden("The account of who asked for this import is closed or disabled.")
        caller = Caller(user.username, user.user_id, user.role, session_id="", source="import")
        require_company_change(caller, Role.MANAGER)
        return caller

    def _report(
        self,
        leased: Item,
        stage: str,
        percent: int,
        rows: int | None = None,
        **facts: Any,
    ) -> None:
        progress: dict[str, Any] = {"stage": stage, "percent": percent}
        if rows is not None:
            progress["rows"] = rows
        status = "importing" if stage == "writing" else "checking"
        self.repository.report(leased, {"status": status, "progress": progress, **facts})

    def _fail(self, leased: Item, reason: str) -> str:
        logger.info("import failed", extra={"import_id": leased["id"], "reason": reason})
        return self._end(leased, {"status": "failed", "reason": reason})

    def _end(self, leased: Item, facts: Mapping[str, Any]) -> str:
        self.repository.end(leased, facts)
        return str(facts["status"])
