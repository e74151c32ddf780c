"""Logins with a code of an authenticator app: each code once, and recovery codes."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from stockwarden.bootstrap.auth import identity_service
from stockwarden.core.errors import OtpRequired
from stockwarden.identity import totp
from stockwarden.identity.second_factors import SETUP_TIME, SecondFactorRepository
from stockwarden.storage import clients
from tests.functions.auth.conftest import PASSWORD
from tests.support.capacity import measure
from tests.support.problems import problem

PATH, CONFIRM = "/users/me/otp", "/users/me/otp/confirm"
OTP_REQUIRED = "urn:stockwarden:problem:otp-required"


class Phone:
    """An authenticator app, and the clock that it shares with the service."""

    def __init__(self):
        self.now = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
        self.secret = ""

    def __call__(self):
        return self.now

    def code(self, steps=0):
        return totp.code_at(self.secret, int(self.now.timestamp()) // 30 + steps)

    def forward(self, **by):
        self.now += timedelta(**by)


@pytest.fixture
def phone(monkeypatch):
    phone = Phone()
    monkeypatch.setattr(SecondFactorRepository.__init__, "__defaults__", (phone,))
    return phone


@pytest.fixture
def recovery_codes(phone, me, signed_in):
    """Turns Ana's second factor on; the code of the moment is used by that."""
    answer = me("POST", PATH, signed_in, json={"password": PASSWORD})
    assert answer.status == 201
    phone.secret = answer.json["secret"]
    confirmed = me("POST", CONFIRM, signed_in, json={"code": phone.code()})
    assert confirmed.status == 200
    phone.forward(seconds=30)
    return confirmed.json["recovery_codes"]


@pytest.fixture
def login(post, ana, recovery_codes):
    def send(otp=None, **more):
        return post("/auth/login", json={**ana, **({"otp": otp} if otp else {}), **more})

    return send


def refused(answer):
    assert problem(answer, 401)["type"] == OTP_REQUIRED
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert answer.cookies == ()


def test_setup(phone, me, post, ana, signed_in):
    begun = me("POST", PATH, signed_in, json={"password": PASSWORD}).json
    assert begun["uri"] == (
        f"otpauth://totp/Stockwarden:Ana.Lopez?secret={begun['secret']}&issuer=Stockwarden"
    )
    assert me("GET", "/users/me", signed_in).json["otp_enabled"] is False
    assert post("/auth/login", json=ana).status == 200  # not before it is confirmed
    phone.secret = begun["secret"]
    code = f" {phone.code()[:3]} {phone.code()[3:]}"  # as apps show it
    codes = me("POST", CONFIRM, signed_in, json={"code": code}).json["recovery_codes"]
    assert len(set(codes)) == 10
    assert {len(code) for code in codes} == {19}
    assert me("GET", "/users/me", signed_in).json["otp_enabled"] is True
    stored = str(clients.dynamodb().scan(TableName="UsersTable")["Items"])
    assert not [code for code in codes if code in stored or code.replace("-", "") in stored]
    problem(me("POST", PATH, signed_in, json={"password": PASSWORD}), 409)
    problem(me("POST", CONFIRM, signed_in, json={"code": phone.code(1)}), 409)


@pytest.mark.parametrize(
    ("route", "body"),
    [
        (("POST", PATH), {"password": "wrong"}),
        (("POST", PATH), {"password": 7}),
        (("POST", CONFIRM), {"code": "000000"}),
        (("POST", CONFIRM), {"code": ""}),
        (("POST", CONFIRM), {"code": "x" * 21}),
        (("DELETE", PATH), {"password": "wrong"}),
    ],
)
def test_wrong_requests_name_the_field(me, phone, signed_in, route, body):
    phone.secret = me("POST", PATH, signed_in, json={"password": PASSWORD}).json["secret"]
    assert phone.code() != "000000"
    (error,) = problem(me(*route, signed_in, json=body), 422)["errors"]
    assert error["pointer"] == f"/{next(iter(body))}"
    assert PASSWORD not in str(error)


def test_a_setup_takes_an_hour_at_most(phone, me, signed_in):
    problem(me("POST", CONFIRM, signed_in, json={"code": "123456"}), 409)
    phone.secret = me("POST", PATH, signed_in, json={"password": PASSWORD}).json["secret"]
    phone.forward(seconds=SETUP_TIME.total_seconds())
    problem(me("POST", CONFIRM, signed_in, json={"code": phone.code()}), 409)


def test_a_setup_begun_again_has_another_secret(phone, me, signed_in):
    secrets = [
        me("POST", PATH, signed_in, json={"password": PASSWORD}).json["secret"] for _ in range(2)
    ]
    for secret, status in zip(secrets, (422, 200), strict=True):
        phone.secret = secret
        assert me("POST", CONFIRM, signed_in, json={"code": phone.code()}).status == status


