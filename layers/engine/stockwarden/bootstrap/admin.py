"""Services of administration: accounts and invitations."""

from functools import cache

from stockwarden.administration.account_removals import AccountRemovalService
from stockwarden.administration.audit_logs import AuditLogService
from stockwarden.administration.dead_letters import DeadLetterService
from stockwarden.administration.people import InvitationService, PeopleService
from stockwarden.administration.statistics import StatisticsRepository, StatisticsService
from stockwarden.bootstrap.audit_seal import (
    audit_verification,
    head_repository,
    verification_repository,
)
from stockwarden.bootstrap.repositories import (
    audit_log,
    audit_repository,
    export_repository,
    member_repository,
    user_repository,
)
from stockwarden.bootstrap.stores import (
    analysis_queue,
    jobs_queue,
    objects,
    reports_table,
    settings,
    stock_table,
    users_table,
)
from stockwarden.core import clock
from stockwarden.exports.audit_service import AuditExportService
from stockwarden.exports.list_exports import ListExports
from stockwarden.exports.repository import AUDIT_LOG
from stockwarden.identity.access import Action
from stockwarden.identity.account_closing import AccountClosing
from stockwarden.identity.action_limits import ActionLimiter
from stockwarden.identity.belongings import BelongingsRepository
from stockwarden.identity.closed_accounts import ClosedAccountRepository
from stockwarden.identity.email_claims import EmailClaims
from stockwarden.identity.invitations import InvitationRepository
from stockwarden.identity.rate_limits import RateLimiter
from stockwarden.identity.user_directory import UserDirectory
from stockwarden.notifications.outbox import MailOutbox
from stockwarden.stock.item_counts import tallied
from stockwarden.storage import clients
from stockwarden.storage.dead_letters import DeadLetters


def _directory() -> UserDirectory:
    return UserDirectory(users_table())


@cache
def people_service() -> PeopleService:
    return PeopleService(user_repository(), _directory(), audit=audit_log())


@cache
def account_removal_service() -> AccountRemovalService:
    closing = AccountClosing(
        closed=ClosedAccountRepository(users_table(), clock.utc_now),
        claims=EmailClaims(users_table(), user_repository()),
        queue=analysis_queue(),
        outbox=_outbox(),
        audit=audit_log(),
    )
    return AccountRemovalService(user_repository(), BelongingsRepository(reports_table()), closing)


@cache
def audit_log_service() -> AuditLogService:
    members = member_repository()
    return AuditLogService(
        entries=audit_repository(),
        users=user_repository(),
        directory=_directory(),
        heads=head_repository(),
        verification=audit_verification(),
        notes=verification_repository(),
        require_managed=lambda caller, warehouse_id: members.require(
            caller, warehouse_id, Action.CONFIGURE
        ),
    )


@cache
def audit_export_service() -> AuditExportService:
    exports = ListExports(
        AUDIT_LOG,
        repository=export_repository(),
        objects=objects(),
        queue=analysis_queue(),
        clock=clock.utc_now,
        audit=audit_log(),
        limiter=ActionLimiter(RateLimiter(users_table())),
    )
    return AuditExportService(exports, audit_log_service())


@cache
def dead_letter_service() -> DeadLetterService:
    return DeadLetterService(_dead_letters(), audit_log())


@cache
def statistics_service() -> StatisticsService:
    return StatisticsService(
        counts=StatisticsRepository(reports_table()),
        users=users_table(),
        queues=[analysis_queue(), jobs_queue()],
        letters=_dead_letters(),
        count_items=lambda: tallied(stock_table()),
        clock=clock.utc_now,
    )


def _dead_letters() -> list[DeadLetters]:
    urls = (settings().dead_letters_url, settings().job_dead_letters_url)
    # Jobs, too, are taken by the standard queue, which passes them on.
    return [DeadLetters(clients.sqs(), url, settings().analysis_queue_url) for url in urls]


@cache
def invitation_service() -> InvitationService:
    return InvitationService(
        InvitationRepository(users_table()),
        user_repository(),
        member_repository().require_visible,
        _outbox(),
        audit=audit_log(),
    )


def _outbox() -> MailOutbox:
    return MailOutbox(analysis_queue() if settings().mail_sender else None)
