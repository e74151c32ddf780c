"""A forgotten password: the link of an e-mail, for one use and a short time."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from stockwarden.bootstrap import repositories, stores
from stockwarden.bootstrap.auth import password_service
from stockwarden.bootstrap.authorizer import gatekeeper
from stockwarden.core.errors import Invalid, Unauthenticated
from stockwarden.storage import clients
from stockwarden.storage.tables import write
from tests.functions.auth.conftest import PASSWORD
from tests.support.capacity import measure
from tests.support.failing import BUSY, fail_every_call, refusal
from tests.support.problems import problem
from tests.support.reports import deliver, queued

FORGOT, RESET = "/auth/password/forgot", "/auth/password/reset"
EMAIL, NEW = "Ana@Example.com", "seven green forklifts"


@pytest.fixture
def ana(post, mailbox):
    """Registers Ana with an address; returns her credentials."""
    credentials = {"username": "Ana.Lopez", "password": PASSWORD}
    assert post("/auth/register", json={**credentials, "email": EMAIL}).status == 201
    mailbox.read()
    return credentials


@pytest.fixture
def token(post, ana, mailbox):
    """The token of a mail that Ana asked for."""
    assert post(FORGOT, json={"username": "ana.lopez"}).status == 202
    (mail,) = mailbox.read()
    return mail.token


@pytest.mark.parametrize(
    "login", [{"username": "ANA.lopez"}, {"username": "ana@example.com"}, {"email": EMAIL}]
)
def test_the_link_is_mailed_and_sets_a_password(post, ana, mailbox, login):
    signed_in = post("/auth/login", json=ana)
    assert post(FORGOT, json=login).status == 202
    (mail,) = mailbox.read()
    assert (mail.to, mail.subject) == (EMAIL, "Choose a new Stockwarden password")
    assert "the account Ana.Lopez" in mail.text
    answer = post(RESET, json={"token": mail.token, "password": NEW})
    assert (answer.status, answer.body) == (204, "")
    with pytest.raises(Unauthenticated):
        gatekeeper().admit(signed_in.json["token"])
    problem(post("/auth/login", json=ana), 401)
    assert post("/auth/login", json={**ana, "password": NEW}).status == 200
    assert [mail.subject for mail in mailbox.read()] == ["Your Stockwarden password was changed"]


NOBODIES = [
    {"username": "nobody-here"},
    {"email": "nobody@example.com"},
    {"username": "no such/user#x"},
    {"username": "\ufdfa" * 256},
    {"email": "\ufdfa" * 200 + "@example.com"},
    {"email": ""},
]


@pytest.mark.parametrize("login", NOBODIES)
def test_known_and_unknown_get_the_same_answer(post, ana, mailbox, login):
    known = post(FORGOT, json={"username": "ana.lopez"})
    answer = post(FORGOT, json=login)
    assert (answer.status, answer.json) == (known.status, known.json) == (202, known.json)
    assert [mail.to for mail in mailbox.read()] == [EMAIL]


def test_known_and_unknown_make_the_same_calls(post, ana):
    def calls(login, address):
        with measure(clients.dynamodb()) as units:
            assert post(FORGOT, json=login, address=address).status == 202
        assert len(queued()) == 1
        return [name for name, _, _ in units.calls]

    known = calls({"username": "ana.lopez"}, "192.0.2.1")
    assert calls({"username": "nobody-here"}, "192.0.2.2") == known
    assert calls({"email": EMAIL}, "192.0.2.3") == known
    assert calls({"email": "nobody@example.com"}, "192.0.2.4") == known


def test_a_token_is_for_one_use(post, token):
    assert post(RESET, json={"token": token, "password": NEW}).status == 204
    again = problem(post(RESET, json={"token": token, "password": "nine yellow ladders"}), 422)
    assert again["errors"] == [
        {"pointer": "/token", "detail": "This link is no longer valid; ask for a new one."}
    ]


def test_of_two_uses_at_once_one_succeeds(token, one_call_at_a_time):
    def use(color):
        try:
            password_service().reset(token, f"{color} forklifts")
        except Invalid as refusal:
            return refusal.errors[0].pointer
        return "done"

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(use, ("seven", "eight"))) == ["/token", "done"]


@pytest.mark.parametrize("weak", ["short", "password123", "ana.lopez is me", "x" * 200])
def test_a_weak_password_is_refused_with_the_reason_and_the_link_stays(post, token, weak):
    (error,) = problem(post(RESET, json={"token": token, "password": weak}), 422)["errors"]
    assert error["pointer"] == "/password" and len(error["detail"]) > 20
    assert post(RESET, json={"token": token, "password": NEW}).status == 204


@pytest.mark.parametrize("text", ["", "x", "A" * 43, "A" * 256, "é" * 43])
def test_a_token_that_is_none(post, ana, text):
    (error,) = problem(post(RESET, json={"token": text, "password": NEW}), 422)["errors"]
    assert error["pointer"] == "/token"


def test_an_old_link_ends_with_any_change_of_the_password(post, ana, mailbox):
    for _ in range(2):
        assert post(FORGOT, json={"email": EMAIL}).status == 202
    first, second = (mail.token for mail in mailbox.read())
    assert post(RESET, json={"token": second, "password": NEW}).status == 204
    problem(post(RESET, json={"token": first, "password": "nine yellow ladders"}), 422)


def stored_tokens():
    items = stores.users_table().client.scan(TableName="UsersTable")["Items"]
    return [item for item in items if item.get("purpose") == {"S": "reset-password"}]


def test_a_link_expires_after_half_an_hour(post, token):
    (item,) = stored_tokens()
    key = {name: item[name]["S"] for name in ("pk", "sk")}
    write(
        stores.users_table().update(
            key,
            "SET #expires_at_epoch = #expires_at_epoch - :halfhour",
            halfhour=1800,
        )
    )
    problem(post(RESET, json={"token": token, "password": NEW}), 422)


def test_only_the_digest_of_a_token_is_stored(token):
    (item,) = stored_tokens()
    assert token not in str(item)


def test_a_disabled_account_gets_no_mail_and_its_links_end(post, token, mailbox):
    repositories.user_repository().change_standing("ana.lopez", disabled=True)
    problem(post(RESET, json={"token": token, "password": NEW}), 422)
    assert post(FORGOT, json={"email": EMAIL}).status == 202
    assert mailbox.read() == []


@pytest.mark.parametrize("email", [EMAIL, "nobody@example.com"])
def test_an_account_is_asked_for_three_times_at_once(post, ana, mailbox, email):
    answers = [post(FORGOT, json={"email": email}, address=f"192.0.2.{n}").status for n in range(4)]
    assert answers == [202] * 3 + [429]
    assert len(mailbox.read()) == (3 if email == EMAIL else 0)


def test_an_address_asks_twenty_times_at_once(post, ana):
    answers = [post(FORGOT, json={"username": f"user-{n}"}) for n in range(21)]
    assert [answer.status for answer in answers] == [202] * 20 + [429]
    assert int(answers[-1].headers["retry-after"]) > 0


@pytest.mark.parametrize("error", [*BUSY["ses"], refusal("AccessDenied", 403)])
@pytest.mark.usefixtures("ana")
def test_a_mail_that_cannot_be_sent_is_tried_again(post, mailbox, monkeypatch, caplog, error):
    assert post(FORGOT, json={"email": EMAIL}).status == 202
    (order,) = queued()
    with monkeypatch.context() as patch:
        fail_every_call(patch, error, "ses")
        assert len(deliver(order)) == 1
    assert "it will be retried" in caplog.text
    assert deliver(order) == []
    assert [mail.to for mail in mailbox.read()] == [EMAIL]


def test_a_queue_that_is_down_promises_no_mail(post, ana, monkeypatch):
    fail_every_call(monkeypatch, BUSY["sqs"][0], "sqs")
    for login in ({"email": EMAIL}, {"email": "nobody@example.com"}):
        problem(post(FORGOT, json=login), 503)


def test_a_stack_without_a_sender_answers_the_same(post, configure):
    credentials = {"username": "ana", "password": PASSWORD, "email": EMAIL}
    assert post("/auth/register", json=credentials).status == 201
    assert post(FORGOT, json={"email": EMAIL}).status == 202
    assert queued() == []


def test_exactly_one_of_name_and_address(post):
    for body in ({}, {"username": "ana", "email": EMAIL}):
        problem(post(FORGOT, json=body), 422)
