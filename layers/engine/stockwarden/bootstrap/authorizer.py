"""Services of the authorizer. Every cold start of every route pays for these imports."""

from functools import cache

from stockwarden.bootstrap.stores import users_table
from stockwarden.bootstrap.tokens import tokens
from stockwarden.identity.gatekeeper import Gatekeeper


@cache
def gatekeeper() -> Gatekeeper:
    return Gatekeeper(users_table(), tokens())
