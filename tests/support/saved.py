"""Saves and restores an account's content, faster than recreating it through AWS's API.

fresh = save()
…                  # whatever
restore(fresh)     # as often as needed
"""

import copy
import pickle
from dataclasses import dataclass
from typing import Any

from moto.backends import get_backend
from moto.core import DEFAULT_ACCOUNT_ID
from moto.core.base_backend import BackendDict
from moto.core.model_instances import reset_model_data
from moto.dynamodb.models.table import Table
from moto.s3.models import FakeBucket
from moto.sqs.models import Queue

REGION = "eu-west-1"


@dataclass(frozen=True)
class Saved:
    """Everything by name. `objects` are those of each bucket, pickled: moto closes the file that
    holds an object's bytes with every object that it ever made."""

    tables: dict[str, Table]
    buckets: dict[str, FakeBucket]
    objects: dict[str, bytes]
    queues: dict[str, Queue]
    secrets: Any


def save() -> Saved:
    """The tables, buckets, queues and secrets of the account that `aws.cloud` uses."""
    dynamodb, s3, sqs, secrets = _backends()
    assert not any(bucket.multiparts for bucket in s3.buckets.values())
    return Saved(
        # Items are shared, because stored items are never changed in place (moto_speed).
        copy.deepcopy(dynamodb.tables),
        {name: copy.copy(bucket) for name, bucket in s3.buckets.items()},
        {name: pickle.dumps(dict(bucket.keys.lists())) for name, bucket in s3.buckets.items()},
        {name: _copy_of_queue(queue) for name, queue in sqs.queues.items()},
        copy.deepcopy(secrets.secrets),
    )


def restore(saved: Saved) -> None:
    """Restores the saved content and empties all other services."""
    BackendDict.reset()
    reset_model_data()
    dynamodb, s3, sqs, secrets = _backends()
    dynamodb.tables = copy.deepcopy(saved.tables)
    for name, bucket in saved.buckets.items():
        s3.buckets[name] = copy.copy(bucket)
        s3.buckets[name].keys = type(bucket.keys)()
        for key, versions in pickle.loads(saved.objects[name]).items():  # noqa: S301
            s3.buckets[name].keys.setlist(key, versions)
        get_backend("s3").bucket_accounts[name] = (bucket.partition, bucket.account_id)
    sqs.queues = {name: _copy_of_queue(queue) for name, queue in saved.queues.items()}
    secrets.secrets = copy.deepcopy(saved.secrets)


def _backends() -> tuple[Any, Any, Any, Any]:
    regions = {"dynamodb": REGION, "s3": "aws", "sqs": REGION, "secretsmanager": REGION}
    dynamodb, s3, sqs, secrets = (
        get_backend(service)[DEFAULT_ACCOUNT_ID][region]  # type: ignore[call-overload]
        for service, region in regions.items()
    )
    return dynamodb, s3, sqs, secrets


def _copy_of_queue(queue: Queue) -> Queue:
    copied = copy.copy(queue)
    messages = {id(message): copy.copy(message) for message in queue._messages}
    copied._messages = list(messages.values())
    copied._pending_messages = {
        messages[id(message)] for message in queue._pending_messages if id(message) in messages
    }
    copied.deleted_messages = set(queue.deleted_messages)
    return copied


def queued_bodies() -> list[str]:
    """The bodies of the messages in all queues, also of those that are being handled."""
    sqs = _backends()[2]
    return [message.body for queue in sqs.queues.values() for message in queue._messages]
