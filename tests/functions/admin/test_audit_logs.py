"""The audit log as people read it: who sees what, filters, names, and the verification."""

from dataclasses import replace

import pytest

from stockwarden.audit.entry import Change
from stockwarden.audit.origin import Origin
from stockwarden.bootstrap import repositories, stores
from stockwarden.bootstrap.audit_seal import sealer
from stockwarden.identity.access import Role
from stockwarden.storage.tables import write
from tests.support.audit import Audit
from tests.support.audit_entries import entries_of
from tests.support.aws import forget_services
from tests.support.capacity import measure
from tests.support.failing import refusal
from tests.support.gateway import ADMIN, OTHER, USER
from tests.support.problems import problem
from tests.support.reports import create_warehouse, share

MANAGER = replace(OTHER, role=Role.MANAGER)


@pytest.fixture
def log(ask, monkeypatch):
    """`log(scope, action, object, by="alice")` writes an entry, and seals all of the scope."""
    monkeypatch.setenv("AUDIT_KEY_ID", Audit.in_moto().key.key_id)
    forget_services()

    def record(scope, action, about, by="alice", **fields):
        user = repositories.user_repository().find(by)
        origin = Origin(user.user_id if user else by, "203.0.113.7", "req-1", "ses_1")
        changes = {name: tuple(pair) for name, pair in fields.items()}
        repositories.audit_log().record(origin, Change(scope, action, about, changes))
        sealer().sweep(scope)

    return record


def actions(answer):
    assert answer.status == 200, answer.body
    return [entry["action"] for entry in answer.json["entries"]]


def test_an_entry_says_who_what_on_what_when_and_from_where(ask, log):
    log("company", "account.changed", "user/usr_1", role=["member", "viewer"])
    (entry,) = ask("GET", "/audit-logs").json["entries"]
    alice = repositories.user_repository().find("alice").user_id
    assert entry["actor"] == {"user_id": alice, "username": "alice"}
    assert entry["changes"] == {"role": ["member", "viewer"]}
    assert (entry["object"], entry["source"]) == ("user/usr_1", "203.0.113.7")
    assert (entry["request_id"], entry["via"]) == ("req-1", "ses_1")
    assert (entry["scope"], entry["seq"], len(entry["hash"])) == ("company", 1, 64)


def test_the_name_of_an_erased_person_is_gone_and_the_chain_holds(ask, log):
    log("company", "account.changed", "user/usr_1", role=["member", "viewer"])
    users = stores.users_table()
    alice = repositories.user_repository().find("alice")
    from stockwarden.storage.keys import users as keys

    write(users.delete(keys.person(alice.user_id)))
    (entry,) = ask("GET", "/audit-logs").json["entries"]
    assert entry["actor"] == {"user_id": alice.user_id, "username": None}
    answer = ask("GET", "/audit-logs/verification", query={"scope": "company"})
    assert answer.json["verified"]["intact"]


def test_who_reads_what(ask, log):
    warehouse_id = create_warehouse()["id"]
    log("company", "item.created", "item/itm_1")
    log(f"warehouse:{warehouse_id}", "rule.changed", "rule/expired")
    here = {"warehouse_id": warehouse_id}
    assert actions(ask("GET", "/audit-logs", caller=ADMIN)) == ["item.created"]
    assert actions(ask("GET", "/audit-logs", caller=MANAGER)) == ["item.created"]
    problem(ask("GET", "/audit-logs", caller=USER), 403)
    for caller in (ADMIN, USER):
        seen = actions(ask("GET", "/audit-logs", caller=caller, query=here))
        assert seen == ["rule.changed", "warehouse.created"]
    # A manager of the company has no role in the warehouse.
    problem(ask("GET", "/audit-logs", caller=MANAGER, query=here), 404)
    share(warehouse_id, "bob", "operator")
    problem(ask("GET", "/audit-logs", caller=MANAGER, query=here), 403)
    share(warehouse_id, "bob", "manager")
    seen = actions(ask("GET", "/audit-logs", caller=MANAGER, query=here))
    assert seen[:2] == ["member.changed", "member.added"]


