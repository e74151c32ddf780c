"""AWS in this process: moto, with the tables, bucket and queues that template.yaml defines."""

import json
import os
import pkgutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import boto3
from moto import mock_aws

from stockwarden import bootstrap
from stockwarden.storage import clients
from tests.support import moto_speed
from tests.support.saved import REGION, Saved, restore, save
from tools import template

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = {
    "USERS_TABLE": "UsersTable",
    "REPORTS_TABLE": "ReportsTable",
    "ANOMALIES_TABLE": "AnomaliesTable",
    "IDEMPOTENCY_TABLE": "IdempotencyTable",
    "AUDIT_TABLE": "AuditTable",
    "OPERATIONS_TABLE": "OperationsTable",
    "CATALOG_TABLE": "CatalogTable",
    "STOCK_TABLE": "StockTable",
    "PROJECTIONS_TABLE": "ProjectionsTable",
    "AUDIT_HEADS_BUCKET": "stockwarden-test-audit-heads",
    "BUCKET": "stockwarden-test",
    "TOKEN_SECRET_ID": "token-secret",
    "TOKEN_ISSUER": "stockwarden-test",
    "REGISTRATION": "open",
}
_QUEUES = {
    "ANALYSIS_QUEUE_URL": "analysis",
    "JOBS_QUEUE_URL": "jobs.fifo",
    "DEAD_LETTERS_URL": "analysis-dead-letters",
    "JOB_DEAD_LETTERS_URL": "job-dead-letters.fifo",
}
_QUEUE_URLS = {
    variable: f"https://sqs.{REGION}.amazonaws.com/123456789012/{name}"
    for variable, name in _QUEUES.items()
}
_CREDENTIALS = {
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "AWS_SESSION_TOKEN": "testing",
    "AWS_DEFAULT_REGION": REGION,
    "AWS_REGION": REGION,
    "POWERTOOLS_METRICS_NAMESPACE": "Stockwarden",
    "POWERTOOLS_SERVICE_NAME": "test",
}


def table_definition(logical_id: str) -> dict[str, Any]:
    """The template's table properties that CreateTable accepts."""
    properties = template.load()["Resources"][logical_id]["Properties"]
    names = ("KeySchema", "AttributeDefinitions", "GlobalSecondaryIndexes")
    return {name: properties[name] for name in names if name in properties}


@contextmanager
def cloud() -> Iterator[dict[str, str]]:
    """A fresh, empty account. Yields a function's environment variables."""
    environment = {**_CREDENTIALS, **ENVIRONMENT, **_QUEUE_URLS}
    before = {name: os.environ.get(name) for name in environment}
    os.environ.update(environment)
    forget()
    moto_speed.apply()
    try:
        with mock_aws():
            boto3.DEFAULT_SESSION = _session()  # moto puts back what was there
            renew()
            yield environment
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
        forget()


def renew() -> None:
    """Empties the account that `cloud` created."""
    restore(_fresh())


@cache
def _fresh() -> Saved:
    """The content of an empty account, created once per process."""
    _make_tables(*(name for name in ENVIRONMENT.values() if name.endswith("Table")))
    s3 = boto3.client("s3")
    configuration: Any = {"LocationConstraint": REGION}
    for bucket in (ENVIRONMENT["BUCKET"], ENVIRONMENT["AUDIT_HEADS_BUCKET"]):
        s3.create_bucket(Bucket=bucket, CreateBucketConfiguration=configuration)
        s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    secret = {"kid": "test-1", "key": "k" * 64}
    boto3.client("secretsmanager").create_secret(
        Name=ENVIRONMENT["TOKEN_SECRET_ID"], SecretString=json.dumps(secret)
    )
    for variable, name in _QUEUES.items():
        kind: Any = {"FifoQueue": "true"} if name.endswith(".fifo") else {}
        url = boto3.client("sqs").create_queue(QueueName=name, Attributes=kind)["QueueUrl"]
        assert url == _QUEUE_URLS[variable]
    return save()


@cache
def _session() -> boto3.Session:
    """One boto3 session for all tests: it loads megabytes of service descriptions."""
    return boto3.Session()


def _make_tables(*names: str) -> None:
    dynamodb = boto3.client("dynamodb")
    for name in names:
        dynamodb.create_table(
            TableName=name, BillingMode="PAY_PER_REQUEST", **table_definition(name)
        )


def forget_reports() -> None:
    """Empties the tables of reports and anomalies. moto scans all items in each query, which
    slows down tests with hundreds of analyses."""
    names = ("ReportsTable", "AnomaliesTable")
    for name in names:
        clients.dynamodb().delete_table(TableName=name)
    _make_tables(*names)


def forget() -> None:
    """Drops cached clients and services: a test starts as a new sandbox."""
    for client in (
        clients.dynamodb,
        clients.s3,
        clients.sqs,
        clients.secrets_manager,
        clients.kms,
        clients.ses,
    ):
        client.cache_clear()
    forget_services()


def forget_services() -> None:
    """Drops cached services, which hold data of the account; clients hold none."""
    for module_info in pkgutil.iter_modules(bootstrap.__path__, f"{bootstrap.__name__}."):
        # Only the roots that are loaded already: the others hold nothing, and may load pandas.
        module = sys.modules.get(module_info.name)
        for factory in vars(module).values() if module else ():
            clear = getattr(factory, "cache_clear", None)
            if clear:
                clear()
