"""Accesses DynamoDB: get, query by page, conditional and transactional writes, batches.

Every write goes through `write`: one operation is one conditional call, several are one
transaction. In expressions, `#name` stands for the attribute `name` and `:name` for the keyword
argument of that name; both maps are derived from the expression.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from stockwarden.core.errors import StockwardenError, Unavailable
from stockwarden.storage.attributes import Item, from_attributes, to_attributes
from stockwarden.storage.clients import reachable
from stockwarden.storage.keys import KeyRange
from stockwarden.storage.retries import Backoff, retried

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

BATCH_WRITE_LIMIT = 25
BATCH_GET_LIMIT = 100
# About 10 s in total.
_TRIES, _BACKOFF = 12, Backoff(first=0.02, longest=2.0)
_DATABASE = "The database"
_NAME = re.compile(r"#(\w+)")
T = TypeVar("T")


class ConditionFailed(StockwardenError):
    """A condition (`when`) was false. `failed` holds the positions of its operations."""

    def __init__(self, failed: frozenset[int]) -> None:
        super().__init__("The stored item is no longer as expected.")
        self.failed = failed


@dataclass(frozen=True)
class Operation:
    """A write to be executed by `write`. Created by `Table.put/update/delete/check`."""

    kind: Literal["Put", "Update", "Delete", "ConditionCheck"]
    request: Mapping[str, Any]
    client: "DynamoDBClient" = field(repr=False, compare=False)


@dataclass(frozen=True)
class Page:
    """Items in key order; `last_key` is where the next page starts, None at the end."""

    items: list[Item]
    last_key: Item | None


class Table:
    """A DynamoDB table. Every method raises Unavailable for transient failures."""

    def __init__(self, client: "DynamoDBClient", name: str) -> None:
        self.client = client
        self.name = name

    def get(
        self, key: Item, *, consistent: bool = False, attributes: Sequence[str] = ()
    ) -> Item | None:
        """The item; of `attributes`, if given, only these."""
        wanted = ", ".join(f"#{name}" for name in attributes)
        only: Any = {"ProjectionExpression": wanted, **_placeholders(wanted, {})} if wanted else {}
        with reachable(_DATABASE):
            answer = self.client.get_item(
                TableName=self.name, Key=to_attributes(key), ConsistentRead=consistent, **only
            )
        return from_attributes(answer["Item"]) if "Item" in answer else None

    def get_many(self, keys: Sequence[Item], *, consistent: bool = False) -> list[Item]:
        """The items that exist, in the order of `keys`."""
        by_key: dict[tuple[Any, ...], Item] = {}
        for start in range(0, len(keys), BATCH_GET_LIMIT):
            batch: Any = [to_attributes(key) for key in keys[start : start + BATCH_GET_LIMIT]]
            for attributes in self._read(batch, consistent=consistent):
                item = from_attributes(attributes)
                by_key[tuple(item[name] for name in keys[start])] = item
        ordered = (by_key.get(tuple(key.values())) for key in keys)
        return [item for item in ordered if item is not None]

    def _read(self, keys: list[Any], *, consistent: bool) -> list[Any]:
        """The attributes of at most `BATCH_GET_LIMIT` items."""
        pending, items = keys, list[Any]()

        def read() -> None:
            nonlocal pending
            request: Any = {self.name: {"Keys": pending, "ConsistentRead": consistent}}
            with reachable(_DATABASE):
                answer: Any = self.client.batch_get_item(RequestItems=request)
            items.extend(answer["Responses"].get(self.name, []))
            pending = answer["UnprocessedKeys"].get(self.name, {}).get("Keys", [])
            if pending:
                raise _Unfinished

        _with_retries(read, _TOO_BUSY)
        return items

    def query(
        self,
        key: str | KeyRange,
        *,
        index: str | None = None,
        where: str | None = None,
        limit: int | None = None,
        start: Item | None = None,
        newest_first: bool = False,
        consistent: bool = False,
        **values: Any,
    ) -> Page:
        """One call: the items of a key range, or those that match a key condition.

        `limit` bounds the items examined, so `where` may leave fewer.
        """
        if isinstance(key, KeyRange):
            values = key.values | values
            key = key.condition
        request: dict[str, Any] = {
            "TableName": self.name,
            "KeyConditionExpression": key,
            "ScanIndexForward": not newest_first,
            **_placeholders(f"{key} {where or ''}", values),
        }
        if index:
            request["IndexName"] = index
        if consistent:
            request["ConsistentRead"] = True
        if where:
            request["FilterExpression"] = where
        if limit:
            request["Limit"] = limit
        if start:
            request["ExclusiveStartKey"] = to_attributes(start)
        with reachable(_DATABASE):
            answer = self.client.query(**request)
        last = answer.get("LastEvaluatedKey")
        return Page(
            [from_attributes(item) for item in answer["Items"]],
            from_attributes(last) if last else None,
        )

    def query_all(
        self, key: str | KeyRange, *, index: str | None = None, **values: Any
    ) -> Iterator[Item]:
        """Every item under a key, page after page. Not for a request path."""
        start: Item | None = None
        while True:
            page = self.query(key, index=index, start=start, **values)
            yield from page.items
            start = page.last_key
            if start is None:
                return

    def put(self, item: Item, *, when: str | None = None, **values: Any) -> Operation:
        request = {"Item": to_attributes(item), **_condition(when, values)}
        return Operation("Put", {"TableName": self.name, **request}, self.client)

    def update(
        self, key: Item, change: str, *, when: str | None = None, **values: Any
    ) -> Operation:
        request = {
            "TableName": self.name,
            "Key": to_attributes(key),
            "UpdateExpression": change,
            **({"ConditionExpression": when} if when else {}),
            **_placeholders(f"{change} {when or ''}", values),
        }
        return Operation("Update", request, self.client)

    def delete(self, key: Item, *, when: str | None = None, **values: Any) -> Operation:
        request = {"Key": to_attributes(key), **_condition(when, values)}
        return Operation("Delete", {"TableName": self.name, **request}, self.client)

    def check(self, key: Item, when: str, **values: Any) -> Operation:
        """Makes the other writes of a transaction conditional on this item."""
        request = {"Key": to_attributes(key), **_condition(when, values)}
        return Operation("ConditionCheck", {"TableName": self.name, **request}, self.client)

    def put_all(self, items: Iterable[Item]) -> None:
        """Puts items unconditionally, in batches; unprocessed ones are sent again."""
        self._batches({"PutRequest": {"Item": to_attributes(item)}} for item in items)

    def delete_all(self, keys: Iterable[Item]) -> None:
        self._batches({"DeleteRequest": {"Key": to_attributes(key)}} for key in keys)

    def _batches(self, requests: Iterable[Any]) -> None:
        pending: list[Any] = []
        for request in requests:
            pending.append(request)
            if len(pending) == BATCH_WRITE_LIMIT:
                self._batch(pending)
                pending = []
        if pending:
            self._batch(pending)

    def _batch(self, requests: list[Any]) -> None:
        def send() -> None:
            nonlocal requests
            with reachable(_DATABASE):
                answer = self.client.batch_write_item(RequestItems={self.name: requests})
            requests = list(answer["UnprocessedItems"].get(self.name, []))
            if requests:
                raise _Unfinished

        _with_retries(send, _TOO_BUSY)


def write(*operations: Operation, returning: bool = False) -> Item | None:
    """Executes all operations or none. Raises ConditionFailed, and Unavailable if DynamoDB is too
    busy or does not answer: then they may have been executed nevertheless.

    With `returning`, a single update returns the updated item.
    """
    if len(operations) == 1:
        return _with_retries(lambda: _write_one(operations[0], returning=returning), CONTENDED)
    return _with_retries(lambda: _write_together(operations), CONTENDED)


def write_once(*operations: Operation) -> None:
    """Like `write` of several, for whoever reads anew and tries again anyway: what another
    transaction holds counts as changed already, as it is about to be."""
    try:
        _write_together(operations)
    except _Unfinished as held:
        raise ConditionFailed(frozenset()) from held


CONTENDED = "Many people are changing this at once; try again shortly."
_TOO_BUSY = "The database is too busy; try again shortly."
_CONDITION = "ConditionalCheckFailed"
# Another transaction holds an item for milliseconds, or writes are throttled.
_PASSING = {"TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"}


class _Unfinished(Exception):
    """To be sent again: DynamoDB left items unprocessed, or another transaction holds an item."""


def _with_retries(attempt: Callable[[], T], otherwise: str) -> T:
    return retried(
        attempt, on=_Unfinished, tries=_TRIES, otherwise=Unavailable(otherwise), backoff=_BACKOFF
    )


def _write_together(operations: Sequence[Operation]) -> None:
    client = operations[0].client
    items: Any = [{operation.kind: operation.request} for operation in operations]
    try:
        with reachable(_DATABASE):
            client.transact_write_items(TransactItems=items)
    except client.exceptions.TransactionCanceledException as canceled:
        codes = [reason.get("Code") for reason in canceled.response["CancellationReasons"]]
        failed = frozenset(position for position, code in enumerate(codes) if code == _CONDITION)
        if failed:
            raise ConditionFailed(failed) from canceled
        if not _PASSING & set(codes):
            raise
        raise _Unfinished from canceled


@reachable(_DATABASE)
def _write_one(operation: Operation, *, returning: bool) -> Item | None:
    client = operation.client
    try:
        match operation.kind:
            case "Put":
                client.put_item(**operation.request)
            case "Delete":
                client.delete_item(**operation.request)
            case "Update":
                return_values: Any = "ALL_NEW" if returning else "NONE"
                answer = client.update_item(**operation.request, ReturnValues=return_values)
                return from_attributes(answer["Attributes"]) if returning else None
            case "ConditionCheck":
                raise ValueError("a check stands only beside another write")
    except client.exceptions.ConditionalCheckFailedException as failed:
        raise ConditionFailed(frozenset({0})) from failed
    except client.exceptions.TransactionConflictException as held:
        raise _Unfinished from held
    return None


def _condition(when: str | None, values: Mapping[str, Any]) -> dict[str, Any]:
    return {"ConditionExpression": when, **_placeholders(when, values)} if when else {}


def _placeholders(expression: str, values: Mapping[str, Any]) -> dict[str, Any]:
    arguments: dict[str, Any] = {}
    names = {f"#{name}": name for name in _NAME.findall(expression)}
    if names:
        arguments["ExpressionAttributeNames"] = names
    if values:
        arguments["ExpressionAttributeValues"] = {
            f":{name}": value for name, value in to_attributes(values).items()
        }
    return arguments
