import json
from datetime import timedelta

import pytest
from botocore.exceptions import ClientError

from stockwarden.bootstrap import repositories, stores
from stockwarden.core.errors import Unauthenticated
from stockwarden.identity.access import Caller, Role
from stockwarden.identity.api_tokens import ApiTokenRepository
from stockwarden.identity.gatekeeper import Gatekeeper
from stockwarden.identity.keys import KeyRing
from stockwarden.identity.sessions import SessionRepository
from stockwarden.identity.tokens import Tokens
from stockwarden.storage import clients
from stockwarden.storage.tables import Table
from tests.support.capacity import measure


class Account:
    """Ana's account with a session; `token` is her access token."""

    def __init__(self, clock):
        table = stores.users_table()
        keys = KeyRing(lambda: json.dumps({"kid": "1", "key": "k" * 32}), clock)
        self.tokens = Tokens(
            keys, issuer="us", audience="api", lifetime=timedelta(hours=1), clock=clock
        )
        self.sessions = SessionRepository(table, timedelta(minutes=30), clock)
        self.users = repositories.user_repository()
        self.users.add("ana", "hash")
        self.users.add("bob", "hash", role=Role.ADMIN)
        self.session_id = self.sessions.start("ana").session_id
        self.token = self.tokens.issue("ana", "user", self.session_id)
        self.keeper = Gatekeeper(table, self.tokens, ApiTokenRepository(table, clock), clock)


@pytest.fixture
def account(aws, clock):
    return Account(clock)


def test_a_valid_token_is_admitted(account):
    assert account.keeper.admit(account.token) == Caller(
        "ana", account.users.find("ana").user_id, Role.MEMBER, account.session_id
    )


def test_the_role_comes_from_the_account_and_not_the_token(account):
    account.users.change_standing("ana", role=Role.ADMIN)
    assert account.keeper.admit(account.token).role == "admin"
    account.users.change_standing("ana", role=Role.MEMBER)
    claimed = account.tokens.issue("ana", "admin", account.session_id)
    assert account.keeper.admit(claimed).role == "member"


@pytest.mark.parametrize(
    "happens",
    [
        lambda account, clock: account.sessions.end(account.session_id),
        lambda account, clock: account.users.change_standing("ana", disabled=True),
        lambda account, clock: clock.forward(minutes=30),
        lambda account, clock: setattr(
            account, "token", account.tokens.issue("bob", "user", account.session_id)
        ),
        lambda account, clock: setattr(
            account, "token", account.tokens.issue("nobody-here", "user", account.session_id)
        ),
        lambda account, clock: setattr(account, "token", account.token[:-1]),
    ],
    ids=["ended", "disabled", "expired", "of another user", "of nobody", "damaged"],
)
def test_ended_sessions_and_disabled_users_are_refused(account, clock, happens):
    happens(account, clock)
    with pytest.raises(Unauthenticated):
        account.keeper.admit(account.token)


def test_a_database_failure_is_not_a_refusal(account):
    missing = Table(clients.dynamodb(), "Missing")
    keeper = Gatekeeper(missing, account.tokens, ApiTokenRepository(missing))
    with pytest.raises(ClientError):
        keeper.admit(account.token)


def test_admission_costs_one_read(account):
    with measure(clients.dynamodb()) as units:
        account.keeper.admit(account.token)
    assert (units.reads, units.writes) == (1, 0)
    with measure(clients.dynamodb()) as units, pytest.raises(Unauthenticated):
        account.keeper.admit(account.token[:-3])
    assert units.calls == []
