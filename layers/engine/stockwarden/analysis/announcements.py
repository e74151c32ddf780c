"""Tells the sender and the owner of a report that it is ready, asks something, or has failed."""

from collections.abc import Callable

from stockwarden.analysis.notices import NoticeService
from stockwarden.identity.users import User
from stockwarden.notifications.kinds import NotificationKind, channels_of
from stockwarden.operations.notifications import NotificationRepository
from stockwarden.operations.report_log import RunOutcome
from stockwarden.reports.repository import ReportRepository

_KINDS = {
    RunOutcome.READY: NotificationKind.REPORT_READY,
    RunOutcome.NEEDS_MAPPING: NotificationKind.REPORT_QUESTION,
    RunOutcome.FAILED: NotificationKind.REPORT_FAILED,
    RunOutcome.ABANDONED: NotificationKind.REPORT_FAILED,
}


class AnnouncementService:
    def __init__(
        self,
        *,
        repository: ReportRepository,
        notifications: NotificationRepository,
        notices: NoticeService,
        find_user: Callable[[str], User | None],
    ) -> None:
        self.repository = repository
        self.notifications = notifications
        self.notices = notices
        self.find_user = find_user

    def announce(self, report_id: str, job_id: str) -> None:
        """Tells how a job has ended, if it has and is the report's last. May be repeated, and is
        told once. Raises Unavailable."""
        stored = self.repository.find(report_id)
        progress = stored.progress if stored else None
        if stored is None or progress is None or progress["job_id"] != job_id:
            return
        if "ended_at" not in progress:
            return
        kind = _KINDS[RunOutcome(progress["outcome"])]
        sender = stored.summary["created_by"]
        for name in dict.fromkeys((sender, stored.summary["username"])):
            user = self.find_user(name)
            if user is None or user.disabled or not user.user_id:
                continue
            self.notifications.add(
                user.user_id,
                kind,
                progress["ended_at"],
                report_id,
                job_id,
                facts={"report_id": report_id},
            )
            # Questions and failures are mailed from where they arise.
            wants_mail = channels_of(user.notifications, kind).mail
            if name == sender and kind is NotificationKind.REPORT_READY and wants_mail:
                self.notices.queue_notice(stored, job_id)
