"""Access tokens, for the functions that issue or verify them. Loads no Pydantic."""

from datetime import timedelta
from functools import cache

from stockwarden.bootstrap.stores import settings
from stockwarden.identity.keys import KeyRing
from stockwarden.identity.tokens import Tokens
from stockwarden.storage import clients
from stockwarden.storage.secrets import Secret


@cache
def token_keys() -> KeyRing:
    return KeyRing(Secret(clients.secrets_manager(), settings().token_secret_id).read)


@cache
def tokens() -> Tokens:
    return Tokens(
        token_keys(),
        issuer=settings().token_issuer,
        audience=settings().token_audience,
        lifetime=timedelta(minutes=settings().access_token_minutes),
    )
