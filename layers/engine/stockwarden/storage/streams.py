"""Reads the streams of tables: what was changed, for the projections that follow from it.

A stream delivers each change at least once. Changes of one item mostly come in their order, but a
batch that failed is delivered again after newer ones; a projection must therefore give the same
for changes that are repeated, late, or in another order.
"""

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

from stockwarden.core.clock import iso
from stockwarden.core.errors import Unavailable
from stockwarden.storage.attributes import Item, from_attributes

logger = logging.getLogger(__name__)

# So many changes are applied together; of a batch that fails, those before them are done.
TOGETHER = 25


@dataclass(frozen=True)
class Change:
    """A write to a table: `old` is the item before it, None for a new one; `new` after it, None
    for one that was deleted. `at` is about when, in UTC; `sequence` is its number in the stream."""

    table: str
    key: Item
    old: Item | None
    new: Item | None
    at: str
    sequence: str = ""


class Projection(Protocol):
    """Something that follows from tables, and is kept as they change."""

    def apply(self, changes: Sequence[Change]) -> None:
        """Takes in changes, of whatever table. Doing so again changes nothing. Raises Unavailable,
        after which some may have been taken in."""


def changes_in(records: Iterable[Mapping[str, Any]], names: Mapping[str, str]) -> list[Change]:
    """The changes of an event that Lambda makes of a stream. `names` are those that the tables have
    here, by those that they are deployed under."""
    return [_change(record, names) for record in records]


def _change(record: Mapping[str, Any], names: Mapping[str, str]) -> Change:
    # arn:aws:dynamodb:eu-west-1:123456789012:table/<name>/stream/<label>
    name = str(record["eventSourceARN"]).split("/")[1]
    what = record["dynamodb"]
    moment = datetime.fromtimestamp(float(what["ApproximateCreationDateTime"]), UTC)
    return Change(
        table=names[name],
        key=from_attributes(what["Keys"]),
        old=_image(what.get("OldImage")),
        new=_image(what.get("NewImage")),
        at=iso(moment),
        sequence=str(what["SequenceNumber"]),
    )


def _image(attributes: Mapping[str, Any] | None) -> Item | None:
    return from_attributes(attributes) if attributes else None


def consume(changes: Sequence[Change], projections: Sequence[Projection]) -> str | None:
    """Lets every projection take in the changes. Where the database does not answer, the sequence
    number of the change from which they must be delivered again; None when all is done."""
    for start in range(0, len(changes), TOGETHER):
        together = changes[start : start + TOGETHER]
        try:
            for projection in projections:
                projection.apply(together)
        except Unavailable as failure:
            logger.warning("changes to be delivered again", extra={"reason": failure.detail})
            return together[0].sequence
    return None