def test_a_list_about_an_object_shows_nothing_of_other_scopes(ask, log):
    warehouse_id = create_warehouse()["id"]
    other = create_warehouse(caller=OTHER)["id"]
    for owner in (warehouse_id, other):
        log(f"warehouse:{owner}", f"rule.changed_{'b' if owner == other else 'a'}", "rule/expired")
    about = {"object": "rule/expired"}
    assert actions(ask("GET", "/audit-logs", query=about)) == ["rule.changed_b", "rule.changed_a"]
    own = ask("GET", "/audit-logs", query={**about, "warehouse_id": warehouse_id}, caller=USER)
    assert actions(own) == ["rule.changed_a"]
    assert actions(ask("GET", "/audit-logs", query=about, caller=MANAGER)) == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"action": "item.created"}, ["item.created"]),
        ({"user": "BOB"}, ["order.placed"]),
        ({"user": "bob", "action": "item.created"}, []),
        ({"object": "item/"}, ["item.changed", "item.created"]),
        ({"object": "item/itm_1"}, ["item.changed", "item.created"]),
        ({"from": "2999-01-01T00:00:00Z"}, []),
        ({"to": "2000-01-01T00:00:00Z"}, []),
        ({"from": "2000-01-01T00:00:00+02:00", "limit": 1}, ["order.placed"]),
    ],
)
def test_filters(ask, log, query, found):
    log("company", "item.created", "item/itm_1")
    log("company", "item.changed", "item/itm_1", name=["a", "b"])
    log("company", "order.placed", "order/ord_1", by="bob")
    assert actions(ask("GET", "/audit-logs", query=query)) == found


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ({"user": "nobody-here"}, "/user"),
        ({"from": "yesterday"}, "/from"),
        ({"from": "0001-01-01T00:00:00+14:00"}, "/from"),
        ({"limit": 0}, "/limit"),
    ],
)
def test_wrong_filters(ask, log, query, pointer):
    assert problem(ask("GET", "/audit-logs", query=query), 422)["errors"][0]["pointer"] == pointer


def test_pages_continue_by_their_cursor(ask, log):
    for number in range(5):
        log("company", f"item.changed_{'abcde'[number]}", "item/itm_1")
    seen, cursor = [], None
    while True:
        more = {"cursor": cursor} if cursor else {}
        answer = ask("GET", "/audit-logs", query={"limit": 2, **more})
        seen += actions(answer)
        cursor = answer.json["next_cursor"]
        if cursor is None:
            break
    assert seen == [f"item.changed_{letter}" for letter in "edcba"]
    problem(ask("GET", "/audit-logs", query={"cursor": "x"}), 400)


def test_a_page_costs_five_reads_at_most(ask, log):
    warehouse_id = create_warehouse()["id"]
    for _ in range(3):
        log(f"warehouse:{warehouse_id}", "rule.changed", "rule/expired")
    share(warehouse_id, "bob", "manager")
    query = {"warehouse_id": warehouse_id, "action": "rule.changed", "user": "alice"}
    with measure(stores.users_table().client) as units:
        answer = ask("GET", "/audit-logs", query=query, caller=MANAGER)
    assert len(actions(answer)) == 3
    assert len(units.calls) <= 5, [name for name, _, _ in units.calls]


def test_security_events_are_for_admins_and_for_oneself(ask, log):
    alice, bob = (repositories.user_repository().find(name).user_id for name in ("alice", "bob"))
    log("security", "session.started", f"user/{alice}")
    log("security", "session.refused", f"user/{bob}", by="system")
    log("company", "account.changed", f"user/{alice}")
    assert actions(ask("GET", "/security/events")) == ["session.refused", "session.started"]
    problem(ask("GET", "/security/events", caller=MANAGER), 403)
    own = ask("GET", "/users/me/security-events", caller=replace(USER, user_id=alice))
    assert actions(own) == ["session.started"]
    assert own.json["entries"][0]["actor"]["username"] == "alice"


