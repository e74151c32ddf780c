"""Where a dropped file goes: to its user, to its warehouse, or into quarantine."""

import pytest

from stockwarden import bootstrap
from tests.support.gateway import OTHER
from tests.support.reports import CSV, create_warehouse, deliver, drain, get, send, state, store


@pytest.fixture(autouse=True)
def _alice():
    bootstrap.users().add("Alice", "hash")
    for prefix in ("drop/", "quarantine/"):
        bootstrap.objects().delete_prefix(prefix)


def listed():
    return get("/reports", query={"limit": 100}).json["reports"]


def stored(prefix):
    return [version.key for version in bootstrap.objects().versions(prefix)]


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
    assert bootstrap.objects().read(f"quarantine/{key}", max_bytes=10**6) == CSV
    assert capsys.readouterr().out.count('"Reports_quarantined":[1.0]') == 1
    assert "is in quarantine" in caplog.text


def test_only_the_version_that_is_nobodys_is_moved():
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
