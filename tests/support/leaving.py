"""Accounts that are deleted, and the job that removes them."""

from collections.abc import Callable
from typing import Any

from stockwarden.bootstrap import repositories, stores
from stockwarden.identity import passwords
from stockwarden.identity.access import Caller, Role
from stockwarden.identity.users import User
from stockwarden.storage.attributes import Item, from_attributes
from stockwarden.storage.keys import users as keys
from tests.support.gateway import Response
from tests.support.reports import deliver, send

PASSWORD = "eleven blue pallets"


def register(*names: str, role: Role = Role.MEMBER, email: str | None = None) -> None:
    hashed = passwords.hash_password(PASSWORD)
    for name in names:
        repositories.user_repository().add(name, hashed, role=role, email=email)


def caller_of(username: str) -> Caller:
    user = repositories.user_repository().find(username)
    assert user
    return Caller(user.username, user.user_id, user.role, f"s-{username}")


def leave(caller: Caller, password: str = PASSWORD, **more: Any) -> Response:
    return send("DELETE", "/users/me", caller=caller, json={"password": password, **more})


def dismiss(admin: Caller, username: str, transfer_to: str | None = None) -> Response:
    query = {"transfer_to": transfer_to} if transfer_to else {}
    headers = {"If-Match": "*"}
    return send("DELETE", f"/users/{username}", caller=admin, headers=headers, query=query)


def removal(username: str) -> dict[str, Any]:
    """The message of the job, which the queue holds back for longer than a test takes."""
    return {"job": {"kind": "account-removal", "username": username}}


def profile_of(username: str) -> Item | None:
    return stores.users_table().get(keys.profile(username), consistent=True)


def remove_all(username: str, clock: Callable[..., None]) -> None:
    """Runs the job until the account is gone, with `clock` as the conftest of the analysis has
    it."""
    for _ in range(5):
        assert deliver(removal(username)) == []
        if profile_of(username) is None:
            return
        clock(minutes=20)
    raise AssertionError("the account is still there")


def everything() -> list[Item]:
    """All items of the tables of people, reports and anomalies."""
    tables = (stores.users_table(), stores.reports_table(), stores.anomalies_table())
    return [
        from_attributes(item)
        for table in tables
        for item in table.client.scan(TableName=table.name)["Items"]
    ]


def user_id(username: str) -> str:
    user: User | None = repositories.user_repository().find(username)
    assert user
    return user.user_id
