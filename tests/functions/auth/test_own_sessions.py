"""The sessions of an account: listed with where they began, ended one by one or all others."""

import pytest

from stockwarden.bootstrap import repositories, stores
from stockwarden.bootstrap.authorizer import gatekeeper
from stockwarden.core.errors import Unauthenticated
from stockwarden.identity.sessions import MAX_USER_AGENT
from stockwarden.storage.keys import users as keys
from stockwarden.storage.tables import write
from tests.functions.auth.conftest import PASSWORD
from tests.support.capacity import measure
from tests.support.problems import problem

PATH = "/users/me/sessions"


def is_admitted(signed_in):
    try:
        gatekeeper().admit(signed_in.json["token"])
    except Unauthenticated:
        return False
    return True


def refreshed(post, signed_in):
    return post("/auth/refresh", json={"refresh_token": signed_in.json["refresh_token"]})


def listed(me, signed_in, **query):
    answer = me("GET", PATH, signed_in, query=query)
    assert answer.status == 200, answer.body
    return answer.json


def test_where_and_when(post, ana, me):
    agents = ({"User-Agent": "Firefox on Linux"}, {"user-agent": "curl"}, {})
    answers = [
        post("/auth/login", json=ana, headers=headers, address=f"192.0.2.{n}")
        for n, headers in enumerate(agents)
    ]
    sessions = listed(me, answers[1])["sessions"]
    assert [(entry["address"], entry["user_agent"], entry["current"]) for entry in sessions] == [
        ("192.0.2.2", "", False),
        ("192.0.2.1", "curl", True),
        ("192.0.2.0", "Firefox on Linux", False),
    ]
    assert {entry["refreshed_at"] for entry in sessions} == {None}
    refreshed(post, answers[0])
    last = listed(me, answers[1])["sessions"][-1]
    assert last["refreshed_at"] >= last["created_at"]


def test_what_a_client_calls_itself_is_cut_and_shown_safely(post, ana, me):
    hostile = "\u202etxt.exe\u0000" + "x" * 5000
    signed_in = post("/auth/login", json=ana, headers={"User-Agent": hostile})
    (session,) = listed(me, signed_in)["sessions"]
    assert session["user_agent"].startswith("[U+202E]txt.exe[U+0000]xxx")
    assert len(session["user_agent"]) < MAX_USER_AGENT + 20


def test_one_is_ended(post, ana, me):
    here, there = (post("/auth/login", json=ana) for _ in range(2))
    (other,) = [entry for entry in listed(me, here)["sessions"] if not entry["current"]]
    assert me("DELETE", f"{PATH}/{other['id']}", here).status == 204
    assert is_admitted(here) and not is_admitted(there)
    problem(refreshed(post, there), 401)
    assert [entry["current"] for entry in listed(me, here)["sessions"]] == [True]
    problem(me("DELETE", f"{PATH}/{other['id']}", here), 404)


def test_the_current_one_may_be_ended_too(ana, me, signed_in):
    (session,) = listed(me, signed_in)["sessions"]
    assert me("DELETE", f"{PATH}/{session['id']}", signed_in).status == 204
    assert not is_admitted(signed_in)


def test_a_session_of_somebody_else_is_not_there(post, ana, me, signed_in):
    post("/auth/register", json={"username": "bob", "password": PASSWORD})
    bob = post("/auth/login", json={"username": "bob", "password": PASSWORD})
    (session,) = listed(me, signed_in)["sessions"]
    for wrong in (session["id"], "no~id", "x" * 3000):
        problem(me("DELETE", f"{PATH}/{wrong}", bob), 404)
    assert is_admitted(signed_in)
    assert len(listed(me, bob)["sessions"]) == 1


def test_all_others_are_ended_by_one_write(post, ana, me):
    others = [post("/auth/login", json=ana) for _ in range(5)]
    here = post("/auth/login", json=ana)
    with measure(stores.users_table().client) as units:
        assert me("DELETE", PATH, here).status == 204
    assert [name for name, _, _ in units.calls] == ["BatchGetItem", "TransactWriteItems"]
    assert is_admitted(here) and not any(map(is_admitted, others))
    assert [refreshed(post, other).status for other in others] == [401] * 5
    assert [entry["current"] for entry in listed(me, here)["sessions"]] == [True]
    later, here_again = post("/auth/login", json=ana), refreshed(post, here)
    assert is_admitted(later) and is_admitted(here_again)
    # Who was kept before is kept no longer.
    assert me("DELETE", PATH, later).status == 204
    assert is_admitted(later) and not is_admitted(here_again)


def test_a_sign_in_that_read_the_account_before_is_ended_too(post, ana, monkeypatch):
    """Its session is stored after all others have been ended, with an old password perhaps."""
    from stockwarden.identity.sessions import SessionRepository

    start = SessionRepository.start

    def slow(*arguments, **named):
        repositories.user_repository().end_sessions("ana.lopez")
        return start(*arguments, **named)

    monkeypatch.setattr(SessionRepository, "start", slow)
    late = post("/auth/login", json=ana)
    assert late.status == 200
    assert not is_admitted(late)
    problem(refreshed(post, late), 401)


def test_everywhere_at_once_ends_api_tokens_too(post, ana, me, signed_in):
    order = {"name": "WMS", "scopes": ["reports:read"], "expires_at": "2027-06-01T00:00:00Z"}
    token = me("POST", "/users/me/tokens", signed_in, json=order).json["token"]
    assert me("DELETE", PATH, signed_in).status == 204
    assert gatekeeper().admit(token).username == "ana.lopez"
    repositories.user_repository().end_sessions("ana.lopez", api_tokens=True)
    with pytest.raises(Unauthenticated):
        gatekeeper().admit(token)
    assert not is_admitted(signed_in)
    again = post("/auth/login", json=ana)
    assert me("GET", "/users/me/tokens", again).json["tokens"] == []
    new = me("POST", "/users/me/tokens", again, json=order).json["token"]
    assert gatekeeper().admit(new).username == "ana.lopez"


def test_pages(post, ana, me):
    signed_in = [post("/auth/login", json=ana) for _ in range(3)][-1]
    first = listed(me, signed_in, limit=2)
    second = listed(me, signed_in, limit=2, cursor=first["next_cursor"])
    ids = [entry["id"] for page in (first, second) for entry in page["sessions"]]
    assert len(ids) == len(set(ids)) == 3
    assert second["next_cursor"] is None


def test_an_expired_session_is_not_listed(post, ana, me, signed_in):
    old = gatekeeper().admit(signed_in.json["token"]).session_id
    item = stores.users_table().get(keys.session(old))
    write(stores.users_table().put({**item, "expires_at_epoch": 1}))
    (session,) = listed(me, post("/auth/login", json=ana))["sessions"]
    assert session["id"] != old


def test_a_session_of_an_earlier_release_goes_on_and_is_listed_once_refreshed(post, me, signed_in):
    key = keys.session(gatekeeper().admit(signed_in.json["token"]).session_id)
    item = stores.users_table().get(key)
    new = {"directory", "listed", "id", "sign_outs", "address", "user_agent"}
    write(
        stores.users_table().put({name: value for name, value in item.items() if name not in new})
    )
    assert listed(me, signed_in)["sessions"] == []
    (session,) = listed(me, refreshed(post, signed_in))["sessions"]
    assert (session["current"], session["address"]) == (True, "")
    repositories.user_repository().end_sessions("ana.lopez")
    assert not is_admitted(signed_in)
