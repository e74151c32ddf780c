"""Every forged bearer token, as API Gateway gives it to the authorizer: none is let in."""

import json
from datetime import UTC, datetime, timedelta
from functools import cache

import pytest

from authorizer.app import handler
from stockwarden.bootstrap import repositories, stores, tokens
from stockwarden.identity.api_tokens import ApiTokenRepository
from stockwarden.identity.sessions import SessionRepository
from stockwarden.storage import clients
from tests.support.aws import ENVIRONMENT, forget_services
from tests.support.forged_tokens import FORGERIES, ONLY_IN_CODE, SECRET, Forge, Genuine
from tests.support.saved import Saved, restore, save
from tools.template import ROOT

EVENT = json.loads((ROOT / "events/authorizer/request.json").read_text(encoding="utf-8"))
SENT = {name: forge for name, forge in FORGERIES.items() if name not in ONLY_IN_CODE}


@cache
def _company() -> tuple[Genuine, Saved]:
    """Accounts with sessions and API tokens, built once per process."""
    clients.secrets_manager().put_secret_value(
        SecretId=ENVIRONMENT["TOKEN_SECRET_ID"], SecretString=json.dumps(SECRET)
    )
    forget_services()
    users = repositories.user_repository()
    sessions = SessionRepository(stores.users_table(), timedelta(days=1))
    for name in ("ana", "bob", "closed"):
        users.add(name, "no password")
    ids = {name: sessions.start(name).session_id for name in ("ana", "bob", "closed")}
    ended = sessions.start("ana").session_id
    sessions.end(ended)
    users.change_standing("closed", disabled=True)
    api_tokens = ApiTokenRepository(stores.users_table())
    until = datetime.now(UTC) + timedelta(days=7)
    texts = [api_tokens.add("ana", "WMS", ["reports:read"], None, until)[1] for _ in range(2)]
    genuine = Genuine(
        tokens.tokens().issue("ana", "member", ids["ana"]),
        *texts,
        other_session=ids["bob"],
        ended_session=ended,
        disabled=("closed", ids["closed"]),
    )
    return genuine, save()


@pytest.fixture
def genuine(aws: object) -> Genuine:
    genuine, saved = _company()
    restore(saved)
    forget_services()
    return genuine


def effect(token: str) -> str:
    headers = {"Authorization": f"Bearer {token}"}
    multi = {name: [value] for name, value in headers.items()}
    answer = handler({**EVENT, "headers": headers, "multiValueHeaders": multi}, None)
    (statement,) = answer["policyDocument"]["Statement"]
    assert ("context" in answer) == (statement["Effect"] == "Allow")
    return str(statement["Effect"])


def test_the_genuine_ones_are_let_in(genuine: Genuine) -> None:
    """So that each refusal below has the cause that its name says."""
    for token in (genuine.access_token, genuine.api_token, genuine.other_api_token):
        assert effect(token) == "Allow"


@pytest.mark.parametrize("forge", SENT.values(), ids=SENT)
def test_a_forged_token_is_refused(genuine: Genuine, forge: Forge) -> None:
    assert effect(forge(genuine)) == "Deny"


def test_there_are_a_hundred_at_least() -> None:
    assert len(SENT) >= 100
