"""Runs an export job: reads the shown report, or another list, writes the file to S3, and marks
the export ready."""

import logging
import re
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import PurePosixPath
from tempfile import TemporaryFile
from typing import IO, Any, Protocol

from stockwarden.anomalies.repository import AnomalyRepository
from stockwarden.anomalies.result_sets import ResultSets
from stockwarden.core.clock import Clock
from stockwarden.core.errors import Invalid, NotFound, TooLarge
from stockwarden.core.filenames import CONTENT_TYPES
from stockwarden.exports.annotated import write_annotated
from stockwarden.exports.content import Content
from stockwarden.exports.csv_file import write_csv
from stockwarden.exports.model import ExportFilter, ExportFormat
from stockwarden.exports.repository import ExportRepository
from stockwarden.exports.workbook import write_workbook
from stockwarden.operations.report_log import RunOutcome
from stockwarden.reports.attempts import RENEWAL_SECONDS
from stockwarden.reports.lease_renewal import lease_renewed
from stockwarden.reports.repository import ReportRepository
from stockwarden.reports.uploads import export_key
from stockwarden.storage.attributes import Item
from stockwarden.storage.objects import Objects

logger = logging.getLogger(__name__)

_ATTEMPTS = 3
_INTERRUPTED = "Writing the export was interrupted several times; try it with a filter."
_REPLACED = "The report was analyzed anew meanwhile; ask for the export again."
_UNFIT = re.compile(r'[\x00-\x1f\x7f"/\\]')
_ENDINGS = {
    ExportFormat.XLSX: " anomalies.xlsx",
    ExportFormat.CSV: " anomalies.csv",
    ExportFormat.ANNOTATED: " with reasons.xlsx",
}


# Of the lists that are no reports; `jsonl` is the audit log's own.
_CONTENT_TYPES = {**CONTENT_TYPES, ".jsonl": "application/jsonl"}


class ListWriter(Protocol):
    """Writes the exports of a list that is no report."""

    def filename(self, export: Item) -> str: ...

    def write(self, export: Item, target: IO[bytes]) -> Mapping[str, Any]:
        """Writes the file, leaves `target` at its end, and returns what the export says of it."""


class ExportJob:
    """`writers` are those of lists that are no reports, by what stands for their report's id."""

    def __init__(
        self,
        *,
        repository: ExportRepository,
        reports: ReportRepository,
        anomalies: AnomalyRepository,
        result_sets: ResultSets,
        writers: Mapping[str, ListWriter],
        objects: Objects,
        clock: Clock,
    ) -> None:
        self.writers = writers
        self.repository = repository
        self.reports = reports
        self.anomalies = anomalies
        self.result_sets = result_sets
        self.objects = objects
        self.clock = clock

    def run(self, report_id: str, export_id: str) -> str:
        """Runs the job and returns the final status; "skipped" where there is nothing to do,
        "abandoned" where it was interrupted too often. May be repeated."""
        export = self.repository.begin(report_id, export_id)
        if export is None:
            return "skipped"
        if export["attempt"] > _ATTEMPTS:
            self._fail(export, _INTERRUPTED, RunOutcome.ABANDONED)
            return "abandoned"
        with ExitStack() as crash:
            crash.callback(self.repository.release, export)
            with lease_renewed(lambda: self.repository.renew(export), RENEWAL_SECONDS):
                try:
                    writer = self.writers.get(report_id)
                    status = self._write_list(export, writer) if writer else self._write(export)
                except (Invalid, NotFound, TooLarge) as error:
                    replaced = self._generation(report_id) != export.get("generation")
                    status = self._fail(export, _REPLACED if replaced else error.detail)
            crash.pop_all()
        return status

    def _write(self, export: Item) -> str:
        report_id = export["report_id"]
        stored = self.reports.find(report_id)
        if stored is None or not stored.summary.get("generation"):
            raise NotFound("The report is gone.")
        export["generation"] = stored.summary["generation"]
        filters = ExportFilter.model_validate(export["filters"])
        content = Content(stored, filters, self.anomalies, self.result_sets, self.objects)
        form = ExportFormat(export["format"])
        filename = _UNFIT.sub("_", stored.summary["report_name"]) + _ENDINGS[form]
        key = export_key(report_id, export["id"], filename)
        with TemporaryFile() as file:
            count = self._fill(form, content, file)
            size = file.tell()
            file.seek(0)
            if self._generation(report_id) != content.generation:
                raise NotFound(_REPLACED)
            self.objects.write_stream(key, file, CONTENT_TYPES[key[key.rindex(".") :]])
        return self._finish(export, anomalies=count, filename=filename, size=size, key=key)

    def _write_list(self, export: Item, writer: ListWriter) -> str:
        filename = writer.filename(export)
        key = export_key(export["report_id"], export["id"], filename)
        with TemporaryFile() as file:
            facts = writer.write(export, file)
            size = file.tell()
            file.seek(0)
            content_type = _CONTENT_TYPES[PurePosixPath(filename).suffix]
            self.objects.write_stream(key, file, content_type)
        return self._finish(export, **facts, filename=filename, size=size, key=key)

    def _finish(self, export: Item, **facts: Any) -> str:
        if not self.repository.finish(export, RunOutcome.READY, {"status": "ready", **facts}):
            self._clear_if_removed(export)
            return "skipped"
        return "ready"

    def _fill(self, form: ExportFormat, content: Content, file: IO[bytes]) -> int:
        match form:
            case ExportFormat.XLSX:
                count = write_workbook(content, file, self.clock())
            case ExportFormat.CSV:
                count = write_csv(content, file)
            case ExportFormat.ANNOTATED:
                count = write_annotated(content, file)
        file.seek(0, 2)
        return count

    def _fail(self, export: Item, reason: str, ended: RunOutcome = RunOutcome.FAILED) -> str:
        logger.info("export failed", extra={"export_id": export["id"], "reason": reason})
        outcome = {"status": "failed", "reason": reason}
        self.repository.finish(export, ended, outcome)
        return "failed"

    def _clear_if_removed(self, export: Item) -> None:
        """Deletes the file if its report was deleted while it was being written."""
        if self.repository.find(export["report_id"], export["id"]) is None:
            self.objects.delete_prefix(export_key(export["report_id"], export["id"], ""))

    def _generation(self, report_id: str) -> str | None:
        stored = self.reports.find(report_id)
        return stored.summary.get("generation") if stored else None
