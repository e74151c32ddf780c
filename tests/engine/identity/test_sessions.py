from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from stockwarden import bootstrap
from stockwarden.core.errors import Unauthenticated
from stockwarden.identity.sessions import Sessions
from stockwarden.storage import clients


@pytest.fixture
def sessions(aws, clock):
    return Sessions(bootstrap.users_table(), timedelta(days=30), clock)


def test_a_token_is_good_once(sessions):
    first = sessions.start("ana")
    session = sessions.of(first.refresh_token)
    assert (session.id, session.username) == (first.session_id, "ana")
    second = sessions.rotate(session, first.refresh_token)
    assert second.session_id == first.session_id
    third = sessions.rotate(sessions.of(second.refresh_token), second.refresh_token)
    assert len({first.refresh_token, second.refresh_token, third.refresh_token}) == 3


@pytest.mark.parametrize("steps", [1, 2, 30])
def test_any_spent_token_ends_the_session(sessions, steps):
    first = current = sessions.start("ana")
    for _ in range(steps):
        current = sessions.rotate(sessions.of(current.refresh_token), current.refresh_token)
    with pytest.raises(Unauthenticated, match="used before"):
        sessions.rotate(sessions.of(first.refresh_token), first.refresh_token)
    with pytest.raises(Unauthenticated):
        sessions.of(current.refresh_token)


def changed(token, place):
    other = "A" if token[place] != "A" else "B"
    return token[:place] + other + token[place + 1 :]


def test_made_up_tokens_end_nothing(sessions):
    opened = sessions.start("ana")
    token = opened.refresh_token
    session_id, nonce, proof = token.split(".")
    forged = [
        "",
        "x",
        session_id,
        f"{session_id}.{nonce}",
        f"{session_id}.{nonce}.{proof}.",
        f"{session_id}.{nonce}.{'A' * 22}",
        f"{session_id}.{'A' * 43}.{proof}",
        f"ses_{'0' * 26}.{nonce}.{proof}",
        token.upper(),
        token + "\n",
        *(changed(token, place) for place in range(-66, 0) if token[place] != "."),
    ]
    for guess in forged:
        with pytest.raises(Unauthenticated):
            sessions.of(guess)
    sessions.rotate(sessions.of(token), token)


def test_two_at_once_cannot_both_win(sessions, one_call_at_a_time):
    token = sessions.start("ana").refresh_token
    seen = [sessions.of(token) for _ in range(8)]

    def rotate(session):
        try:
            return sessions.rotate(session, token)
        except Unauthenticated:
            return None

    with ThreadPoolExecutor(8) as pool:
        won = [opened for opened in pool.map(rotate, seen) if opened]
    assert len(won) == 1
    with pytest.raises(Unauthenticated):
        sessions.of(won[0].refresh_token)


def test_an_ended_session_cannot_be_revived(sessions):
    opened = sessions.start("ana")
    session = sessions.of(opened.refresh_token)
    sessions.end(session.id)
    with pytest.raises(Unauthenticated):
        sessions.rotate(session, opened.refresh_token)
    assert clients.dynamodb().scan(TableName="UsersTable")["Count"] == 0


def test_life_is_counted_from_the_last_refresh(sessions, clock):
    first = sessions.start("ana")
    clock.forward(days=29)
    second = sessions.rotate(sessions.of(first.refresh_token), first.refresh_token)
    clock.forward(days=29)
    sessions.of(second.refresh_token)
    clock.forward(days=1)
    with pytest.raises(Unauthenticated):
        sessions.of(second.refresh_token)


def test_the_table_holds_no_token(sessions):
    token = sessions.start("ana").refresh_token
    stored = str(clients.dynamodb().scan(TableName="UsersTable")["Items"])
    _, nonce, proof = token.split(".")
    assert nonce not in stored and proof not in stored
    assert token not in repr(sessions.of(token))
