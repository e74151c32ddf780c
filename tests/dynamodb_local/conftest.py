"""DynamoDB Local, the reference for transactions, streams and capacity units, for a whole run."""

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.config import Config

from stockwarden.storage import clients
from tests.dynamodb_local.server import running, tables
from tests.support.aws import cloud, table_definition
from tools.template import resources

LEDGER = ("StockTable", "CatalogTable", "AuditTable")


@pytest.fixture(scope="session")
def endpoint() -> Iterator[str]:
    with running() as address:
        yield address


@pytest.fixture
def aws_client(endpoint: str) -> Iterator[Any]:
    """Makes clients of DynamoDB Local by the name of the service. S3 and KMS are moto's."""
    with cloud():
        configuration = Config(max_pool_connections=64, retries={"total_max_attempts": 1})
        made: list[Any] = []

        def make(service: str) -> Any:
            client: Any = boto3.client  # type: ignore[assignment]
            made.append(client(service, endpoint_url=endpoint, config=configuration))
            return made[-1]

        yield make
        for client in made:
            client.close()


@pytest.fixture
def audit_table(aws_client: Any) -> Iterator[str]:
    """The name of an empty audit table, as the template defines it, with its stream."""
    dynamodb = aws_client("dynamodb")
    properties = resources("AWS::DynamoDB::Table")["AuditTable"]["Properties"]
    stream = {"StreamEnabled": True, **properties["StreamSpecification"]}
    dynamodb.create_table(
        TableName="AuditTable",
        BillingMode="PAY_PER_REQUEST",
        StreamSpecification=stream,
        **table_definition("AuditTable"),
    )
    yield "AuditTable"
    dynamodb.delete_table(TableName="AuditTable")


@pytest.fixture
def users_table(aws_client: Any) -> Iterator[str]:
    """The name of an empty users table, as the template defines it."""
    with tables(aws_client("dynamodb"), "UsersTable"):
        yield "UsersTable"


@pytest.fixture
def catalog_table(aws_client: Any) -> Iterator[str]:
    """The name of an empty catalog table, as the template defines it."""
    with tables(aws_client("dynamodb"), "CatalogTable"):
        yield "CatalogTable"


@pytest.fixture
def ledger_client(aws_client: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The client of the stores of the engine, whose tables are `LEDGER`; there are none yet."""
    dynamodb = aws_client("dynamodb")
    with monkeypatch.context() as patch:
        patch.setattr(clients, "dynamodb", lambda: dynamodb)
        yield dynamodb


@pytest.fixture
def ledger_tables(ledger_client: Any) -> Iterator[None]:
    """Empty tables of the ledger, for the stores of the engine."""
    with tables(ledger_client, *LEDGER):
        yield
