"""Computes the DynamoDB capacity units of calls from their items; emulators do not.

    with measure(clients.dynamodb()) as units:
        service.login(…)
    assert units.reads <= 3 and units.writes <= 4

Rules: AWS, "DynamoDB read and write operations". A read is 4 KB, half if eventually consistent,
double in a transaction; a write is 1 KB of the larger of old and new, double in a transaction,
plus what it changes in each index, never doubled: indexes follow after the commit; a condition
that fails costs as much as the write.
"""

import math
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

Attributes = Mapping[str, Any]


@dataclass
class Units:
    """Totals, and one entry `(operation, reads, writes)` for each call in `calls`."""

    reads: float = 0
    writes: float = 0
    calls: list[tuple[str, float, float]] = field(default_factory=list)

    def add(self, operation: str, reads: float, writes: float) -> None:
        self.reads += reads
        self.writes += writes
        self.calls.append((operation, reads, writes))


@contextmanager
def measure(client: Any) -> Iterator[Units]:
    """Counts every call of this boto3 DynamoDB client until the block ends. One thread."""
    meter = _Meter(client)
    before_call, after_call = "before-parameter-build.dynamodb", "after-call.dynamodb"
    client.meta.events.register_first(before_call, meter.before_call, unique_id="capacity-before")
    client.meta.events.register_first(after_call, meter.after_call, unique_id="capacity-after")
    try:
        yield meter.units
    finally:
        client.meta.events.unregister(before_call, unique_id="capacity-before")
        client.meta.events.unregister(after_call, unique_id="capacity-after")


def size(item: Attributes) -> int:
    """Bytes of an item in DynamoDB's JSON form, names included."""
    return sum(len(name.encode()) + _value_size(value) for name, value in item.items())


def _value_size(attribute: Attributes) -> int:
    ((kind, value),) = attribute.items()
    match kind:
        case "S":
            return len(value.encode())
        case "N":
            digits = value.lstrip("-").replace(".", "").strip("0")
            return math.ceil(len(digits) / 2) + 1 + value.startswith("-")
        case "B":
            return len(value)
        case "SS" | "NS":
            return sum(len(entry.encode()) for entry in value)
        case "L":
            return 3 + sum(1 + _value_size(entry) for entry in value)
        case "M":
            return 3 + size(value) + len(value)
        case _:
            return 1


def _read_units(size_in_bytes: int, *, consistent: bool) -> float:
    return max(1, math.ceil(size_in_bytes / 4096)) * (1 if consistent else 0.5)


def _write_units(*versions: Attributes | None) -> int:
    largest = max(size(version) if version else 0 for version in versions)
    return max(1, math.ceil(largest / 1024))


