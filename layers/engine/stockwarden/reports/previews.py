"""Reads the stored preview of a report's file, and checks mappings against its columns."""

import json
from collections.abc import Mapping
from typing import Protocol

from stockwarden.core.errors import FieldError, Invalid, NotFound, escaped
from stockwarden.ingestion.mapping.join_pattern import parse_pattern
from stockwarden.reports.file_model import ReportPreview
from stockwarden.reports.uploads import preview_key
from stockwarden.storage.objects import Objects

_PREVIEW_BYTES = 8 * 2**20


class PreviewService:
    def __init__(self, objects: Objects) -> None:
        self.objects = objects

    def find(self, report_id: str) -> ReportPreview | None:
        """The preview; None until the file has been read, and for an unreadable file."""
        try:
            text = self.objects.read(preview_key(report_id), max_bytes=_PREVIEW_BYTES)
        except NotFound:
            return None
        document = json.loads(text)
        # Questions of earlier versions have no id: only a mapping answers them.
        questions = [question for question in document["questions"] if "id" in question]
        return ReportPreview.model_validate({**document, "questions": questions})


class ColumnAnswers(Protocol):
    """What a request says of the columns of a file, and of the table that they are in."""

    @property
    def sheet(self) -> str | None: ...
    @property
    def header_row(self) -> int | None: ...
    @property
    def column_mapping(self) -> Mapping[str, str] | None: ...


def check_columns(preview: ReportPreview | None, request: ColumnAnswers) -> None:
    """Raises Invalid for a column that the file lacks, where the preview shows its columns."""
    if preview is None or request.sheet not in {None, preview.sheet}:
        return
    if request.header_row not in {None, preview.header_row}:
        return
    names = [column.name for column in preview.columns]
    errors = [
        FieldError(
            f"/column_mapping/{escaped(column)}",
            f"The file has no column {column!r}, only {', '.join(names)}.",
        )
        for column in request.column_mapping or {}
        if column not in names and parse_pattern(column, names) is None
    ]
    if errors:
        raise Invalid(errors[0].detail, errors)
