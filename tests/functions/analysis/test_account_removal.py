"""What becomes of an account's things once it is closed: handed over, or removed."""

import pytest

from stockwarden.bootstrap import repositories, stores
from stockwarden.identity.access import Caller, Role
from stockwarden.rules.suppression_service import SuppressionOwner
from tests.functions.analysis.snapshots import LAYOUT, OTHER, STUCK, by_pallet, resolve, snapshot
from tests.support.audit_entries import all_entries
from tests.support.gateway import USER
from tests.support.leaving import (
    PASSWORD,
    caller_of,
    dismiss,
    everything,
    leave,
    profile_of,
    register,
    removal,
    remove_all,
    user_id,
)
from tests.support.problems import problem
from tests.support.reports import (
    CSV,
    arrive,
    create,
    create_warehouse,
    deliver,
    drain,
    get,
    queued,
    send,
    share,
    state,
    store,
)

ROUTES = {"/reports": "reports", "/warehouses": "warehouses", "/anomalies": "anomalies"}


@pytest.fixture(autouse=True)
def _people(clock):
    register("alice", "bob", "oscar", "vera")
    register("root.admin", role=Role.ADMIN)


@pytest.fixture
def admin():
    return caller_of("root.admin")


def ids(path, caller):
    """What a list shows, all pages."""
    found, cursor = [], None
    while True:
        more = {"cursor": cursor} if cursor else {}
        page = get(path, caller=caller, query={"limit": 50, **more}).json
        found += [entry["id"] for entry in page[ROUTES[path]]]
        cursor = page["next_cursor"]
        if cursor is None:
            return sorted(found)


def lists_of(caller):
    return {path: ids(path, caller) for path in ROUTES}


def at_work():
    """A warehouse of Alice with Oscar and Vera, two snapshots and a report outside of it."""
    warehouse = create_warehouse(layout=LAYOUT)["id"]
    share(warehouse, "oscar", "operator")
    share(warehouse, "vera", "viewer")
    snapshot(warehouse, 6, STUCK, OTHER)
    tuesday = snapshot(warehouse, 7, STUCK, OTHER)
    resolve(by_pallet(tuesday)["P-1"], "In Progress")
    alone = snapshot(None, 8, STUCK)
    return warehouse, tuesday, alone


def owners(items):
    """The names that own something."""
    return {item["username"] for item in items if "owner" in item and "added_by" not in item}


def test_what_is_handed_over_is_the_receivers_with_its_state(clock, admin):
    warehouse, tuesday, alone = at_work()
    before = lists_of(USER)
    detail = get(f"/anomalies/{by_pallet(tuesday)['P-1']['id']}").json
    assert dismiss(admin, "alice", "bob").status == 204
    remove_all("alice", clock)
    bob = caller_of("bob")
    assert lists_of(bob) == before
    assert {report["username"] for report in get("/reports", caller=bob).json["reports"]} == {"bob"}
    assert get(f"/anomalies/{detail['id']}", caller=bob).json == detail
    assert detail["history"][-1]["by"] == "alice"
    comparison = state(tuesday, caller=bob)["comparison"]
    assert (comparison["persisting"], state(tuesday, caller=bob)["superseded"]) == (2, False)
    assert get(f"/warehouses/{warehouse}", caller=bob).json["role"] == "owner"
    assert owners(everything()) == {"bob"}
    # And it goes on from there.
    path = f"/reports/{alone}"
    assert send("DELETE", path, caller=bob).status == 204
    assert drain() == []
    assert alone not in ids("/reports", bob)


def test_who_was_a_member_becomes_the_owner(clock, admin):
    warehouse, tuesday, _ = at_work()
    assert dismiss(admin, "alice", "oscar").status == 204
    for _ in range(2):
        assert get(f"/reports/{tuesday}", caller=caller_of("oscar")).status == 200
        deliver(removal("alice"))
    remove_all("alice", clock)
    members = get(f"/warehouses/{warehouse}/members", caller=caller_of("oscar")).json["members"]
    assert [member["username"] for member in members] == ["vera"]
    assert repositories.warehouse_repository().find(warehouse)["members"] == 1
    assert get(f"/reports/{tuesday}", caller=caller_of("vera")).status == 200


def test_the_audit_log_says_who_got_what(clock, admin):
    alice, bob = user_id("alice"), user_id("bob")
    warehouse, _, alone = at_work()
    known = all_entries().keys()
    dismiss(admin, "alice", "bob")
    remove_all("alice", clock)
    left = [entry for entry in all_entries().values() if entry.id not in known]
    assert [(entry.scope, entry.action, entry.object) for entry in left] == [
        ("company", "account.closed", f"user/{alice}"),
        ("company", "report.transferred", f"report/{alone}"),
        (f"warehouse:{warehouse}", "warehouse.transferred", f"warehouse/{warehouse}"),
        ("company", "account.erased", f"user/{alice}"),
    ]
    assert {entry.actor for entry in left} == {user_id("root.admin")}
    assert len({entry.request_id for entry in left}) == 1
    assert [entry.changes.get("owner") for entry in left[1:3]] == [[alice, bob]] * 2


