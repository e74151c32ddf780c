"""Accounts: what several people do at once, on the real transactions."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from stockwarden.core.clock import utc_now
from stockwarden.core.errors import Conflict, NotFound, PreconditionFailed
from stockwarden.identity.access import Caller, Role
from stockwarden.identity.admins import list_admins
from stockwarden.identity.closed_accounts import ClosedAccountRepository
from stockwarden.identity.invitations import InvitationRepository
from stockwarden.identity.users import User, UserRepository
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


def test_admins_who_delete_themselves_at_once_leave_one(table: Table) -> None:
    users, closed = UserRepository(table), ClosedAccountRepository(table, utc_now)
    names = [f"admin.{letter * 3}" for letter in "abcd"]
    admins = [users.add(name, "hash", role=Role.ADMIN) for name in names]

    def close(user: User) -> bool:
        caller = Caller(user.username, user.user_id, user.role, "ses_1")
        try:
            closed.close(caller, user, transfer_to=None, beside=[])
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(len(admins)) as threads:
        outcomes = list(threads.map(close, admins))
    assert outcomes.count(False) == 1
    left = admins[outcomes.index(False)]
    assert [name for name in names if users.find(name)] == [left.username]
    assert list_admins(table) == [left.username]
    account = closed.find(names[outcomes.index(True)])
    assert account and account.left
    assert list(closed.list_heirs(account)) == [left.username]


def test_a_closed_account_is_changed_no_more(table: Table) -> None:
    users, closed = UserRepository(table), ClosedAccountRepository(table, utc_now)
    user = users.add("ana", "hash", email="ana@example.com")
    caller = Caller("root.admin", "usr_root", Role.ADMIN, "ses_1")
    closed.close(caller, user, transfer_to=None, beside=[])
    assert users.find("ana") is None
    with pytest.raises(PreconditionFailed):
        closed.close(caller, user, transfer_to=None, beside=[])
    with pytest.raises(NotFound):
        users.change_standing("ana", role=Role.ADMIN)
    account = closed.find("ana")
    assert account
    for _ in range(2):
        closed.erase(account)
    assert closed.find("ana") is None
    with pytest.raises(Conflict):
        users.add("ana", "hash")
