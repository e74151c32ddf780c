"""A company whose accounts are in every state, and a request for each route about them."""

import time
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

import pytest

from admin.app import handler as admin
from auth.app import handler as auth
from stockwarden.bootstrap import repositories, stores
from stockwarden.core.clock import iso, utc_now
from stockwarden.identity import totp
from stockwarden.identity.access import Caller, Role
from stockwarden.notifications.kinds import NotificationKind
from tests.support.aws import forget_services, renew
from tests.support.gateway import Handler, Response, call
from tests.support.mailbox import open_mailbox
from tests.support.reports import create_warehouse
from tests.support.saved import Saved, restore, save

PASSWORD, NEW_PASSWORD = "eleven blue pallets", "seven green forklifts"
NEXT_WEEK = (datetime.now(UTC) + timedelta(days=7)).isoformat(timespec="seconds")


class Company(NamedTuple):
    """Ana has verified her address and asked for links; Olga has a second factor, Otto has begun
    to set one up. `texts` are ids and secrets by name, for the routes that need them."""

    callers: dict[str, Caller]
    texts: dict[str, str]
    saved: Saved


class Route(NamedTuple):
    """`body` is filled with the company's texts."""

    handler: Handler
    method: str
    path: str
    body: Any = None
    caller: str | None = None
    status: int = 200


