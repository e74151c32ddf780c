from functools import partial

import pytest

from stockwarden.bootstrap.authorizer import gatekeeper
from tests.support.aws import forget_services
from tests.support.gateway import call
from tests.support.mailbox import APP_URL, SENDER, open_mailbox

PASSWORD = "eleven blue pallets"


@pytest.fixture
def configure(aws, monkeypatch):
    """`configure(NAME=value)` sets environment variables of the function."""

    def apply(**environment):
        for name, value in environment.items():
            monkeypatch.setenv(name, str(value))
        forget_services()

    return apply


@pytest.fixture
def post(configure):
    """`post("/auth/login", json=…)` calls the real handler in a fresh account."""
    from auth.app import handler

    configure(ATTEMPT_WINDOW_SECONDS=10**9)  # no test can straddle it
    return partial(call, handler, "POST")


@pytest.fixture
def me(post):
    """`me("GET", "/users/me/sessions", signed_in)` calls the handler as who has signed in."""
    from auth.app import handler

    def ask(method, path, signed_in, **options):
        caller = gatekeeper().admit(signed_in.json["token"])
        return call(handler, method, path, caller=caller, **options)

    return ask


@pytest.fixture
def mailbox(post, configure, monkeypatch):
    """Gives the stack a sender of e-mails, and collects them."""
    configure(MAIL_SENDER=SENDER, APP_URL=f"{APP_URL}/")
    return open_mailbox(monkeypatch)


@pytest.fixture
def ana(post):
    """Registers Ana; returns her credentials."""
    credentials = {"username": "Ana.Lopez", "password": PASSWORD}
    assert post("/auth/register", json=credentials).status == 201
    return credentials


@pytest.fixture
def signed_in(post, ana):
    return post("/auth/login", json=ana)
