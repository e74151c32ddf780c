"""Members of a warehouse and the lists they see."""

import pytest

from stockwarden.bootstrap import repositories
from stockwarden.bootstrap.warehouses import warehouse_service
from stockwarden.identity.access import Caller, Role
from stockwarden.storage.clients import dynamodb
from stockwarden.warehouse import members
from tests.support.capacity import measure
from tests.support.gateway import ADMIN, OTHER, USER
from tests.support.reports import create, create_warehouse, get, send, share

MARY = Caller("mary", "usr_mary", Role.MEMBER, "s-mary")
VERA = Caller("vera", "usr_vera", Role.MEMBER, "s-vera")


@pytest.fixture(autouse=True)
def _people(_account):
    for username in ("alice", "bob", "mary", "vera", "oscar"):
        repositories.user_repository().add(username, "no password")


@pytest.fixture
def path():
    return f"/warehouses/{create_warehouse()['id']}/members"


def names(path, **query):
    return [member["username"] for member in get(path, query=query).json["members"]]


def test_a_member_is_added_changed_and_removed(path):
    member = send("PUT", f"{path}/Vera", json={"role": "viewer"}).json
    since = member.pop("since")
    assert member == {"username": "vera", "role": "viewer", "added_by": "alice"}
    changed = send("PUT", f"{path}/vera", json={"role": "manager"}).json
    assert (changed["role"], changed["since"]) == ("manager", since)
    assert get(f"{path}/VERA").json == changed
    assert send("DELETE", f"{path}/vera").status == 204
    assert get(f"{path}/vera").status == 404
    assert send("DELETE", f"{path}/vera").status == 404


def test_members_are_listed_by_name_in_pages(path):
    for username in ("vera", "bob", "mary", "oscar"):
        send("PUT", f"{path}/{username}", json={"role": "viewer"})
    first = get(path, query={"limit": 3}).json
    assert [member["username"] for member in first["members"]] == ["bob", "mary", "oscar"]
    assert names(path, limit=3, cursor=first["next_cursor"]) == ["vera"]
    for cursor in ("x", first["next_cursor"][:-3]):
        assert get(path, query={"cursor": cursor}).status == 400


@pytest.mark.parametrize(
    ("username", "body", "status", "pointer"),
    [
        ("nemo", {"role": "viewer"}, 422, "/username"),
        ("n" * 65, {"role": "viewer"}, 422, "/username"),
        ("vera", {"role": "owner"}, 422, "/role"),
        ("vera", {}, 422, "/role"),
        ("vera", {"role": "viewer", "since": "x"}, 422, "/since"),
        ("alice", {"role": "viewer"}, 409, None),
    ],
)
def test_invalid_members_are_refused(path, username, body, status, pointer):
    answer = send("PUT", f"{path}/{username}", json=body)
    assert answer.status == status
    if pointer:
        assert answer.json["errors"][0]["pointer"] == pointer
    assert names(path) == []


def test_managers_may_only_change_viewers_and_operators(path):
    send("PUT", f"{path}/mary", json={"role": "manager"})
    assert send("PUT", f"{path}/vera", json={"role": "viewer"}, caller=MARY).status == 200
    assert send("PUT", f"{path}/vera", json={"role": "operator"}, caller=MARY).status == 200
    assert send("PUT", f"{path}/vera", json={"role": "manager"}, caller=MARY).status == 403
    send("PUT", f"{path}/oscar", json={"role": "manager"})
    assert send("PUT", f"{path}/oscar", json={"role": "viewer"}, caller=MARY).status == 403
    assert send("DELETE", f"{path}/oscar", caller=MARY).status == 403
    assert send("DELETE", f"{path}/vera", caller=MARY).status == 204
    assert send("DELETE", f"{path}/oscar", caller=ADMIN).status == 204


def test_any_member_may_leave(path):
    for username, role in (("mary", "manager"), ("vera", "viewer")):
        send("PUT", f"{path}/{username}", json={"role": role})
    assert send("DELETE", f"{path}/mary", caller=VERA).status == 403
    assert send("DELETE", f"{path}/vera", caller=VERA).status == 204
    assert send("DELETE", f"{path}/mary", caller=MARY).status == 204
    assert get(path, caller=MARY).status == 404


def test_members_and_memberships_are_limited(path, monkeypatch):
    monkeypatch.setattr(members, "MAX_MEMBERS", 2)
    for username, status in (("vera", 200), ("mary", 200), ("bob", 409)):
        answer = send("PUT", f"{path}/{username}", json={"role": "viewer"})
        assert answer.status == status
    assert "2 members" in answer.json["detail"]
    assert send("PUT", f"{path}/vera", json={"role": "operator"}).status == 200
    send("DELETE", f"{path}/vera")
    assert send("PUT", f"{path}/bob", json={"role": "viewer"}).status == 200
    monkeypatch.setattr(members, "MAX_MEMBERSHIPS", 1)
    other = f"/warehouses/{create_warehouse()['id']}/members"
    answer = send("PUT", f"{other}/bob", json={"role": "viewer"})
    assert (answer.status, "1 warehouses" in answer.json["detail"]) == (409, True)


