"""Repository of notifications: what each person is told, and until when they have read it.

A notification holds ids only. Who asks for it may have lost the report meanwhile, or the person
that it names may be gone: names are found when it is read. Its own id begins with its time and is
derived, so that writing it again changes nothing.

`at` is ISO 8601 in UTC; `report_id`, `anomaly_id` and `by` (a user id) are left out where there is
none, `count` is how many anomalies it is about.
"""

import hashlib
import re
from collections.abc import Collection, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from stockwarden.core.clock import Clock, iso
from stockwarden.core.errors import Unavailable
from stockwarden.notifications.kinds import NotificationKind
from stockwarden.storage.attributes import Item
from stockwarden.storage.expressions import assignments
from stockwarden.storage.keys import operations as keys
from stockwarden.storage.pages import page_of
from stockwarden.storage.retries import retried
from stockwarden.storage.tables import CONTENDED, ConditionFailed, Operation, Table, write

KEPT = timedelta(days=90)
# Unread ones are counted so far.
MOST_COUNTED = 100
_ID = re.compile(r"ntf_\d{13}_[0-9a-f]{26}")
_TRIES = 5


def notification_id(at: str, *parts: str) -> str:
    """The same for the same parts. Ids sort by `at`."""
    digest = hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:26]
    return f"{_beginning(at)}_{digest}"


def is_notification_id(text: str) -> bool:
    return _ID.fullmatch(text) is not None


class NotificationRepository:
    def __init__(self, table: Table, clock: Clock) -> None:
        self.table = table
        self.clock = clock

    def add(
        self, user_id: str, kind: NotificationKind, at: str, *parts: str, facts: Mapping[str, Any]
    ) -> None:
        """Tells a person something, once for the same `at` and parts. Raises Unavailable."""
        item = {
            **keys.notification(user_id, notification_id(at, kind, *parts)),
            **self._attributes(kind, at, facts),
        }
        with suppress(ConditionFailed):
            write(self.table.put(item, when="attribute_not_exists(#pk)"))

    def counting(
        self,
        user_id: str,
        kind: NotificationKind,
        at: str,
        *parts: str,
        facts: Mapping[str, Any],
        count: int,
    ) -> Operation:
        """The operation that tells a person of `count` more anomalies: 2 write units in a
        transaction. For the same `at` and parts it is one notification."""
        changes, values = assignments(self._attributes(kind, at, facts))
        return self.table.update(
            keys.notification(user_id, notification_id(at, kind, *parts)),
            f"{changes} ADD #count :more",
            more=count,
            **values,
        )

    def page(self, user_id: str, limit: int, cursor: str | None) -> tuple[list[Item], str | None]:
        """Up to `limit` notifications, newest first. Raises BadRequest for its cursor."""
        items, more = page_of(
            self.table,
            f"notifications#{user_id}",
            keys.notifications(user_id),
            limit=limit,
            cursor=cursor,
            valid=is_notification_id,
            newest_first=True,
        )
        return self._alive(items), more

    def unread(self, user_id: str, read_until: str) -> list[Item]:
        """The newest that are not read, `MOST_COUNTED` examined."""
        notifications = keys.notifications(user_id)
        if read_until:
            notifications = notifications.between(first=f"{_beginning(read_until)}~")
        page = self.table.query(notifications, limit=MOST_COUNTED, newest_first=True)
        return [item for item in self._alive(page.items) if not item.get("read")]

    def read_until(self, user_id: str) -> str:
        """The moment until which everything is read; "" for none."""
        mark = self.table.get(keys.read_mark(user_id), consistent=True)
        return str(mark["until"]) if mark else ""

    def mark_read_until(self, user_id: str, until: datetime) -> None:
        """Everything until then is read. May be repeated; never goes back."""
        moment = iso(min(until, self.clock()))
        change = self.table.update(
            keys.read_mark(user_id),
            "SET #until = :until",
            when="attribute_not_exists(#until) OR #until < :until",
            until=moment,
        )
        with suppress(ConditionFailed):
            write(change)

    def mark_read(self, user_id: str, ids: Collection[str]) -> None:
        """These are read; ids that there are not change nothing. May be repeated."""
        asked = [keys.notification(user_id, each) for each in sorted(set(ids))]

        def mark() -> None:
            items = self.table.get_many(asked, consistent=True)
            unread = [
                self.table.update(
                    keys.notification(user_id, keys.notification_in(item)),
                    "SET #read = :yes",
                    when="attribute_exists(#pk)",
                    yes=True,
                )
                for item in items
                if not item.get("read")
            ]
            if unread:
                write(*unread)

        # One that has expired meanwhile is not found by the next try.
        retried(mark, on=ConditionFailed, tries=_TRIES, otherwise=Unavailable(CONTENDED))

    def _attributes(self, kind: NotificationKind, at: str, facts: Mapping[str, Any]) -> Item:
        expires = self.clock() + KEPT
        given = {name: value for name, value in facts.items() if value is not None}
        return {**given, "kind": str(kind), "at": at, "expires_at_epoch": int(expires.timestamp())}

    def _alive(self, items: list[Item]) -> list[Item]:
        """DynamoDB removes expired items days late."""
        now = self.clock().timestamp()
        return [item for item in items if item["expires_at_epoch"] > now]


def _beginning(at: str) -> str:
    return f"ntf_{round(datetime.fromisoformat(at).timestamp() * 1000):013}"
