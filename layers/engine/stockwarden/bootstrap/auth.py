"""Accounts, sessions and health."""

from datetime import timedelta
from functools import cache

from stockwarden.bootstrap.stores import objects, settings, users_table
from stockwarden.bootstrap.tokens import token_keys, tokens
from stockwarden.identity.delays import Delays
from stockwarden.identity.devices import Devices
from stockwarden.identity.guesses import Guesses
from stockwarden.identity.rates import Rates
from stockwarden.identity.service import Identity
from stockwarden.identity.sessions import Sessions
from stockwarden.identity.users import Users
from stockwarden.storage.probes import failing


@cache
def identity_service() -> Identity:
    rates = Rates(users_table())
    delays = Delays(users_table(), settings().logins_per_name)
    return Identity(
        users=Users(users_table()),
        sessions=Sessions(users_table(), timedelta(days=settings().refresh_token_days)),
        tokens=tokens(),
        devices=Devices(token_keys(), timedelta(days=settings().device_days)),
        guesses=Guesses(rates, delays, settings()),
        rates=rates,
        settings=settings(),
    )


def not_ready() -> list[str]:
    """The names of the parts that do not answer; none is the good case."""
    return failing(
        {
            "database": lambda: users_table().get({"pk": "READY", "sk": "READY"}),
            "files": lambda: objects().ping(),
            "secret": lambda: token_keys().current(),
        }
    )
