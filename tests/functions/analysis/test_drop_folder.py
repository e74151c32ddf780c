"""Routes a dropped file to its user, its warehouse, or quarantine."""

import pytest

from stockwarden.bootstrap import repositories, stores
from tests.support.audit_entries import entries_of
from tests.support.gateway import OTHER
from tests.support.reports import (
    CSV,
    create_warehouse,
    deliver,
    drain,
    get,
    send,
    share,
    state,
    store,
)


@pytest.fixture(autouse=True)
def _alice():
    repositories.user_repository().add("Alice", "hash")
    for prefix in ("drop/", "quarantine/"):
        stores.objects().delete_prefix(prefix)


def listed():
    return get("/reports", query={"limit": 100}).json["reports"]


def stored(prefix):
    return [version.key for version in stores.objects().versions(prefix)]


@pytest.mark.parametrize("folder", ["North", "north", " NORTH ", "{id}"])
def test_a_folder_of_a_warehouse(folder):
    warehouse = create_warehouse(name="North", timezone="Europe/Madrid")
    create_warehouse(name="South")
    key = f"drop/alice/{folder.format(**warehouse)}/stock.csv"
    arrival = store(key, CSV)
    assert deliver(arrival, arrival) == []
    (report,) = listed()
    assert report["status"] == "ready"
    assert report["warehouse_id"] == warehouse["id"]
    report = state(report["id"])
    assert report["layout"]["source"] == "warehouse"
    assert report["timezone"] == "Europe/Madrid"


def test_the_audit_log_says_who_dropped_the_file():
    warehouse = create_warehouse(name="North")
    arrival = store("drop/Alice/north/stock.csv", CSV)
    _, (entry,) = entries_of(lambda: deliver(arrival, arrival))
    (report,) = listed()
    user = repositories.user_repository().find("alice")
    assert (entry.actor, entry.source) == (user.user_id, "drop folder")
    assert (entry.action, entry.object) == ("report.created", f"report/{report['id']}")
    assert entry.scope == f"warehouse:{warehouse['id']}"
    assert entry.changes["filename"] == [None, "stock.csv"]


def test_a_folder_name_in_any_case_is_the_users():
    assert deliver(store("drop/ALICE/stock.csv", CSV)) == []
    (report,) = listed()
    assert report["username"] == "alice"


@pytest.mark.parametrize(
    "path",
    [
        "nobody/stock.csv",
        "stock.csv",
        "alice/West/stock.csv",
        "alice/Twice/stock.csv",
        "alice/North/2025/stock.csv",
        "alice//stock.csv",
        "alice/{foreign}/stock.csv",
        "alice/Foreign/Lager (1)+ä.csv",
    ],
)
def test_quarantine(path, capsys, caplog):
    create_warehouse(name="North")
    foreign = create_warehouse(name="Foreign", caller=OTHER)
    for _ in range(2):
        create_warehouse(name="Twice")
    key = "drop/" + path.format(foreign=foreign["id"])
    arrival = store(key, CSV)
    assert deliver(arrival) == []
    assert deliver(arrival) == []
    assert listed() == []
    assert stored("drop/") == []
    assert stored("quarantine/") == [f"quarantine/{key}"]
    assert stores.objects().read(f"quarantine/{key}", max_bytes=10**6) == CSV
    assert capsys.readouterr().out.count('"Reports_quarantined":[1.0]') == 1
    assert "is in quarantine" in caplog.text


@pytest.mark.parametrize("role", ["operator", "manager"])
@pytest.mark.parametrize("folder", ["Shared", " sHARED", "{id}"])
def test_a_folder_of_a_shared_warehouse(role, folder):
    create_warehouse(name="Foreign", caller=OTHER)
    warehouse = create_warehouse(name="Shared", caller=OTHER)
    share(warehouse["id"], "alice", role, caller=OTHER)
    create_warehouse(name="North")
    assert deliver(store(f"drop/alice/{folder.format(**warehouse)}/stock.csv", CSV)) == []
    (report,) = listed()
    assert report["status"] == "ready"
    assert report["warehouse_id"] == warehouse["id"]
    assert (report["username"], report["created_by"]) == ("bob", "alice")
    assert get(f"/reports/{report['id']}", caller=OTHER).status == 200


@pytest.mark.parametrize("prepare", ["viewer", "left", "namesake", "two"])
def test_file_for_no_shared_warehouse_is_quarantined(prepare, caplog):
    warehouse = create_warehouse(name="Shared", caller=OTHER)
    share(warehouse["id"], "alice", "viewer" if prepare == "viewer" else "manager", caller=OTHER)
    match prepare:
        case "left":
            member = f"/warehouses/{warehouse['id']}/members/alice"
            assert send("DELETE", member).status == 204
        case "namesake":
            create_warehouse(name="shared")
        case "two":
            other = create_warehouse(name="SHARED", caller=OTHER)
            share(other["id"], "alice", "operator", caller=OTHER)
    assert deliver(store("drop/alice/Shared/stock.csv", CSV)) == []
    assert listed() == []
    assert stored("drop/") == []
    assert stored("quarantine/") == ["quarantine/drop/alice/Shared/stock.csv"]
    several = prepare in {"namesake", "two"}
    assert ("2 warehouses called 'Shared'" if several else "no warehouse called") in caplog.text


def test_warehouse_id_distinguishes_equal_names():
    warehouse = create_warehouse(name="Shared", caller=OTHER)
    share(warehouse["id"], "alice", "operator", caller=OTHER)
    own_warehouse = create_warehouse(name="shared")
    for target in (warehouse, own_warehouse):
        assert deliver(store(f"drop/alice/{target['id']}/stock.csv", CSV)) == []
    assert {report["warehouse_id"] for report in listed()} == {warehouse["id"], own_warehouse["id"]}


def test_only_the_unroutable_version_is_moved():
    create_warehouse(name="North")
    first = store("drop/alice/North/stock.csv", CSV)
    assert deliver(first) == []
    (warehouse,) = get("/warehouses").json["warehouses"]
    send("PATCH", f"/warehouses/{warehouse['id']}", json={"name": "South"})
    second = store("drop/alice/North/stock.csv", CSV)
    assert deliver(second, first) == []
    assert len(listed()) == 1
    assert len(stored("drop/")) == 1
    assert len(stored("quarantine/")) == 1
    assert drain() == []
