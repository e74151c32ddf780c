"""Requests on imports: announcing or sending a file, its state, going on, and removing it.

The analysis function does the work: it has the libraries and the time.
"""

from collections.abc import Mapping
from contextlib import ExitStack
from typing import Any

from stockwarden.audit.changes import differences
from stockwarden.audit.entry import COMPANY, Change
from stockwarden.audit.log import AuditLog
from stockwarden.core.errors import Conflict, NotFound
from stockwarden.core.ids import derived_id, new_id
from stockwarden.core.quotas import TellQuota, tell_nobody
from stockwarden.identity.access import Caller, Role, require_company_change
from stockwarden.identity.action_limits import UPLOADS, ActionLimiter
from stockwarden.identity.user_directory import UserDirectory
from stockwarden.imports.files import ImportFiles, upload_key
from stockwarden.imports.model import (
    CreatedItemImport,
    ImportContinuation,
    ImportRequest,
    ItemImport,
    ItemImportPage,
    ItemImportSummary,
)
from stockwarden.imports.repository import RESTING, ImportRepository
from stockwarden.imports.views import details, preview_of, summary
from stockwarden.reports.mapping_merge import merge_choice, read_answers
from stockwarden.reports.model import UploadForm
from stockwarden.reports.previews import check_columns
from stockwarden.reports.uploads import UploadStore, check_size
from stockwarden.stock.service import AuthorizeMoves
from stockwarden.storage.attributes import Item
from stockwarden.storage.queues import Queue
from stockwarden.storage.tables import ConditionFailed, Operation

_CHOICES = {
    "column_mapping",
    "sheet",
    "header_row",
    "date_order",
    "number_format",
    "encoding",
}
_TOLD = ("filename", "dry_run", "warehouse_id", "choice", "status")
_MISSING = "There is no such import; they are kept for 90 days."


