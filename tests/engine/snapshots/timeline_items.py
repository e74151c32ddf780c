"""Snapshot items of the warehouse `wh_1`, and positions among them, without an analysis."""

from collections.abc import Iterable
from typing import Any

from stockwarden.snapshots.timeline import TimelinePosition
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import reports as keys

WAREHOUSE = "wh_1"
# Timelines as (report id, day, scope), oldest first.
WHOLES = (("a", 1, "whole"), ("b", 3, "whole"), ("c", 5, "whole"))
PARTS = (("a", 1, "whole"), ("b", 2, "whole"), ("c", 3, "part"), ("d", 5, "part"))
SIX_PARTS = (("a", 1, "whole"), *((f"p{day}", day, "part") for day in range(2, 8)))


def moment(day: int, hour: int = 12) -> str:
    return f"2025-01-{day:02}T{hour:02}:00:00.000Z"


def rank(report_id: str, day: int, sent_hour: int = 12) -> str:
    """The rank of a report as of noon of a day in January, sent on the 31st."""
    return keys.rank(moment(day), moment(31, sent_hour), report_id)


def snapshot(
    report_id: str, day: int, scope: str = "whole", *, sent_hour: int = 12, **more: Any
) -> Item:
    return {
        **keys.snapshot(WAREHOUSE, rank(report_id, day, sent_hour)),
        "report_id": report_id,
        "generation": "job_1.1",
        "as_of": moment(day),
        "scope": scope,
        **more,
    }


def ids(items: Iterable[Item]) -> list[str]:
    return [item["report_id"] for item in items]


def id_of(item: Item | None) -> str | None:
    return item["report_id"] if item else None


def position(
    own: Item, *others: Item, shown: Item | None = None, last_whole: Item | None = None
) -> TimelinePosition:
    """The position of the report of `own` among others, given newest first."""
    own_rank = keys.rank_in(own)
    previous = next((item for item in others if keys.rank_in(item) < own_rank), None)
    return TimelinePosition(
        WAREHOUSE, own["report_id"], own_rank, 0, previous, last_whole, others, shown
    )