def test_concurrent_member_changes_conflict(path, monkeypatch):
    repository = warehouse_service().members
    find = repository.find

    def find_and_be_overtaken(warehouse_id, username):
        member = find(warehouse_id, username)
        monkeypatch.setattr(repository, "find", find)
        send("PUT", f"{path}/vera", json={"role": "manager"})
        return member

    for method, body in (("PUT", {"role": "operator"}), ("DELETE", None)):
        send("PUT", f"{path}/vera", json={"role": "viewer"})
        monkeypatch.setattr(repository, "find", find_and_be_overtaken)
        assert send(method, f"{path}/vera", json=body, caller=ADMIN).status == 409
        assert get(f"{path}/vera").json["role"] == "manager"


def test_a_deleted_warehouse_has_no_members_but_its_owner_keeps_the_reports():
    warehouse = create_warehouse()["id"]
    share(warehouse, "vera", "manager")
    report = create(warehouse_id=warehouse)["report_id"]
    assert send("DELETE", f"/warehouses/{warehouse}").status == 204
    assert get(f"/reports/{report}", caller=VERA).status == 404
    assert get("/reports", caller=VERA).json["reports"] == []
    assert get("/warehouses", caller=VERA).json["warehouses"] == []
    for query in ({}, {"warehouse_id": warehouse}):
        assert [entry["id"] for entry in get("/reports", query=query).json["reports"]] == [report]
    assert not repositories.member_repository().list_memberships("vera")


def test_a_member_added_during_deletion_stops_the_deletion(monkeypatch):
    warehouse = create_warehouse()["id"]
    repository = warehouse_service().members
    list_all = repository.list_all

    def list_all_and_add_one(warehouse_id):
        members = list_all(warehouse_id)
        share(warehouse, "vera", "viewer")
        return members

    monkeypatch.setattr(repository, "list_all", list_all_and_add_one)
    assert send("DELETE", f"/warehouses/{warehouse}").status == 412
    assert get(f"/warehouses/{warehouse}", caller=VERA).status == 200


def test_warehouses_name_the_role_of_the_caller():
    own_ids = [create_warehouse(caller=VERA, name=f"own {number}")["id"] for number in range(3)]
    shared = sorted(create_warehouse(name=f"shared {number}")["id"] for number in range(3))
    for warehouse, role in zip(shared, ("viewer", "operator", "manager"), strict=True):
        share(warehouse, "vera", role)
    expected = [*((entry, "owner") for entry in reversed(own_ids)),
                *zip(shared, ("viewer", "operator", "manager"), strict=True)]  # fmt: skip
    for limit in (1, 2, 3, 4, 100):
        listed, cursor = [], None
        while True:
            query = {"limit": limit, **({"cursor": cursor} if cursor else {})}
            page = get("/warehouses", caller=VERA, query=query).json
            listed += [(entry["id"], entry["role"]) for entry in page["warehouses"]]
            cursor = page["next_cursor"]
            if cursor is None:
                break
        assert listed == expected
    assert get(f"/warehouses/{shared[0]}", caller=VERA).json["role"] == "viewer"
    assert get(f"/warehouses/{shared[0]}", caller=USER).json["role"] == "owner"
    assert get(f"/warehouses/{shared[0]}", caller=ADMIN).json["role"] == "admin"


def test_own_and_shared_reports_are_one_list_newest_first():
    warehouses = [create_warehouse()["id"] for _ in range(2)]
    for warehouse in warehouses:
        share(warehouse, "vera", "operator")
    warehouse_ids = [
        None,
        warehouses[0],
        None,
        warehouses[1],
        warehouses[0],
        None,
        None,
        warehouses[1],
    ]
    report_ids = [
        create(caller=VERA, warehouse_id=warehouse_id)["report_id"]
        for warehouse_id in warehouse_ids
    ]
    create(report_name="of alice alone")
    listed_ids, cursor = [], None
    while True:
        query = {"limit": 3, **({"cursor": cursor} if cursor else {})}
        page = get("/reports", caller=VERA, query=query).json
        listed_ids += [report["id"] for report in page["reports"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert listed_ids == report_ids[::-1]
    in_first = [
        report
        for report, warehouse_id in zip(report_ids, warehouse_ids, strict=True)
        if warehouse_id == warehouses[0]
    ]
    for caller in (VERA, USER):
        listed = get("/reports", caller=caller, query={"warehouse_id": warehouses[0]}).json
        assert [report["id"] for report in listed["reports"]] == in_first[::-1]
    assert get("/reports", caller=OTHER, query={"warehouse_id": warehouses[0]}).json == {
        "reports": [],
        "next_cursor": None,
    }


@pytest.mark.parametrize("query", [{}, {"status": "awaiting_upload"}, {"warehouse_id": "shared"}])
def test_a_page_of_20_costs_a_member_4_reads_at_most(query):
    warehouses = [create_warehouse()["id"] for _ in range(2)]
    for warehouse in warehouses:
        share(warehouse, "vera", "viewer")
        for number in range(30):
            create(report_name=f"A report of usual length, number {number}", warehouse_id=warehouse)
    filters = {**query, **({"warehouse_id": warehouses[0]} if "warehouse_id" in query else {})}
    with measure(dynamodb()) as units:
        page = get("/reports", caller=VERA, query={"limit": 20, **filters}).json["reports"]
    assert len(page) == 20
    assert units.reads <= 4, units.calls