class ImportService:
    """A request may be repeated with its `operation_id`, also after an interruption: it finds the
    import that was created and completes it. Without one, each request creates a new import."""

    def __init__(
        self,
        *,
        repository: ImportRepository,
        files: ImportFiles,
        uploads: UploadStore,
        queue: Queue,
        authorize: AuthorizeMoves,
        directory: UserDirectory,
        audit: AuditLog,
        limiter: ActionLimiter,
    ) -> None:
        self.repository = repository
        self.files = files
        self.uploads = uploads
        self.queue = queue
        self.authorize = authorize
        self.directory = directory
        self.audit = audit
        self.limiter = limiter

    def announce(
        self,
        caller: Caller,
        request: ImportRequest,
        operation_id: str | None = None,
        *,
        tell: TellQuota = tell_nobody,
    ) -> CreatedItemImport:
        """Creates an import that waits for its file; returns it with the form to upload it. Raises
        Forbidden, NotFound for a warehouse, TooLarge, RateLimited."""
        check_size(request.size)
        item = self._create(caller, request, operation_id, tell)
        form = self.uploads.form(upload_key(item["id"], request.filename))
        return self._created(item, UploadForm(url=form.url, fields=form.fields))

    def receive(
        self,
        caller: Caller,
        request: ImportRequest,
        body: bytes,
        operation_id: str | None = None,
        *,
        tell: TellQuota = tell_nobody,
    ) -> CreatedItemImport:
        """Creates an import from its file. Raises as `announce`, and Unavailable: then it leaves
        none. That the file arrives starts the job."""
        item = self._create(caller, request, operation_id, tell)
        key = upload_key(item["id"], item["filename"])
        with ExitStack() as undo:
            undo.callback(self._withdraw, caller, item)
            # Storing it again would be another version of the file, which has no import.
            if item["status"] == "awaiting_upload" and not self.uploads.arrived(key):
                self.uploads.store(key, body)
            undo.pop_all()
        return self._created(item, None)

    def find(self, caller: Caller, import_id: str) -> ItemImport:
        """With everything that is wrong with the file. Raises NotFound, Forbidden."""
        item = self._existing(caller, import_id)
        return details(item, self._names([item]), self.files)

    def list_imports(self, caller: Caller, limit: int, cursor: str | None) -> ItemImportPage:
        """Those of the whole company. Raises Forbidden, BadRequest."""
        require_company_change(caller, Role.MANAGER)
        items, more = self.repository.list_page(limit, cursor)
        names = self._names(items)
        return ItemImportPage(imports=[summary(item, names) for item in items], next_cursor=more)

    def proceed(
        self,
        caller: Caller,
        import_id: str,
        request: ImportContinuation,
        *,
        tell: TellQuota = tell_nobody,
    ) -> ItemImportSummary:
        """Reads and checks the file again, with what was answered; and, unless it is a dry run,
        writes it. Raises Conflict for an import that is at work or done, Invalid for answers that
        fit no question, RateLimited."""
        before = self._existing(caller, import_id)
        self.limiter.count(caller, UPLOADS, tell)
        if before["status"] not in RESTING or "file" not in before:
            raise Conflict(_WHY_NOT.get(before["status"], "The import is at work; wait for it."))
        self._require_warehouse(caller, before.get("warehouse_id"))
        preview = preview_of(before, self.files)
        check_columns(preview, request)
        answers = read_answers(preview, request.answers)
        choice = merge_choice(before.get("choice") or {}, request, answers, replace=request.replace)
        dry_run = before["dry_run"] if request.dry_run is None else request.dry_run
        changes: dict[str, Any] = {
            "choice": choice or None,
            "dry_run": dry_run,
            "sender": caller.user_id,
        }
        after = {**before, **changes, "status": "queued"}
        entry = self._entry(caller, "item_import.continued", import_id, before, after)
        queued = self.repository.queue_again(before, changes, entry)
        with ExitStack() as undo:
            undo.callback(self._take_back, caller, queued, before)
            job = {"kind": "import", "import_id": import_id, "sender": caller.username}
            self.queue.send({"job": job})
            undo.pop_all()
        return summary(queued, self._names([queued]))

    def remove(self, caller: Caller, import_id: str) -> None:
        """Removes the record and the files of an import; what it has imported stays. Raises
        Conflict while it is at work."""
        item = self._existing(caller, import_id)
        if item["status"] not in {*RESTING, "done", "awaiting_upload"}:
            raise Conflict("The import is at work; wait for it.")
        entry = self._entry(caller, "item_import.deleted", import_id, item, None)
        self.repository.remove(item, entry)
        self.files.remove(import_id)

    def _create(
        self, caller: Caller, request: ImportRequest, operation_id: str | None, tell: TellQuota
    ) -> Item:
        require_company_change(caller, Role.MANAGER)
        self.limiter.count(caller, UPLOADS, tell)
        self._require_warehouse(caller, request.warehouse_id)
        import_id = derived_id("imp", operation_id) if operation_id else new_id("imp")
        existing = self.repository.find(import_id) if operation_id else None
        if existing is not None:
            return existing
        choice = request.model_dump(exclude_none=True, include=_CHOICES)
        facts = {
            "filename": request.filename,
            "dry_run": request.dry_run,
            "warehouse_id": request.warehouse_id,
            "choice": choice or None,
            "sender": caller.user_id,
        }
        entry = self._entry(caller, "item_import.created", import_id, None, facts)
        try:
            return self.repository.add(import_id, facts, entry)
        except ConditionFailed:
            # The same request, twice at once.
            return self._existing(caller, import_id)

    def _require_warehouse(self, caller: Caller, warehouse_id: str | None) -> None:
        if warehouse_id is not None:
            self.authorize(caller, warehouse_id)

    def _withdraw(self, caller: Caller, item: Item) -> None:
        entry = self._entry(caller, "item_import.withdrawn", item["id"], item, None)
        self.repository.remove(item, entry)

    def _take_back(self, caller: Caller, queued: Item, before: Item) -> None:
        entry = self._entry(caller, "item_import.taken_back", before["id"], queued, before)
        self.repository.take_back(queued, before, entry)

    def _existing(self, caller: Caller, import_id: str) -> Item:
        require_company_change(caller, Role.MANAGER)
        item = self.repository.find(import_id)
        if item is None:
            raise NotFound(_MISSING)
        return item

    def _created(self, item: Item, upload: UploadForm | None) -> CreatedItemImport:
        told = summary(item, self._names([item]))
        return CreatedItemImport(**told.model_dump(), upload=upload)

    def _names(self, items: list[Item]) -> dict[str, str]:
        senders = {item["sender"] for item in items}
        return self.directory.names_of(senders) if senders else {}

    def _entry(
        self,
        caller: Caller,
        action: str,
        import_id: str,
        before: Mapping[str, Any] | None,
        after: Mapping[str, Any] | None,
    ) -> Operation:
        fields = differences(before, after, _TOLD)
        return self.audit.entry(
            caller.origin, Change(COMPANY, action, f"item_import/{import_id}", fields)
        )


_WHY_NOT = {
    "done": "The import is done; send the file again to import it once more.",
    "awaiting_upload": "The file of this import has not arrived yet.",
}
