"""The mail of an invitation."""

from stockwarden.identity.invitations import Invitation, link_of
from stockwarden.storage.mail import Mailer


class InvitationMail:
    """`mailer` is None where the stack has no sender address. A mail needs the page's whole
    address, which is "" where the stack does not know it."""

    def __init__(self, mailer: Mailer | None, app_url: str) -> None:
        self._mailer = mailer
        self._app_url = app_url

    def send(self, invitation: Invitation, text: str) -> bool:
        """Whether the mail could be sent. Raises Unavailable while the mail service does not
        answer."""
        if self._mailer is None or not self._app_url:
            return False
        lines = [
            f"{invitation.invited_by} invites you to Stockwarden.",
            "Choose a name and a password here, within 7 days:",
            link_of(self._app_url, text),
        ]
        subject = f"{invitation.invited_by} invites you to Stockwarden"
        return self._mailer.send(invitation.email, subject, "\n\n".join(lines) + "\n")
