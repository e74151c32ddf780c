"""Resolves an inventory's moment (as_of), from which ages are measured."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pandas as pd

from stockwarden.core.errors import Invalid
from stockwarden.ingestion.formats.workbook import Workbook
from stockwarden.ingestion.mapping.user_choice import AS_OF_YEARS

if TYPE_CHECKING:
    from stockwarden.ingestion.inspection import Inspection

# A property may be the local time of another zone.
_CLOCKS_DIFFER = timedelta(hours=14)
_PAST_DATES = ("creation_date", "last_movement_date")

AsOfSource = Literal["given", "file_modified", "file_created", "upload"]


def zone(timezone: str) -> ZoneInfo:
    """The IANA zone. Raises Invalid at /timezone."""
    try:
        return ZoneInfo(timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise Invalid.field(
            "/timezone", f"{timezone!r} is no IANA time zone such as Europe/Madrid."
        ) from error


@dataclass(frozen=True)
class AsOf:
    """`moment` is aware; `note` tells the user which property of the file was not believed."""

    moment: datetime
    source: AsOfSource
    note: str = ""


def resolve_as_of(
    given: str | None,
    workbook: Workbook | None,
    uploaded_at: datetime,
    timezone: str = "UTC",
    inspection: Inspection | None = None,
) -> AsOf:
    """The given moment, else the file's properties, else the upload.

    `given` is ISO 8601; without offset it is in `timezone`. `uploaded_at` is aware. Raises
    Invalid at /as_of for text that is no date and time, or a moment outside AS_OF_YEARS.
    Properties outside these years are ignored, and those that do not fit: after the upload, or
    before most of the dates that `inspection` has.
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
        return AsOf(_aware(moment, local), "given")
    note = ""
    properties: tuple[tuple[datetime | None, AsOfSource], ...] = (
        (workbook.modified if workbook else None, "file_modified"),
        (workbook.created if workbook else None, "file_created"),
    )
    for stated, source in properties:
        if stated is None or not _is_possible(stated):
            continue
        moment = _aware(stated, local)
        if not (misfit := _misfit(moment, uploaded_at, timezone, inspection)):
            return AsOf(moment, source, note)
        event = "saved" if source == "file_modified" else "created"
        note = note or (
            f"The file says that it was {event} on {moment:%Y-%m-%d}, {misfit}: that is not "
            "believed. "
        )
    if note:
        note += "Ages count to the time of the upload; say when the stock was like this (as_of)."
    return AsOf(uploaded_at, "upload", note)


def _misfit(
    moment: datetime, uploaded_at: datetime, timezone: str, inspection: Inspection | None
) -> str:
    """Why a property cannot be the moment of the stock; "" if it can."""
    if moment > uploaded_at + _CLOCKS_DIFFER:
        return "after it was sent"
    for name in _PAST_DATES:
        if inspection is None or name not in inspection.dates:
            continue
        read = inspection.dates[name].read(
            as_of=uploaded_at, timezone=timezone, order=inspection.date_order
        )
        dates = read.moments.dropna()
        # Wrong dates are found as such; a stock is not made of them.
        if len(dates) and (dates > pd.Timestamp(moment)).sum() > len(dates) / 2:
            return f"before most dates of “{inspection.fields[name].name}”"
    return ""


def _is_possible(moment: datetime) -> bool:
    return AS_OF_YEARS[0] <= moment.year <= AS_OF_YEARS[1]


def _aware(moment: datetime, local: ZoneInfo) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=local)
