"""Authenticates a bearer token: a living session or API token of an enabled account."""

import logging

from stockwarden.core.clock import Clock, utc_now
from stockwarden.core.errors import Unauthenticated, Unavailable
from stockwarden.identity.access import Caller, Role, TokenLimits
from stockwarden.identity.api_tokens import ApiTokenRepository, is_api_token
from stockwarden.identity.sessions import is_alive
from stockwarden.identity.sign_outs import sign_outs_of
from stockwarden.identity.tokens import Tokens
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import at_key
from stockwarden.storage.keys import users as keys
from stockwarden.storage.tables import Table

logger = logging.getLogger(__name__)


class Gatekeeper:
    def __init__(
        self,
        table: Table,
        tokens: Tokens,
        api_tokens: ApiTokenRepository,
        clock: Clock = utc_now,
    ) -> None:
        self._table = table
        self._tokens = tokens
        self._api_tokens = api_tokens
        self._clock = clock

    def admit(self, token: str) -> Caller:
        """The caller, with the account's current role, not the token's, which may be an hour old.

        One read, for an API token two. Raises Unauthenticated. Errors of the database are passed
        on: they refuse nobody."""
        return self._by_api_token(token) if is_api_token(token) else self._by_session(token)

    def _by_session(self, token: str) -> Caller:
        claims = self._tokens.verify(token)
        item_keys = keys.session(claims.session_id), keys.profile(claims.username)
        items = self._table.get_many(item_keys)
        session, profile = (at_key(items, key) for key in item_keys)
        if session is None or profile is None or profile["disabled"]:
            raise Unauthenticated("The session has ended.")
        if session["username"] != claims.username or not is_alive(session, self._clock):
            raise Unauthenticated("The session has ended.")
        began_at = session.get("sign_outs", 0)
        if sign_outs_of(profile).have_ended_session(claims.session_id, began_at):
            raise Unauthenticated("The session has ended.")
        return _caller(profile, claims.session_id)

    def _by_api_token(self, text: str) -> Caller:
        token = self._api_tokens.find(text)
        profile = self._table.get(keys.profile(token.username))
        if profile is None or profile["disabled"]:
            raise Unauthenticated("The account is closed.")
        if sign_outs_of(profile).have_ended_api_token(token.sign_outs):
            raise Unauthenticated("The API token has ended.")
        try:
            self._api_tokens.note_use(token)
        except Unavailable:
            # It is only for the owner to see, and refuses nobody.
            logger.warning("use of an API token not noted", extra={"token_id": token.id})
        return _caller(profile, token.id, token.limits)


def _caller(profile: Item, session_id: str, limits: TokenLimits | None = None) -> Caller:
    return Caller(
        profile["username"],
        profile.get("user_id", ""),
        Role(profile["role"]),
        session_id,
        limits,
    )