ANA = {"username": "ana", "password": PASSWORD}
REGISTER = {"username": "new.one", "password": PASSWORD, "email": "new@example.com"}
VIEW = {"list": "anomalies", "query": {"status": "Resolved"}}
TOKEN = {"name": "WMS", "scopes": ["reports:write"], "expires_at": NEXT_WEEK}
CHANGE = {"current_password": PASSWORD, "new_password": NEW_PASSWORD}
ROUTES = [
    Route(auth, "POST", "/auth/register", REGISTER, status=201),
    Route(auth, "POST", "/auth/register", {**REGISTER, "invitation": "{accepts}"}, status=201),
    Route(auth, "POST", "/auth/login", ANA),
    Route(auth, "POST", "/auth/login", {"email": "ana@example.com", "password": PASSWORD}),
    Route(auth, "POST", "/auth/login", {"username": "olga", "password": PASSWORD, "otp": "{otp}"}),
    Route(auth, "POST", "/auth/refresh", {"refresh_token": "{refresh}"}),
    Route(auth, "POST", "/auth/logout", {"refresh_token": "{refresh}"}, status=204),
    Route(auth, "POST", "/auth/password/forgot", {"username": "ana"}, status=202),
    Route(
        auth,
        "POST",
        "/auth/password/reset",
        {"token": "{reset}", "password": NEW_PASSWORD},
        status=204,
    ),
    Route(auth, "POST", "/auth/email/verify", {"token": "{verify}"}),
    Route(auth, "GET", "/users/me", caller="ana"),
    Route(auth, "PATCH", "/users/me", {"name": "Ana", "language": "es"}, "ana"),
    Route(auth, "PATCH", "/users/me", {"email": "ana@example.net"}, "ana"),
    Route(auth, "PUT", "/users/me/password", CHANGE, "ana", 204),
    Route(auth, "DELETE", "/users/me", {"password": PASSWORD}, "ana", 204),
    Route(auth, "DELETE", "/users/me", {"password": PASSWORD, "otp": "{otp}"}, "olga", 204),
    Route(auth, "GET", "/users/me/views", caller="ana"),
    Route(auth, "GET", "/users/me/views/Urgent", caller="ana"),
    Route(auth, "PUT", "/users/me/views/Urgent", {**VIEW, "query": {"status": "New"}}, "ana"),
    Route(auth, "PUT", "/users/me/views/Mine", VIEW, "ana"),
    Route(auth, "DELETE", "/users/me/views/Urgent", caller="ana", status=204),
    Route(auth, "GET", "/users/me/notifications", caller="ana"),
    Route(auth, "POST", "/users/me/notifications/read", {"ids": ["{notice}"]}, "ana", 204),
    Route(auth, "POST", "/users/me/notifications/read", {"until": "{told_at}"}, "ana", 204),
    Route(auth, "GET", "/users/me/sessions", caller="ana"),
    Route(auth, "DELETE", "/users/me/sessions", caller="ana", status=204),
    Route(auth, "DELETE", "/users/me/sessions/{session}", caller="ana", status=204),
    Route(auth, "POST", "/users/me/otp", {"password": PASSWORD}, "ana", 201),
    Route(auth, "POST", "/users/me/otp/confirm", {"code": "{otto_otp}"}, "otto"),
    Route(auth, "DELETE", "/users/me/otp", {"password": PASSWORD}, "olga", 204),
    Route(auth, "GET", "/users/me/tokens", caller="ana"),
    Route(auth, "POST", "/users/me/tokens", TOKEN, "ana", 201),
    Route(auth, "POST", "/users/me/tokens", {**TOKEN, "warehouses": ["{warehouse}"]}, "root", 201),
    Route(auth, "DELETE", "/users/me/tokens/{token}", caller="ana", status=204),
    Route(admin, "GET", "/users/me/security-events", caller="ana"),
    Route(admin, "GET", "/users", caller="root"),
    Route(admin, "GET", "/users/ana", caller="root"),
    Route(admin, "PATCH", "/users/ana", {"role": "admin"}, "root"),
    Route(admin, "PATCH", "/users/root", {"role": "viewer"}, "root"),
    Route(admin, "PATCH", "/users/ana", {"disabled": True}, "root"),
    Route(admin, "DELETE", "/users/ana", caller="root", status=204),
    Route(admin, "DELETE", "/users/second?transfer_to=ana", caller="root", status=204),
    Route(admin, "DELETE", "/users/ana/sessions", caller="root", status=204),
    Route(admin, "GET", "/invitations", caller="root"),
    Route(
        admin,
        "POST",
        "/invitations",
        {
            "email": "b@example.com",
            "warehouses": [{"warehouse_id": "{warehouse}", "role": "viewer"}],
        },
        "root",
        201,
    ),
    Route(admin, "DELETE", "/invitations/{invitation}", caller="root", status=204),
    Route(admin, "GET", "/admin/dead-letters", caller="root"),
    Route(admin, "POST", "/admin/dead-letters/redrive", caller="root"),
    Route(admin, "GET", "/audit-logs", caller="root"),
    Route(admin, "GET", "/audit-logs?user=ana", caller="root"),
    Route(admin, "GET", "/audit-logs?warehouse_id={warehouse}", caller="root"),
    Route(admin, "GET", "/audit-logs/verification", caller="root"),
    Route(admin, "GET", "/audit-logs/verification?scope=company", caller="root"),
    Route(admin, "POST", "/audit-logs/exports", {"format": "csv"}, "root", 202),
    Route(admin, "GET", "/audit-logs/exports/{log_export}", caller="root"),
    Route(admin, "GET", "/admin/statistics", caller="root"),
    Route(admin, "GET", "/security/events", caller="root"),
]


