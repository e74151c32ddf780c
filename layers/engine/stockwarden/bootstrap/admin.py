"""Services of administration: accounts and invitations."""

from functools import cache

from stockwarden.bootstrap.audit_seal import audit_verification, head_repository
from stockwarden.bootstrap.repositories import (
    audit_log,
    audit_repository,
    member_repository,
    user_repository,
)
from stockwarden.bootstrap.stores import analysis_queue, settings, users_table
from stockwarden.identity.access import Action
from stockwarden.identity.audit_logs import AuditLogService
from stockwarden.identity.dead_letter_service import DeadLetterService
from stockwarden.identity.invitations import InvitationRepository
from stockwarden.identity.people import InvitationService, PeopleService
from stockwarden.notifications.outbox import MailOutbox
from stockwarden.storage import clients
from stockwarden.storage.dead_letters import DeadLetters


@cache
def people_service() -> PeopleService:
    return PeopleService(user_repository(), audit=audit_log())


@cache
def audit_log_service() -> AuditLogService:
    members = member_repository()
    return AuditLogService(
        audit_repository(),
        user_repository(),
        head_repository(),
        audit_verification(),
        lambda caller, warehouse_id: members.require(caller, warehouse_id, Action.CONFIGURE),
    )


@cache
def dead_letter_service() -> DeadLetterService:
    letters = DeadLetters(clients.sqs(), settings().dead_letters_url, settings().analysis_queue_url)
    return DeadLetterService(letters, audit_log())


@cache
def invitation_service() -> InvitationService:
    return InvitationService(
        InvitationRepository(users_table()),
        user_repository(),
        member_repository().require_visible,
        MailOutbox(analysis_queue() if settings().mail_sender else None),
        audit=audit_log(),
    )
