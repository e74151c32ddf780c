"""Accounts: what several people do at once, on the real transactions."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from stockwarden.core.errors import Conflict, PreconditionFailed
from stockwarden.identity.access import Role
from stockwarden.identity.invitations import InvitationRepository
from stockwarden.identity.users import UserRepository
from stockwarden.storage.tables import ConditionFailed, Table


@pytest.fixture
def table(aws_client: Any, users_table: str) -> Table:
    return Table(aws_client("dynamodb"), users_table)


def test_admins_who_take_the_role_of_each_other_leave_one(table: Table) -> None:
    users = UserRepository(table)
    names = [f"admin.{letter * 3}" for letter in "abcdefgh"]
    for name in names:
        users.add(name, "hash", role=Role.ADMIN)

    def demote(name: str) -> bool:
        try:
            users.change_standing(name, role=Role.MEMBER)
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(len(names)) as threads:
        outcomes = list(threads.map(demote, names))
    assert outcomes.count(False) == 1
    roles = [user.role for name in names if (user := users.find(name))]
    assert roles.count(Role.ADMIN) == 1


def test_of_names_that_look_alike_one_is_registered(table: Table) -> None:
    users = UserRepository(table)
    names = ["oslo.ann", "0slo.ann", "osl0.ann", "os1o.ann", "OSLO.ANN", "0s10.ann"]

    def register(name: str) -> bool:
        try:
            users.add(name, "hash", email="office@example.com")
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(len(names)) as threads:
        assert list(threads.map(register, names)).count(True) == 1


def test_an_invitation_makes_one_account(table: Table) -> None:
    users, invitations = UserRepository(table), InvitationRepository(table)
    invitation, text = invitations.new("bea@example.com", Role.OPERATOR, {}, "root.admin")
    invitations.add(invitation)

    def accept(number: int) -> bool:
        try:
            users.add(f"bea-{number}-x", "hash", beside=[invitations.spend(invitation)])
        except ConditionFailed:
            return False
        return True

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(accept, range(8))).count(True) == 1
    assert invitations.find(text) is None


def test_of_changes_over_one_version_one_is_made(table: Table) -> None:
    users = UserRepository(table)
    users.add("ana", "hash")

    def change(role: Role) -> bool:
        try:
            users.change_standing("ana", 1, role=role)
        except PreconditionFailed:
            return False
        return True

    roles = [Role.VIEWER, Role.OPERATOR, Role.MANAGER]
    with ThreadPoolExecutor(len(roles)) as threads:
        outcomes = list(threads.map(change, roles))
    assert outcomes.count(True) == 1
    stored = users.find("ana")
    assert stored and (stored.version, stored.role) == (2, roles[outcomes.index(True)])
