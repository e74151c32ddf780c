"""Services of accounts, sessions and health."""

from datetime import timedelta
from functools import cache

from stockwarden.anomalies.report_access import ReportAccess
from stockwarden.audit.log import AuditLog
from stockwarden.bootstrap.stores import (
    analysis_queue,
    audit_table,
    objects,
    operations_table,
    reports_table,
    settings,
    users_table,
)
from stockwarden.bootstrap.tokens import token_keys, tokens
from stockwarden.core.clock import utc_now
from stockwarden.identity.account_closing import AccountClosing
from stockwarden.identity.action_limits import ActionLimiter
from stockwarden.identity.api_token_service import ApiTokenService
from stockwarden.identity.api_tokens import ApiTokenRepository
from stockwarden.identity.belongings import BelongingsRepository
from stockwarden.identity.closed_accounts import ClosedAccountRepository
from stockwarden.identity.devices import KnownDevices
from stockwarden.identity.email_claims import EmailClaims
from stockwarden.identity.failure_delays import FailureDelays
from stockwarden.identity.guess_limits import GuessLimiter
from stockwarden.identity.invitations import InvitationRepository
from stockwarden.identity.mail_tokens import MailTokenRepository
from stockwarden.identity.own_account import OwnAccountService
from stockwarden.identity.password_check import PasswordCheck
from stockwarden.identity.password_service import PasswordService
from stockwarden.identity.profile_service import ProfileService
from stockwarden.identity.rate_limits import RateLimiter
from stockwarden.identity.registration import RegistrationService
from stockwarden.identity.second_factor_service import SecondFactorService
from stockwarden.identity.second_factors import SecondFactorRepository
from stockwarden.identity.security_log import SecurityLog
from stockwarden.identity.service import IdentityService
from stockwarden.identity.session_service import SessionService
from stockwarden.identity.sessions import SessionRepository
from stockwarden.identity.user_directory import UserDirectory
from stockwarden.identity.users import UserRepository
from stockwarden.notifications.outbox import MailOutbox
from stockwarden.operations.notification_service import NotificationService
from stockwarden.operations.notifications import NotificationRepository
from stockwarden.operations.views import ViewService
from stockwarden.storage.keys import users as keys
from stockwarden.storage.probes import list_failing
from stockwarden.warehouse.members import MemberRepository


@cache
def identity_service() -> IdentityService:
    return IdentityService(
        users=_users(),
        sessions=_sessions(),
        tokens=tokens(),
        devices=KnownDevices(token_keys(), timedelta(days=settings().device_days)),
        guesses=_guesses(),
        factors=SecondFactorRepository(users_table()),
        audit=_audit_log(),
    )


@cache
def registration_service() -> RegistrationService:
    return RegistrationService(
        users=_users(),
        invitations=InvitationRepository(users_table()),
        admissions=_members().admissions,
        rate_limiter=RateLimiter(users_table()),
        outbox=_outbox(),
        settings=settings(),
        audit=_audit_log(),
    )


@cache
def api_token_service() -> ApiTokenService:
    return ApiTokenService(
        ApiTokenRepository(users_table()),
        _members().require_visible,
        audit=_audit_log(),
        limiter=ActionLimiter(RateLimiter(users_table())),
    )


def _audit_log() -> AuditLog:
    return AuditLog(audit_table(), utc_now)


def _members() -> MemberRepository:
    return MemberRepository(reports_table(), users_table(), utc_now)


@cache
def session_service() -> SessionService:
    return SessionService(_users(), _sessions(), SecurityLog(_audit_log()))


@cache
def password_service() -> PasswordService:
    return PasswordService(
        users=_users(),
        tokens=MailTokenRepository(users_table()),
        check=_password_check(),
        rate_limiter=RateLimiter(users_table()),
        outbox=_outbox(),
        security=SecurityLog(_audit_log()),
    )


@cache
def profile_service() -> ProfileService:
    return ProfileService(
        users=_users(),
        claims=EmailClaims(users_table(), _users()),
        tokens=MailTokenRepository(users_table()),
        rate_limiter=RateLimiter(users_table()),
        outbox=_outbox(),
        security=SecurityLog(_audit_log()),
    )


@cache
def view_service() -> ViewService:
    return ViewService(operations_table(), utc_now, audit=_audit_log())


@cache
def notification_service() -> NotificationService:
    access = ReportAccess(reports_table(), _members())
    return NotificationService(
        NotificationRepository(operations_table(), utc_now),
        find_user=_users().find,
        find_reports=lambda caller, ids: {
            report.id: report.name for report in access.find_many(caller, sorted(ids)).values()
        },
        find_people=UserDirectory(users_table()).names_of,
    )


@cache
def second_factor_service() -> SecondFactorService:
    return SecondFactorService(
        users=_users(),
        factors=SecondFactorRepository(users_table()),
        check=_password_check(),
        outbox=_outbox(),
        security=SecurityLog(_audit_log()),
        limiter=ActionLimiter(RateLimiter(users_table())),
    )


@cache
def own_account_service() -> OwnAccountService:
    closing = AccountClosing(
        closed=ClosedAccountRepository(users_table(), utc_now),
        claims=EmailClaims(users_table(), _users()),
        queue=analysis_queue(),
        outbox=_outbox(),
        audit=_audit_log(),
    )
    return OwnAccountService(_password_check(), BelongingsRepository(reports_table()), closing)


def _password_check() -> PasswordCheck:
    return PasswordCheck(
        _users(), _guesses(), SecondFactorRepository(users_table()), SecurityLog(_audit_log())
    )


def _users() -> UserRepository:
    return UserRepository(users_table())


def _guesses() -> GuessLimiter:
    delays = FailureDelays(users_table(), settings().logins_per_name)
    return GuessLimiter(RateLimiter(users_table()), delays, settings())


def _outbox() -> MailOutbox:
    return MailOutbox(analysis_queue() if settings().mail_sender else None)


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
