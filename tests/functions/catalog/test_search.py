"""GET /search: what is found by what, in which order, and by whom."""

from dataclasses import replace

import pytest

from stockwarden.identity.access import Role, TokenLimits
from stockwarden.storage import clients
from tests.support.capacity import measure
from tests.support.catalog import MANAGER, make
from tests.support.gateway import USER
from tests.support.problems import problem
from tests.support.reports import send
from tests.support.search import streams

__all__ = ["streams"]

VIEWER = replace(USER, role=Role.VIEWER)
ITEMS = {
    "bolt": {"name": "Bolts M 8, zinc", "sku": "W-0042", "description": "Steel, for wood"},
    "nut": {"name": "Nuts M8", "sku": "W-0043", "gtin": "09501101530003"},
    "sign": {"name": "Señal Größe Øl", "sku": "S/1"},
    "wood": {"name": "Wood glue", "sku": "7-GLUE", "attributes": {"brand": "Kölner"}},
    "crate": {"name": "Ящик", "sku": "КОД-7"},
    "box": {"name": "Box", "sku": "B-1"},
    "boxer": {"name": "Boxer shorts", "sku": "B-2"},
    "cardboard": {"name": "Cardboard box", "sku": "B-3"},
    "zero": {"name": "Zinc dust", "sku": "W-004"},
}
# What is typed, and the items that are found, in their order.
CASES = {
    "a word": ("glue", ["wood"]),
    "its beginning": ("gl", ["wood"]),
    "its end is not one": ("lue", []),
    "case": ("GLUE", ["wood"]),
    "words in any order": ("zinc bolts", ["bolt"]),
    "beginnings of words in any order": ("zi bo", ["bolt"]),
    "every word has to be there": ("bolts brass", []),
    "words of several fields": ("bolts steel w-0042", ["bolt"]),
    "accents": ("senal", ["sign"]),
    "accents that are typed": ("séñál", ["sign"]),
    "sharp s": ("grosse", ["sign"]),
    "sharp s as it is": ("größe", ["sign"]),
    "a letter with a stroke": ("ol", ["sign"]),
    "an attribute": ("kolner", ["wood"]),
    "another script": ("ящ", ["crate"]),
    "a code of another script": ("код7", ["crate"]),
    "a code": ("W-0042", ["bolt"]),
    "a code without separators": ("w0042", ["bolt"]),
    "a code with others": ("w.00 42", ["bolt"]),
    "the beginning of a code, the whole one first": ("W-004", ["zero", "nut", "bolt"]),
    "the number of a code": ("0043", ["nut"]),
    "the number without its zeros": ("43", ["nut"]),
    "a code of one letter and a digit": ("S1", ["sign"]),
    "number and unit together": ("m8", ["nut", "bolt"]),
    "number and unit apart": ("m 8 zinc", ["bolt"]),
    "a GTIN": ("09501101530003", ["nut"]),
    "a GTIN of 13 digits": ("9501101530003", ["nut"]),
    "the beginning of a GTIN": ("950110", ["nut"]),
    "a GS1 label": ("(01)09501101530003(10)L1", ["nut"]),
    "a GS1 label as scanned": ("]C1010950110153000310L1", ["nut"]),
    "a label of something else": ("(01)04012345678901", []),
    "a label that is damaged is text": ("(01)0950", []),
    "the name itself, a word of it, the beginning of a word": (
        "box",
        ["box", "cardboard", "boxer"],
    ),
    "the name before other texts": ("wood", ["wood", "bolt"]),
    "no operator": ('"bolts" OR "nuts"', []),
    "no wildcard": ("bo*", ["box", "boxer", "bolt", "cardboard"]),
    "no column": ("name:bolts", []),
    "nothing that ends a string": ("bolts\x00 zinc", ["bolt"]),
    "nothing but signs around": ("((bolts^))", ["bolt"]),
}


@pytest.fixture
def catalog(streams):
    """The items, by their names above; indexed."""
    ids = {name: make("/items", **item)["id"] for name, item in ITEMS.items()}
    streams.deliver()
    return ids


@pytest.fixture
def find():
    def ask(q, caller=VIEWER, **query):
        answer = send("GET", "/search", query={"q": q, **query}, caller=caller)
        assert answer.status == 200, answer.body
        return answer.json["results"]

    return ask


@pytest.mark.parametrize(("text", "found"), CASES.values(), ids=CASES)
def test_what_is_found(catalog, find, text, found):
    names = {item_id: name for name, item_id in catalog.items()}
    assert [names[each["id"]] for each in find(text)] == found


def test_a_result_says_what_it_is_and_why(catalog, find):
    assert find("bo steel")[0] == {
        "type": "item",
        "id": catalog["bolt"],
        "title": "Bolts M 8, zinc",
        "subtitle": "Steel, for wood",
        "code": "W-0042",
        "status": "active",
        "archived": False,
        "matched": [
            {"field": "title", "text": "Bolts M 8, zinc", "ranges": [[0, 2]]},
            {"field": "description", "text": "Steel, for wood", "ranges": [[0, 5]]},
        ],
        "warehouse_id": None,
        "warehouse_name": None,
        "report_id": None,
        "as_of": None,
    }


