"""Use cases of the own notifications: read them, and mark them as read.

Where a person wants none of a kind on the page, those of the kind are left out when they are read:
who writes them need not know what everybody wants.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from stockwarden.core.errors import Invalid, NotFound
from stockwarden.identity.access import Caller
from stockwarden.identity.users import User
from stockwarden.notifications.kinds import NotificationKind, channels_of
from stockwarden.operations.notifications import NotificationRepository, is_notification_id
from stockwarden.operations.personal import id_of
from stockwarden.storage.attributes import Item

MOST_MARKED = 50


@dataclass(frozen=True)
class NotificationPage:
    """`unread` counts all, up to 100. `reports` and `people` are {id: name} of those that the
    caller may see, and that there are."""

    items: list[Item]
    next_cursor: str | None
    unread: int
    read_until: str
    reports: Mapping[str, str]
    people: Mapping[str, str]


class NotificationService:
    """`find_reports` gives the names of the reports that a caller may see, `find_people` those of
    user ids."""

    def __init__(
        self,
        notifications: NotificationRepository,
        *,
        find_user: Callable[[str], User | None],
        find_reports: Callable[[Caller, Collection[str]], Mapping[str, str]],
        find_people: Callable[[Collection[str]], Mapping[str, str]],
    ) -> None:
        self._notifications = notifications
        self._find_user = find_user
        self._find_reports = find_reports
        self._find_people = find_people

    def list_own(self, caller: Caller, limit: int, cursor: str | None) -> NotificationPage:
        """One page, newest first; it may be short, or empty, and have a next one. Raises BadRequest
        for its cursor, NotFound for an account that was deleted meanwhile."""
        user = self._find_user(caller.username)
        if user is None:
            raise NotFound("There is no such account.")
        user_id = id_of(caller)
        items, more = self._notifications.page(user_id, limit, cursor)
        wanted = [item for item in items if _is_wanted(user, item)]
        read_until = self._notifications.read_until(user_id)
        unread = self._notifications.unread(user_id, read_until)
        reports, people = _ids(wanted, "report_id"), _ids(wanted, "by")
        return NotificationPage(
            wanted,
            more,
            sum(_is_wanted(user, item) for item in unread),
            read_until,
            self._find_reports(caller, reports) if reports else {},
            self._find_people(people) if people else {},
        )

    def mark_read(self, caller: Caller, ids: Sequence[str] | None, until: datetime | None) -> None:
        """Marks those of the ids, or all until then; ids of other people's change nothing. Raises
        Invalid unless one of both is given."""
        if (ids is None) == (until is None):
            raise Invalid.field("/ids", "Give either ids, or until.")
        if until is not None:
            self._notifications.mark_read_until(id_of(caller), until)
        else:
            known = [each for each in ids or () if is_notification_id(each)]
            self._notifications.mark_read(id_of(caller), known)


def _is_wanted(user: User, item: Item) -> bool:
    return channels_of(user.notifications, NotificationKind(item["kind"])).page


def _ids(items: Collection[Item], name: str) -> set[str]:
    return {item[name] for item in items if name in item}
