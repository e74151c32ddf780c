"""What people are told of, and where they want to be told."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class NotificationKind(StrEnum):
    REPORT_READY = "report_ready"
    REPORT_QUESTION = "report_question"
    REPORT_FAILED = "report_failed"
    ASSIGNMENT = "assignment"
    MENTION = "mention"


@dataclass(frozen=True)
class Channels:
    """On the page, and by mail: that of a file in the drop folder. None where there is no mail."""

    page: bool
    mail: bool | None


DEFAULTS: Mapping[NotificationKind, Channels] = {
    NotificationKind.REPORT_READY: Channels(page=True, mail=False),
    NotificationKind.REPORT_QUESTION: Channels(page=True, mail=True),
    NotificationKind.REPORT_FAILED: Channels(page=True, mail=True),
    NotificationKind.ASSIGNMENT: Channels(page=True, mail=None),
    NotificationKind.MENTION: Channels(page=True, mail=None),
}


def channels_of(stored: Mapping[str, Mapping[str, bool]], kind: NotificationKind) -> Channels:
    """What a person wants; `stored` has, by kind and channel, what they have chosen."""
    default, chosen = DEFAULTS[kind], stored.get(kind, {})
    mail = default.mail if default.mail is None else chosen.get("mail", default.mail)
    return Channels(chosen.get("page", default.page), mail)
