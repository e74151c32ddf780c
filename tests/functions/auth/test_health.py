import json
from functools import partial

import pytest

from stockwarden.storage import clients
from tests.support.gateway import call
from tests.support.problems import problem


@pytest.fixture
def get(aws):
    from auth.app import handler

    return partial(call, handler, "GET")


def test_healthy(get):
    response = get("/health")
    assert (response.status, response.json) == (200, {"status": "healthy", "version": "0.1.0"})


def test_ready(get):
    response = get("/health/ready")
    assert (response.status, response.json) == (200, {"status": "ready"})


def no_table():
    clients.dynamodb().delete_table(TableName="UsersTable")


def no_bucket():
    clients.s3().delete_bucket(Bucket="stockwarden-test")


def no_secret():
    clients.secrets_manager().delete_secret(
        SecretId="token-secret", ForceDeleteWithoutRecovery=True
    )


def secret_out_of_shape():
    clients.secrets_manager().put_secret_value(
        SecretId="token-secret", SecretString=json.dumps({"kid": "1", "key": "hunter2"})
    )


@pytest.mark.parametrize(
    ("broken", "named"),
    [
        ([no_table], "database"),
        ([no_bucket], "files"),
        ([no_secret], "secret"),
        ([secret_out_of_shape], "secret"),
        ([no_table, no_bucket, no_secret], "database, files, secret"),
    ],
)
def test_not_ready(get, broken, named):
    for happens in broken:
        happens()
    response = get("/health/ready")
    assert problem(response, 503)["detail"] == f"Not ready: {named}."
    for inside in ("UsersTable", "stockwarden-test", "token-secret", "hunter2", "arn:", "Error"):
        assert inside not in response.body
    assert get("/health").status == 200
