"""Services of the authorizer. These imports slow the cold start of every route."""

from functools import cache

from stockwarden.bootstrap.stores import users_table
from stockwarden.bootstrap.tokens import tokens
from stockwarden.identity.api_tokens import ApiTokenRepository
from stockwarden.identity.gatekeeper import Gatekeeper


@cache
def gatekeeper() -> Gatekeeper:
    return Gatekeeper(users_table(), tokens(), ApiTokenRepository(users_table()))
