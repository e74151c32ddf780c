"""Routes: what a person is told."""

from typing import Annotated

from aws_lambda_powertools.event_handler.api_gateway import Router
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from stockwarden.bootstrap.auth import notification_service
from stockwarden.core.fields import Moment
from stockwarden.http.caller import CurrentCaller
from stockwarden.http.pages import Cursor, Limit
from stockwarden.notifications.kinds import NotificationKind
from stockwarden.operations.notification_service import MOST_MARKED, NotificationPage
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import operations as keys

router = Router()

NotificationId = Annotated[str, StringConstraints(min_length=1, max_length=80)]


class ReportLink(BaseModel):
    """`name` is null for a report that is deleted, or that you may no longer see."""

    id: str
    name: str | None


class Notification(BaseModel):
    """Something that you are told. `by` is the user name of who did it, null for nobody and for an
    erased account. With a `count` of more than one, `anomaly_id` is one of them."""

    id: str
    kind: NotificationKind
    at: str
    read: bool
    report: ReportLink
    anomaly_id: str | None
    count: int
    by: str | None


class NotificationList(BaseModel):
    """Newest first. A page may be short, or empty, and have a next one."""

    notifications: list[Notification]
    unread: int = Field(description="Of all, not only of this page; 100 stands for 100 or more.")
    next_cursor: str | None


class ReadRequest(BaseModel):
    """Either some, or all until then."""

    model_config = ConfigDict(extra="forbid")

    ids: list[NotificationId] | None = Field(default=None, max_length=MOST_MARKED)
    until: Moment | None = Field(default=None, examples=["2026-03-02T06:00:00Z"])


@router.get("/users/me/notifications", tags=["Account"], summary="List what you are told")
def list_notifications(
    caller: CurrentCaller, *, limit: Limit = 20, cursor: Cursor = None
) -> NotificationList:
    """Reports that are ready, ask or have failed, anomalies that are assigned to you, comments that
    mention you. They are kept for 90 days. Your profile says which kinds you want."""
    page = notification_service().list_own(caller, limit, cursor)
    return NotificationList(
        notifications=[_view(item, page) for item in page.items],
        unread=page.unread,
        next_cursor=page.next_cursor,
    )


@router.post(
    "/users/me/notifications/read",
    status_code=204,
    tags=["Account"],
    summary="Mark notifications as read",
)
def mark_notifications_read(request: ReadRequest, caller: CurrentCaller) -> None:
    """May be repeated. Ids that are not yours, or not there any more, change nothing."""
    notification_service().mark_read(caller, request.ids, request.until)


def _view(item: Item, page: NotificationPage) -> Notification:
    return Notification(
        id=keys.notification_in(item),
        kind=item["kind"],
        at=item["at"],
        read=bool(item.get("read")) or item["at"] <= page.read_until,
        report=ReportLink(id=item["report_id"], name=page.reports.get(item["report_id"])),
        anomaly_id=item.get("anomaly_id"),
        count=item.get("count", 1),
        by=page.people.get(item.get("by", "")),
    )
