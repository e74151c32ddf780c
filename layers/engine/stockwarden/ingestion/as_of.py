"""Resolves an inventory's moment (as_of), from which ages are measured."""

from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from stockwarden.core.errors import Invalid
from stockwarden.ingestion.formats.workbook import Workbook
from stockwarden.ingestion.mapping.user_choice import AS_OF_YEARS

AsOfSource = Literal["given", "file_modified", "file_created", "upload"]


def zone(timezone: str) -> ZoneInfo:
    """The IANA zone. Raises Invalid at /timezone."""
    try:
        return ZoneInfo(timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise Invalid.field(
            "/timezone", f"{timezone!r} is no IANA time zone such as Europe/Madrid."
        ) from error


def resolve_as_of(
    given: str | None, workbook: Workbook | None, uploaded_at: datetime, timezone: str = "UTC"
) -> tuple[datetime, AsOfSource]:
    """(aware moment, its source): the given one, else the file's properties, else the upload.

    `given` is ISO 8601; without offset it is in `timezone`. `uploaded_at` is aware. Raises
    Invalid at /as_of for text that is no date and time, or a moment outside AS_OF_YEARS.
    Properties outside these years are ignored.
    """
    local = zone(timezone)
    if given:
        try:
            moment = datetime.fromisoformat(given.strip())
        except ValueError as error:
            raise Invalid.field(
                "/as_of", f"{given!r} is no ISO 8601 date and time such as 2025-10-09T18:44:57."
            ) from error
        if not _is_possible(moment):
            raise Invalid.field("/as_of", "as_of lies in the years {} to {}.".format(*AS_OF_YEARS))
        return _aware(moment, local), "given"
    if workbook and workbook.modified and _is_possible(workbook.modified):
        return _aware(workbook.modified, local), "file_modified"
    if workbook and workbook.created and _is_possible(workbook.created):
        return _aware(workbook.created, local), "file_created"
    return uploaded_at, "upload"


def _is_possible(moment: datetime) -> bool:
    return AS_OF_YEARS[0] <= moment.year <= AS_OF_YEARS[1]


def _aware(moment: datetime, local: ZoneInfo) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=local)
