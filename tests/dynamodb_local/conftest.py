"""DynamoDB Local, the reference for transactions, streams and capacity units, for a whole run.

In memory, on a free port of loopback, and ended with the tests. `make test-dynamodb` gets it.
"""

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.config import Config

from stockwarden.storage import clients
from tests.support.aws import ROOT, cloud, table_definition
from tools.template import resources

FOLDER = ROOT / ".local" / "env" / "dynamodb"
_SERVER = Path(__file__).with_name("LoopbackServer.java")


@pytest.fixture(scope="session")
def endpoint() -> Iterator[str]:
    command = ["java", "-Xmx512m", f"-Djava.library.path={FOLDER / 'DynamoDBLocal_lib'}"]
    classes = f"{FOLDER / 'DynamoDBLocal.jar'}:{FOLDER / 'DynamoDBLocal_lib'}/*"
    server = subprocess.Popen(
        [*command, "-cp", classes, str(_SERVER)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=FOLDER,
    )
    assert server.stdout
    try:
        yield f"http://127.0.0.1:{int(server.stdout.readline())}"
    finally:
        server.terminate()
        server.wait(10)
        server.stdout.close()


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
    dynamodb = aws_client("dynamodb")
    definition = table_definition("UsersTable")
    dynamodb.create_table(TableName="UsersTable", BillingMode="PAY_PER_REQUEST", **definition)
    yield "UsersTable"
    dynamodb.delete_table(TableName="UsersTable")


@pytest.fixture
def catalog_table(aws_client: Any) -> Iterator[str]:
    """The name of an empty catalog table, as the template defines it."""
    dynamodb = aws_client("dynamodb")
    definition = table_definition("CatalogTable")
    dynamodb.create_table(TableName="CatalogTable", BillingMode="PAY_PER_REQUEST", **definition)
    yield "CatalogTable"
    dynamodb.delete_table(TableName="CatalogTable")


@pytest.fixture
def ledger_tables(aws_client: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Empty tables of the ledger, as the template defines them, for the stores of the engine."""
    dynamodb = aws_client("dynamodb")
    names = ["StockTable", "CatalogTable", "AuditTable"]
    for name in names:
        definition = table_definition(name)
        dynamodb.create_table(TableName=name, BillingMode="PAY_PER_REQUEST", **definition)
    with monkeypatch.context() as patch:
        patch.setattr(clients, "dynamodb", lambda: dynamodb)
        yield
    for name in names:
        dynamodb.delete_table(TableName=name)
