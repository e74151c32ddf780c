"""Sends the e-mails of accounts, as the outbox has ordered them. Runs in the analysis function."""

from collections.abc import Mapping
from enum import StrEnum

from stockwarden.identity.digests import digest_of
from stockwarden.identity.invitations import InvitationRepository, link_of
from stockwarden.identity.mail_tokens import MailTokenRepository, Purpose
from stockwarden.identity.users import User, UserRepository
from stockwarden.notifications.rendering import render
from stockwarden.storage.mail import Mailer


class AccountMail(StrEnum):
    """The names of the templates."""

    RESET_PASSWORD = "reset-password"  # noqa: S105 - not a password
    VERIFY_EMAIL = "verify-email"
    PASSWORD_CHANGED = "password-changed"  # noqa: S105 - not a password
    EMAIL_CHANGED = "email-changed"
    SECOND_FACTOR_ON = "second-factor-on"
    SECOND_FACTOR_OFF = "second-factor-off"
    INVITATION = "invitation"
    ACCOUNT_CLOSED = "account-closed"

    @property
    def facts(self) -> frozenset[str]:
        """The names of what an order says: `login` is a user name or an address, `to` the address
        that the mail goes to, `address` the new one; `username` of an invitation is who invites,
        `accepts` the text that accepts it. Of a closed account, which nobody finds any more, an
        order says everything."""
        match self:
            case AccountMail.RESET_PASSWORD:
                return frozenset({"login"})
            case AccountMail.INVITATION:
                return frozenset({"username", "to", "accepts"})
            case AccountMail.EMAIL_CHANGED:
                return frozenset({"username", "to", "address"})
            case AccountMail.ACCOUNT_CLOSED:
                return frozenset({"username", "to", "name", "language"})
            case _:
                return frozenset({"username", "to"})


class AccountMailService:
    """`mailer` is None where the stack has no sender. `app_url` is the base of the links."""

    def __init__(
        self,
        *,
        users: UserRepository,
        tokens: MailTokenRepository,
        invitations: InvitationRepository,
        mailer: Mailer | None,
        app_url: str,
    ) -> None:
        self._users = users
        self._invitations = invitations
        self._tokens = tokens
        self._mailer = mailer
        self._app_url = app_url.rstrip("/")

    def send(self, mail: AccountMail, order: Mapping[str, str]) -> str:
        """Sends the mail unless there is nobody to send it to; returns sent, refused or skipped.

        `order` has the mail's facts. May be repeated: each mail with a link brings a token of its
        own. Raises Unavailable."""
        if mail is AccountMail.ACCOUNT_CLOSED:
            return self._deliver(mail, order["language"], order["to"], order)
        user, to = self._addressee(mail, order)
        if self._mailer is None or user is None or not to:
            return "skipped"
        facts = {
            "name": user.display_name or user.name,
            "username": user.name,
            "address": order.get("address", to),
            "link": self._link(mail, user, to, order),
        }
        return self._deliver(mail, user.language, to, facts)

    def _deliver(
        self, mail: AccountMail, language: str | None, to: str, facts: Mapping[str, str]
    ) -> str:
        if self._mailer is None:
            return "skipped"
        message = render(mail, language, facts)
        sent = self._mailer.send(to, message.subject, message.text, message.html)
        return "sent" if sent else "refused"

    def _addressee(self, mail: AccountMail, order: Mapping[str, str]) -> tuple[User | None, str]:
        """The account that a mail is about, and where it goes; "" for nowhere."""
        if mail is AccountMail.RESET_PASSWORD:
            login = order["login"]
            user = self._users.find_by_email(login) if "@" in login else self._users.find(login)
            return user, user.email or "" if user and not user.disabled else ""
        user, to = self._users.find(order["username"]), order["to"]
        if mail is AccountMail.VERIFY_EMAIL and user and not user.wants_email(to):
            return user, ""
        if mail is AccountMail.INVITATION and not self._invitations.find(order["accepts"]):
            # It was withdrawn meanwhile.
            return user, ""
        return user, to

    def _link(self, mail: AccountMail, user: User, to: str, order: Mapping[str, str]) -> str:
        match mail:
            case AccountMail.RESET_PASSWORD:
                return reset_link(user, self._tokens, self._app_url)
            case AccountMail.VERIFY_EMAIL:
                token = self._tokens.issue(Purpose.VERIFY_EMAIL, user.username, address=to)
                return f"{self._app_url}/verify?token={token}"
            case AccountMail.INVITATION:
                return link_of(self._app_url, order["accepts"])
            case _:
                return ""


def reset_link(user: User, tokens: MailTokenRepository, app_url: str) -> str:
    """A link that lets its holder choose a new password of the account, once."""
    token = tokens.issue(Purpose.RESET_PASSWORD, user.username, password_state=password_state(user))
    return f"{app_url}/reset-password?token={token}"


def password_state(user: User) -> str:
    """Another one after each change of the password, so that links from before end with it."""
    return digest_of(user.password_hash)
