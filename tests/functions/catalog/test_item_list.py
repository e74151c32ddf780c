"""Lists of items: by name, in pages, with filters; each item exactly once."""

import pytest

from stockwarden.bootstrap import stores
from stockwarden.stock import item_list
from stockwarden.storage import clients
from stockwarden.storage.keys import stock as keys
from tests.functions.catalog.conftest import VIEWER
from tests.support.capacity import measure
from tests.support.problems import problem
from tests.support.saved import restore, save

NAMES = ["Äpfel", "apple", "Banana", "eclair", "Éclair", "Zucchini", "zebra", "_dash", "10 bolts"]
_kept = {}


@pytest.fixture
def items(ask, create):
    """Sixty items of all kinds, as they are answered."""
    if "items" in _kept:
        restore(_kept["account"])
        return _kept["items"]
    yard = create("/warehouses", name="Yard")["id"]
    category = create("/categories", name="Food")["id"]
    supplier = create("/suppliers", name="Acme")["id"]
    kind = create("/inventory-types", name="Lots")["id"]
    made = []
    for number in range(60):
        body = {"name": f"{NAMES[number % 9]} {number:02}", "sku": f"{number:02}-X"}
        if number % 2:
            body["status"] = "pending" if number % 4 == 1 else "completed"
        if number % 3 == 0:
            body["category"] = category
        if number % 5 == 0:
            body["supplier"] = supplier
        if number % 7 == 0:
            body["inventory_type"] = kind
        if number % 4 == 0:
            body["reorder_point"] = 3
        if number % 6 == 0:
            body |= {"quantity": number + 1, "warehouse_id": yard}
        made.append({**create("/items", **body), "yard": number % 6 == 0})
    _kept.update(items=made, account=save(), ids=(yard, category, supplier, kind))
    return made


def pages(ask, **query):
    found, cursor = [], None
    for _ in range(500):
        more = {"cursor": cursor} if cursor else {}
        answer = ask("GET", "/items", query={**query, **more}, caller=VIEWER)
        assert answer.status == 200, answer.body
        found.append(answer.json)
        cursor = answer.json["next_cursor"]
        if cursor is None:
            return found
    raise AssertionError("The list does not end.")


def names(found):
    return [item["name"] for page in found for item in page["items"]]


FILTERS = {
    "none": ({}, lambda item: True),
    "status": ({"status": "pending"}, lambda item: item["status"] == "pending"),
    "category": ({"category": 1}, lambda item: item["category"]),
    "supplier": ({"supplier": 2}, lambda item: item["supplier"]),
    "type": ({"type": 3}, lambda item: item["inventory_type"]),
    "low": ({"low_stock": "true"}, lambda item: item["low_stock"]),
    "not low": ({"low_stock": "false"}, lambda item: not item["low_stock"]),
    "text": ({"q": "ÉCLAIR"}, lambda item: "clair" in item["name"]),
    "sku": ({"q": "3-x"}, lambda item: item["sku"].endswith("3-X")),
    "warehouse": ({"warehouse_id": 0}, lambda item: item["yard"]),
    "several": (
        {"category": 1, "status": "active", "low_stock": "true"},
        lambda item: item["category"] and item["status"] == "active" and item["low_stock"],
    ),
    "nothing": ({"q": "nothing"}, lambda item: False),
}


@pytest.mark.parametrize("most", [500, 1, 7], ids=["at once", "little by little", "in parts"])
@pytest.mark.parametrize("name", FILTERS)
@pytest.mark.parametrize("sort", ["name", "-name"])
def test_each_is_there_once(*, ask, items, monkeypatch, most, name, sort):
    """Also where a page examines fewer items than there are."""
    monkeypatch.setattr(item_list, "_MOST_EXAMINED", most)
    query, fits = FILTERS[name]
    query = {
        key: _kept["ids"][each] if isinstance(each, int) else each for key, each in query.items()
    }
    expected = sorted(item["name"] for item in items if fits(item))
    for limit in (3, 20):
        found = pages(ask, **query, sort=sort, limit=limit)
        assert sorted(names(found)) == expected
        assert max(len(page["items"]) for page in found) <= limit
        total = {"none": 60, "status": 15}.get(name)
        assert {page["total"] for page in found} == {total}
        if sort == "-name":
            assert names(found) == names(pages(ask, **query, limit=limit))[::-1]


def test_the_order_ignores_case_and_accents(ask, create):
    for name in ["zebra", "Éclair", "eclairs", "Apfel", "Äpfel 2", "apfel 3", "Zucchini"]:
        create("/items", name=name)
    expected = ["Apfel", "Äpfel 2", "apfel 3", "Éclair", "eclairs", "zebra", "Zucchini"]
    assert names(pages(ask)) == expected
    assert names(pages(ask, sort="-name")) == expected[::-1]


def test_a_text_is_not_found_in_ids(ask, create):
    create("/items", name="Flour", sku="A-1")
    for text in ("item", "item_", "_", "#"):
        assert names(pages(ask, q=text)) == []
    create("/items", name="Bolt #8")
    assert names(pages(ask, q="#8")) == ["Bolt #8"]
    for text in ("flou", "A-1", " a-", "LOUR"):
        assert names(pages(ask, q=text)) == ["Flour"]


def test_a_list_follows_changes(ask, create):
    item = create("/items", name="Flour", quantity=2)
    ask("PUT", f"/items/{item['id']}", json={"name": "Rye", "status": "pending", "quantity": 3})
    (page,) = pages(ask)
    (shown,) = page["items"]
    read = ask("GET", f"/items/{item['id']}").json
    assert shown == {name: read[name] for name in shown}
    totals = {
        status: ask("GET", "/items", query={"status": status}).json["total"]
        for status in ("active", "pending", "completed", "archived")
    }
    assert totals == {"active": 0, "pending": 1, "completed": 0, "archived": 0}


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ({"status": "deleted"}, "/status"),
        ({"sort": "price"}, "/sort"),
        ({"q": ""}, "/q"),
        ({"low_stock": "perhaps"}, "/low_stock"),
        ({"limit": 0}, "/limit"),
    ],
)
def test_a_wrong_filter_is_named(ask, query, pointer):
    errors = problem(ask("GET", "/items", query=query), 422)["errors"]
    assert [(error["in"], error["pointer"]) for error in errors] == [("query", pointer)]


def test_a_cursor_is_for_one_list(ask, items):
    cursor = ask("GET", "/items", query={"limit": 2}).json["next_cursor"]
    for other in ({"q": "a"}, {"sort": "-name"}, {"status": "active"}):
        problem(ask("GET", "/items", query={"cursor": cursor, **other}), 400)


def test_what_reading_costs(ask, create):
    item = create("/items", name="Flour", quantity=5)
    head = stores.stock_table().get(keys.head(item["id"]))
    stores.stock_table().put_all(
        {
            **head,
            **keys.head(f"item_{number:026}"),
            **keys.in_item_list(f"item_{number:026}", f"flour {number}"),
            "id": f"item_{number:026}",
        }
        for number in range(199)
    )
    with measure(clients.dynamodb()) as units:
        ask("GET", f"/items/{item['id']}")
    assert units.reads <= 1
    for query in ({}, {"status": "active"}, {"sort": "-name"}):
        with measure(clients.dynamodb()) as units:
            page = ask("GET", "/items", query={**query, "limit": 20}).json
        assert len(page["items"]) == 20
        assert units.reads <= 5, (query, units)
        assert units.writes == 0
