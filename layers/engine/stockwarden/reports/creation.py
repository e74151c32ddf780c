"""Creates reports, with upload forms for their files or with the files themselves."""

from contextlib import ExitStack

from stockwarden.anomalies.service import AnomalyService
from stockwarden.audit.log import AuditLog
from stockwarden.core.errors import Gone
from stockwarden.core.filenames import title_of
from stockwarden.core.ids import derived_id, new_id
from stockwarden.core.quotas import TellQuota, tell_nobody
from stockwarden.identity.access import Caller, require_all_warehouses
from stockwarden.identity.action_limits import UPLOADS, ActionLimiter
from stockwarden.reports import presenters
from stockwarden.reports.audited import ReportEntries, facts_of_draft
from stockwarden.reports.model import CreatedReport, UploadForm
from stockwarden.reports.moving import receiving_warehouse
from stockwarden.reports.repository import ReportRepository
from stockwarden.reports.requests import ReportRequest
from stockwarden.reports.scopes import ScopeService
from stockwarden.reports.stored_report import ReportDraft, StoredReport
from stockwarden.reports.uploads import UploadStore, check_size, upload_key
from stockwarden.storage.objects import PresignedPost
from stockwarden.warehouse.service import WarehouseService


class ReportCreationService:
    """A request may be repeated with its `operation_id`, also after an interruption: it finds the
    report that was created and completes it. Without one, each request creates a new report."""

    def __init__(
        self,
        *,
        repository: ReportRepository,
        uploads: UploadStore,
        scopes: ScopeService,
        warehouses: WarehouseService,
        anomalies: AnomalyService,
        audit: AuditLog,
        limiter: ActionLimiter,
    ) -> None:
        self.limiter = limiter
        self.entries = ReportEntries(audit)
        self.repository = repository
        self.uploads = uploads
        self.scopes = scopes
        self.warehouses = warehouses
        self.anomalies = anomalies

    def announce(
        self,
        caller: Caller,
        request: ReportRequest,
        operation_id: str | None = None,
        *,
        tell: TellQuota = tell_nobody,
    ) -> CreatedReport:
        """Creates a report that waits for its files; returns it with the upload forms. Raises
        RateLimited."""
        check_size(request.size)
        self.limiter.count(caller, UPLOADS, tell)
        draft = self._draft(caller, request, operation_id)
        stored = self._find_existing(draft, operation_id) or self._add(caller, draft)
        created = self._created(stored)
        inventory_key = upload_key(draft.id, "inventory", draft.filename)
        created.upload = _form(self.uploads.form(inventory_key))
        if draft.rules_key:
            created.rules_upload = _form(self.uploads.form(draft.rules_key))
        return created

    def receive(
        self,
        caller: Caller,
        request: ReportRequest,
        inventory: bytes,
        rules: bytes | None,
        *,
        operation_id: str | None = None,
        tell: TellQuota = tell_nobody,
    ) -> CreatedReport:
        """Creates a report from its files; `request` has their names. Raises RateLimited, and
        Unavailable: then it leaves no report.

        The rules file is stored first, because the inventory's upload event starts the analysis.
        """
        self.limiter.count(caller, UPLOADS, tell)
        draft = self._draft(caller, request, operation_id)
        existing = self._find_existing(draft, operation_id)
        stored = existing or self._add(caller, draft)
        inventory_key = upload_key(draft.id, "inventory", draft.filename)
        with ExitStack() as undo:
            if existing is None:
                undo.callback(self._withdraw, caller, draft)
            # Storing the file again would add an object version, and so a second report.
            if existing is None or not self.uploads.arrived(inventory_key):
                if draft.rules_key and rules is not None:
                    self.uploads.store(draft.rules_key, rules)
                self.uploads.store(inventory_key, inventory)
            undo.pop_all()
        return self._created(stored)

    def _add(self, caller: Caller, draft: ReportDraft) -> StoredReport:
        return self.repository.add(draft, self.entries.created(caller.origin, draft))

    def _withdraw(self, caller: Caller, draft: ReportDraft) -> None:
        facts = facts_of_draft(draft)
        entry = self.entries.operation(caller.origin, "report.withdrawn", draft.id, facts, None)
        self.repository.withdraw(draft.id, entry)

    def _find_existing(self, draft: ReportDraft, operation_id: str | None) -> StoredReport | None:
        """The report that the same request created before. Raises Gone if it was deleted since."""
        if operation_id is None:
            return None
        stored = self.repository.find(draft.id)
        if stored is None and self.repository.find_tombstone(draft.id):
            raise Gone("The report that this request made was deleted.")
        return stored

    def _draft(
        self, caller: Caller, request: ReportRequest, operation_id: str | None
    ) -> ReportDraft:
        owner = caller.username
        if request.warehouse_id is None:
            require_all_warehouses(caller)
        else:
            warehouse = receiving_warehouse(caller, self.warehouses, request.warehouse_id)
            owner = warehouse["username"]
        report_id = derived_id("rep", operation_id) if operation_id else new_id("rep")
        rules_filename, column_mapping = request.rules_filename, request.column_mapping
        return ReportDraft(
            id=report_id,
            username=owner,
            created_by=caller.username,
            sender_id=caller.user_id,
            report_name=request.report_name or title_of(request.filename),
            filename=request.filename,
            warehouse_id=request.warehouse_id,
            as_of=request.as_of,
            choice={"column_mapping": column_mapping} if column_mapping else None,
            scope=self.scopes.create_statement(caller, request.scope, request.warehouse_id),
            rules_key=upload_key(report_id, "rules", rules_filename) if rules_filename else None,
            rules_filename=rules_filename,
        )

    def _created(self, stored: StoredReport) -> CreatedReport:
        counts = self.anomalies.counts(stored.id)
        return CreatedReport(report_id=stored.id, report=presenters.report_of(stored, counts))


def _form(post: PresignedPost) -> UploadForm:
    return UploadForm(url=post.url, fields=post.fields)
