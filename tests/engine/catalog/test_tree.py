"""The tree of categories: order, paths, cycles, depth."""

import pytest

from stockwarden.catalog.tree import MAX_CATEGORIES, MAX_DEPTH, CategoryTree
from stockwarden.core.errors import Conflict, Invalid


def category(category_id, parent_id=None, name=None):
    parent = {"parent_id": parent_id} if parent_id else {}
    return {"id": category_id, "name": name or category_id, **parent}


CHAIN = [category("A"), category("B", "A"), category("C", "B"), category("D")]


def deep(levels, prefix="L"):
    ids = [f"{prefix}{level}" for level in range(levels)]
    return [category(each, above) for each, above in zip(ids, [None, *ids], strict=False)]


def test_the_order_is_that_of_the_paths():
    tree = CategoryTree(
        [category("x", "b", "zinc"), category("b"), category("c", "b", "Brass"), category("a")], 1
    )
    assert [tree.names(each["id"]) for each in tree.in_order()] == [
        ["a"],
        ["b"],
        ["b", "Brass"],
        ["b", "zinc"],
    ]
    assert [each["id"] for each in tree.children("b")] == ["c", "x"]
    assert tree.has_children("b") and not tree.has_children("a")


@pytest.mark.parametrize(
    ("moved", "below", "cycle"),
    [
        ("A", "A", "A → A"),
        ("A", "B", "A → B → A"),
        ("A", "C", "A → B → C → A"),
        ("B", "C", "B → C → B"),
    ],
)
def test_a_cycle_is_named(moved, below, cycle):
    with pytest.raises(Invalid) as refused:
        CategoryTree(CHAIN, 1).check_place(moved, moved, below)
    (error,) = refused.value.errors
    assert error.pointer == "/parent_id"
    assert error.detail == f"A category cannot be below itself: {cycle}."


@pytest.mark.parametrize(("moved", "below"), [("A", "D"), ("C", "A"), ("B", None), ("C", "B")])
def test_other_moves_are_right(moved, below):
    CategoryTree(CHAIN, 1).check_place(moved, moved, below)


def test_an_unknown_parent():
    with pytest.raises(Invalid, match="no such category"):
        CategoryTree(CHAIN, 1).check_place("A", "A", "E")


def test_fifty_levels_are_the_most():
    tree = CategoryTree(deep(MAX_DEPTH - 1), 1)
    tree.check_place(None, "new", f"L{MAX_DEPTH - 2}")
    full = CategoryTree([*deep(MAX_DEPTH), *deep(2, "M")], 1)
    assert len(full.names(f"L{MAX_DEPTH - 1}")) == MAX_DEPTH
    with pytest.raises(Invalid, match="51 levels deep; 50 are the most"):
        full.check_place(None, "new", f"L{MAX_DEPTH - 1}")
    with pytest.raises(Invalid, match="51 levels deep"):
        full.check_place("M0", "M0", f"L{MAX_DEPTH - 2}")
    full.check_place("M0", "M0", f"L{MAX_DEPTH - 3}")


@pytest.mark.parametrize("name", ["b", "B", " b ", "Ｂ"])
def test_siblings_have_names_of_their_own(name):
    tree = CategoryTree(CHAIN, 1)
    with pytest.raises(Conflict, match="'B' below A"):
        tree.check_name(None, name, "A")
    tree.check_name("B", name, "A")
    tree.check_name(None, name, None)


def test_there_are_no_more_than_2000():
    CategoryTree([category(f"c{number}") for number in range(MAX_CATEGORIES - 1)], 1).check_room()
    with pytest.raises(Conflict, match="2,000"):
        CategoryTree([category(f"c{number}") for number in range(MAX_CATEGORIES)], 1).check_room()