class _Meter:
    def __init__(self, client: Any) -> None:
        self.units = Units()
        self._client = client
        self._tables: dict[str, Any] = {}
        self._asking = False

    def before_call(self, params: Any, model: Any, context: dict[str, Any], **_: Any) -> None:
        if self._asking:
            return
        keys = self._written(model.name, params)
        old = [(table, key, self._item(table, key)) for table, key in keys]
        context["capacity"] = (params, old)

    def after_call(self, parsed: Any, model: Any, context: dict[str, Any], **_: Any) -> None:
        if "capacity" not in context:
            return
        params, old = context.pop("capacity")
        reads = self._reads(model.name, params, parsed)
        factor = 2 if model.name == "TransactWriteItems" else 1
        writes = sum(
            self._cost_of_write(table, item, self._item(table, key), factor)
            for table, key, item in old
        )
        self.units.add(model.name, reads, writes)

    def _reads(self, operation: str, params: Any, parsed: Any) -> float:
        match operation:
            case "GetItem":
                consistent = params.get("ConsistentRead", False)
                return _read_units(size(parsed.get("Item", {})), consistent=consistent)
            case "BatchGetItem":
                total = 0.0
                for table, request in params["RequestItems"].items():
                    items = parsed.get("Responses", {}).get(table, [])
                    consistent = request.get("ConsistentRead", False)
                    sizes = [size(item) for item in items]
                    sizes += [0] * (len(request["Keys"]) - len(items))
                    total += sum(_read_units(entry, consistent=consistent) for entry in sizes)
                return total
            case "TransactGetItems":
                return sum(
                    2 * _read_units(size(response.get("Item", {})), consistent=True)
                    for response in parsed["Responses"]
                )
            case "Query" | "Scan":
                examined = self._examined(operation, params, parsed)
                consistent = params.get("ConsistentRead", False)
                return _read_units(sum(map(size, examined)), consistent=consistent)
            case _:
                return 0

    def _examined(self, operation: str, params: Any, parsed: Any) -> list[Attributes]:
        """The items that were read, including those a filter drops, which are charged too."""
        if not {"FilterExpression", "ProjectionExpression", "Select"} & set(params):
            return list(parsed.get("Items", []))
        bare = dict(params)
        text = str(bare.pop("FilterExpression", "")) + str(bare.pop("ProjectionExpression", ""))
        bare.pop("Select", None)
        key_condition = str(bare.get("KeyConditionExpression", ""))
        for group in ("ExpressionAttributeNames", "ExpressionAttributeValues"):
            values = {
                k: v for k, v in bare.pop(group, {}).items() if k in key_condition or k not in text
            }
            if values:
                bare[group] = values
        with self._unmetered():
            call = self._client.query if operation == "Query" else self._client.scan
            items: list[Attributes] = call(**bare)["Items"]
        return items

    def _written(self, operation: str, params: Any) -> list[tuple[str, Attributes]]:
        match operation:
            case "PutItem":
                return [(params["TableName"], self._key(params["TableName"], params["Item"]))]
            case "UpdateItem" | "DeleteItem":
                return [(params["TableName"], params["Key"])]
            case "TransactWriteItems":
                keys = []
                for entry in params["TransactItems"]:
                    ((_, request),) = entry.items()
                    table = request["TableName"]
                    keys.append((table, request.get("Key") or self._key(table, request["Item"])))
                return keys
            case "BatchWriteItem":
                return [
                    (table, self._batch_key(table, write_request))
                    for table, requests in params["RequestItems"].items()
                    for write_request in requests
                ]
            case _:
                return []

    def _batch_key(self, table: str, request: Any) -> Attributes:
        if "PutRequest" in request:
            return self._key(table, request["PutRequest"]["Item"])
        key: Attributes = request["DeleteRequest"]["Key"]
        return key

    def _cost_of_write(
        self, table: str, old: Attributes | None, new: Attributes | None, factor: int
    ) -> int:
        total = _write_units(old, new) * factor
        for index in self._description(table).get("GlobalSecondaryIndexes", []):
            before, after = self._projected(table, index, old), self._projected(table, index, new)
            if before == after:
                continue
            keys = [entry["AttributeName"] for entry in index["KeySchema"]]
            moved = before and after and any(before[name] != after[name] for name in keys)
            total += (
                _write_units(before) + _write_units(after) if moved else _write_units(before, after)
            )
        return total

    def _projected(self, table: str, index: Any, item: Attributes | None) -> Attributes | None:
        keys = [entry["AttributeName"] for entry in index["KeySchema"]]
        if item is None or any(name not in item for name in keys):
            return None
        projection = index["Projection"]
        if projection["ProjectionType"] == "ALL":
            return item
        names = {*keys, *self._key_names(table), *projection.get("NonKeyAttributes", [])}
        return {name: value for name, value in item.items() if name in names}

    def _item(self, table: str, key: Attributes) -> Attributes | None:
        with self._unmetered():
            answer = self._client.get_item(TableName=table, Key=key, ConsistentRead=True)
        item: Attributes | None = answer.get("Item")
        return item

    def _key(self, table: str, item: Attributes) -> Attributes:
        return {name: item[name] for name in self._key_names(table)}

    def _key_names(self, table: str) -> list[str]:
        return [entry["AttributeName"] for entry in self._description(table)["KeySchema"]]

    def _description(self, table: str) -> Any:
        if table not in self._tables:
            with self._unmetered():
                answer = self._client.describe_table(TableName=table)
            self._tables[table] = answer["Table"]
        return self._tables[table]

    @contextmanager
    def _unmetered(self) -> Iterator[None]:
        outer, self._asking = self._asking, True
        try:
            yield
        finally:
            self._asking = outer
