"""DynamoDB Local as a process: in memory, on a free port of loopback, for as long as it is used.

`make test-dynamodb` gets it.
"""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.support.aws import ROOT, table_definition

FOLDER = ROOT / ".local" / "env" / "dynamodb"
_SERVER = Path(__file__).with_name("LoopbackServer.java")


@contextmanager
def running() -> Iterator[str]:
    """The address of a server."""
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


@contextmanager
def tables(dynamodb: Any, *names: str) -> Iterator[None]:
    """Empty tables, as the template defines them, without streams."""
    for name in names:
        definition = table_definition(name)
        dynamodb.create_table(TableName=name, BillingMode="PAY_PER_REQUEST", **definition)
    try:
        yield
    finally:
        for name in names:
            dynamodb.delete_table(TableName=name)
