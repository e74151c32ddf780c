"""The own profile, and e-mail addresses that are the account's once they are verified."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from stockwarden.bootstrap import repositories
from stockwarden.bootstrap.auth import profile_service
from stockwarden.core.errors import Invalid
from tests.functions.auth.conftest import PASSWORD
from tests.support.failing import BUSY, fail_every_call
from tests.support.problems import problem
from tests.support.reports import queued

PATH, VERIFY = "/users/me", "/auth/email/verify"
FIRST, SECOND = "ana@example.com", "Ana.Lopez@example.org"


@pytest.fixture
def registered(post, mailbox):
    """`registered(name, …)` registers an account with more fields, and signs in to it."""

    def register(name, **more):
        credentials = {"username": name, "password": PASSWORD}
        assert post("/auth/register", json={**credentials, **more}).status == 201
        return post("/auth/login", json=credentials)

    return register


@pytest.fixture
def verified(post, mailbox, registered):
    """Ana, signed in, with a verified address."""
    ana = registered("Ana.Lopez", email=FIRST)
    (mail,) = mailbox.read()
    assert post(VERIFY, json={"token": mail.token}).status == 200
    return ana


def login_by(post, email):
    return post("/auth/login", json={"email": email, "password": PASSWORD}).status


def test_a_profile(me, registered):
    answer = me("GET", PATH, registered("Ana.Lopez", email=FIRST))
    assert answer.version == 1
    profile = answer.json
    created_at = profile.pop("created_at")
    assert created_at.startswith("20") and created_at.endswith("Z")
    assert profile == {
        "username": "Ana.Lopez",
        "name": None,
        "email": FIRST,
        "email_verified": False,
        "pending_email": None,
        "role": "member",
        "language": None,
        "otp_enabled": False,
        "notifications": {
            "report_ready": {"page": True, "mail": False},
            "report_question": {"page": True, "mail": True},
            "report_failed": {"page": True, "mail": True},
            "assignment": {"page": True},
            "mention": {"page": True},
        },
        "version": 1,
    }


def test_name_and_language(me, mailbox, registered):
    ana = registered("ana")
    changed = me("PATCH", PATH, ana, json={"name": " Ana López ", "language": "es"})
    assert (changed.status, changed.version) == (200, 2)
    assert (changed.json["name"], changed.json["language"]) == ("Ana López", "es")
    same = me("PATCH", PATH, ana, json={"name": "Ana López"})
    assert same.json == changed.json
    removed = me("PATCH", PATH, ana, json={"name": None}, headers={"If-Match": '"2"'})
    assert (removed.json["name"], removed.json["language"]) == (None, "es")
    problem(me("PATCH", PATH, ana, json={"name": "x"}, headers={"If-Match": '"2"'}), 412)
    assert me("GET", PATH, ana).json == removed.json


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"name": ""}, "/name"),
        ({"name": "x" * 81}, "/name"),
        ({"name": "Ana\u202e"}, "/name"),
        ({"language": "de"}, "/language"),
        ({"email": "nowhere"}, "/email"),
        ({"email": "a\nb@example.com"}, "/email"),
        ({"role": "admin"}, "/role"),
        ({"email_verified": True}, "/email_verified"),
    ],
)
def test_wrong_changes_name_the_field(me, registered, wrong, pointer):
    ana = registered("ana")
    (error,) = problem(me("PATCH", PATH, ana, json=wrong), 422)["errors"]
    assert error["pointer"] == pointer


def test_registration_asks_for_the_address_to_be_verified(post, me, mailbox, registered):
    ana = registered("Ana.Lopez", email=FIRST, language="es")
    (mail,) = mailbox.read()
    assert mail.to == FIRST
    assert mail.subject == "Confirma tu dirección de correo para Stockwarden"
    answer = post(VERIFY, json={"token": mail.token})
    assert (answer.status, answer.json) == (200, {"email": FIRST})
    assert me("GET", PATH, ana).json["email_verified"] is True
    assert mailbox.read() == []  # nothing has changed that anybody would have to be told
    problem(post(VERIFY, json={"token": mail.token}), 422)


def test_a_new_address_is_the_accounts_once_verified(post, me, mailbox, verified):
    changed = me("PATCH", PATH, verified, json={"email": SECOND}).json
    assert (changed["email"], changed["pending_email"]) == (FIRST, SECOND)
    assert (login_by(post, FIRST), login_by(post, SECOND)) == (200, 401)
    (mail,) = mailbox.read()
    assert mail.to == SECOND
    assert post(VERIFY, json={"token": mail.token}).json == {"email": SECOND}
    profile = me("GET", PATH, verified).json
    assert (profile["email"], profile["email_verified"]) == (SECOND, True)
    assert profile["pending_email"] is None
    assert (login_by(post, FIRST), login_by(post, SECOND)) == (401, 200)
    told = mailbox.read()
    assert [mail.to for mail in told] == [FIRST, SECOND]
    assert all(SECOND in mail.text for mail in told)


def test_an_address_given_again_is_mailed_again(me, mailbox, registered):
    ana = registered("ana", email=FIRST)
    me("PATCH", PATH, ana, json={"email": FIRST.upper()})
    assert me("GET", PATH, ana).json["pending_email"] is None
    me("PATCH", PATH, ana, json={"email": SECOND})
    me("PATCH", PATH, ana, json={"email": SECOND})
    assert [mail.to for mail in mailbox.read()] == [SECOND] * 2
    assert me("PATCH", PATH, ana, json={"email": FIRST}).json["pending_email"] is None
    assert [mail.to for mail in mailbox.read()] == [FIRST]


def test_a_verified_address_given_again_takes_the_new_one_back(post, me, mailbox, verified):
    me("PATCH", PATH, verified, json={"email": SECOND})
    (mail,) = mailbox.read()
    assert me("PATCH", PATH, verified, json={"email": FIRST}).json["pending_email"] is None
    problem(post(VERIFY, json={"token": mail.token}), 422)
    assert mailbox.read() == []


def test_an_address_is_removed(post, me, verified):
    removed = me("PATCH", PATH, verified, json={"email": None}).json
    assert (removed["email"], removed["email_verified"]) == (None, False)
    assert login_by(post, FIRST) == 401
    assert repositories.user_repository().owner_of_email(FIRST) is None


def test_proof_takes_over_an_address_that_another_only_gave(post, me, mailbox, registered):
    first = registered("first", email=FIRST)
    second = registered("second", email=FIRST)
    mails = mailbox.read()
    assert post(VERIFY, json={"token": mails[1].token}).status == 200
    assert me("GET", PATH, second).json["email_verified"] is True
    assert me("GET", PATH, first).json["email"] is None
    assert post("/auth/login", json={"email": FIRST, "password": PASSWORD}).json["username"] == (
        "second"
    )
    # The other's link has nothing to verify any more.
    problem(post(VERIFY, json={"token": mails[0].token}), 422)


def test_a_verified_address_is_not_taken_over(post, me, mailbox, verified, registered):
    other = registered("other")
    assert me("PATCH", PATH, other, json={"email": FIRST}).status == 200  # tells nothing
    (mail,) = mailbox.read()
    refusal = problem(post(VERIFY, json={"token": mail.token}), 409)
    assert refusal["detail"] == "This address belongs to another account."
    assert me("GET", PATH, verified).json["email"] == FIRST
    assert login_by(post, FIRST) == 200


def test_of_two_uses_of_a_link_at_once_one_succeeds(mailbox, registered, one_call_at_a_time):
    registered("ana", email=FIRST)
    (mail,) = mailbox.read()

    def use(_):
        try:
            return profile_service().verify_email(mail.token)
        except Invalid as refusal:
            return refusal.errors[0].pointer

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(use, range(2))) == ["/token", FIRST]


def test_of_two_accounts_that_prove_one_address_at_once_one_gets_it(
    me, mailbox, registered, one_call_at_a_time
):
    people = [registered(name, email=FIRST) for name in ("first", "second")]
    tokens = [mail.token for mail in mailbox.read()]

    def use(token):
        try:
            profile_service().verify_email(token)
        except Exception as refusal:  # noqa: BLE001 - whichever refusal it is
            return type(refusal).__name__
        return "verified"

    with ThreadPoolExecutor(2) as threads:
        outcomes = sorted(threads.map(use, tokens))
    assert outcomes[-1] == "verified" and outcomes[0] in {"Conflict", "Invalid"}
    owners = [me("GET", PATH, person).json["email_verified"] for person in people]
    assert sorted(owners) == [False, True]
    owner = ("first", "second")[owners.index(True)]
    assert repositories.user_repository().owner_of_email(FIRST) == owner


@pytest.mark.parametrize("purpose", ["reset", "verify"])
def test_a_link_is_for_its_purpose_only(post, mailbox, registered, purpose):
    registered("ana", email=FIRST)
    post("/auth/password/forgot", json={"username": "ana"})
    verify, reset = (mail.token for mail in mailbox.read())
    if purpose == "reset":
        body = {"token": verify, "password": "seven green forklifts"}
        problem(post("/auth/password/reset", json=body), 422)
    else:
        problem(post(VERIFY, json={"token": reset}), 422)


def test_mails_to_verify_are_limited(me, mailbox, registered):
    ana = registered("ana")
    statuses = [
        me("PATCH", PATH, ana, json={"email": f"a{n}@example.com"}).status for n in range(6)
    ]
    assert statuses == [200] * 5 + [429]
    # Only the newest is still wanted when its mail is sent.
    assert [mail.to for mail in mailbox.read()] == ["a4@example.com"]


def test_without_the_queue_an_account_is_registered_all_the_same(post, mailbox, monkeypatch):
    fail_every_call(monkeypatch, BUSY["sqs"][0], "sqs")
    body = {"username": "ana", "password": PASSWORD, "email": FIRST}
    assert post("/auth/register", json=body).status == 201


def test_a_stack_without_a_sender_verifies_nothing(post, ana, me, signed_in):
    assert me("PATCH", PATH, signed_in, json={"name": "Ana"}).status == 200
    refusal = problem(me("PATCH", PATH, signed_in, json={"email": FIRST}), 409)
    assert "sends no e-mails" in refusal["detail"]
    assert post("/auth/register", json={**ana, "username": "bob", "email": FIRST}).status == 201
    assert queued() == []
