"""The streams of tables, as Lambda delivers them: in batches, halved and repeated where they fail,
until a change is too old."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import count
from typing import Any

from stockwarden.storage.attributes import Item, from_attributes, to_attributes
from stockwarden.storage.keys import key_of
from stockwarden.storage.tables import Table

_numbers = count(1)
# 2026-03-02T12:00:00Z
NOON = 1772452800
Record = dict[str, Any]
Handler = Callable[[dict[str, Any]], Any]


def record(table: str, old: Item | None, new: Item | None, *, seconds: int = 0) -> Record:
    """A record of the stream of a table (by its deployed name), `seconds` after noon."""
    image = new or old
    assert image is not None
    number = next(_numbers)
    images = {"OldImage": old, "NewImage": new}
    return {
        "eventID": f"{number:032x}",
        "eventName": "INSERT" if old is None else "REMOVE" if new is None else "MODIFY",
        "eventSource": "aws:dynamodb",
        "awsRegion": "eu-west-1",
        "eventSourceARN": f"arn:aws:dynamodb:eu-west-1:123456789012:table/{table}/stream/1",
        "dynamodb": {
            "ApproximateCreationDateTime": float(NOON + seconds),
            "Keys": to_attributes(key_of(image)),
            **{name: to_attributes(item) for name, item in images.items() if item},
            "SequenceNumber": f"{number:021}",
            "StreamViewType": "NEW_AND_OLD_IMAGES",
        },
    }


def event(records: Iterable[Record]) -> dict[str, Any]:
    return {"Records": list(records)}


def deliver(handler: Handler, records: Sequence[Record], *, deliveries: int = 20) -> list[Record]:
    """Delivers records as an event source mapping with `ReportBatchItemFailures` and
    `BisectBatchOnFunctionError` does. Returns those that were given up, which go to the queue of
    failures: alone, after so many deliveries."""
    if not records:
        return []
    for _ in range(deliveries):
        try:
            failures = handler(event(records))["batchItemFailures"]
        except Exception:  # noqa: BLE001 - what the runtime does with whatever a function raises
            if len(records) == 1:
                continue
            middle = len(records) // 2
            first = deliver(handler, records[:middle], deliveries=deliveries)
            return first + deliver(handler, records[middle:], deliveries=deliveries)
        if not failures:
            return []
        numbers = [each["dynamodb"]["SequenceNumber"] for each in records]
        stopped = min(numbers.index(each["itemIdentifier"]) for each in failures)
        records = records[stopped:]
    first, *rest = records
    return [first, *deliver(handler, rest, deliveries=deliveries)]


def everything_in(table: Table) -> Iterator[Item]:
    for page in table.client.get_paginator("scan").paginate(TableName=table.name):
        yield from map(from_attributes, page["Items"])


class Stream:
    """What the streams of tables say of what was done since the last look, at first since this
    was made, or since they were as `seen`: of each item the difference, as if it had been written
    once."""

    def __init__(self, *tables: Table, seen: dict[tuple[str, ...], Item] | None = None) -> None:
        self.tables = tables
        self.seen = self._content() if seen is None else seen

    def records(self) -> list[Record]:
        before, after = self.seen, self._content()
        self.seen = after
        return [
            record(key[0], before.get(key), after.get(key))
            for key in sorted({*before, *after})
            if before.get(key) != after.get(key)
        ]

    def _content(self) -> dict[tuple[str, ...], Item]:
        return {
            (table.name, *key_of(item).values()): item
            for table in self.tables
            for item in everything_in(table)
        }
