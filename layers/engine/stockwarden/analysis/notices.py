"""Mails the sender of a dropped file when it has a question, failed, was quarantined, or is ready.

Which of these, the sender says in their profile.

The analysis only puts a message on the queue. A mail that cannot be sent now is retried like any
other message and never delays the analysis; without the queue there is no mail.
"""

import logging
from collections.abc import Callable

from stockwarden.analysis.drop_folder import Unroutable
from stockwarden.core.errors import Unavailable
from stockwarden.identity.users import User
from stockwarden.notifications.kinds import NotificationKind, channels_of
from stockwarden.reports.model import ReportStatus
from stockwarden.reports.repository import ReportRepository
from stockwarden.reports.stored_report import StoredReport
from stockwarden.storage.mail import Mailer
from stockwarden.storage.queues import Queue

logger = logging.getLogger(__name__)

_SUBJECTS = {
    ReportStatus.NEEDS_MAPPING: "Your stock file {filename} has a question",
    ReportStatus.FAILED: "Your stock file {filename} could not be analyzed",
    ReportStatus.READY: "Your stock file {filename} was analyzed",
}
_KINDS = {
    ReportStatus.NEEDS_MAPPING: NotificationKind.REPORT_QUESTION,
    ReportStatus.FAILED: NotificationKind.REPORT_FAILED,
    ReportStatus.READY: NotificationKind.REPORT_READY,
}
_QUARANTINED = "Your stock file {filename} was put aside"


class NoticeService:
    """`mailer` is None where the stack has no sender address: then no notice is sent."""

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

    def queue_notice(self, stored: StoredReport, job_id: str) -> None:
        """To be called when a job has ended. Raises nothing."""
        inventory = stored.inventory_file
        if self.mailer is None or inventory is None or not inventory.key.startswith("drop/"):
            return
        self._queue(kind="notice", report_id=stored.id, job_id=job_id)

    def queue_quarantine_notice(self, key: str, unroutable: Unroutable) -> None:
        """To be called when a file has been moved to quarantine. Raises nothing."""
        if self.mailer and unroutable.sender:
            reason = unroutable.detail
            self._queue(kind="quarantine", username=unroutable.sender, key=key, reason=reason)

    def send_notice(self, report_id: str, job_id: str) -> str:
        """Sends the mail unless it was sent or no longer applies; returns sent, refused or skipped.
        May be repeated."""
        stored = self.repository.find(report_id)
        if stored is None or stored.summary.get("job_id") != job_id:
            return "skipped"
        if stored.status not in _SUBJECTS or stored.source.get("told") == job_id:
            return "skipped"
        outcome = self._mail(
            stored.summary["created_by"],
            _SUBJECTS[stored.status],
            stored.summary["filename"],
            self._lines(stored),
            _KINDS[stored.status],
        )
        if outcome != "skipped":
            self.repository.mark_notified(report_id, job_id)
        return outcome

    def send_quarantine_notice(self, username: str, key: str, reason: str) -> str:
        """Sends the mail; returns as `send_notice`. A message delivered twice sends it twice."""
        filename = key.rpartition("/")[2]
        if key.startswith("drop/"):
            origin = f"that you dropped at {key}"
            advice = (
                f"Drop it again at drop/{username}/, or in a folder there that is named like one "
                "of your warehouses."
            )
        else:
            origin = "that you sent"
            advice = "Ask whoever looks after the warehouse, then make a new report of it."
        lines = [f"the file {filename} {origin} was put aside and not analyzed:", reason, advice]
        kind = NotificationKind.REPORT_FAILED
        return self._mail(username, _QUARANTINED, filename, lines, kind)

    def _queue(self, **job: str) -> None:
        try:
            self.queue.send({"job": job})
        except Unavailable:
            logger.warning("notice could not be queued", extra={"job": job})

    def _mail(
        self, username: str, subject: str, filename: str, lines: list[str], kind: NotificationKind
    ) -> str:
        user = self.find_user(username)
        if self.mailer is None or user is None or not user.email:
            return "skipped"
        if not channels_of(user.notifications, kind).mail:
            return "skipped"
        # Report names may contain line breaks; a mail header must not.
        subject = subject.format(filename=" ".join(filename.split()))
        text = "\n\n".join([f"Hello {user.name},", *lines]) + "\n"
        return "sent" if self.mailer.send(user.email, subject, text) else "refused"

    def _lines(self, stored: StoredReport) -> list[str]:
        count = stored.summary["anomaly_count"]
        what, more = {
            ReportStatus.NEEDS_MAPPING: ("waits for your answer:", stored.summary.get("reason")),
            ReportStatus.READY: ("was analyzed.", f"Anomalies: {count}."),
        }.get(stored.status, ("could not be analyzed:", stored.summary.get("reason")))
        lines = [f"the file {stored.summary['filename']} in your drop folder {what}", more or ""]
        if self.app_url:
            lines.append(f"{self.app_url.rstrip('/')}/reports/{stored.id}")
        return lines
