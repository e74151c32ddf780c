"""The composition root: builds services from settings, once per sandbox.

Imports stand inside the factories, so that a function pays only for what it uses.
"""

from functools import cache
from typing import TYPE_CHECKING

from stockwarden.core.settings import Settings

if TYPE_CHECKING:
    from stockwarden.storage.objects import Objects
    from stockwarden.storage.queues import Queue
    from stockwarden.storage.tables import Table


@cache
def settings() -> Settings:
    return Settings.from_environment()


@cache
def users_table() -> "Table":
    return _table(settings().users_table)


@cache
def reports_table() -> "Table":
    return _table(settings().reports_table)


@cache
def anomalies_table() -> "Table":
    return _table(settings().anomalies_table)


def _table(name: str) -> "Table":
    from stockwarden.storage import clients
    from stockwarden.storage.tables import Table

    return Table(clients.dynamodb(), name)


@cache
def objects() -> "Objects":
    from stockwarden.storage import clients
    from stockwarden.storage.objects import Objects

    return Objects(clients.s3(), settings().bucket)


@cache
def analysis_queue() -> "Queue":
    from stockwarden.storage import clients
    from stockwarden.storage.queues import Queue

    return Queue(clients.sqs(), settings().analysis_queue_url)
