"""GET /search finds the pallets, stock lines and locations of the newest snapshots."""

from dataclasses import replace

import pytest

from stockwarden.bootstrap import stores
from stockwarden.bootstrap.repositories import user_repository
from stockwarden.identity.access import Role, TokenLimits
from stockwarden.storage import clients
from tests.functions.analysis.test_item_pallets import snapshot
from tests.support.aws import forget_services
from tests.support.capacity import measure
from tests.support.gateway import ADMIN, OTHER, USER
from tests.support.problems import problem
from tests.support.reports import create_warehouse, drain, send, share

HEADER = "Pallet ID,Location,Creation Date,SKU,Lot,Quantity\n"
SSCC = "095011015300000011"
ROWS = (
    "LPN-0001,RECV-01,2025-01-05 08:00,TEA,L-7,4\n"
    "LPN-0002,002A,2025-01-05 08:00,TEA,L-7,6\n"
    f"00{SSCC},002B,2025-01-05 08:00,MILK,M-1,1\n"
)
LINES = "Location,SKU,Lot,Quantity\n001A,TEA,L-7,4\n002A,COFFEE,,5\n"


@pytest.fixture(autouse=True)
def _new_sandbox():
    forget_services()


@pytest.fixture
def hall():
    return create_warehouse(name="Hall")["id"]


def search(q, caller=USER, **query):
    answer = send("GET", "/search", query={"q": q, **query}, caller=caller)
    assert answer.status == 200, answer.body
    return answer.json


def found(q, caller=USER, **query):
    return [(each["type"], each["id"]) for each in search(q, caller, **query)["results"]]


def test_a_pallet_says_where_it_is_and_when(hall):
    report_id = snapshot(hall, HEADER + ROWS)
    (pallet,) = search("lpn0002")["results"]
    assert pallet == {
        "type": "pallet",
        "id": "LPN-0002",
        "title": "LPN-0002",
        "subtitle": "002A",
        "code": "LPN-0002",
        "status": None,
        "archived": False,
        "matched": [{"field": "code", "text": "LPN-0002", "ranges": [[0, 8]]}],
        "warehouse_id": hall,
        "warehouse_name": "Hall",
        "report_id": report_id,
        "as_of": "2025-01-06T08:00:00.000Z",
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("LPN-0001", [("pallet", "LPN-0001")]),
        ("lpn 00", [("pallet", "LPN-0001"), ("pallet", "LPN-0002")]),
        ("002", [("location", "002A"), ("location", "002B")]),
        ("recv01", [("location", "RECV-01")]),
        (SSCC, [("pallet", f"00{SSCC}")]),
        (f"(00){SSCC}", [("pallet", f"00{SSCC}")]),
        (f"00{SSCC}", [("pallet", f"00{SSCC}")]),
        ("PN-0001", []),
        ("LPN-0003", []),
    ],
)
def test_by_the_beginning_of_a_code(hall, text, expected):
    snapshot(hall, HEADER + ROWS)
    assert found(text) == expected


def test_stock_lines_by_their_item_and_lot(hall):
    snapshot(hall, LINES)
    line = ("stock_line", "TEA | L-7 | 001A")
    assert found("tea") == found("l7") == [line]
    assert found("coff") == [("stock_line", "COFFEE | - | 002A")]
    assert found("00", type="location") == [("location", "001A"), ("location", "002A")]
    assert found("tea", type="pallet") == []


def test_the_newest_whole_snapshot_counts(hall):
    snapshot(hall, HEADER + ROWS)
    newer = snapshot(hall, HEADER + ROWS.replace("LPN-0001", "LPN-0009"), day=7)
    forget_services()
    assert found("LPN-0001") == []
    (pallet,) = search("LPN-0009")["results"]
    assert pallet["report_id"] == newer
    assert send("DELETE", f"/reports/{newer}").status == 204
    assert drain() == []
    forget_services()
    assert found("LPN-0001") == [("pallet", "LPN-0001")]


def test_only_of_warehouses_that_the_caller_sees(hall):
    snapshot(hall, HEADER + ROWS)
    stranger = replace(OTHER, role=Role.MANAGER)
    for caller in (OTHER, stranger):
        assert search("LPN-0001", caller)["results"] == []
    user_repository().add(OTHER.username, "no password")
    share(hall, OTHER.username, "viewer")
    assert found("LPN-0001", OTHER) == [("pallet", "LPN-0001")]
    elsewhere = TokenLimits("tok_1", frozenset({"items:read"}), frozenset({"wh_elsewhere"}))
    assert found("LPN-0001", replace(USER, limits=elsewhere)) == []
    here = TokenLimits("tok_1", frozenset({"items:read"}), frozenset({hall}))
    assert found("LPN-0001", replace(ADMIN, limits=here)) == [("pallet", "LPN-0001")]
    removed = send("DELETE", f"/warehouses/{hall}/members/{OTHER.username}")
    assert removed.status == 204
    # At once, although the snapshot is still remembered.
    assert found("LPN-0001", OTHER) == []


def test_one_character_that_is_a_whole_location(hall):
    snapshot(hall, HEADER + ROWS.replace("002A", "A").replace("002B", "A1"))
    assert found("a") == [("location", "A")]
    problem(send("GET", "/search", query={"q": "r"}), 422)


def test_a_snapshot_of_before_has_no_such_file(hall):
    snapshot(hall, HEADER + ROWS)
    store = stores.objects()
    for key in list(store.keys("analyses/")):
        if "/places." in key:
            store.client.delete_object(Bucket=store.bucket, Key=key)
    assert found("LPN-0001") == []


def test_more_warehouses_than_are_searched_are_told(hall, monkeypatch):
    other = create_warehouse()["id"]
    for each in (hall, other):
        snapshot(each, HEADER + ROWS)
    assert [each["warehouse_id"] for each in search("LPN-0001")["results"]].count(hall) == 1
    assert search("LPN-0001")["partial"] is False
    monkeypatch.setattr("stockwarden.search.service.WAREHOUSES", 1)
    answer = search("LPN-0001")
    assert (len(answer["results"]), answer["partial"]) == (1, True)


def test_a_search_reads_little_of_a_large_snapshot(hall, monkeypatch):
    rows = [f"P-{n:06},RECV-{n % 9:02},2025-01-05 08:00,TEA,L,4" for n in range(5000)]
    snapshot(hall, HEADER + "\n".join(rows))
    ranges = []
    objects = stores.objects()
    read_range = type(objects).read_range

    def noted(store, key, offset, length, absent):
        ranges.append(length)
        return read_range(store, key, offset, length, absent)

    monkeypatch.setattr(type(objects), "read_range", noted)
    with measure(clients.dynamodb()) as units:
        results = search("P-0031", limit=50)["results"]
    assert [each["id"] for each in results] == [f"P-{n:06}" for n in range(3100, 3150)]
    assert sum(ranges) <= 200_000
    assert units.reads <= 12
    with measure(clients.dynamodb()) as units:
        search("P-00319", limit=50)
    # The snapshot and the index of its file are remembered for a moment.
    assert units.reads <= 6
