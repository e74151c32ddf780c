"""Lots that must not be given to anybody, and items that take nothing more."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from stockwarden.core.errors import StockConflict
from stockwarden.stock.facts import Lot
from stockwarden.stock.head import Head


def is_fit(lot: Lot, moment: str, timezone: str) -> bool:
    """Whether goods of the lot may be given to somebody at the moment."""
    has_expired = lot.expiry_date is not None and _day(moment, timezone) > lot.expiry_date
    return lot.status != "quarantined" and not has_expired


def refuse_unfit(head: Head, lot: Lot, moment: str, timezone: str) -> None:
    """Raises StockConflict for a lot in quarantine, and for one that has expired at the moment, by
    the day of the warehouse; the same on every way that goods leave by."""
    if lot.status == "quarantined":
        raise StockConflict(
            f"Lot {lot.code} of {head.name} is in quarantine. Release it, or write it off by an "
            "adjustment.",
            {"reason": "quarantined", **_named(head), "lot": lot.code},
        )
    if lot.expiry_date and _day(moment, timezone) > lot.expiry_date:
        raise StockConflict(
            f"Lot {lot.code} of {head.name} has expired on {lot.expiry_date}. It can be written "
            "off by an adjustment.",
            {
                "reason": "expired",
                **_named(head),
                "lot": lot.code,
                "expiry_date": lot.expiry_date.isoformat(),
            },
        )


def archived(head: Head) -> StockConflict:
    return StockConflict(
        f"{head.name} is archived: it takes corrections only.",
        {"reason": "archived", **_named(head)},
    )


def _named(head: Head) -> dict[str, str]:
    return {"item_id": head.id, "item_name": head.name}


def _day(moment: str, timezone: str) -> date:
    return datetime.fromisoformat(moment).astimezone(ZoneInfo(timezone)).date()
