import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from stockwarden.bootstrap import repositories, stores
from stockwarden.bootstrap.auth import registration_service
from stockwarden.core.errors import Conflict, Forbidden
from stockwarden.identity.access import MembershipRole, Role
from stockwarden.identity.invitations import InvitationRepository
from stockwarden.storage import clients
from stockwarden.storage.keys import users as users_keys
from stockwarden.storage.tables import write
from tests.functions.auth.conftest import PASSWORD
from tests.support.problems import problem
from tests.support.reports import create_warehouse


@pytest.mark.parametrize("more", [{}, {"email": "ana@example.com"}, {"email": None}])
def test_a_registration_creates_an_account(post, more):
    response = post("/auth/register", json={"username": "Ana", "password": PASSWORD, **more})
    assert response.status == 201
    assert response.json == {"message": "New user created!", "username": "Ana"}


def test_only_the_hash_of_the_password_is_stored(real_passwords, post, ana):
    stored = json.dumps(clients.dynamodb().scan(TableName="UsersTable")["Items"])
    assert PASSWORD not in stored
    assert "$argon2id$v=19$m=19456,t=2,p=1$" in stored


@pytest.mark.parametrize("name", ["Ana.Lopez", "ana.lopez", "ANA.LOPEZ"])
def test_a_taken_name_is_409(post, ana, name):
    response = post("/auth/register", json={**ana, "username": name})
    assert problem(response, 409)["detail"] == "This user name is taken."


@pytest.mark.parametrize(
    ("body", "pointers"),
    [
        ({}, ["/username", "/password"]),
        ({"username": "ana"}, ["/password"]),
        ({"username": "ana", "password": 12345678901}, ["/password"]),
        ({"username": "ana", "password": "short"}, ["/password"]),
        ({"username": "ana", "password": "password123"}, ["/password"]),
        ({"username": "ana.lopez", "password": "ana.lopez.123"}, ["/password"]),
        ({"username": "a", "password": PASSWORD}, ["/username"]),
        ({"username": "ana lopez", "password": PASSWORD}, ["/username"]),
        ({"username": "root", "password": PASSWORD}, ["/username"]),
        ({"username": "x" * 300, "password": PASSWORD}, ["/username"]),
        ({"username": "ana", "password": PASSWORD, "email": "nowhere"}, ["/email"]),
        ({"username": "ana", "password": PASSWORD, "email": ""}, ["/email"]),
        ({"username": "ana", "password": PASSWORD, "role": "admin"}, ["/role"]),
        ({"username": "ana", "password": "x" * 2000}, ["/password"]),
        ({"username": "root", "password": "short"}, ["/username", "/password"]),
        ({"username": "a b", "password": "password123"}, ["/username", "/password"]),
        ({"username": {"S": "ana"}, "password": [PASSWORD]}, ["/username", "/password"]),
    ],
)
def test_invalid_registrations_are_refused(post, body, pointers):
    response = post("/auth/register", json=body)
    assert [error["pointer"] for error in problem(response, 422)["errors"]] == pointers
    assert PASSWORD not in response.body
    assert clients.dynamodb().scan(TableName="UsersTable")["Count"] == 0


def test_a_name_that_many_ask_for_is_taken_and_not_locked(post):
    body = {"username": "ana", "password": PASSWORD}
    statuses = [
        post("/auth/register", json=body, address=f"203.0.113.{n}").status for n in range(12)
    ]
    assert statuses == [201] + [409] * 11


@pytest.mark.parametrize(
    "name", ["admin", "SYSTEM", "m.e", "a.p.i", "stock-warden", "supp0rt", "null", "undefined"]
)
def test_reserved_names_are_refused(post, name):
    response = post("/auth/register", json={"username": name, "password": PASSWORD})
    (error,) = problem(response, 422)["errors"]
    assert error["pointer"] == "/username"
    assert "reserved" in error["detail"]


def test_too_many_from_one_address(post, configure):
    configure(REGISTRATIONS_PER_ADDRESS=2)
    answers = [
        post("/auth/register", json={"username": f"ana{n}", "password": PASSWORD}) for n in range(3)
    ]
    assert [answer.status for answer in answers] == [201, 201, 429]
    problem(answers[2], 429)
    assert int(answers[2].headers["retry-after"]) >= 1
    other = post(
        "/auth/register", json={"username": "ana9", "password": PASSWORD}, address="198.51.100.1"
    )
    assert other.status == 201