@pytest.mark.parametrize(
    ("text", "field", "ranges"),
    [
        ("grosse", "title", [[6, 11]]),
        ("m8", "title", [[6, 9]]),
        ("w00", "sku", [[0, 4]]),
        ("0042", "sku", [[2, 6]]),
    ],
)
def test_highlights_are_those_of_the_text_as_it_stands(catalog, find, text, field, ranges):
    matched = [match for each in find(text) for match in each["matched"]]
    assert ranges in [match["ranges"] for match in matched if match["field"] == field]


def test_highlights_count_as_javascript_does(streams, find):
    make("/items", name="🧰 Toolbox")
    streams.deliver()
    assert find("tool")[0]["matched"][0]["ranges"] == [[3, 7]]


def test_a_long_text_is_shown_from_before_the_match(streams, find):
    make("/items", name="Drill", description=f"{'x ' * 150}spindle {'y ' * 150}")
    streams.deliver()
    (matched,) = find("spindle")[0]["matched"]
    ((start, end),) = matched["ranges"]
    assert len(matched["text"]) <= 160
    assert matched["text"][start:end] == "spindle"


def test_categories_and_suppliers_stand_beside_items(streams, find):
    make("/categories", name="Fasteners")
    make("/suppliers", name="Fast Nv", contact={"name": "Ana Faster"})
    for number in range(30):
        make("/items", name=f"Fastener {number}")
    streams.deliver()
    found = find("fast", limit=10)
    assert len(found) == 10
    assert {each["type"] for each in found} == {"item", "category", "supplier"}
    assert {each["type"] for each in find("fast", type="category")} == {"category"}
    two = send("GET", "/search?q=fast&type=category&type=supplier", caller=VIEWER).json
    assert {each["type"] for each in two["results"]} == {"category", "supplier"}


def test_changes_are_found_and_what_they_replace_is_not(catalog, streams, find, ask):
    path = f"/items/{catalog['bolt']}"
    changed = ask("PATCH", path, json={"name": "Screws"}, headers={"If-Match": "*"})
    assert changed.status == 200
    streams.deliver()
    assert find("bolts") == []
    assert [each["title"] for each in find("screws")] == ["Screws"]
    assert ask("DELETE", path).status == 204
    streams.deliver()
    assert find("screws") == []


def test_what_is_archived_comes_last_and_is_marked(catalog, streams, find, ask):
    body = {"status": "archived"}
    path = f"/items/{catalog['box']}"
    assert ask("PATCH", path, json=body, headers={"If-Match": "*"}).status == 200
    streams.deliver()
    assert [(each["title"], each["archived"]) for each in find("box")] == [
        ("Cardboard box", False),
        ("Boxer shorts", False),
        ("Box", True),
    ]


@pytest.mark.parametrize("text", ["x", "?", " ", "--"])
def test_too_short(catalog, text):
    refused = problem(send("GET", "/search", query={"q": text}, caller=VIEWER), 422)
    assert refused["errors"][0]["pointer"] == "/q"


def test_one_character_that_is_a_whole_code(streams, find):
    made = make("/items", name="Seven", sku="7")
    make("/items", name="Seventy", sku="70")
    streams.deliver()
    assert [each["id"] for each in find("7")] == [made["id"]]


@pytest.mark.parametrize("text", ["x" * 10_000, "a " * 5_000, "*" * 10_000, "(01)" * 2_500])
def test_a_text_that_is_too_long_is_refused(catalog, text):
    problem(send("GET", "/search", query={"q": text}, caller=VIEWER), 422)


@pytest.mark.parametrize(
    "text", ["x" * 500, "a " * 250, "é" * 500, "1 " * 250, "\x1d" * 490 + "abc"]
)
def test_the_longest_text_is_answered(catalog, find, text):
    find(text)


@pytest.mark.parametrize(
    "query", [{}, {"q": ""}, {"q": "ab", "type": "user"}, {"q": "ab", "limit": 51}]
)
def test_bad_requests(query):
    problem(send("GET", "/search", query=query, caller=VIEWER), 422)


def test_members_do_not_read_the_catalog(catalog, find):
    assert find("bolts", caller=USER) == []
    for asked in ("item", "supplier", "order"):
        query = {"q": "bolts", "type": asked}
        assert "viewer" in problem(send("GET", "/search", query=query, caller=USER), 403)["detail"]
    bound = replace(VIEWER, limits=TokenLimits("tok_1", frozenset({"items:read"}), frozenset()))
    assert len(find("bolts", caller=bound)) == 1


def test_how_new_it_is(streams):
    def ask():
        return send("GET", "/search", query={"q": "bolts"}, caller=MANAGER).json

    assert ask() == {"results": [], "as_of": None, "partial": False}
    make("/items", name="Bolts")
    streams.deliver()
    answer = ask()
    assert answer["as_of"].startswith("20")
    assert (len(answer["results"]), answer["partial"]) == (1, False)


def test_a_search_costs_little_however_much_there_is(streams, find):
    for number in range(120):
        make("/items", name=f"Bolt {number}")
        if number % 40 == 0:
            streams.deliver()
    streams.deliver()
    assert len(find("bolt", limit=50)) == 50
    with measure(clients.dynamodb()) as units:
        find("bolt", type="item")
    assert (units.reads, units.writes, len(units.calls)) == (1, 0, 1)
