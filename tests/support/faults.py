"""One fault in one AWS call of an act, and what is stored afterwards.

    answer, names = calls_of(act)
    for position, fault in faults_of(names):
        with fault_at(position, fault):
            answer = act()
        assert state() in (before, after)

A call can fail before it does anything (`BUSY`), do its work and fail to say so (`LOST`), or do its
work, be repeated by botocore because the answer was lost, and answer to the repetition (`TWICE`).
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import Enum
from typing import Any, TypeVar

import botocore.client
import pytest
from botocore.exceptions import ReadTimeoutError

from stockwarden.bootstrap import stores
from stockwarden.storage import clients
from stockwarden.storage.attributes import from_attributes
from tests.support.failing import BUSY
from tests.support.saved import queued_bodies

T = TypeVar("T")
State = Counter[str]

READS = {
    "BatchGetItem", "GetItem", "GetObject", "GetQueueAttributes", "GetSecretValue", "HeadBucket",
    "HeadObject", "ListObjectsV2", "Query",
}  # fmt: skip
_SERVICE_NAMES = {"secrets-manager": "secretsmanager"}
# Counters of attempts, and answers kept for repeated requests, are no part of what an act changes.
_APART = ("RATE#",)
# What differs between two runs of the same act: ids, times, digests and secrets.
_CHANGING = re.compile(
    r"\b[a-z]{2,8}_[0-9a-f]{26}\b"
    r"|\b\d{4}-\d\d-\d\dT[\d:.]+(?:Z|\+00:00)"
    r"|\btest-[0-9a-f]{12}\b"
    r"|\$argon2[^\"]+"
    r"|\b[A-Za-z0-9_-]{20,}(?:={0,2})"
    r"|\b1\d{9}\b"
    r"|(?<=\"last_step\": )\d+"
)


class Fault(Enum):
    BUSY = "fails before it does anything"
    LOST = "does its work and does not say so"
    TWICE = "is repeated, for its answer was lost"


def calls_of(act: Callable[[], T]) -> tuple[T, list[str]]:
    """The result of an act, and the names of its AWS calls."""
    names: list[str] = []

    def note(client: Any, operation: str, request: Any, call: Any) -> Any:
        names.append(operation)
        return call(client, operation, request)

    with around_every_call(note):
        result = act()
    return result, names


@contextmanager
def fault_at(position: int, fault: Fault) -> Iterator[None]:
    """Lets the call at this position, counted from 0, fail once."""
    count = 0

    def interfere(client: Any, operation: str, request: Any, call: Any) -> Any:
        nonlocal count
        count += 1
        if count != position + 1:
            return call(client, operation, request)
        service = client.meta.service_model.service_name
        if fault is Fault.BUSY:
            raise BUSY[_SERVICE_NAMES.get(service, service)][0]
        answer = call(client, operation, request)
        if fault is Fault.LOST:
            raise ReadTimeoutError(endpoint_url="https://aws.example")
        # Botocore gives a transaction a token, by which AWS knows the repetition.
        return answer if operation == "TransactWriteItems" else call(client, operation, request)

    with around_every_call(interfere):
        yield


class Killed(BaseException):
    """The function ends here."""


@contextmanager
def killed_after(position: int) -> Iterator[None]:
    """Ends the act after its call at this position, counted from 0."""
    count = 0

    def interrupt(client: Any, operation: str, request: Any, call: Any) -> Any:
        nonlocal count
        answer = call(client, operation, request)
        count += 1
        if count == position + 1:
            raise Killed
        return answer

    with around_every_call(interrupt):
        yield


def faults_of(names: list[str]) -> Iterator[tuple[int, Fault]]:
    """Every fault that there can be in these calls. A read that is lost is as one that fails."""
    for position, name in enumerate(names):
        for fault in Fault:
            if fault is Fault.BUSY or name not in READS:
                yield position, fault


def state() -> State:
    """Everything that is stored and queued, without what differs between two runs of one act.

    Messages count once: a queue may deliver them more often anyway.
    """
    items = Counter[str]()
    for table in (
        stores.users_table(),
        stores.reports_table(),
        stores.anomalies_table(),
        stores.audit_table(),
        stores.operations_table(),
        stores.catalog_table(),
        stores.stock_table(),
    ):
        for page in clients.dynamodb().get_paginator("scan").paginate(TableName=table.name):
            for attributes in page["Items"]:
                item = from_attributes(attributes)
                if not str(item["pk"]).startswith(_APART):
                    items[f"{table.name} {_constant(item)}"] += 1
    messages = {f"queue {_constant(json.loads(body))}" for body in queued_bodies()}
    return items + Counter(messages)


def _constant(document: Any) -> str:
    text = json.dumps(document, sort_keys=True, default=sorted)
    return _CHANGING.sub("…", text)


@contextmanager
def around_every_call(around: Callable[[Any, str, Any, Any], Any]) -> Iterator[None]:
    """`around(client, operation, request, call)` answers `call(client, operation, request)`."""
    call = botocore.client.BaseClient._make_api_call

    def patched(client: Any, operation: str, request: Any) -> Any:
        return around(client, operation, request, call)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(botocore.client.BaseClient, "_make_api_call", patched)
        yield
