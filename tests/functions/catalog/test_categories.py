"""Categories over HTTP: a tree without cycles, whatever happens at the same time."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from stockwarden.bootstrap import stores
from stockwarden.bootstrap.catalog import category_repository, category_service
from stockwarden.catalog.categories import CategoryRepository, TreeChanged
from stockwarden.catalog.category_model import CategoryPatch
from stockwarden.catalog.references import count_references
from stockwarden.catalog.tree import MAX_CATEGORIES
from stockwarden.core.errors import Invalid
from stockwarden.identity.access import TokenLimits
from stockwarden.storage import clients
from stockwarden.storage.keys import catalog as catalog_keys
from stockwarden.storage.keys import catalog as keys
from stockwarden.storage.tables import write
from tests.functions.catalog.conftest import MANAGER, VIEWER
from tests.support.capacity import measure
from tests.support.problems import problem


@pytest.fixture
def grow(create):
    """`grow("A", "B")` makes B below A; returns their ids."""

    def chain(*names, below=None):
        ids = []
        for name in names:
            below = create("/categories", name=name, parent_id=below)["id"]
            ids.append(below)
        return ids

    return chain


def paths(ask, **query):
    answer = ask("GET", "/categories", query=query, caller=VIEWER)
    assert answer.status == 200, answer.body
    return [category["path"] for category in answer.json["categories"]]


def test_a_category_is_made_read_renamed_moved_and_deleted(ask, grow):
    a, b = grow("A", "B")
    (c,) = grow("C")
    read = ask("GET", f"/categories/{b}", caller=VIEWER)
    assert (read.json["name"], read.json["parent_id"], read.version) == ("B", a, 1)
    assert ask("PATCH", f"/categories/{b}", json={"name": "D", "parent_id": c}).version == 2
    assert paths(ask) == [["A"], ["C"], ["C", "D"]]
    assert ask("PATCH", f"/categories/{b}", json={"parent_id": None}).json["parent_id"] is None
    assert paths(ask) == [["A"], ["C"], ["D"]]
    problem(ask("DELETE", f"/categories/{b}", headers={"If-Match": '"2"'}), 412)
    assert ask("DELETE", f"/categories/{b}", headers={"If-Match": '"3"'}).status == 204
    problem(ask("GET", f"/categories/{b}"), 404)
    problem(ask("PATCH", f"/categories/{b}", json={"name": "E"}), 404)


def test_what_is_below_moves_with_it(ask, grow):
    a, b, _ = grow("A", "B", "C")
    (d,) = grow("D")
    assert ask("PATCH", f"/categories/{b}", json={"parent_id": d}).status == 200
    assert paths(ask) == [["A"], ["D"], ["D", "B"], ["D", "B", "C"]]
    assert paths(ask, parent_id=d) == [["D", "B"]]
    assert paths(ask, parent_id="root") == [["A"], ["D"]]
    assert ask("DELETE", f"/categories/{a}").status == 204


@pytest.mark.parametrize(
    ("moved", "below", "cycle"),
    [(0, 0, "A → A"), (0, 1, "A → B → A"), (0, 2, "A → B → C → A"), (1, 2, "B → C → B")],
)
def test_a_cycle_is_refused_by_name(ask, grow, moved, below, cycle):
    ids = grow("A", "B", "C")
    answer = ask("PATCH", f"/categories/{ids[moved]}", json={"parent_id": ids[below]})
    (error,) = problem(answer, 422)["errors"]
    assert error["pointer"] == "/parent_id"
    assert f": {cycle}." in error["detail"]
    assert paths(ask) == [["A"], ["A", "B"], ["A", "B", "C"]]


def test_fifty_levels_are_possible_and_no_more(ask, grow):
    ids = grow(*(f"{level:02}" for level in range(50)))
    assert len(paths(ask)[-1]) == 50
    answer = ask("POST", "/categories", json={"name": "x", "parent_id": ids[-1]})
    (error,) = problem(answer, 422)["errors"]
    assert "51 levels" in error["detail"]


def test_two_moves_that_make_a_cycle_together(grow, monkeypatch):
    """The second is checked again on what the first has left, and refused."""
    (a,), (b,) = grow("A"), grow("B")
    load, once = CategoryRepository.load_tree, []

    def load_and_let_the_other_go_first(self, *, consistent=True):
        tree = load(self, consistent=consistent)
        if not once:
            once.append(True)
            category_service().change(MANAGER, a, CategoryPatch(parent_id=b), None)
        return tree

    monkeypatch.setattr(CategoryRepository, "load_tree", load_and_let_the_other_go_first)
    with pytest.raises(Invalid, match="B → A → B"):
        category_service().change(MANAGER, b, CategoryPatch(parent_id=a), None)
    assert category_repository().find(b).get("parent_id") is None


@pytest.mark.usefixtures("one_call_at_a_time")
def test_moves_of_many_at_once_leave_a_tree(grow):
    """Each below the next, and the last below the first: all but one can be."""
    ids = [grow(name)[0] for name in "ABCDEF"]
    service = category_service()

    def move(position):
        try:
            below = ids[(position + 1) % len(ids)]
            service.change(MANAGER, ids[position], CategoryPatch(parent_id=below), None)
        except Invalid:
            return "cycle"
        return "moved"

    with ThreadPoolExecutor(3) as pool:
        outcomes = list(pool.map(move, range(len(ids))))
    assert sorted(outcomes) == ["cycle"] + ["moved"] * 5
    assert len(category_repository().load_tree().in_order()) == len(ids)


def test_a_change_on_an_old_tree_is_not_written(grow):
    grow("A")
    repository = category_repository()
    old = repository.load_tree()
    grow("B")
    item = {"id": "cat_1", "name": "C", "created_at": "", "updated_at": ""}
    with pytest.raises(TreeChanged):
        repository.add(old, item)
    assert repository.find("cat_1") is None


@pytest.mark.parametrize("name", ["Nuts", "NUTS", " nuts "])
def test_siblings_have_different_names(ask, grow, name):
    (parent,) = grow("Fasteners")
    grow("Nuts", below=parent)
    taken = {"name": name, "parent_id": parent}
    assert "below Fasteners" in problem(ask("POST", "/categories", json=taken), 409)["detail"]
    (elsewhere,) = grow(name)
    move = {"parent_id": parent}
    problem(ask("PATCH", f"/categories/{elsewhere}", json=move), 409)


def test_one_that_is_used_is_archived_instead(ask, grow, refer):
    a, b = grow("A", "B")
    assert "below A" in problem(ask("DELETE", f"/categories/{a}"), 409)["detail"]
    refer(keys.categories().key(b), "items", 2)
    assert "2 items" in problem(ask("DELETE", f"/categories/{b}"), 409)["detail"]
    assert ask("PATCH", f"/categories/{b}", json={"archived": True}).json["archived"] is True
    assert ask("GET", f"/categories/{b}").json["items"] == 2
    assert paths(ask, archived="true") == [["A", "B"]]
    assert paths(ask, archived="false") == [["A"]]
    assert ask("PATCH", f"/categories/{b}", json={"archived": False}).version == 3
    assert ask("PATCH", f"/categories/{b}", json={"archived": False}).version == 3


def test_there_are_no_more_than_2000(ask):
    stores.catalog_table().put_all(
        {**keys.categories().key(f"cat_{number}"), "id": f"cat_{number}", "name": str(number)}
        for number in range(MAX_CATEGORIES)
    )
    assert "2,000" in problem(ask("POST", "/categories", json={"name": "x"}), 409)["detail"]


def test_pages_follow_the_order(ask, grow):
    grow("A", "B", "C")
    grow("D")
    seen, cursor = [], None
    for _ in range(4):
        query = {"limit": 1, **({"cursor": cursor} if cursor else {})}
        page = ask("GET", "/categories", query=query).json
        seen += [category["path"][-1] for category in page["categories"]]
        cursor = page["next_cursor"]
    assert (seen, cursor) == (["A", "B", "C", "D"], None)


def test_the_cursor_of_a_deleted_category_is_outdated(ask, grow):
    grow("A")
    (b,) = grow("B")
    cursor = ask("GET", "/categories", query={"limit": 1}).json["next_cursor"]
    assert ask("DELETE", f"/categories/{b}").status == 204
    detail = problem(ask("GET", "/categories", query={"cursor": cursor, "limit": 1}), 400)["detail"]
    assert "outdated" in detail


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"name": ""}, "/name"),
        ({"name": "x" * 101}, "/name"),
        ({"name": "a\u202eb"}, "/name"),
        ({"name": None}, "/name"),
        ({"name": "x", "parent_id": "cat_0"}, "/parent_id"),
        ({"name": "x", "parent_id": "x" * 81}, "/parent_id"),
        ({"name": "x", "colour": "red"}, "/colour"),
    ],
)
def test_a_field_is_refused(ask, grow, body, pointer):
    (category,) = grow("A")
    for answer in (
        ask("POST", "/categories", json=body),
        ask("PATCH", f"/categories/{category}", json=body),
    ):
        (error,) = problem(answer, 422)["errors"]
        assert error["pointer"] == pointer


def test_a_token_for_warehouses_reads_and_changes_nothing(ask, grow):
    grow("A")
    scopes = frozenset({"items:read", "items:write"})
    bound = replace(MANAGER, limits=TokenLimits("tok_1", scopes, frozenset({"wh_1"})))
    assert ask("GET", "/categories", caller=bound).status == 200
    answer = ask("POST", "/categories", json={"name": "B"}, caller=bound)
    assert "certain warehouses" in problem(answer, 403)["detail"]
    free = replace(MANAGER, limits=TokenLimits("tok_1", scopes, None))
    assert ask("POST", "/categories", json={"name": "B"}, caller=free).status == 201


def test_costs(ask, grow):
    _, b = grow("A", "B")
    with measure(clients.dynamodb()) as units:
        ask("GET", f"/categories/{b}")
    assert (units.reads, units.writes) == (1, 0)
    with measure(clients.dynamodb()) as units:
        ask("PATCH", f"/categories/{b}", json={"name": "C"})
    # The tree and its version; both and the audit entry in a transaction.
    assert (units.reads, units.writes) == (2, 6)


def test_a_count_of_items_needs_the_category(grow):
    (a,) = grow("A")
    write(
        count_references(category_repository().table, catalog_keys.categories().key(a), "items", 1)
    )
    assert category_repository().find(a)["items"] == 1
