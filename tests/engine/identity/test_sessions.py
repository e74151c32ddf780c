from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from stockwarden.bootstrap import stores
from stockwarden.core.errors import Unauthenticated
from stockwarden.identity.sessions import SessionRepository
from stockwarden.storage import clients


@pytest.fixture
def sessions(aws, clock):
    return SessionRepository(stores.users_table(), timedelta(days=30), clock)


def test_a_refresh_token_can_be_used_once(sessions):
    first = sessions.start("ana")
    session = sessions.find_session(first.refresh_token)
    assert (session.id, session.username) == (first.session_id, "ana")
    second = sessions.rotate(session, first.refresh_token)
    assert second.session_id == first.session_id
    third = sessions.rotate(sessions.find_session(second.refresh_token), second.refresh_token)
    assert len({first.refresh_token, second.refresh_token, third.refresh_token}) == 3


@pytest.mark.parametrize("steps", [1, 2, 30])
def test_any_spent_token_ends_the_session(sessions, steps):
    first = current = sessions.start("ana")
    for _ in range(steps):
        current = sessions.rotate(
            sessions.find_session(current.refresh_token), current.refresh_token
        )
    with pytest.raises(Unauthenticated, match="used before"):
        sessions.rotate(sessions.find_session(first.refresh_token), first.refresh_token)
    with pytest.raises(Unauthenticated):
        sessions.find_session(current.refresh_token)


DEVICE, OTHER_DEVICE = "a tablet at dock 4", "somebody else's laptop"


def refreshed(sessions, token, device=DEVICE):
    return sessions.rotate(sessions.find_session(token), token, device).refresh_token


def ended(sessions, token):
    try:
        sessions.find_session(token)
    except Unauthenticated:
        return True
    return False


@pytest.mark.parametrize("seconds", [0, 1, 59])
def test_a_device_may_repeat_a_refresh_within_a_minute(sessions, clock, seconds):
    """The response was lost, or another tab of the device refreshed at the same time."""
    first = sessions.start("ana").refresh_token
    second = refreshed(sessions, first)
    clock.forward(seconds=seconds)
    assert second != first
    assert refreshed(sessions, first) == second
    assert refreshed(sessions, second) == second
    assert refreshed(sessions, first) == second


@pytest.mark.parametrize(
    ("seconds", "device"),
    [(0, OTHER_DEVICE), (0, None), (60, DEVICE), (86_400, DEVICE)],
    ids=["another device", "no device", "a minute later", "a day later"],
)
def test_asking_again_is_for_the_same_device_and_soon(sessions, clock, seconds, device):
    first = sessions.start("ana").refresh_token
    second = refreshed(sessions, first)
    clock.forward(seconds=seconds)
    with pytest.raises(Unauthenticated, match="used before"):
        refreshed(sessions, first, device)
    assert ended(sessions, second)


def test_only_the_newest_spent_token_may_be_sent_again(sessions, clock):
    first = sessions.start("ana").refresh_token
    second = refreshed(sessions, first)
    clock.forward(seconds=60)
    third = refreshed(sessions, second)
    assert len({first, second, third}) == 3
    with pytest.raises(Unauthenticated, match="used before"):
        refreshed(sessions, first)
    assert ended(sessions, third)


def test_a_refresh_without_a_device_is_strict_from_then_on(sessions):
    first = sessions.start("ana").refresh_token
    second = refreshed(sessions, first)
    third = refreshed(sessions, second, None)
    with pytest.raises(Unauthenticated, match="used before"):
        refreshed(sessions, second)
    assert ended(sessions, third)


def test_concurrent_refreshes_of_one_device_get_the_same_token(sessions, one_call_at_a_time):
    token = sessions.start("ana").refresh_token
    views = [sessions.find_session(token) for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        opened = list(pool.map(lambda session: sessions.rotate(session, token, DEVICE), views))
    assert len({session.refresh_token for session in opened}) == 1
    assert not ended(sessions, opened[0].refresh_token)


def changed(token, index):
    other = "A" if token[index] != "A" else "B"
    return token[:index] + other + token[index + 1 :]


def test_forged_tokens_end_no_session(sessions):
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
        *(changed(token, index) for index in range(-66, 0) if token[index] != "."),
    ]
    for forged_token in forged:
        with pytest.raises(Unauthenticated):
            sessions.find_session(forged_token)
    sessions.rotate(sessions.find_session(token), token)


def test_of_two_concurrent_refreshes_one_fails(sessions, one_call_at_a_time):
    token = sessions.start("ana").refresh_token
    views = [sessions.find_session(token) for _ in range(8)]

    def rotate(session):
        try:
            return sessions.rotate(session, token)
        except Unauthenticated:
            return None

    with ThreadPoolExecutor(8) as pool:
        won = [opened for opened in pool.map(rotate, views) if opened]
    assert len(won) == 1
    with pytest.raises(Unauthenticated):
        sessions.find_session(won[0].refresh_token)


def test_an_ended_session_cannot_be_revived(sessions):
    opened = sessions.start("ana")
    session = sessions.find_session(opened.refresh_token)
    sessions.end(session.id)
    with pytest.raises(Unauthenticated):
        sessions.rotate(session, opened.refresh_token)
    assert clients.dynamodb().scan(TableName="UsersTable")["Count"] == 0


def test_the_lifetime_starts_at_the_last_refresh(sessions, clock):
    first = sessions.start("ana")
    clock.forward(days=29)
    second = sessions.rotate(sessions.find_session(first.refresh_token), first.refresh_token)
    clock.forward(days=29)
    sessions.find_session(second.refresh_token)
    clock.forward(days=1)
    with pytest.raises(Unauthenticated):
        sessions.find_session(second.refresh_token)


@pytest.mark.parametrize("device", [None, DEVICE])
def test_no_token_is_stored(sessions, device):
    token = refreshed(sessions, sessions.start("ana").refresh_token, device)
    stored = str(clients.dynamodb().scan(TableName="UsersTable")["Items"])
    _, nonce, proof = token.split(".")
    assert nonce not in stored and proof not in stored and DEVICE not in stored
    assert token not in repr(sessions.find_session(token))
