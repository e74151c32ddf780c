"""ABC classes, turnover, slow movers and consumption, over HTTP: as a schedule made them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from stockwarden.analytics import views as views_module
from stockwarden.bootstrap import stores
from stockwarden.bootstrap.projections import refresh
from stockwarden.core.clock import iso, utc_now
from stockwarden.identity.access import Role
from stockwarden.storage.keys import key_of
from tests.functions.stock.conftest import STRANGER
from tests.support.gateway import USER
from tests.support.problems import problem
from tests.support.streams import everything_in

TODAY = datetime(2026, 3, 2, 12, tzinfo=UTC)
NAMES = ("abc", "turnover", "slow-movers", "consumption")


@pytest.fixture(autouse=True)
def _today(monkeypatch, _account):
    monkeypatch.setattr(refresh(), "clock", lambda: TODAY)


@pytest.fixture
def listed(ask):
    def read(name, **query):
        answer = ask("GET", f"/analytics/{name}", query=query)
        assert answer.status == 200, answer.body
        return answer.json

    return read


@pytest.fixture
def thing(create, ask, hall):
    """`thing("Bolt", (300, "receipt", 10), (5, "issue", 2), unit_cost="1")`: an item, and what was
    moved of it so many days ago."""

    def make(name, *moves, warehouse_id=hall, **facts):
        item = create("/items", **{"name": name, "currency": "EUR", "unit_cost": "1", **facts})[
            "id"
        ]
        for age, kind, quantity in moves:
            line = {"item_id": item, "warehouse_id": warehouse_id, "kind": kind}
            line |= {"quantity": quantity, "effective_at": iso(TODAY - timedelta(days=age))}
            answer = ask("POST", "/movements", json=line)
            assert answer.status == 201, answer.body
        return item

    return make


def names(answer):
    return [each["name"] for each in answer["items"]]


@pytest.mark.parametrize("name", NAMES)
def test_before_the_first_time(listed, name):
    answer = listed(name)
    assert (answer["as_of"], answer["items"], answer["currencies"]) == (None, [], [])


@pytest.mark.parametrize("query", [{}, {"currency": "SEK"}])
def test_a_list_that_nothing_is_in_was_made(thing, views, listed, query):
    thing("Bolt", (3, "receipt", 10), (1, "issue", 10))
    assert listed("slow-movers")["as_of"] is None
    views()
    answer = listed("slow-movers", **query)
    assert (answer["as_of"], answer["items"], answer["next_cursor"]) == (iso(TODAY), [], None)


def test_classes_by_the_share_before_the_item(thing, views, listed):
    for quantity in (500, 300, 100, 50, 30, 20):
        thing(f"Of {quantity}", (99, "receipt", 1000), (9, "issue", quantity))
    thing("Unused", (99, "receipt", 1000))
    views()
    answer = listed("abc")
    assert answer["as_of"] == iso(TODAY)
    assert [(each["name"], each["class"]) for each in answer["items"]] == [
        ("Of 500", "A"),
        ("Of 300", "A"),
        ("Of 100", "B"),
        ("Of 50", "B"),
        ("Of 30", "C"),
        ("Of 20", "C"),
    ]
    assert [each["share_before"] for each in answer["items"]] == [0, 0.5, 0.8, 0.9, 0.95, 0.98]
    assert answer["value"] == "1000.00"
    assert [tuple(each.values()) for each in answer["classes"]] == [
        ("A", 2, "800.00", 0.8),
        ("B", 2, "150.00", 0.15),
        ("C", 2, "50.00", 0.05),
    ]
    assert names(listed("abc", **{"class": "B"})) == ["Of 100", "Of 50"]


def test_turnover(thing, views, listed):
    """Of 100 for 30 days, of which 50 were sold ten days ago: 80 on average at the ends of days 0
    to 29, of which the last ten and today had 50."""
    thing("Bolt", (60, "receipt", 100), (11, "issue", 50))
    thing("Dead", (60, "receipt", 40))
    thing("Through", (5, "receipt", 8), (5, "issue", 8))
    views()
    answer = listed("turnover", days="30")
    bolt, dead, through = answer["items"]
    assert (bolt["name"], bolt["used"], bolt["average"]) == ("Bolt", "50.00", "80.00")
    assert (bolt["turnover"], bolt["days_of_stock"]) == (0.625, 48.0)
    assert (dead["turnover"], dead["days_of_stock"]) == (0.0, None)
    assert (through["name"], through["used"], through["turnover"]) == ("Through", "8.00", None)
    assert (answer["used"], answer["average"]) == ("58.00", "120.00")
    assert listed("turnover", days="365")["items"][0]["used"] == "50.00"


def test_slow_movers(thing, views, listed):
    thing("Sold yesterday", (400, "receipt", 9), (1, "issue", 1))
    thing("Sold long ago", (400, "receipt", 9), (120, "issue", 1))
    thing("Never sold", (400, "receipt", 50))
    thing("New", (20, "receipt", 500))
    thing("Gone", (400, "receipt", 5), (200, "issue", 5))
    thing("Counted", (200, "receipt", 3), (2, "count", 2))
    views()
    answer = listed("slow-movers")
    assert [(each["name"], each["idle_days"], each["used_before"]) for each in answer["items"]] == [
        ("Never sold", 365, False),
        ("Sold long ago", 120, True),
        ("Counted", 200, False),
    ]
    assert [each["value"] for each in answer["items"]] == ["50.00", "8.00", "2.00"]
    assert names(listed("slow-movers", idle_days=150)) == ["Never sold", "Counted"]
    totals = {each["idle_days"]: (each["items"], each["value"]) for each in answer["totals"]}
    assert totals[90] == (3, "60.00")
    assert totals[180] == (2, "52.00")


def test_consumption(thing, views, listed, ask):
    bolt = thing("Bolt", (80, "receipt", 100), (70, "issue", 14), (3, "consumption", 7))
    thing("Nut", (80, "receipt", 100), (3, "consumption", 1))
    movement = ask("GET", f"/items/{bolt}/movements").json["movements"][0]
    assert movement["kind"] == "consumption"
    views()
    answer = listed("consumption")
    first = answer["items"][0]
    assert (first["name"], first["quantity"], first["value"]) == ("Bolt", 21, "21.00")
    assert (first["per_day"], first["per_week"]) == (0.233333333333333, 1.63333333333333)
    assert [(use["use"], use["quantity"]) for use in first["uses"]] == [
        ("issue", 14),
        ("consumption", 7),
    ]
    assert (first["further_uses"], answer["further_uses"]) == (0, 0)
    assert {each["use"]: each["value"] for each in answer["uses"] if not each["purpose"]} == {
        "consumption": "8.00",
        "issue": "14.00",
    }
    assert names(listed("consumption", use="issue")) == ["Bolt"]
    undone = ask("POST", f"/movements/{movement['id']}/reversal", json={"reason": "Twice."})
    assert undone.status == 201
    views()
    assert listed("consumption")["items"][0]["quantity"] == 14


@pytest.fixture
def _now(monkeypatch, _today):
    """What can only be recorded now, is."""
    monkeypatch.setattr(refresh(), "clock", utc_now)


@pytest.mark.usefixtures("_now")
def test_consumption_for_a_purpose_and_its_correction(*, thing, views, listed, create, ask, hall):
    bolt = thing("Bolt", (80, "receipt", 100))
    logged = {"item_id": bolt, "warehouse_id": hall, "quantity": 6}
    create("/consumption", **logged, purpose="Machine 4")
    entry = create("/consumption", **logged, purpose="Repair")
    views()
    (found,) = listed("consumption", purpose="MACHINE 4")["items"]
    assert [(each["purpose"], each["quantity"]) for each in found["uses"]] == [
        ("machine 4", 6),
        ("repair", 6),
    ]
    assert names(listed("consumption", purpose="other")) == []
    body = {"quantity": 1}
    corrected = ask("POST", f"/consumption/{entry['id']}/correction", json=body)
    assert corrected.status == 201, corrected.body
    views()
    totals = {each["purpose"]: each["value"] for each in listed("consumption")["uses"]}
    assert totals == {"machine 4": "6.00", "repair": "1.00"}


@pytest.mark.usefixtures("_now")
def test_what_was_corrected_counts_on_the_day_of_the_first_entry(
    *, thing, views, listed, create, ask, hall
):
    """As in the consumption log."""
    bolt = thing("Bolt", (90, "receipt", 100))
    logged = {"item_id": bolt, "warehouse_id": hall, "quantity": 6, "purpose": "Repair"}
    at = iso(utc_now() - timedelta(days=40))
    corrected = create("/consumption", **logged, effective_at=at)["id"]
    for quantity in (4, 1):
        path = f"/consumption/{corrected}/correction"
        corrected = create(path, quantity=quantity)["id"]
    views()
    (found,) = listed("consumption", days="90")["items"]
    assert [(each["purpose"], each["quantity"]) for each in found["uses"]] == [("repair", 1)]
    assert listed("consumption", days="30")["items"] == []
    period = {"item_id": bolt, "from": at[:10]}
    (rate,) = ask("GET", "/consumption/rates", query=period).json["rates"]
    assert [(each["day"], each["quantity"]) for each in rate["by_day"]] == [(at[:10], 1)]


@pytest.mark.usefixtures("_now")
def test_what_was_logged_counts_on_the_day_by_the_clock_of_the_warehouse(
    *, thing, views, listed, create
):
    """As in the consumption log: thirty days ago in Auckland, and the day before in UTC."""
    yard = create("/warehouses", name="Yard", timezone="Pacific/Auckland")["id"]
    bolt = thing("Bolt", (90, "receipt", 100), warehouse_id=yard)
    day = utc_now().date() - timedelta(days=29)
    at = f"{day - timedelta(days=1)}T23:00:00.000Z"
    entry = create("/consumption", item_id=bolt, warehouse_id=yard, quantity=6, effective_at=at)
    assert entry["day"] == day.isoformat()
    views()
    assert names(listed("consumption", days="30")) == ["Bolt"]


@pytest.mark.usefixtures("_now")
def test_what_kits_are_made_of_is_used(thing, views, listed, ask, hall):
    bolt = thing("Bolt", (80, "receipt", 100))
    kit = thing("Kit")
    parts = {"components": [{"item_id": bolt, "quantity": 4}]}
    made = ask("PUT", f"/items/{kit}/components", json=parts, headers={"If-Match": "*"})
    assert made.status == 200, made.body
    body = {"warehouse_id": hall, "quantity": 3}
    assert ask("POST", f"/items/{kit}/assemble", json=body).status == 201
    views()
    (found,) = listed("consumption", use="assembly")["items"]
    assert (found["name"], found["quantity"]) == ("Bolt", 12)
    taken = ask("POST", f"/items/{kit}/disassemble", json={**body, "quantity": 1})
    assert taken.status == 201, taken.body
    views()
    (found,) = listed("consumption")["items"]
    assert (found["name"], found["quantity"]) == ("Bolt", 8)


def test_what_came_back_was_not_used(thing, views, listed):
    thing("Bolt", (80, "receipt", 100), (70, "issue", 14), (60, "return", 4))
    views()
    assert listed("consumption")["items"][0]["quantity"] == 10


def test_filters_choose_from_the_list(create, thing, views, listed):
    bolts = create("/categories", name="Bolts")["id"]
    acme = create("/suppliers", name="Acme")["id"]
    food = create("/inventory-types", name="Food")["id"]
    moves = ((9, "receipt", 100), (2, "issue", 10))
    thing("Bolt", *moves, category=bolts)
    thing("Nut", *moves, supplier=acme)
    thing("Egg", *moves, inventory_type=food)
    views()
    for name in ("abc", "turnover", "consumption"):
        for query, expected in (
            ({"category": bolts}, ["Bolt"]),
            ({"supplier": acme}, ["Nut"]),
            ({"type": food}, ["Egg"]),
            ({"category": bolts, "supplier": acme}, []),
        ):
            assert names(listed(name, **query)) == expected
    # Its share is that among all.
    assert listed("abc", category=bolts)["value"] == "30.00"


def test_of_a_warehouse(*, create, thing, views, listed, ask, hall):
    yard = create("/warehouses", name="Yard")["id"]
    thing("Bolt", (9, "receipt", 100), (2, "issue", 10))
    thing("Nut", (9, "receipt", 100), (2, "issue", 10), warehouse_id=yard)
    views()
    assert sorted(names(listed("abc"))) == ["Bolt", "Nut"]
    assert names(listed("abc", warehouse_id=yard)) == ["Nut"]
    assert listed("abc", warehouse_id=yard)["warehouse_id"] == yard
    problem(ask("GET", "/analytics/abc", query={"warehouse_id": hall}, caller=STRANGER), 404)


def test_of_a_currency(thing, views, listed):
    moves = ((9, "receipt", 100), (2, "issue", 10))
    thing("Bolt", *moves)
    thing("Nut", *moves)
    thing("Egg", *moves, currency="USD")
    thing("Ham", *moves, currency=None)
    views()
    answer = listed("abc")
    assert (answer["currency"], answer["currencies"]) == ("EUR", ["EUR", "USD", None])
    assert names(listed("abc", currency="USD")) == ["Egg"]
    assert names(listed("abc", currency="CHF")) == []


def test_pages_go_on_in_the_list_that_they_began_in(*, thing, views, listed, ask, monkeypatch):
    monkeypatch.setattr(views_module, "PAGE", 3)
    for number in range(1, 8):
        thing(f"Of {number}", (9, "receipt", 100), (2, "issue", number))
    views()
    first = listed("abc", limit=2)
    late = thing("Of 99", (9, "receipt", 100), (2, "issue", 99))
    monkeypatch.setattr(refresh(), "clock", lambda: TODAY + timedelta(hours=1))
    views()
    assert listed("abc", limit=1)["items"][0]["item_id"] == late
    found, cursor = names(first), first["next_cursor"]
    while cursor:
        page = listed("abc", limit=2, cursor=cursor)
        assert page["as_of"] == iso(TODAY)
        found, cursor = found + names(page), page["next_cursor"]
    assert found == [f"Of {number}" for number in range(7, 0, -1)]
    problem(ask("GET", "/analytics/turnover", query={"cursor": first["next_cursor"]}), 400)


def test_a_list_whose_rows_are_too_old_says_so(thing, views, ask):
    """As where the schedule has failed for days: rows end by themselves, the entry stays."""
    thing("Bolt", (80, "receipt", 9), (7, "issue", 4))
    views()
    table = stores.projections_table()
    old = [key_of(each) for each in everything_in(table) if each["pk"].startswith("ROWS#")]
    table.delete_all(old)
    refused = problem(ask("GET", "/analytics/abc"), 503)
    assert "within an hour" in refused["detail"]


def test_a_page_with_filters_examines_only_so_much(*, create, thing, views, listed, monkeypatch):
    monkeypatch.setattr(views_module, "PAGE", 2)
    monkeypatch.setattr(views_module, "_MOST_PAGES", 2)
    bolts = create("/categories", name="Bolts")["id"]
    for number in range(1, 10):
        thing(f"Of {number}", (9, "receipt", 100), (2, "issue", number))
    thing("Bolt", (9, "receipt", 100), (1, "issue", 1), category=bolts)
    views()
    page = listed("abc", category=bolts)
    assert (page["items"], bool(page["next_cursor"])) == ([], True)
    cursor = page["next_cursor"]
    while cursor:
        page = listed("abc", category=bolts, cursor=cursor)
        cursor = page["next_cursor"]
    assert names(page) == ["Bolt"]


def test_lists_are_made_when_they_are_due(thing, views, monkeypatch):
    thing("Bolt", (9, "receipt", 100), (2, "issue", 10))
    views()
    assert refresh().run_if_due() is None
    monkeypatch.setattr(refresh(), "clock", lambda: TODAY + timedelta(hours=1))
    made = refresh().run_if_due()
    # Flour, which never moved, is an item too; the bolt is in the company and in its warehouse.
    assert (made.items, made.views) == (2, 21)


def test_who_may_read_them(ask, views):
    views()
    for name in NAMES:
        problem(ask("GET", f"/analytics/{name}", caller=replace(USER, role=Role.MEMBER)), 403)
        assert ask("GET", f"/analytics/{name}", caller=STRANGER).status == 200


@pytest.mark.parametrize(
    "query",
    [
        "abc?class=D",
        "abc?days=7",
        "turnover?days=x",
        "slow-movers?idle_days=3",
        "consumption?use=lost",
    ],
)
def test_other_queries_are_refused(ask, query):
    problem(ask("GET", f"/analytics/{query}"), 422)
