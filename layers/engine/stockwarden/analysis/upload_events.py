"""Turns S3 events of the upload bucket into jobs: each object version gets exactly one report.

S3 delivers at least once and out of order. So an event is only a hint that an object may exist;
the bucket itself decides, and which report claimed the object version first. Every step may be
repeated, also after an interruption.
"""

import logging
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from stockwarden.analysis.drop_folder import DropFolderRouter, Unroutable
from stockwarden.analysis.upload_event import UNVERSIONED, UploadEvent
from stockwarden.audit.entry import COMPANY, SYSTEM, Change, resource_scope
from stockwarden.audit.log import AuditLog
from stockwarden.audit.origin import UNKNOWN, Origin
from stockwarden.core.filenames import title_of
from stockwarden.core.ids import derived_id, may_be_id
from stockwarden.identity.access import Caller
from stockwarden.identity.usernames import canonical
from stockwarden.reports.attempts import RetryLater
from stockwarden.reports.audited import ReportEntries
from stockwarden.reports.jobs import JobRepository
from stockwarden.reports.model import ReportStatus
from stockwarden.reports.report_files import InventoryFile, LayoutFile
from stockwarden.reports.repository import ReportRepository
from stockwarden.reports.stored_report import ReportDraft, StoredReport
from stockwarden.reports.uploads import quarantine_key
from stockwarden.storage.objects import ObjectFacts, Objects, ObjectVersion
from stockwarden.storage.tables import ConditionFailed, Operation

logger = logging.getLogger(__name__)

_WAITS_FOR_RULES = "The inventory has arrived; the rules file has not."
# No removal runs longer; a message may come again three times.
_REMOVAL_SECONDS = 600


@dataclass(frozen=True)
class Job:
    """`sender` is the username of who sent the file."""

    report_id: str
    job_id: str
    sender: str


