"""Authenticates a bearer token: valid signature, living session, enabled user."""

from stockwarden.core.clock import Clock, utc_now
from stockwarden.core.errors import Unauthenticated
from stockwarden.identity.access import Caller
from stockwarden.identity.sessions import is_alive
from stockwarden.identity.tokens import Tokens
from stockwarden.storage.keys import at_key
from stockwarden.storage.keys import users as keys
from stockwarden.storage.tables import Table


class Gatekeeper:
    def __init__(self, table: Table, tokens: Tokens, clock: Clock = utc_now) -> None:
        self._table = table
        self._tokens = tokens
        self._clock = clock

    def admit(self, token: str) -> Caller:
        """The caller, with the account's current role, not the token's, which may be an hour old.

        Raises Unauthenticated. Errors of the database are passed on: they refuse nobody."""
        claims = self._tokens.verify(token)
        item_keys = keys.session(claims.session_id), keys.profile(claims.username)
        items = self._table.get_many(item_keys)
        session, profile = (at_key(items, key) for key in item_keys)
        if session is None or profile is None or profile["disabled"]:
            raise Unauthenticated("The session has ended.")
        if session["username"] != claims.username or not is_alive(session, self._clock):
            raise Unauthenticated("The session has ended.")
        return Caller(claims.username, profile["role"], claims.session_id)