def test_a_login_takes_a_code(phone, login):
    refused(login())
    refused(login("000000"))
    assert login(phone.code()).status == 200


@pytest.mark.parametrize(("steps", "is_taken"), [(-2, False), (-1, True), (1, True), (2, False)])
def test_clocks_may_differ_by_one_step(phone, login, steps, is_taken):
    phone.forward(minutes=10)
    answer = login(phone.code(steps))
    assert answer.status == 200 if is_taken else refused(answer) is None


def test_a_code_is_for_one_use(phone, login):
    code = phone.code()
    assert login(code).status == 200
    refused(login(code))
    phone.forward(seconds=30)
    refused(login(code))
    assert login(phone.code()).status == 200


def test_the_code_that_turned_it_on_is_used(phone, login):
    refused(login(phone.code(-1)))


def test_only_the_right_password_is_told_of_codes(phone, login):
    for wrong in ({"password": "wrong"}, {"username": "nobody-here"}):
        for otp in (None, phone.code()):
            answer = problem(login(otp, **wrong), 401)
            assert answer["type"] == "urn:stockwarden:problem:unauthorized"
            assert answer["detail"] == "User name or password is wrong."
    assert login(phone.code()).status == 200  # a wrong password has used no code


def test_a_recovery_code_is_for_one_use(login, recovery_codes):
    first, second, *_ = recovery_codes
    assert login(first).status == 200
    refused(login(first))
    assert login(second.upper().replace("-", " ")).status == 200
    refused(login("aaaa-bbbb-cccc-dddd"))


def test_wrong_codes_are_limited_like_wrong_passwords(phone, login):
    for _ in range(12):
        refused(login())  # without a code nothing is guessed
    statuses = [login(f"{number:06}").status for number in range(11)]
    assert statuses == [401] * 10 + [429]
    problem(login(phone.code()), 429)


def test_of_logins_with_one_code_at_once_one_succeeds(phone, recovery_codes, one_call_at_a_time):
    def signed_in_with(code, address):
        try:
            identity_service().login("ana.lopez", PASSWORD, address, otp=code)
        except OtpRequired:
            return False
        return True

    for code in (phone.code(), recovery_codes[0]):
        with ThreadPoolExecutor(4) as threads:
            outcomes = list(
                threads.map(
                    lambda last, code=code: signed_in_with(code, f"203.0.113.{last}"), range(4)
                )
            )
        assert sorted(outcomes) == [False] * 3 + [True]


def test_turned_off(phone, me, login, signed_in, recovery_codes):
    assert me("DELETE", PATH, signed_in, json={"password": PASSWORD}).status == 204
    assert login().status == 200
    assert me("GET", "/users/me", signed_in).json["otp_enabled"] is False
    problem(me("DELETE", PATH, signed_in, json={"password": PASSWORD}), 409)
    # Another phone, and none of the old codes.
    old = phone.secret
    phone.secret = me("POST", PATH, signed_in, json={"password": PASSWORD}).json["secret"]
    assert phone.secret != old
    assert me("POST", CONFIRM, signed_in, json={"code": phone.code()}).status == 200
    refused(login(recovery_codes[0]))


def test_a_new_password_leaves_it_on(me, login, signed_in):
    change = {"current_password": PASSWORD, "new_password": "seven green forklifts"}
    assert me("PUT", "/users/me/password", signed_in, json=change).status == 204
    refused(login(password="seven green forklifts"))


def test_the_owner_is_told(post, mailbox, phone, me):
    body = {"username": "Ana", "password": PASSWORD, "email": "ana@example.com", "language": "es"}
    assert post("/auth/register", json=body).status == 201
    mailbox.read()
    ana = post("/auth/login", json={"username": "ana", "password": PASSWORD})
    phone.secret = me("POST", PATH, ana, json={"password": PASSWORD}).json["secret"]
    assert mailbox.read() == []
    assert me("POST", CONFIRM, ana, json={"code": phone.code()}).status == 200
    assert me("DELETE", PATH, ana, json={"password": PASSWORD}).status == 204
    subjects = [mail.subject for mail in mailbox.read()]
    assert all("código" in subject for subject in subjects)
    assert [" ya no " in subject for subject in subjects] == [False, True]


def test_cost_of_a_login(phone, login):
    login(phone.code(1))
    phone.forward(minutes=2)
    with measure(clients.dynamodb()) as units:
        assert login(phone.code()).status == 200
    # Three for the audit entry: it makes a transaction of the write of the session.
    assert units.reads <= 4 and units.writes <= 8 + 3, units.calls


def test_secrets_are_not_logged(phone, login, recovery_codes, capfd):
    login(phone.code())
    login(recovery_codes[0])
    written = str(capfd.readouterr())
    for secret in (phone.secret, phone.code(), *recovery_codes):
        assert secret not in written