class UploadIntake:
    def __init__(
        self,
        *,
        repository: ReportRepository,
        jobs: JobRepository,
        objects: Objects,
        router: DropFolderRouter,
        audit: AuditLog,
    ) -> None:
        self.entries = ReportEntries(audit)
        self.audit = audit
        self.repository = repository
        self.jobs = jobs
        self.objects = objects
        self.router = router

    @property
    def bucket(self) -> str:
        """The name of the bucket that uploads are stored in."""
        return self.objects.bucket

    def sender_of(self, event: UploadEvent) -> tuple[str, str]:
        """Whose work an event is and at which report, for their share of the queue.

        Reads the account of nobody: a name that does not exist has a share, too.
        """
        match event.key.split("/"):
            case ["uploads", report_id, *_] if may_be_id(report_id):
                return self.repository.find_sender(report_id) or report_id, report_id
            case ["drop", folder, *_]:
                return canonical(folder), _report_id_of(event)
        return event.key, event.key

    def accept(self, event: UploadEvent) -> Job | None:
        """The job that can run now; None where there is nothing to do, or files are missing.

        Raises Unroutable for a file that may not be sent there, once it is in quarantine, and
        RetryLater for a file of a report that is being removed.
        """
        event = self._identified(event)
        match event.key.split("/"):
            case ["uploads", report_id, "inventory", _] if may_be_id(report_id):
                ready_id = self._claim_upload(event, report_id)
            case ["uploads", report_id, "rules", _] if may_be_id(report_id):
                ready_id = self._admit_rules(event, report_id)
            case ["drop", *path] if path and path[-1]:
                ready_id = self._claim_drop(event, path)
            case _:
                logger.info("object ignored", extra={"key": event.key})
                return None
        return self._start(ready_id) if ready_id else None

    def _start(self, report_id: str) -> Job | None:
        """Queues the first job of a report once all its files have arrived."""
        stored = self.repository.find(report_id)
        if stored is None:
            _log_deleted(report_id)
            return None
        inventory = stored.inventory_file
        if inventory is None:
            return None
        job_id = derived_id("job", inventory.bucket, inventory.key, inventory.version_id)
        job = Job(report_id, job_id, stored.summary["created_by"])
        if stored.status != ReportStatus.AWAITING_UPLOAD:
            return job
        source: dict[str, Any] = {}
        rules_key = stored.source.get("rules_key")
        if rules_key:
            facts = self.objects.facts(rules_key)
            if facts is None:
                self.repository.set_reason(report_id, _WAITS_FOR_RULES)
                return None
            source["rules"] = asdict(LayoutFile(facts.key, facts.version_id, facts.size))
        try:
            self.jobs.queue(stored, job_id, job.sender, source=source)
        except ConditionFailed:
            logger.info("job already queued", extra={"report_id": report_id})
        return job

    def _claim_upload(self, event: UploadEvent, report_id: str) -> str | None:
        claimant = self._find_claimant(event)
        if claimant:
            return claimant
        facts = self._facts(event)
        if facts is None:
            _log_deleted(report_id)
            return None
        stored = self.repository.find(report_id)
        if stored is None:
            self._remove(event, report_id)
            return None
        origin = self._require_sender(event, stored).origin
        inventory = _inventory(event, facts)
        claim = self._claim_operation(event, report_id)
        received = self.entries.received(origin, stored, inventory)
        try:
            if self.repository.attach_inventory(report_id, inventory, claim, received):
                return report_id
        except ConditionFailed:
            return self._find_claimant(event)
        if self.repository.find(report_id) is None:
            self._remove(event, report_id)
            return None
        return self._add_report(
            event, stored.draft_of_version(_report_id_of(event), inventory), origin
        )

    def _admit_rules(self, event: UploadEvent, report_id: str) -> str | None:
        """A rules file is accepted until the first job begins, which claims it."""
        if self._facts(event) is None:
            _log_deleted(report_id)
            return None
        stored = self.repository.find(report_id)
        if stored is None:
            self._remove(event, report_id)
            return None
        if stored.status == ReportStatus.AWAITING_UPLOAD:
            self._require_sender(event, stored)
        return report_id

    def _require_sender(self, event: UploadEvent, stored: StoredReport) -> Caller:
        """The holder of the upload form, who may have lost access since. Raises Unroutable."""
        summary = stored.summary
        try:
            return self.router.require_sender(
                summary["created_by"], summary["username"], summary.get("warehouse_id")
            )
        except Unroutable as unroutable:
            scope = resource_scope(summary.get("warehouse_id"))
            self._put_aside(event, scope, f"report/{stored.id}", "upload form")
            self.repository.set_reason(stored.id, f"A file was put aside: {unroutable.detail}")
            raise

    def _remove(self, event: UploadEvent, report_id: str) -> None:
        """Deletes a file that arrived for a deleted report. Raises RetryLater while the removal is
        running: it may have listed the files already, and the report returns if it fails."""
        if self.repository.find_tombstone(report_id):
            raise RetryLater(_REMOVAL_SECONDS)
        _log_deleted(report_id)
        self.objects.delete_versions([ObjectVersion(event.key, event.version_id)])

    def _put_aside(self, event: UploadEvent, scope: str, about: str, source: str) -> None:
        """Moves a file into quarantine. Noted before, as the move may be done when it breaks off;
        without its folder, which names a person."""
        filename = event.key.rpartition("/")[2]
        change = Change(scope, "file.quarantined", about, {"filename": (filename, None)})
        self.audit.record(Origin(SYSTEM, source), change)
        self.objects.move(event.key, event.version_id, quarantine_key(event.key))

    def _claim_drop(self, event: UploadEvent, path: Sequence[str]) -> str | None:
        claimant = self._find_claimant(event)
        if claimant:
            return claimant
        facts = self._facts(event)
        if facts is None:
            logger.info("object no longer exists", extra={"key": event.key})
            return None
        try:
            addressee = self.router.route(path)
        except Unroutable:
            self._put_aside(event, COMPANY, f"file/{_report_id_of(event)}", "drop folder")
            raise
        return self._add_report(
            event,
            ReportDraft(
                id=_report_id_of(event),
                username=addressee.owner,
                created_by=addressee.sender,
                report_name=title_of(path[-1])[:150],
                filename=path[-1],
                warehouse_id=addressee.warehouse_id,
                inventory=_inventory(event, facts),
                sender_id=addressee.sender_id,
            ),
            Origin(addressee.sender_id or UNKNOWN, "drop folder"),
        )

    def _add_report(self, event: UploadEvent, draft: ReportDraft, origin: Origin) -> str | None:
        claim = self._claim_operation(event, draft.id)
        try:
            self.repository.add(draft, claim, self.entries.created(origin, draft))
        except ConditionFailed:
            return self._find_claimant(event)
        return draft.id

    def _find_claimant(self, event: UploadEvent) -> str | None:
        return self.repository.find_claimant(event.bucket, event.key, event.version_id)

    def _claim_operation(self, event: UploadEvent, report_id: str) -> Operation:
        return self.repository.claim_operation(event.bucket, event.key, event.version_id, report_id)

    def _facts(self, event: UploadEvent) -> ObjectFacts | None:
        version_id = None if event.version_id == UNVERSIONED else event.version_id
        return self.objects.facts(event.key, version_id)

    def _identified(self, event: UploadEvent) -> UploadEvent:
        """The event with the object's own version id: any other would make a second report."""
        facts = self._facts(event) if event.version_id == UNVERSIONED else None
        return replace(event, version_id=facts.version_id) if facts else event


def _report_id_of(event: UploadEvent) -> str:
    return derived_id("rep", event.bucket, event.key, event.version_id)


def _log_deleted(report_id: str) -> None:
    logger.info("event for a deleted report or object ignored", extra={"report_id": report_id})


def _inventory(event: UploadEvent, facts: ObjectFacts) -> InventoryFile:
    return InventoryFile(
        bucket=event.bucket,
        key=event.key,
        version_id=event.version_id,
        size=facts.size,
        etag=facts.etag,
        uploaded_at=event.stored_at,
    )