@cache
def company() -> Company:
    """Built once per process; a sender of mails must be configured."""
    renew()
    forget_services()
    with pytest.MonkeyPatch.context() as patch:
        mailbox = open_mailbox(patch)
        for name in ("ana", "olga", "otto"):
            body = {"username": name, "password": PASSWORD, "email": f"{name}@example.com"}
            assert call(auth, "POST", "/auth/register", json=body).status == 201
        verify = {mail.to: mail.token for mail in mailbox.read()}
        token = verify["ana@example.com"]
        assert call(auth, "POST", "/auth/email/verify", json={"token": token}).status == 200
        forgot = {"username": "ana"}
        assert call(auth, "POST", "/auth/password/forgot", json=forgot).status == 202
        (mail,) = mailbox.read()
    users = repositories.user_repository()
    users.add("root", "no password", role=Role.ADMIN)
    users.add("second", "no password", role=Role.ADMIN)
    signed_in = call(auth, "POST", "/auth/login", json=ANA).json
    callers = {}
    for name in ("ana", "olga", "otto", "root"):
        user = users.find(name)
        assert user
        callers[name] = Caller(name, user.user_id, user.role, "ses_mine")
    secrets = {}
    for name in ("olga", "otto"):
        body = {"password": PASSWORD}
        begun = call(auth, "POST", "/users/me/otp", json=body, caller=callers[name])
        secrets[name] = begun.json["secret"]
    code = {"code": otp(secrets["olga"], -1)}
    confirmed = call(auth, "POST", "/users/me/otp/confirm", json=code, caller=callers["olga"])
    assert confirmed.status == 200
    listed = call(auth, "GET", "/users/me/sessions", caller=callers["ana"]).json
    warehouse = create_warehouse()["id"]
    invited = call(
        admin,
        "POST",
        "/invitations",
        json={
            "email": "new@example.com",
            "warehouses": [{"warehouse_id": warehouse, "role": "viewer"}],
        },
        caller=callers["root"],
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("MAIL_SENDER")
        forget_services()
        unsent = call(
            admin, "POST", "/invitations", json={"email": "new@example.com"}, caller=callers["root"]
        )
    forget_services()
    token = call(auth, "POST", "/users/me/tokens", json=TOKEN, caller=callers["ana"]).json["id"]
    log_export = call(
        admin, "POST", "/audit-logs/exports", json={"format": "jsonl"}, caller=callers["root"]
    )
    assert log_export.status == 202
    view = call(auth, "PUT", "/users/me/views/Urgent", json=VIEW, caller=callers["ana"])
    assert view.status == 200
    told_at = iso(utc_now())
    repositories.notification_repository().add(
        callers["ana"].user_id,
        NotificationKind.REPORT_READY,
        told_at,
        "1",
        facts={"report_id": "rep_1"},
    )
    told = call(auth, "GET", "/users/me/notifications", caller=callers["ana"]).json
    queue = stores.analysis_queue()
    queue.client.send_message(
        QueueUrl=stores.settings().dead_letters_url,
        MessageBody='{"job": {"kind": "removal", "report_id": "rep_1"}}',
    )
    texts = {
        "accepts": unsent.json["link"].partition("invitation=")[2],
        "invitation": invited.json["id"],
        "refresh": signed_in["refresh_token"],
        "session": listed["sessions"][0]["id"],
        "reset": mail.token,
        "verify": verify["olga@example.com"],
        "token": token,
        "log_export": log_export.json["id"],
        "notice": told["notifications"][0]["id"],
        "told_at": told_at,
        "warehouse": warehouse,
        "olga_secret": secrets["olga"],
        "otto_secret": secrets["otto"],
    }
    return Company(callers, texts, save())


def otp(secret: str, steps: int = 0) -> str:
    return totp.code_at(secret, int(time.time()) // totp.STEP_SECONDS + steps)


def start_over(company: Company) -> None:
    restore(company.saved)
    forget_services()


def ask(company: Company, route: Route) -> Response:
    texts = company.texts | {
        "otp": otp(company.texts["olga_secret"]),
        "otto_otp": otp(company.texts["otto_secret"]),
    }

    def fill(value: Any) -> Any:
        match value:
            case str():
                for name, text in texts.items():
                    value = value.replace(f"{{{name}}}", text)
                return value
            case dict():
                return {name: fill(member) for name, member in value.items()}
            case list():
                return [fill(member) for member in value]
        return value

    headers = {"If-Match": "*"} if route.method in {"PUT", "PATCH", "DELETE"} else {}
    return call(
        route.handler,
        route.method,
        fill(route.path),
        json=fill(route.body),
        headers=headers,
        caller=company.callers[route.caller] if route.caller else None,
    )
