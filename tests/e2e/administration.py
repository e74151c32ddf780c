"""The first days of an administrator: people, invitations, the audit log."""

import secrets

from stockwarden.identity.access import Role
from stockwarden.identity.users import UserRepository
from stockwarden.storage.tables import Table
from tests.e2e.conftest import Deployment
from tests.e2e.mailbox import token_mailed
from tests.e2e.visitor import Visitor, eventually

PASSWORD = "eleven blue pallets in a row"


def administer(visit: Visitor, deployment: Deployment, warehouse: str) -> None:
    """`visit` is the warehouse's owner; the administrator is somebody else."""
    boss = sign_in_admin(visit, deployment)
    email = f"new.{secrets.token_hex(6)}@example.com"
    order = {
        "email": email,
        "role": "operator",
        "warehouses": [{"warehouse_id": warehouse, "role": "operator"}],
    }
    other = {"email": f"other.{secrets.token_hex(6)}@example.com"}
    withdrawn = visit("POST", "/invitations", expect=201, headers=boss, json=other)
    visit("DELETE", f"/invitations/{withdrawn['id']}", expect=204, headers=boss)
    created = visit("POST", "/invitations", expect=201, headers=boss, json=order)
    listed = visit("GET", "/invitations", expect=200, headers=boss)["invitations"]
    assert created["id"] in {invitation["id"] for invitation in listed}
    text = token_mailed(deployment, email, "invites you", "invitation")
    name = f"new.{secrets.token_hex(6)}"
    credentials = {"username": name, "password": PASSWORD, "invitation": text}
    visit("POST", "/auth/register", expect=201, json=credentials)
    member = visit("GET", f"/warehouses/{warehouse}/members/{name}", expect=200)
    assert member["role"] == "operator"

    users = visit("GET", "/users", expect=200, headers=boss, params={"q": name})["users"]
    assert [(user["username"], user["role"]) for user in users] == [(name, "operator")]
    user = visit("GET", f"/users/{name}", expect=200, headers=boss)
    tag = {"If-Match": f'"{user["version"]}"'}
    change = {"role": "viewer", "disabled": True}
    changed = visit("PATCH", f"/users/{name}", expect=200, headers={**boss, **tag}, json=change)
    assert (changed["role"], changed["disabled"]) == ("viewer", True)
    visit("DELETE", f"/users/{name}/sessions", expect=204, headers=boss)
    visit("POST", "/auth/login", expect=401, json={"username": name, "password": PASSWORD})

    visit("DELETE", f"/warehouses/{warehouse}/members/{name}", expect=204)
    tag = {"If-Match": f'"{changed["version"]}"'}
    visit("DELETE", f"/users/{name}", expect=204, headers={**boss, **tag})
    visit("GET", f"/users/{name}", expect=404, headers=boss)

    visit("GET", "/admin/dead-letters", expect=200, headers=boss)
    visit("POST", "/admin/dead-letters/redrive", expect=200, headers=boss)
    visit("GET", "/audit-logs", expect=200, headers=boss)
    visit("GET", "/audit-logs", expect=200, params={"warehouse_id": warehouse})
    visit("GET", "/admin/statistics", expect=200, headers=boss)
    asked = {"format": "jsonl", "filters": {"object": f"warehouse/{warehouse}"}}
    export = visit("POST", "/audit-logs/exports", expect=202, headers=boss, json=asked)
    path = f"/audit-logs/exports/{export['id']}"
    eventually(
        "the export of the audit log",
        lambda: visit("GET", path, expect=200, headers=boss)["status"] == "ready",
    )
    verification = {"scope": "company"}
    visit("GET", "/audit-logs/verification", expect=200, headers=boss, params=verification)
    visit("GET", "/security/events", expect=200, headers=boss)
    visit("GET", "/users/me/security-events", expect=200, headers=boss)


def sign_in_admin(visit: Visitor, deployment: Deployment) -> dict[str, str]:
    """The headers of a new administrator."""
    credentials = {"username": f"boss.{secrets.token_hex(6)}", "password": PASSWORD}
    visit("POST", "/auth/register", expect=201, json=credentials)
    with deployment.aws("dynamodb") as client:
        users = UserRepository(Table(client, deployment.outputs["UsersTableName"]))
        users.change_standing(credentials["username"], role=Role.ADMIN)
    tokens = visit("POST", "/auth/login", expect=200, json=credentials)
    return {"Authorization": f"Bearer {tokens['token']}"}
