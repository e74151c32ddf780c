"""Telling whoever dropped a file that it waits for them, or failed: they watch no page.

The analysis only puts a message on the queue. A mail that cannot be sent now is tried again like
any other message, and never holds up the analysis; if even the queue is away, there is no mail.
"""

import logging
from collections.abc import Callable

from stockwarden.core.errors import Unavailable
from stockwarden.identity.users import User
from stockwarden.notifications.mail import Mailer
from stockwarden.reports.attempts import Attempt
from stockwarden.reports.model import ReportStatus
from stockwarden.reports.repository import ReportRepository, Stored
from stockwarden.storage.queues import Queue

logger = logging.getLogger(__name__)

_SUBJECTS = {
    ReportStatus.NEEDS_MAPPING: "Your stock file {filename} has a question",
    ReportStatus.FAILED: "Your stock file {filename} could not be analyzed",
}


class Notices:
    """`mailer` is None where the stack has no sender: then nobody is told."""

    def __init__(
        self,
        *,
        repository: ReportRepository,
        queue: Queue,
        find_user: Callable[[str], User | None],
        mailer: Mailer | None,
        app_url: str,
    ) -> None:
        self.repository = repository
        self.queue = queue
        self.find_user = find_user
        self.mailer = mailer
        self.app_url = app_url

    def announce(self, attempt: Attempt) -> None:
        """To be called when a job has ended without anything to show. Raises nothing."""
        inventory = attempt.stored.source.get("inventory") or {}
        if self.mailer is None or not inventory.get("key", "").startswith("drop/"):
            return
        job = {"kind": "notice", "report_id": attempt.report_id, "job_id": attempt.job_id}
        try:
            self.queue.send({"job": job})
        except Unavailable:
            logger.warning("nobody is told", extra={"report_id": attempt.report_id})

    def tell(self, report_id: str, job_id: str) -> str:
        """Send the mail, unless it was sent or is no longer true. May be repeated."""
        stored = self.repository.find(report_id)
        if stored is None or stored.summary.get("job_id") != job_id:
            return "skipped"
        user = self.find_user(stored.summary["created_by"])
        wanted = stored.status in _SUBJECTS and stored.source.get("told") != job_id
        if self.mailer is None or not wanted or user is None or not user.email:
            return "skipped"
        # A name may hold anything; a header holds one line.
        filename = " ".join(stored.summary["filename"].split())
        subject = _SUBJECTS[stored.status].format(filename=filename)
        sent = self.mailer.send(user.email, subject, self._text(stored, user))
        self.repository.mark_told(report_id, job_id)
        return "sent" if sent else "refused"

    def _text(self, stored: Stored, user: User) -> str:
        waits = stored.status == ReportStatus.NEEDS_MAPPING
        lines = [
            f"Hello {user.name},",
            f"the file {stored.summary['filename']} in your drop folder "
            + ("waits for your answer:" if waits else "could not be analyzed:"),
            stored.summary.get("reason", ""),
        ]
        if self.app_url:
            lines.append(f"{self.app_url.rstrip('/')}/reports/{stored.id}")
        return "\n\n".join(lines) + "\n"
