"""Services of accounts, sessions and health."""

from datetime import timedelta
from functools import cache

from stockwarden.audit.log import AuditLog
from stockwarden.bootstrap.stores import (
    audit_table,
    objects,
    reports_table,
    settings,
    users_table,
)
from stockwarden.bootstrap.tokens import token_keys, tokens
from stockwarden.core.clock import utc_now
from stockwarden.identity.api_token_service import ApiTokenService
from stockwarden.identity.api_tokens import ApiTokenRepository
from stockwarden.identity.devices import KnownDevices
from stockwarden.identity.failure_delays import FailureDelays
from stockwarden.identity.guess_limits import GuessLimiter
from stockwarden.identity.invitations import InvitationRepository
from stockwarden.identity.rate_limits import RateLimiter
from stockwarden.identity.registration import RegistrationService
from stockwarden.identity.service import IdentityService
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
        sessions=SessionRepository(users_table(), timedelta(days=settings().refresh_token_days)),
        tokens=tokens(),
        devices=KnownDevices(token_keys(), timedelta(days=settings().device_days)),
        guesses=GuessLimiter(rate_limiter, delays, settings()),
        audit=_audit_log(),
    )


@cache
def registration_service() -> RegistrationService:
    return RegistrationService(
        users=UserRepository(users_table()),
        invitations=InvitationRepository(users_table()),
        admissions=_members().admissions,
        rate_limiter=RateLimiter(users_table()),
        settings=settings(),
        audit=_audit_log(),
    )


@cache
def api_token_service() -> ApiTokenService:
    return ApiTokenService(
        ApiTokenRepository(users_table()), _members().require_visible, audit=_audit_log()
    )


def _audit_log() -> AuditLog:
    return AuditLog(audit_table(), utc_now)


def _members() -> MemberRepository:
    return MemberRepository(reports_table(), users_table(), utc_now)


def not_ready() -> list[str]:
    """The names of the services that do not answer; empty if all do."""
    return list_failing(
        {
            "database": lambda: users_table().get(keys.probe()),
            "files": lambda: objects().ping(),
            "secret": lambda: token_keys().current(),
        }
    )
