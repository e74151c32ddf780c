"""Invitations: made, listed and withdrawn by an administrator, mailed where there is a sender."""

import pytest

from stockwarden.bootstrap import stores
from stockwarden.identity.invitations import InvitationRepository
from tests.support.failing import BUSY, fail_operation
from tests.support.gateway import ADMIN, USER
from tests.support.mailbox import APP_URL, SENDER, open_mailbox
from tests.support.problems import problem
from tests.support.reports import create_warehouse


def accepted(link):
    """What the link's text accepts."""
    text = link.partition("/register?invitation=")[2]
    return InvitationRepository(stores.users_table()).find(text)


@pytest.fixture
def mailbox(monkeypatch):
    monkeypatch.setenv("MAIL_SENDER", SENDER)
    monkeypatch.setenv("APP_URL", APP_URL)
    return open_mailbox(monkeypatch)


def test_without_a_sender_the_admin_gets_the_link_once(ask):
    answer = ask("POST", "/invitations", json={"email": "bea@example.com", "role": "viewer"})
    assert answer.status == 201
    invitation = accepted(answer.json["link"])
    assert (invitation.id, invitation.role) == (answer.json["id"], "viewer")
    (listed,) = ask("GET", "/invitations").json["invitations"]
    assert listed == {name: value for name, value in answer.json.items() if name != "link"}
    assert (listed["email"], listed["invited_by"]) == ("bea@example.com", "root.admin")


def test_a_mail_has_the_link_and_the_answer_has_not(mailbox, ask):
    answer = ask("POST", "/invitations", json={"email": "bea@example.com"})
    assert answer.json["link"] is None
    (mail,) = mailbox.read()
    assert mail.to == "bea@example.com"
    assert mail.subject == "root.admin invites you to Stockwarden"
    (link,) = (line for line in mail.text.splitlines() if line.startswith(APP_URL))
    assert accepted(link).id == answer.json["id"]


def test_without_its_mail_there_is_no_invitation(mailbox, ask, monkeypatch):
    fail_operation(monkeypatch, BUSY["sqs"][0], "SendMessage")
    problem(ask("POST", "/invitations", json={"email": "bea@example.com"}), 503)
    assert ask("GET", "/invitations").json["invitations"] == []


def test_one_that_is_withdrawn_before_its_mail_is_sent_is_not_mailed(mailbox, ask):
    created = ask("POST", "/invitations", json={"email": "bea@example.com"}).json
    assert ask("DELETE", f"/invitations/{created['id']}").status == 204
    assert mailbox.read() == []


def test_warehouses_are_those_that_there_are(ask):
    own = create_warehouse()["id"]
    wanted = [{"warehouse_id": own, "role": "operator"}, {"warehouse_id": "wh_gone"}]
    body = {"email": "bea@example.com", "warehouses": wanted}
    (error,) = problem(ask("POST", "/invitations", json=body), 422)["errors"]
    assert error["pointer"] == "/warehouses/1/warehouse_id"
    body["warehouses"] = wanted[:1]
    assert ask("POST", "/invitations", json=body).json["warehouses"] == wanted[:1]


def test_who_has_an_account_is_not_invited(ask):
    answer = ask("POST", "/invitations", json={"email": "ALICE@example.com"})
    assert "account with this e-mail" in problem(answer, 409)["detail"]
    assert ask("GET", "/invitations").json["invitations"] == []


def test_a_withdrawn_invitation_does_not_hold(ask):
    created = ask("POST", "/invitations", json={"email": "bea@example.com"}).json
    assert ask("DELETE", f"/invitations/{created['id']}").status == 204
    assert accepted(created["link"]) is None
    assert ask("GET", "/invitations").json["invitations"] == []
    for wrong in (created["id"], "no~id"):
        problem(ask("DELETE", f"/invitations/{wrong}"), 404)


def test_invitations_are_listed_newest_first_by_page(ask):
    made = [
        ask("POST", "/invitations", json={"email": f"bea{number}@example.com"}).json["id"]
        for number in range(3)
    ]
    first = ask("GET", "/invitations", query={"limit": 2}).json
    rest = ask("GET", "/invitations", query={"limit": 2, "cursor": first["next_cursor"]}).json
    pages = [*first["invitations"], *rest["invitations"]]
    assert sorted(invitation["id"] for invitation in pages) == sorted(made)
    moments = [invitation["created_at"] for invitation in pages]
    assert moments == sorted(moments, reverse=True)


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"email": "nowhere"}, "/email"),
        ({"role": "owner"}, "/role"),
        ({"warehouses": [{"warehouse_id": "wh_1", "role": "owner"}]}, "/warehouses/0/role"),
    ],
)
def test_wrong_invitations(ask, wrong, pointer):
    body = {"email": "bea@example.com", **wrong}
    assert problem(ask("POST", "/invitations", json=body), 422)["errors"][0]["pointer"] == pointer


def test_only_admins_invite(ask):
    body = {"email": "bea@example.com"}
    problem(ask("POST", "/invitations", json=body, caller=USER), 403)
    problem(ask("GET", "/invitations", caller=USER), 403)
    created = ask("POST", "/invitations", json=body, caller=ADMIN).json
    problem(ask("DELETE", f"/invitations/{created['id']}", caller=USER), 403)
