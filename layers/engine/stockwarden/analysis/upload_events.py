"""From events of the bucket to jobs: each object version gets exactly one report.

S3 delivers at least once and out of order. So an event is only a hint that an object may be there;
what counts is the bucket itself, and who claimed the object version first. Everything here may be
repeated, and may be interrupted anywhere and then repeated.
"""

import logging
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import unquote_plus

from stockwarden.analysis.drop_folder import DropFolderRouter, Unroutable
from stockwarden.core.errors import BadRequest
from stockwarden.core.filenames import title_of
from stockwarden.core.ids import derived_id, may_be_id
from stockwarden.reports.attempts import RetryLater
from stockwarden.reports.jobs import JobRepository
from stockwarden.reports.model import ReportStatus
from stockwarden.reports.report_files import InventoryFile, LayoutFile
from stockwarden.reports.repository import ReportDraft, ReportRepository, StoredReport
from stockwarden.reports.uploads import quarantine_key
from stockwarden.storage.objects import ObjectFacts, Objects, ObjectVersion
from stockwarden.storage.tables import ConditionFailed, Operation

logger = logging.getLogger(__name__)

_WAITS_FOR_RULES = "The inventory has arrived; the rules file has not."
# No removal runs longer; a message may come again three times.
_REMOVAL_SECONDS = 600
_UNVERSIONED = "null"


class Refused(BadRequest):
    """A message that neither our bucket nor our functions can have sent."""


@dataclass(frozen=True)
class UploadEvent:
    """One object version that an event tells of. `at` is when it was stored, ISO 8601."""

    bucket: str
    key: str
    version_id: str
    at: str

    @classmethod
    def of(cls, record: object, bucket: str) -> "UploadEvent | None":
        """None for an event that tells of something else than a new object.

        Raises Refused for one that `bucket` does not send.
        """
        match record:
            case {
                "eventName": str(name),
                "eventTime": str(at),
                "s3": {"bucket": {"name": str(sender)}, "object": {"key": str(key), **more}},
            } if name.startswith("ObjectCreated:"):
                if sender != bucket:
                    raise Refused(f"An event of another bucket, {sender[:100]!r}.")
                version_id = more.get("versionId") or _UNVERSIONED
                if not isinstance(version_id, str) or not _is_moment(at):
                    raise Refused("An event that S3 does not send: its version or time is none.")
                return cls(bucket, unquote_plus(key), version_id, at)
            case {"eventName": str(name)} if not name.startswith("ObjectCreated:"):
                return None
        raise Refused("An event that S3 does not send.")


@dataclass(frozen=True)
class Job:
    report_id: str
    job_id: str


