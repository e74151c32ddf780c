"""Removes the data of a deleted report: anomalies, evidence, files, exports. Every step may be
repeated."""

from stockwarden.analysis.departures import DepartureService
from stockwarden.analysis.publish import subject_of
from stockwarden.anomalies.result_sets import ResultSets
from stockwarden.core.deadline import Deadline
from stockwarden.core.errors import Unavailable
from stockwarden.exports.repository import ExportRepository
from stockwarden.reports.logged import RunEntries
from stockwarden.reports.report_files import inventory_file_of
from stockwarden.reports.repository import ReportRepository
from stockwarden.reports.uploads import analysis_prefix, export_prefix, upload_prefix
from stockwarden.snapshots.compared_report import ComparedReport
from stockwarden.snapshots.comparison_service import ComparisonService
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import reports as keys
from stockwarden.storage.objects import Objects, ObjectVersion
from stockwarden.storage.retries import retried
from stockwarden.storage.tables import ConditionFailed, write

_TRIES = 8


class ReportDeletion:
    def __init__(
        self,
        *,
        repository: ReportRepository,
        result_sets: ResultSets,
        exports: ExportRepository,
        comparisons: ComparisonService,
        departures: DepartureService,
        objects: Objects,
        runs: RunEntries,
    ) -> None:
        self.runs = runs
        self.comparisons = comparisons
        self.departures = departures
        self.repository = repository
        self.exports = exports
        self.result_sets = result_sets
        self.objects = objects

    def finish(self, report_id: str, deadline: Deadline) -> None:
        """Completes the deletion; does nothing for a report without a tombstone.

        Raises Postponed where another message has to continue.
        """
        tombstone = self.repository.find_tombstone(report_id)
        if tombstone is None:
            return
        self._leave_warehouse(subject_of(tombstone))
        self.departures.settle_moved(self.repository.find_departure(report_id), deadline)
        self.departures.settle_deleted(tombstone, deadline)
        self.result_sets.delete_report(report_id)
        claims = self._delete_files(report_id)
        self.objects.delete_prefix(analysis_prefix(report_id))
        self.exports.remove_all(report_id)
        self.objects.delete_prefix(export_prefix(report_id))
        self.repository.erase(report_id, claims, self.runs.removal(tombstone))

    def _leave_warehouse(self, subject: ComparedReport) -> None:
        def leave() -> None:
            operations = self.comparisons.forget_operations(subject)
            if operations:
                write(*operations)

        unavailable = Unavailable("The warehouse is changing all the time; try again shortly.")
        retried(leave, on=ConditionFailed, tries=_TRIES, otherwise=unavailable)

    def _delete_files(self, report_id: str) -> list[Item]:
        """Deletes the report's own object versions; returns the keys of the claims on them.

        Its upload prefix may also hold versions that became other reports; those stay.
        """
        bucket = self.objects.bucket
        inventory = inventory_file_of(self.repository.find_source(report_id) or {})
        own_versions = [ObjectVersion(inventory.key, inventory.version_id)] if inventory else []
        for version in self.objects.versions(upload_prefix(report_id)):
            claimant = self.repository.find_claimant(bucket, version.key, version.version_id)
            if claimant in {None, report_id} and version not in own_versions:
                own_versions.append(version)
        for start in range(0, len(own_versions), 1000):
            self.objects.delete_versions(own_versions[start : start + 1000])
        return [keys.claim(bucket, version.key, version.version_id) for version in own_versions]