@pytest.fixture
def invite(configure):
    """`invite(email, role, {warehouse: role})` answers the text of a new invitation."""

    def add(email="bea@example.com", role=Role.MEMBER, warehouses=None, **more):
        repository = InvitationRepository(stores.users_table())
        invitation, text = repository.new(email, role, warehouses or {}, "root.admin", **more)
        repository.add(invitation)
        return text

    return add


def register(post, **more):
    return post("/auth/register", json={"username": "Bea", "password": PASSWORD, **more})


@pytest.mark.parametrize("mode", ["open", "invited"])
def test_an_invitation_says_address_role_and_warehouses(configure, post, invite, mode):
    configure(REGISTRATION=mode)
    repositories.user_repository().add("alice", "no password")
    warehouse_id = create_warehouse()["id"]
    text = invite(role=Role.OPERATOR, warehouses={warehouse_id: "manager", "wh_gone": "viewer"})
    assert register(post, invitation=text).status == 201
    user = repositories.user_repository().find("bea")
    assert (user.role, user.email) == (Role.OPERATOR, "bea@example.com")
    (membership,) = repositories.member_repository().list_memberships("bea")
    assert (membership.warehouse_id, membership.role) == (warehouse_id, MembershipRole.MANAGER)
    again = register(post, invitation=text, username="bea.2")
    assert "does not hold" in problem(again, 403)["detail"]


@pytest.mark.parametrize(("is_mailed", "mails"), [(True, 0), (False, 1)])
def test_the_link_of_a_mailed_invitation_proves_the_mailbox(
    post, mailbox, invite, is_mailed, mails
):
    assert register(post, invitation=invite(is_mailed=is_mailed)).status == 201
    user = repositories.user_repository().find("bea")
    assert user.email_verified is is_mailed
    assert len(mailbox.read()) == mails


def test_it_proves_nothing_about_the_address_of_another_account(post, mailbox, invite):
    first = {"username": "First", "password": PASSWORD, "email": "bea@example.com"}
    assert post("/auth/register", json=first).status == 201
    assert register(post, invitation=invite(is_mailed=True)).status == 201
    users = repositories.user_repository()
    assert not users.find("bea").email_verified
    assert users.find_by_email("bea@example.com").username == "first"


def test_where_registration_is_by_invitation_there_is_none_without(configure, post):
    configure(REGISTRATION="invited")
    assert "ask an administrator" in problem(register(post), 403)["detail"]


def test_a_closed_registration_takes_no_invitation_either(configure, post, invite):
    configure(REGISTRATION="closed")
    problem(register(post), 403)
    problem(register(post, invitation=invite()), 403)


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text[:-1] + ("A" if text[-1] != "A" else "B"),
        lambda text: text.upper(),
        lambda text: "",
        lambda text: "inv_" + "0" * 26 + text[30:],
    ],
)
def test_an_invitation_that_does_not_hold(configure, post, invite, damage):
    configure(REGISTRATION="invited")
    problem(register(post, invitation=damage(invite())), 403)
    assert repositories.user_repository().find("bea") is None


def test_an_invitation_ends_after_a_week(configure, post, invite):
    text = invite()
    key = users_keys.invitation(text[:30])
    item = stores.users_table().get(key)
    days = (item["expires_at_epoch"] - datetime.now(UTC).timestamp()) / 86_400
    assert 6.9 < days <= 7
    write(stores.users_table().put({**item, "expires_at_epoch": 1}))
    problem(register(post, invitation=text), 403)


def test_an_invitation_is_for_its_address(post, invite):
    text = invite()
    other = register(post, invitation=text, email="eve@example.com")
    assert "another e-mail address" in problem(other, 403)["detail"]
    assert register(post, invitation=text, email="BEA@example.com").status == 201


def test_a_taken_name_does_not_spend_the_invitation(post, ana, invite):
    text = invite()
    problem(register(post, invitation=text, username="ana.lopez"), 409)
    assert register(post, invitation=text).status == 201


def test_of_two_who_accept_one_invitation_at_once_one_has_an_account(post, invite):
    text = invite()

    def accept(name):
        try:
            registration_service().register(name, PASSWORD, "203.0.113.7", invitation=text)
        except (Forbidden, Conflict):
            return "refused"
        return "registered"

    with ThreadPoolExecutor(4) as threads:
        outcomes = sorted(threads.map(accept, ["bea.1x", "bea.2x", "bea.3x", "bea.4x"]))
    assert outcomes == ["refused"] * 3 + ["registered"]
