"""Settings and stores: tables, the bucket and the queues.

The authorizer, whose start every request waits for, uses a table alone: what the others need is
imported on first use.
"""

from functools import cache
from typing import TYPE_CHECKING

from stockwarden.core.config import Settings
from stockwarden.storage import clients
from stockwarden.storage.tables import Table

if TYPE_CHECKING:
    from stockwarden.storage.objects import Objects
    from stockwarden.storage.queues import FifoQueue, Queue


@cache
def settings() -> Settings:
    return Settings.from_environment()


@cache
def users_table() -> Table:
    return Table(clients.dynamodb(), settings().users_table)


@cache
def reports_table() -> Table:
    return Table(clients.dynamodb(), settings().reports_table)


@cache
def anomalies_table() -> Table:
    return Table(clients.dynamodb(), settings().anomalies_table)


@cache
def audit_table() -> Table:
    return Table(clients.dynamodb(), settings().audit_table)


@cache
def operations_table() -> Table:
    return Table(clients.dynamodb(), settings().operations_table)


@cache
def catalog_table() -> Table:
    return Table(clients.dynamodb(), settings().catalog_table)


@cache
def stock_table() -> Table:
    return Table(clients.dynamodb(), settings().stock_table)


@cache
def projections_table() -> Table:
    return Table(clients.dynamodb(), settings().projections_table)


@cache
def objects() -> "Objects":
    from stockwarden.storage.objects import Objects

    return Objects(clients.s3(), settings().bucket)


@cache
def analysis_queue() -> "Queue":
    from stockwarden.storage.queues import Queue

    return Queue(clients.sqs(), settings().analysis_queue_url)


@cache
def jobs_queue() -> "FifoQueue":
    from stockwarden.storage.queues import FifoQueue

    return FifoQueue(clients.sqs(), settings().jobs_queue_url)
