import json
from datetime import timedelta

import pytest
from botocore.exceptions import ClientError

from stockwarden.bootstrap import repositories, stores
from stockwarden.core.errors import Unauthenticated
from stockwarden.identity.access import Caller, Role
from stockwarden.identity.gatekeeper import Gatekeeper
from stockwarden.identity.keys import KeyRing
from stockwarden.identity.sessions import SessionRepository
from stockwarden.identity.tokens import Tokens
from stockwarden.storage import clients
from stockwarden.storage.tables import Table
from tests.support.capacity import measure


class Door:
    """Ana has an account and a session; `token` is hers."""

    def __init__(self, clock):
        table = stores.users_table()
        keys = KeyRing(lambda: json.dumps({"kid": "1", "key": "k" * 32}), clock)
        self.tokens = Tokens(
            keys, issuer="us", audience="api", lifetime=timedelta(hours=1), clock=clock
        )
        self.sessions = SessionRepository(table, timedelta(minutes=30), clock)
        self.users = repositories.user_repository()
        self.users.add("ana", "hash")
        self.users.add("bob", "hash")
        self.session_id = self.sessions.start("ana").session_id
        self.token = self.tokens.issue("ana", "user", self.session_id)
        self.keeper = Gatekeeper(table, self.tokens, clock)


@pytest.fixture
def door(aws, clock):
    return Door(clock)


def test_a_valid_token_is_admitted(door):
    assert door.keeper.admit(door.token) == Caller("ana", "user", door.session_id)


def test_the_role_comes_from_the_account_and_not_the_token(door):
    door.users.set_role("ana", Role.ADMIN)
    assert door.keeper.admit(door.token).role == "admin"
    door.users.set_role("ana", Role.USER)
    claimed = door.tokens.issue("ana", "admin", door.session_id)
    assert door.keeper.admit(claimed).role == "user"


@pytest.mark.parametrize(
    "happens",
    [
        lambda door, clock: door.sessions.end(door.session_id),
        lambda door, clock: door.users.set_disabled("ana", True),
        lambda door, clock: clock.forward(minutes=30),
        lambda door, clock: setattr(
            door, "token", door.tokens.issue("bob", "user", door.session_id)
        ),
        lambda door, clock: setattr(
            door, "token", door.tokens.issue("nobody-here", "user", door.session_id)
        ),
        lambda door, clock: setattr(door, "token", door.token[:-1]),
    ],
    ids=["ended", "disabled", "expired", "of another user", "of nobody", "damaged"],
)
def test_ended_sessions_and_disabled_users_are_refused(door, clock, happens):
    happens(door, clock)
    with pytest.raises(Unauthenticated):
        door.keeper.admit(door.token)


def test_a_database_failure_is_not_a_refusal(door):
    keeper = Gatekeeper(Table(clients.dynamodb(), "Missing"), door.tokens)
    with pytest.raises(ClientError):
        keeper.admit(door.token)


def test_admission_costs_one_read(door):
    with measure(clients.dynamodb()) as units:
        door.keeper.admit(door.token)
    assert (units.reads, units.writes) == (1, 0)
    with measure(clients.dynamodb()) as units, pytest.raises(Unauthenticated):
        door.keeper.admit(door.token[:-3])
    assert units.calls == []
