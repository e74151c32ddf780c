"""Services of accounts, sessions and health."""

from datetime import timedelta
from functools import cache

from stockwarden.bootstrap.stores import objects, reports_table, settings, users_table
from stockwarden.bootstrap.tokens import token_keys, tokens
from stockwarden.core.clock import utc_now
from stockwarden.identity.api_token_service import ApiTokenService
from stockwarden.identity.api_tokens import ApiTokenRepository
from stockwarden.identity.devices import KnownDevices
from stockwarden.identity.failure_delays import FailureDelays
from stockwarden.identity.guess_limits import GuessLimiter
from stockwarden.identity.rate_limits import RateLimiter
from stockwarden.identity.service import IdentityService
from stockwarden.identity.session_service import SessionService
from stockwarden.identity.sessions import SessionRepository
from stockwarden.identity.users import UserRepository
from stockwarden.storage.keys import users as keys
from stockwarden.storage.probes import list_failing
from stockwarden.warehouse.members import MemberRepository


@cache
def identity_service() -> IdentityService:
    rate_limiter = RateLimiter(users_table())
    delays = FailureDelays(users_table(), settings().logins_per_name)
    return IdentityService(
        users=UserRepository(users_table()),
        sessions=_sessions(),
        tokens=tokens(),
        devices=KnownDevices(token_keys(), timedelta(days=settings().device_days)),
        guesses=GuessLimiter(rate_limiter, delays, settings()),
        rate_limiter=rate_limiter,
        settings=settings(),
    )


@cache
def api_token_service() -> ApiTokenService:
    members = MemberRepository(reports_table(), users_table(), utc_now)
    return ApiTokenService(ApiTokenRepository(users_table()), members.require_visible)


@cache
def session_service() -> SessionService:
    return SessionService(UserRepository(users_table()), _sessions())


def _sessions() -> SessionRepository:
    return SessionRepository(users_table(), timedelta(days=settings().refresh_token_days))


def not_ready() -> list[str]:
    """The names of the services that do not answer; empty if all do."""
    return list_failing(
        {
            "database": lambda: users_table().get(keys.probe()),
            "files": lambda: objects().ping(),
            "secret": lambda: token_keys().current(),
        }
    )