def test_who_leaves_takes_along_what_is_only_theirs(clock):
    shared = create_warehouse(caller=caller_of("bob"))["id"]
    share(shared, "alice", "operator", caller=caller_of("bob"))
    theirs = create(warehouse_id=shared)["report_id"]
    warehouse = create_warehouse(layout=LAYOUT)["id"]
    snapshot(warehouse, 6, STUCK)
    snapshot(warehouse, 7, STUCK, OTHER)
    snapshot(None, 8, STUCK)
    create(filename="never sent.csv")
    owner, repository = SuppressionOwner(None, "alice"), repositories.suppression_repository()
    repository.add(owner, repository.new_token(), {"rule": "expired"}, "alice")
    assert leave(caller_of("alice")).status == 204
    remove_all("alice", clock)
    # What counts guesses forgets by itself.
    left = [item for item in everything() if not item["pk"].startswith("RATE#")]
    assert {item["pk"] for item in left if "alice" in str(item)} == {f"REPORT#{theirs}"}
    assert owners(left) == {"bob"}
    assert [item["pk"] for item in left if item["pk"].startswith("REPORT#")] == [
        f"REPORT#{theirs}"
    ] * 2
    assert {item["pk"] for item in left if item["pk"].startswith("WAREHOUSE#")} == {
        f"WAREHOUSE#{shared}"
    }
    assert not [item for item in left if item["pk"].startswith("rep_")]
    assert list(stores.objects().versions("analyses/")) == []
    assert list(stores.objects().versions("uploads/")) == []
    members = get(f"/warehouses/{shared}/members", caller=caller_of("bob")).json["members"]
    assert members == []


def test_a_name_is_never_given_to_anybody_else(clock):
    leave(caller_of("alice"))
    for _ in range(2):
        body = {"username": "Alice", "password": "twelve red pallets"}
        refused = send("POST", "/auth/register", caller=None, json=body)
        assert "taken" in problem(refused, 409)["detail"]
        if profile_of("alice"):
            remove_all("alice", clock)
    names = [item for item in everything() if item["pk"].startswith("NAME#allce")]
    assert [set(item) for item in names] == [{"pk", "sk"}]


def test_files_that_are_dropped_later_go_to_quarantine(clock):
    leave(caller_of("alice"))
    for number in range(2):
        assert deliver(store(f"drop/alice/stock-{number}.csv", CSV)) == []
        if profile_of("alice"):
            remove_all("alice", clock)
    aside = [version.key for version in stores.objects().versions("quarantine/")]
    assert aside == [f"quarantine/drop/alice/stock-{number}.csv" for number in range(2)]


def test_an_upload_form_of_somebody_who_left_is_of_no_use(clock, admin):
    form = create()
    dismiss(admin, "alice", "bob")
    remove_all("alice", clock)
    assert deliver(arrive(form, "inventory", CSV)) == []
    report = state(form["report_id"], caller=caller_of("bob"))
    assert (report["status"], "put aside" in report["reason"]) == ("awaiting_upload", True)


def test_a_warehouse_that_got_members_since_goes_to_an_administrator(clock, admin):
    """An admin may add members to the warehouse of anybody, also in the last moment."""
    warehouse = create_warehouse(layout=LAYOUT)["id"]
    report = snapshot(warehouse, 6, STUCK)
    assert leave(caller_of("alice")).status == 204
    share(warehouse, "oscar", "operator", caller=admin)
    remove_all("alice", clock)
    assert get(f"/warehouses/{warehouse}", caller=admin).json["role"] == "owner"
    assert get(f"/reports/{report}", caller=caller_of("oscar")).status == 200
    assert ids("/anomalies", caller_of("oscar")) == ids("/anomalies", admin) != []


def test_what_turns_up_late_is_handed_over_too(clock, admin):
    """A request that was let in before: the gateway remembers answers of the authorizer."""
    dismiss(admin, "alice", "bob")
    deliver(removal("alice"))
    clock(minutes=5)
    late = create(caller=USER)["report_id"]
    warehouse = create_warehouse(caller=USER)["id"]
    remove_all("alice", clock)
    assert ids("/reports", caller_of("bob")) == [late]
    assert ids("/warehouses", caller_of("bob")) == [warehouse]


def test_what_turns_up_without_a_receiver_goes_to_who_closed_the_account(clock, admin):
    dismiss(admin, "alice")
    late = create(caller=USER)["report_id"]
    remove_all("alice", clock)
    assert ids("/reports", admin) == [late]


def test_a_receiver_who_leaves_meanwhile_hands_it_on(clock, admin):
    warehouse, *_ = at_work()
    before = lists_of(USER)
    dismiss(admin, "alice", "bob")
    dismiss(admin, "bob", "vera")
    remove_all("alice", clock)
    remove_all("bob", clock)
    assert lists_of(caller_of("vera")) == before
    assert get(f"/warehouses/{warehouse}", caller=caller_of("vera")).json["role"] == "owner"


def test_a_receiver_who_takes_their_leave_gets_nothing(clock, admin):
    at_work()
    before = lists_of(USER)
    bob = caller_of("bob")
    dismiss(admin, "alice", "bob")
    assert leave(bob).status == 204
    remove_all("bob", clock)
    remove_all("alice", clock)
    assert lists_of(admin) == before


def test_nothing_happens_to_an_open_account(clock):
    at_work()
    before = everything()
    assert deliver(removal("alice")) == []
    assert deliver(removal("nobody")) == []
    assert everything() == before
    assert queued() == []


def test_sessions_and_tokens_end_at_once(clock):
    credentials = {"username": "alice", "password": PASSWORD}
    signed_in = send("POST", "/auth/login", caller=None, json=credentials)
    assert signed_in.status == 200
    alice = Caller("alice", user_id("alice"), Role.MEMBER, "s-alice")
    assert leave(alice).status == 204
    refused = send("POST", "/auth/login", caller=None, json=credentials)
    assert problem(refused, 401)["detail"] == "User name or password is wrong."
    spent = {"refresh_token": signed_in.json["refresh_token"]}
    problem(send("POST", "/auth/refresh", caller=None, json=spent), 401)
    remove_all("alice", clock)
    assert not [item for item in everything() if item["pk"].startswith("SESSION#")]