class UploadIntake:
    def __init__(
        self,
        *,
        repository: ReportRepository,
        jobs: JobRepository,
        objects: Objects,
        router: DropFolderRouter,
    ) -> None:
        self.repository = repository
        self.jobs = jobs
        self.objects = objects
        self.router = router

    @property
    def bucket(self) -> str:
        """Where uploads arrive."""
        return self.objects.bucket

    def accept(self, event: UploadEvent) -> Job | None:
        """The job that may go on now; None where there is nothing to do, or not yet.

        Raises Stranger for a file that may not be sent there, once it is out of the way, and Busy
        for one of a report that is just being removed.
        """
        event = self._identified(event)
        match event.key.split("/"):
            case ["uploads", report_id, "inventory", _] if may_be_id(report_id):
                owner = self._claim_upload(event, report_id)
            case ["uploads", report_id, "rules", _] if may_be_id(report_id):
                owner = self._admit_rules(event, report_id)
            case ["drop", *path] if path and path[-1]:
                owner = self._claim_drop(event, path)
            case _:
                logger.info("object ignored", extra={"key": event.key})
                return None
        return self._start(owner) if owner else None

    def _start(self, report_id: str) -> Job | None:
        """Queue the first job of a report whose files are all there."""
        stored = self.repository.find(report_id)
        if stored is None:
            _log_late(report_id)
            return None
        inventory = stored.inventory_file
        if inventory is None:
            return None
        job_id = derived_id("job", inventory.bucket, inventory.key, inventory.version_id)
        if stored.status != ReportStatus.AWAITING_UPLOAD:
            return Job(report_id, job_id)
        source: dict[str, Any] = {}
        rules_key = stored.source.get("rules_key")
        if rules_key:
            facts = self.objects.facts(rules_key)
            if facts is None:
                self.repository.note(report_id, _WAITS_FOR_RULES)
                return None
            source["rules"] = asdict(LayoutFile(facts.key, facts.version_id, facts.size))
        try:
            self.jobs.queue(stored, job_id, source=source)
        except ConditionFailed:
            logger.info("job queued elsewhere", extra={"report_id": report_id})
        return Job(report_id, job_id)

    def _claim_upload(self, event: UploadEvent, report_id: str) -> str | None:
        owner = self._claimed(event)
        if owner:
            return owner
        facts = self._facts(event)
        if facts is None:
            _log_late(report_id)
            return None
        stored = self.repository.find(report_id)
        if stored is None:
            self._remove(event, report_id)
            return None
        self._require_sender(event, stored)
        inventory = _inventory(event, facts)
        try:
            if self.repository.accept(report_id, inventory, self._claim(event, report_id)):
                return report_id
        except ConditionFailed:
            return self._claimed(event)
        if self.repository.find(report_id) is None:
            self._remove(event, report_id)
            return None
        return self._add_own(event, _twin(stored, event, inventory))

    def _admit_rules(self, event: UploadEvent, report_id: str) -> str | None:
        """Rules count only until the report has begun; they are claimed when it begins."""
        if self._facts(event) is None:
            _log_late(report_id)
            return None
        stored = self.repository.find(report_id)
        if stored is None:
            self._remove(event, report_id)
            return None
        if stored.status == ReportStatus.AWAITING_UPLOAD:
            self._require_sender(event, stored)
        return report_id

    def _require_sender(self, event: UploadEvent, stored: StoredReport) -> None:
        """A form may be used after its holder lost the right to. Raises Stranger."""
        summary = stored.summary
        try:
            self.router.require_sender(
                summary["created_by"], summary["username"], summary.get("warehouse_id")
            )
        except Unroutable as stranger:
            self.objects.move(event.key, event.version_id, quarantine_key(event.key))
            self.repository.note(stored.id, f"A file was put aside: {stranger.detail}")
            raise

    def _remove(self, event: UploadEvent, report_id: str) -> None:
        """Take away what came for a report that was deleted. Raises Busy while that goes on:
        then the removal may have looked already, and the report may come back should it fail."""
        if self.repository.tombstone(report_id):
            raise RetryLater(_REMOVAL_SECONDS)
        _log_late(report_id)
        self.objects.delete_versions([ObjectVersion(event.key, event.version_id)])

    def _claim_drop(self, event: UploadEvent, path: Sequence[str]) -> str | None:
        owner = self._claimed(event)
        if owner:
            return owner
        facts = self._facts(event)
        if facts is None:
            logger.info("object is gone", extra={"key": event.key})
            return None
        try:
            addressee = self.router.of(path)
        except Unroutable:
            self.objects.move(event.key, event.version_id, quarantine_key(event.key))
            raise
        return self._add_own(
            event,
            ReportDraft(
                id=_own_id(event),
                username=addressee.owner,
                created_by=addressee.sender,
                report_name=title_of(path[-1])[:150],
                filename=path[-1],
                warehouse_id=addressee.warehouse_id,
                inventory=_inventory(event, facts),
            ),
        )

    def _add_own(self, event: UploadEvent, draft: ReportDraft) -> str | None:
        try:
            self.repository.add(draft, self._claim(event, draft.id))
        except ConditionFailed:
            return self._claimed(event)
        return draft.id

    def _claimed(self, event: UploadEvent) -> str | None:
        return self.repository.claimed(event.bucket, event.key, event.version_id)

    def _claim(self, event: UploadEvent, report_id: str) -> Operation:
        return self.repository.claim(event.bucket, event.key, event.version_id, report_id)

    def _facts(self, event: UploadEvent) -> ObjectFacts | None:
        version_id = None if event.version_id == _UNVERSIONED else event.version_id
        return self.objects.facts(event.key, version_id)

    def _identified(self, event: UploadEvent) -> UploadEvent:
        """With the object's own version: under another name it would make a second report."""
        facts = self._facts(event) if event.version_id == _UNVERSIONED else None
        return replace(event, version_id=facts.version_id) if facts else event


def _is_moment(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def _own_id(event: UploadEvent) -> str:
    return derived_id("rep", event.bucket, event.key, event.version_id)


def _twin(first: StoredReport, event: UploadEvent, inventory: InventoryFile) -> ReportDraft:
    """A report for a further version of an upload: all as it was given, but the file."""
    summary, source = first.summary, first.source
    # An answer is about the file that it was asked of.
    scope = source.get("scope")
    return ReportDraft(
        id=_own_id(event),
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
    )


def _log_late(report_id: str) -> None:
    logger.info("event of a deleted report or object", extra={"report_id": report_id})


def _inventory(event: UploadEvent, facts: ObjectFacts) -> InventoryFile:
    return InventoryFile(
        bucket=event.bucket,
        key=event.key,
        version_id=event.version_id,
        size=facts.size,
        etag=facts.etag,
        uploaded_at=event.at,
    )
