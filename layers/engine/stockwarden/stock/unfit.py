"""Lots that must not be given to anybody."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from stockwarden.core.errors import Conflict
from stockwarden.stock.facts import Lot
from stockwarden.stock.head import Head


def refuse_unfit(head: Head, lot: Lot, moment: str, timezone: str) -> None:
    """Raises Conflict for a lot in quarantine, and for one that has expired at the moment, by the
    day of the warehouse; the same on every way that goods leave by."""
    if lot.status == "quarantined":
        raise Conflict(
            f"Lot {lot.code} of {head.name} is in quarantine. Release it, or write it off by an "
            "adjustment."
        )
    if lot.expiry_date and _day(moment, timezone) > lot.expiry_date:
        raise Conflict(
            f"Lot {lot.code} of {head.name} has expired on {lot.expiry_date}. It can be written "
            "off by an adjustment."
        )


def _day(moment: str, timezone: str) -> date:
    return datetime.fromisoformat(moment).astimezone(ZoneInfo(timezone)).date()
