"""Speeds up moto without changing its responses. Call `apply` once, before any AWS call.

moto copies whole tables at each transaction and each item at each query, because it changes items
where they lie. Here an item that is stored is never changed: an update changes a copy and stores
that. So a transaction keeps the tables' dictionaries, a query gives the items themselves, and
`saved.save` keeps an account by its dictionaries. And an attribute value is plain JSON: it needs no
search for the names under which a member of its shape may be found. What is the same for each
request is found out once: the methods of a service, what an update says, who asks.

Its tables are not made for threads: two first items of a partition, written at once, may lose one,
and a transaction that is rolled back takes with it what others wrote meanwhile. So they answer one
request at a time.
"""

import copy
import threading
from functools import cache
from types import SimpleNamespace
from typing import Any

from botocore.auth import SigV4Auth
from botocore.useragent import UserAgentString
from moto import backend_index
from moto.core import responses
from moto.core.serialize import BaseJSONSerializer
from moto.dynamodb.models import DynamoDBBackend, dynamo_type
from moto.dynamodb.models import table as tables
from moto.dynamodb.models.dynamo_type import DynamoType, Item, LimitedSizeDict
from moto.dynamodb.models.table import Table
from moto.dynamodb.parsing.expressions import UpdateExpressionParser
from moto.dynamodb.responses import DynamoHandler
from moto.s3 import models as objects

# The services that the product, its tools and its template use.
_SERVICES = {
    "awslambda", "cloudformation", "cloudwatch", "dynamodb", "events", "iam", "kms", "s3",
    "secretsmanager", "ses", "sns", "sqs", "sts",
}  # fmt: skip
_ITEM_LIMIT = 405_000  # as moto has it
_SCALAR = {"S": str, "N": str, "BOOL": bool, "NULL": bool}


@cache
def apply() -> None:
    _answer_one_request_at_a_time()
    _change_only_copies()
    _copy_no_tables()
    _measure_an_item_once()
    _compare_by_type()
    _answer_attribute_values_as_they_are()
    _list_objects_themselves()
    _know_few_services()
    _parse_an_update_once()
    _sign_nothing_for_tables()


def _answer_one_request_at_a_time() -> None:
    answer, alone = DynamoHandler.call_action, threading.RLock()

    def answer_alone(handler: Any) -> Any:
        with alone:
            return answer(handler)

    DynamoHandler.call_action = answer_alone  # type: ignore[method-assign]


def _change_only_copies() -> None:
    update = DynamoDBBackend.update_item

    def update_a_copy(backend: Any, table_name: str, key: Any, *rest: Any, **named: Any) -> Any:
        table = backend.get_table(table_name)
        hash_key, range_key = backend.get_keys_value(table, key)
        item = table.get_item(hash_key, range_key)
        if item is not None:
            items = table.items[hash_key] if range_key else table.items
            items[range_key or hash_key] = copy.deepcopy(item)
        return update(backend, table_name, key, *rest, **named)

    DynamoDBBackend.update_item = update_a_copy  # type: ignore[method-assign]


def _copy_no_tables() -> None:
    def keep(table: Table, memo: Any) -> Table:
        assert table.stream_shard is None  # its records would not be rolled back
        copied_table = copy.copy(table)
        copied_table.items = copy_of_items(table)
        return copied_table

    Table.__deepcopy__ = keep  # type: ignore[attr-defined]
    # Nothing else is copied in that module, but for backups.
    tables.copy = SimpleNamespace(copy=copy.copy, deepcopy=lambda results: results)  # type: ignore[attr-defined]


def copy_of_items(table: Table) -> Any:
    """A copy of a table's dictionaries that shares the items."""
    items = copy.copy(table.items)
    if table.has_range_key:
        for key, items_of_key in table.items.items():
            items[key] = dict(items_of_key)  # type: ignore[assignment]
    return items


def _measure_an_item_once() -> None:
    """Measures an item's size once; moto measures it again at each attribute."""

    def init(item: Any, hash_key: Any, range_key: Any, attrs: dict[str, Any]) -> None:
        item.hash_key, item.range_key = hash_key, range_key
        item.attrs = LimitedSizeDict()
        for name, value in attrs.items():
            dict.__setitem__(item.attrs, name, DynamoType(value))
        if item.size() > _ITEM_LIMIT:
            raise dynamo_type.ItemSizeTooLarge

    Item.__init__ = init  # type: ignore[method-assign]


def _compare_by_type() -> None:
    slow_value = DynamoType.cast_value.fget  # type: ignore[attr-defined]
    slow_size = DynamoType.size

    def value(self: DynamoType) -> Any:
        return self.value if self.type == "S" else slow_value(self)

    def size(self: DynamoType) -> int:
        if self.type == "S" and self.value.isascii():
            return len(self.value)
        return slow_size(self)

    def equal(self: DynamoType, other: DynamoType) -> bool:
        if self.type != other.type:
            return False
        if self.type == "S":
            return bool(self.value == other.value)
        return bool(slow_value(self) == slow_value(other))

    DynamoType.cast_value = property(value)  # type: ignore[assignment, method-assign]
    DynamoType.size = size  # type: ignore[method-assign]
    DynamoType.__eq__ = equal  # type: ignore[assignment, method-assign]
    DynamoType.__ne__ = lambda self, other: not equal(self, other)  # type: ignore[assignment]


def _answer_attribute_values_as_they_are() -> None:
    serialize = BaseJSONSerializer._serialize_type_structure

    def serialize_structure(self: Any, serialized: Any, value: Any, shape: Any, key: str) -> None:
        if key and shape.name == "AttributeValue" and _is_plain(value):
            self._default_serialize(serialized, value, shape, key)
        else:
            serialize(self, serialized, value, shape, key)

    BaseJSONSerializer._serialize_type_structure = serialize_structure  # type: ignore[method-assign]


def _is_plain(value: Any) -> bool:
    """Whether an attribute value is plain JSON: no bytes and no moto objects."""
    if type(value) is not dict or len(value) != 1:
        return False
    ((kind, content),) = value.items()
    if kind in _SCALAR:
        return type(content) is _SCALAR[kind]
    if kind == "M":
        return all(map(_is_plain, content.values()))
    return kind == "L" and all(map(_is_plain, content))


def _list_objects_themselves() -> None:
    """Lists objects without copying them; moto copies all bytes to mark the latest version."""
    # Nothing else is copied deeply in that module.
    objects.copy = SimpleNamespace(copy=copy.copy, deepcopy=lambda versions: versions)  # type: ignore[attr-defined]


def _know_few_services() -> None:
    """Matches requests against the URLs of few services instead of hundreds; others get 404."""
    addresses = backend_index.backend_url_patterns
    addresses[:] = [address for address in addresses if address[0] in _SERVICES]
    responses.method_names_from_class = cache(responses.method_names_from_class)


def _parse_an_update_once() -> None:
    make = UpdateExpressionParser.make
    # A copy of the parsed expression is validated and executed.
    UpdateExpressionParser.make = cache(make)  # type: ignore[method-assign, assignment]


def _sign_nothing_for_tables() -> None:
    """Skips request signatures, of which moto reads only the key; presigning services keep them."""
    sign = SigV4Auth.add_auth

    def add_auth(self: Any, request: Any) -> None:
        for_moto = self._service_name == "dynamodb" and "amazonaws.com" in request.url
        if self.credentials is None or not for_moto:
            sign(self, request)

    SigV4Auth.add_auth = add_auth  # type: ignore[method-assign]
    UserAgentString.to_string = lambda self: "tests"  # type: ignore[method-assign]
