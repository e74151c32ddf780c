"""Services of administration: accounts and invitations."""

from functools import cache

from stockwarden.bootstrap.repositories import audit_log, member_repository, user_repository
from stockwarden.bootstrap.stores import settings, users_table
from stockwarden.identity.invitation_mail import InvitationMail
from stockwarden.identity.invitations import InvitationRepository
from stockwarden.identity.people import InvitationService, PeopleService
from stockwarden.storage import clients
from stockwarden.storage.mail import Mailer


@cache
def people_service() -> PeopleService:
    return PeopleService(user_repository(), audit=audit_log())


@cache
def invitation_service() -> InvitationService:
    sender = settings().mail_sender
    mail = InvitationMail(Mailer(clients.ses(), sender) if sender else None, settings().app_url)
    return InvitationService(
        InvitationRepository(users_table()),
        user_repository(),
        member_repository().require_visible,
        mail.send,
        audit=audit_log(),
    )
