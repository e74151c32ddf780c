"""From events of the bucket to jobs: each object version gets exactly one report.

S3 delivers at least once and out of order. So an event is only a hint that an object may be there;
what counts is the bucket itself, and who claimed the object version first. Everything here may be
repeated, and may be interrupted anywhere and then repeated.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote_plus

from stockwarden.core.ids import derived_id
from stockwarden.reports.addresses import Addresses, Stranger
from stockwarden.reports.jobs import Jobs
from stockwarden.reports.model import ReportStatus
from stockwarden.reports.repository import Draft, ReportRepository, Stored
from stockwarden.reports.uploads import quarantine_key, title_of
from stockwarden.storage.objects import ObjectFacts, Objects
from stockwarden.storage.tables import ConditionFailed, Operation

logger = logging.getLogger(__name__)

_WAITS_FOR_RULES = "The inventory has arrived; the rules file has not."


@dataclass(frozen=True)
class Arrival:
    """One object version that an event tells of. `at` is when it was stored, ISO 8601."""

    bucket: str
    key: str
    version_id: str
    at: str

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> "Arrival | None":
        """None for an event that tells of something else than a new object."""
        if not str(record.get("eventName", "")).startswith("ObjectCreated:"):
            return None
        place = record["s3"]
        return cls(
            bucket=place["bucket"]["name"],
            key=unquote_plus(place["object"]["key"]),
            version_id=place["object"].get("versionId") or "null",
            at=record["eventTime"],
        )


@dataclass(frozen=True)
class Job:
    report_id: str
    job_id: str


class Arrivals:
    def __init__(
        self,
        *,
        repository: ReportRepository,
        jobs: Jobs,
        objects: Objects,
        addresses: Addresses,
    ) -> None:
        self.repository = repository
        self.jobs = jobs
        self.objects = objects
        self.addresses = addresses

    def accept(self, arrival: Arrival) -> Job | None:
        """The job that may go on now; None where there is nothing to do, or not yet.

        Raises Stranger for a drop folder of nobody, once the object is out of it.
        """
        match arrival.key.split("/"):
            case ["uploads", report_id, "inventory", _]:
                owner = self._claim_upload(arrival, report_id)
            case ["uploads", report_id, "rules", _]:
                owner = report_id
            case ["drop", *path] if path and path[-1]:
                owner = self._claim_drop(arrival, path)
            case _:
                logger.info("object ignored", extra={"key": arrival.key})
                return None
        return self._start(owner) if owner else None

    def _start(self, report_id: str) -> Job | None:
        """Queue the first job of a report whose files are all there."""
        stored = self.repository.find(report_id)
        if stored is None:
            _log_late(report_id)
            return None
        inventory = stored.source.get("inventory")
        if inventory is None:
            return None
        job_id = derived_id("job", inventory["bucket"], inventory["key"], inventory["version_id"])
        if stored.status != ReportStatus.AWAITING_UPLOAD:
            return Job(report_id, job_id)
        source: dict[str, Any] = {}
        rules_key = stored.source.get("rules_key")
        if rules_key:
            facts = self.objects.facts(rules_key)
            if facts is None:
                self.repository.note(report_id, _WAITS_FOR_RULES)
                return None
            source["rules"] = {"key": facts.key, "version_id": facts.version_id, "size": facts.size}
        try:
            self.jobs.queue(stored, job_id, source=source)
        except ConditionFailed:
            logger.info("job queued elsewhere", extra={"report_id": report_id})
        return Job(report_id, job_id)

    def _claim_upload(self, arrival: Arrival, report_id: str) -> str | None:
        owner = self._claimed(arrival)
        if owner:
            return owner
        stored = self.repository.find(report_id)
        facts = self._facts(arrival)
        if stored is None or facts is None:
            _log_late(report_id)
            return None
        inventory = _inventory(arrival, facts)
        try:
            if self.repository.accept(report_id, inventory, self._claim(arrival, report_id)):
                return report_id
        except ConditionFailed:
            return self._claimed(arrival)
        if self.repository.find(report_id) is None:
            _log_late(report_id)
            return None
        return self._add_own(arrival, _twin(stored, arrival, inventory))

    def _claim_drop(self, arrival: Arrival, path: Sequence[str]) -> str | None:
        owner = self._claimed(arrival)
        if owner:
            return owner
        facts = self._facts(arrival)
        if facts is None:
            logger.info("object is gone", extra={"key": arrival.key})
            return None
        try:
            addressee = self.addresses.of(path)
        except Stranger:
            self.objects.move(arrival.key, arrival.version_id, quarantine_key(arrival.key))
            raise
        return self._add_own(
            arrival,
            Draft(
                id=_own_id(arrival),
                username=addressee.owner,
                created_by=addressee.sender,
                report_name=title_of(path[-1])[:150],
                filename=path[-1],
                warehouse_id=addressee.warehouse_id,
                inventory=_inventory(arrival, facts),
            ),
        )

    def _add_own(self, arrival: Arrival, draft: Draft) -> str | None:
        try:
            self.repository.add(draft, self._claim(arrival, draft.id))
        except ConditionFailed:
            return self._claimed(arrival)
        return draft.id

    def _claimed(self, arrival: Arrival) -> str | None:
        return self.repository.claimed(arrival.bucket, arrival.key, arrival.version_id)

    def _claim(self, arrival: Arrival, report_id: str) -> Operation:
        return self.repository.claim(arrival.bucket, arrival.key, arrival.version_id, report_id)

    def _facts(self, arrival: Arrival) -> ObjectFacts | None:
        version_id = None if arrival.version_id == "null" else arrival.version_id
        return self.objects.facts(arrival.key, version_id)


def _own_id(arrival: Arrival) -> str:
    return derived_id("rep", arrival.bucket, arrival.key, arrival.version_id)


def _twin(first: Stored, arrival: Arrival, inventory: Mapping[str, Any]) -> Draft:
    """A report for a further version of an upload: all as it was given, but the file."""
    summary, source = first.summary, first.source
    return Draft(
        id=_own_id(arrival),
        username=summary["username"],
        created_by=summary["created_by"],
        report_name=summary["report_name"],
        filename=summary["filename"],
        warehouse_id=summary.get("warehouse_id"),
        as_of=source.get("as_of"),
        choice=source.get("choice"),
        rules_key=source.get("rules_key"),
        rules_filename=source.get("rules_filename"),
        inventory=inventory,
    )


def _log_late(report_id: str) -> None:
    logger.info("event of a deleted report or object", extra={"report_id": report_id})


def _inventory(arrival: Arrival, facts: ObjectFacts) -> dict[str, Any]:
    return {
        "bucket": arrival.bucket,
        "key": arrival.key,
        "version_id": arrival.version_id,
        "size": facts.size,
        "etag": facts.etag,
        "uploaded_at": arrival.at,
    }
