"""What a deleted report leaves behind: anomalies, evidence, files. Every step may be repeated."""

from stockwarden.anomalies.generations import Generations
from stockwarden.reports.repository import ReportRepository, claim_key
from stockwarden.reports.uploads import analysis_prefix, upload_prefix
from stockwarden.storage.attributes import Item
from stockwarden.storage.objects import Objects, ObjectVersion


class Removal:
    def __init__(
        self, *, repository: ReportRepository, generations: Generations, objects: Objects
    ) -> None:
        self.repository = repository
        self.generations = generations
        self.objects = objects

    def finish(self, report_id: str) -> None:
        """Does nothing for a report that was not deleted, or whose removal is complete."""
        if self.repository.tombstone(report_id) is None:
            return
        self.generations.delete_report(report_id)
        claims = self._delete_files(report_id)
        self.objects.delete_prefix(analysis_prefix(report_id))
        self.repository.erase(report_id, claims)

    def _delete_files(self, report_id: str) -> list[Item]:
        """Delete the report's own object versions; answers the claims on them.

        Below its upload prefix may lie versions that became reports of their own; those stay.
        """
        bucket = self.objects.bucket
        inventory = (self.repository.source(report_id) or {}).get("inventory")
        own = [ObjectVersion(inventory["key"], inventory["version_id"])] if inventory else []
        for version in self.objects.versions(upload_prefix(report_id)):
            claimant = self.repository.claimed(bucket, version.key, version.version_id)
            if claimant in {None, report_id} and version not in own:
                own.append(version)
        for start in range(0, len(own), 1000):
            self.objects.delete_versions(own[start : start + 1000])
        return [claim_key(bucket, version.key, version.version_id) for version in own]
