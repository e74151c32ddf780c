"""The authorizer, as API Gateway calls it."""

import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from botocore.exceptions import ClientError

from authorizer.app import handler
from stockwarden.bootstrap import repositories, stores, tokens
from stockwarden.bootstrap.auth import identity_service
from stockwarden.bootstrap.authorizer import gatekeeper
from stockwarden.identity.sessions import SessionRepository
from stockwarden.storage import clients

ROOT = Path(__file__).resolve().parents[3]
STAGE = "arn:aws:execute-api:eu-west-1:123456789012:abcdef1234/live"
# Returned, not raised: a raised error counts as a failure, and SAM's gateway answers 502.
REFUSAL = {
    "principalId": "nobody",
    "policyDocument": {
        "Version": "2012-10-17",
        "Statement": [
            {"Effect": "Deny", "Action": "execute-api:Invoke", "Resource": f"{STAGE}/*/*"}
        ],
    },
}
EVENT = json.loads((ROOT / "events/authorizer/request.json").read_text(encoding="utf-8"))


@pytest.fixture
def token(aws):
    repositories.user_repository().add("ana", "hash")
    opened = SessionRepository(stores.users_table(), timedelta(days=1)).start("ana")
    return tokens.tokens().issue("ana", "user", opened.session_id)


@pytest.fixture
def authorize():
    def call(headers, **event):
        multi = {name: [value] for name, value in headers.items()}
        return handler({**EVENT, "headers": headers, "multiValueHeaders": multi, **event}, None)

    return call


def test_a_valid_token_is_allowed_on_every_route(token, authorize):
    answer = authorize({"Authorization": f"Bearer {token}"})
    claims = tokens.tokens().verify(token)
    assert answer["principalId"] == "ana"
    (statement,) = answer["policyDocument"]["Statement"]
    assert statement == {
        "Effect": "Allow",
        "Action": "execute-api:Invoke",
        "Resource": f"{STAGE}/*/*",
    }
    assert answer["context"] == {
        "username": "ana",
        "user_id": repositories.user_repository().find("ana").user_id,
        "role": "member",
        "session_id": claims.session_id,
    }
    assert all(isinstance(value, str) for value in answer["context"].values())


@pytest.mark.parametrize("route", ["GET/api/v1/reports", "DELETE/api/v1/reports/r_1", "GET/"])
def test_the_policy_is_the_same_for_every_route(token, authorize, route):
    headers = {"Authorization": f"Bearer {token}"}
    assert authorize(headers, methodArn=f"{STAGE}/{route}") == authorize(headers)


@pytest.mark.parametrize(
    "headers",
    [
        {"authorization": "bearer {token}"},
        {"AUTHORIZATION": "BEARER   {token}"},
        {"Authorization": " Bearer {token} "},
    ],
)
def test_accepted_spellings_of_the_header(token, authorize, headers):
    sent = {name: value.format(token=token) for name, value in headers.items()}
    assert authorize(sent)["principalId"] == "ana"


@pytest.mark.parametrize("form", ["headers", "multiValueHeaders"])
def test_either_form_of_headers(token, form):
    value = f"Bearer {token}"
    event_headers = {"headers": None, "multiValueHeaders": None}
    event_headers[form] = {"Authorization": [value] if form == "multiValueHeaders" else value}
    assert handler({**EVENT, **event_headers}, None)["principalId"] == "ana"


@pytest.mark.parametrize(
    "value",
    [
        None,
        "",
        "Bearer",
        "Bearer ",
        "{token}",
        "Basic {token}",
        "Bearer {token} {token}",
        "Bearer {token},Bearer {token}",
        "Bearer: {token}",
        "Bearer {token}x",
        "Bearer \u00e9",
    ],
)
def test_invalid_headers_are_refused(token, authorize, value):
    headers = {} if value is None else {"Authorization": value.format(token=token)}
    assert authorize(headers) == REFUSAL


def test_two_authorization_headers_are_refused(token, authorize):
    twice = {"Authorization": [f"Bearer {token}", f"Bearer {token}"]}
    assert authorize({}, multiValueHeaders=twice) == REFUSAL


@pytest.mark.parametrize("happens", ["logout", "disabled"])
def test_ended_sessions_and_disabled_users_are_refused(token, authorize, happens):
    if happens == "logout":
        identity_service().logout(token, None)
    else:
        repositories.user_repository().change_standing("ana", disabled=True)
    assert authorize({"Authorization": f"Bearer {token}"}) == REFUSAL


def test_a_database_that_fails_is_not_a_refusal(token, authorize):
    clients.dynamodb().delete_table(TableName="UsersTable")
    with pytest.raises(ClientError):
        authorize({"Authorization": f"Bearer {token}"})


def test_a_secret_that_is_gone_is_not_a_refusal(token, authorize):
    tokens.tokens.cache_clear()
    tokens.token_keys.cache_clear()
    gatekeeper.cache_clear()
    clients.secrets_manager().delete_secret(
        SecretId="token-secret", ForceDeleteWithoutRecovery=True
    )
    with pytest.raises(ClientError):
        authorize({"Authorization": f"Bearer {token}"})


HEAVY = {"boto3", "botocore", "pydantic", "aws_lambda_powertools", "argon2", "pandas", "numpy"}


def test_the_authorizer_imports_no_heavy_modules():
    """Every cold start pays for imports; measured in a separate process."""
    code = "import sys, authorizer.app; print(*{name.split('.')[0] for name in sys.modules})"
    process = subprocess.run(
        [sys.executable, "-c", code],
        env={"PYTHONPATH": f"{ROOT}/functions:{ROOT}/layers/engine"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert not HEAVY & set(process.stdout.split())