def test_a_verified_chain_is_intact_until_somebody_changes_it(ask, log):
    for _ in range(3):
        log("company", "item.changed", "item/itm_1", name=["a", "b"])
    answer = ask("GET", "/audit-logs/verification", query={"scope": "company"}).json
    (chain,) = answer["chains"]
    assert (chain["scope"], chain["sealed"], chain["signed"]) == ("company", 3, 3)
    assert answer["verified"] == {
        "scope": "company",
        "verified": 3,
        "signed": 3,
        "unsealed": 0,
        "intact": True,
        "fault": None,
    }
    table = stores.audit_table()
    second = ask("GET", "/audit-logs").json["entries"][1]
    from stockwarden.storage.keys import audit as keys

    key = keys.entry("company", second["at"], second["id"])
    item = table.get(key)
    write(table.put({**item, "changes": {"name": ["a", "c"]}}))
    answer = ask("GET", "/audit-logs/verification", query={"scope": "company"}).json
    assert not answer["verified"]["intact"]
    assert answer["verified"]["fault"]["seq"] == 2
    assert answer["verified"]["fault"]["kind"] == "changed entry"


def last_verified(ask, scope="company"):
    chains = ask("GET", "/audit-logs/verification").json["chains"]
    return next(chain["last_verified"] for chain in chains if chain["scope"] == scope)


def test_what_the_last_verification_found_is_kept(ask, log):
    log("company", "item.changed", "item/itm_1", name=["a", "b"])
    log("company", "item.changed", "item/itm_1", name=["b", "c"])
    assert last_verified(ask) is None
    _, (event,) = entries_of(
        lambda: ask("GET", "/audit-logs/verification", query={"scope": "company"})
    )
    assert (event.scope, event.action) == ("security", "audit.verified")
    assert (event.actor, event.object) == (ADMIN.user_id, "chain/company")
    last = last_verified(ask)
    assert (last["verified"], last["intact"], last["fault"]) == (2, True, None)
    assert last["by"] == {"user_id": ADMIN.user_id, "username": None}
    second = ask("GET", "/audit-logs").json["entries"][0]
    from stockwarden.storage.keys import audit as keys

    table = stores.audit_table()
    write(table.delete(keys.entry("company", second["at"], second["id"])))
    _, (event,) = entries_of(
        lambda: ask("GET", "/audit-logs/verification", query={"scope": "company"})
    )
    assert event.action == "audit.broken"
    assert event.changes["entry"] == [None, "2"]
    last = last_verified(ask)
    assert (last["verified"], last["intact"], last["fault"]["seq"]) == (1, False, 2)


def test_a_chain_that_there_is_not_leaves_nothing(ask, log):
    query = {"scope": "warehouse:wh_none"}
    _, left = entries_of(lambda: ask("GET", "/audit-logs/verification", query=query))
    assert left == []
    assert ask("GET", "/audit-logs/verification").json["chains"] == []


@pytest.mark.parametrize("is_done", [False, True])
def test_a_result_that_could_not_be_noted_is_noted_again(ask, log, monkeypatch, is_done):
    log("company", "item.changed", "item/itm_1", name=["a", "b"])
    client = stores.audit_table().client
    transact = client.transact_write_items

    def fail(**request):
        if is_done:
            transact(**request)
        raise refusal("InternalServerError", 500)

    query = {"scope": "company"}
    with monkeypatch.context() as patch:
        patch.setattr(client, "transact_write_items", fail)
        problem(ask("GET", "/audit-logs/verification", query=query), 503)
    assert (last_verified(ask) is not None) is is_done
    assert ask("GET", "/audit-logs/verification", query=query).status == 200
    assert last_verified(ask)["verified"] == 1


def test_the_verification_is_for_admins(ask, log):
    problem(ask("GET", "/audit-logs/verification", caller=MANAGER), 403)
    problem(ask("GET", "/audit-logs/verification", query={"scope": "moon"}), 422)
    assert ask("GET", "/audit-logs/verification").json == {"chains": [], "verified": None}
