"""The calls of a movement without the code around them: a read, and a transaction as large."""

import secrets
from collections.abc import Callable, Sequence
from typing import Any

from stockwarden.storage.keys import stock as keys

_NOTED = keys.item_stock(f"item_{1:026}").pk


class BareMovement:
    """Sends the calls of a movement as they are, about other items; conditions on what was there
    are left out. `move` makes the movement whose calls are noted, of the first item."""

    def __init__(self, client: Any, move: Callable[[], object]) -> None:
        self.client = client
        reads, transactions = list[Any](), list[Any]()
        noted = {
            "BatchGetItem": lambda params, **_: reads.append(params["RequestItems"]),
            "TransactWriteItems": lambda params, **_: transactions.append(params["TransactItems"]),
        }
        for name, note in noted.items():
            client.meta.events.register(f"provide-client-params.dynamodb.{name}", note)
        move()
        for name, note in noted.items():
            client.meta.events.unregister(f"provide-client-params.dynamodb.{name}", note)
        (self.keys,), (self.actions,) = reads, transactions

    def read_and_write(self, item_ids: Sequence[str], number: int) -> None:
        item = keys.item_stock(item_ids[number % len(item_ids)]).pk
        requests = {
            table: {**request, "Keys": [_of_item(key, item) for key in request["Keys"]]}
            for table, request in self.keys.items()
        }
        self.client.batch_get_item(RequestItems=requests)
        self.write(item_ids, number)

    def write(self, item_ids: Sequence[str], number: int) -> None:
        item = keys.item_stock(item_ids[number % len(item_ids)]).pk
        actions = [_without_conditions(action, item) for action in self.actions]
        self.client.transact_write_items(TransactItems=actions)

    def write_all(self, item_ids: Sequence[str], most: int) -> None:
        """A movement of each of the items, in as few transactions as `most` actions allow; what is
        not of an item stands in each transaction once."""
        own = [action for action in self.actions if _is_of_item(action)]
        shared = [action for action in self.actions if not _is_of_item(action)]
        together = (most - len(shared)) // len(own)
        for start in range(0, len(item_ids), together):
            actions = [_without_conditions(action, "") for action in shared]
            for item_id in item_ids[start : start + together]:
                item = keys.item_stock(item_id).pk
                actions += [_without_conditions(action, item) for action in own]
            self.client.transact_write_items(TransactItems=actions)


def _is_of_item(action: Any) -> bool:
    ((_, request),) = action.items()
    return bool(request.get("Key", request.get("Item"))["pk"]["S"] == _NOTED)


def _of_item(key: Any, item: str) -> Any:
    return {**key, "pk": {"S": item}} if key["pk"]["S"] == _NOTED else key


def _without_conditions(action: Any, item: str) -> Any:
    """The action about an item. Its record is new, unless it is the balance."""
    ((kind, request),) = action.items()
    if kind == "Put":
        record = _of_item(request["Item"], item)
        if keys.record_in({"sk": record["sk"]["S"]}) != "BALANCE":
            record = {**record, "sk": {"S": secrets.token_hex(13)}}
        return {kind: {"TableName": request["TableName"], "Item": record}}
    change, given = request["UpdateExpression"], request["ExpressionAttributeValues"]
    names = request["ExpressionAttributeNames"]
    return {
        kind: {
            "TableName": request["TableName"],
            "Key": _of_item(request["Key"], item),
            "UpdateExpression": change,
            "ExpressionAttributeValues": {
                name: value for name, value in given.items() if name in change
            },
            "ExpressionAttributeNames": {
                name: text for name, text in names.items() if name in change
            },
        }
    }
