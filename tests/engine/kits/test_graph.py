"""What kits take, and how many can be made: against a search that tries everything."""

from fractions import Fraction
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stockwarden.kits.graph import Assembling, cycle_in, in_order

ONE = Fraction(1)


def assembling(graph, free, steps=None):
    exact = {
        kit: {part: Fraction(each) for part, each in parts.items()} for kit, parts in graph.items()
    }
    items = {*graph, *(part for parts in graph.values() for part in parts)}
    there = {item: Fraction(each) for item, each in free.items()}
    return Assembling(exact, "A", there, dict.fromkeys(items, ONE) | (steps or {}))


@pytest.mark.parametrize(
    ("graph", "expected"),
    [
        ({"A": {"A": 1}}, ["A", "A"]),
        ({"A": {"B": 1}, "B": {"C": 1}, "C": {"A": 1}}, ["A", "B", "C", "A"]),
        ({"A": {"B": 1, "C": 1}, "B": {"D": 1}, "C": {"A": 1}, "D": {"A": 1}}, ["A", "C", "A"]),
        ({"A": {"B": 1, "C": 1}, "B": {"C": 1}}, None),
        ({}, None),
    ],
)
def test_the_way_back_to_itself(graph, expected):
    assert cycle_in(graph, "A") == expected


def test_kits_come_before_their_components():
    graph = {"A": {"D": 1, "B": 1}, "B": {"C": 1}, "C": {"D": 1}}
    assert in_order(graph, "A") == ["A", "B", "C", "D"]
    with pytest.raises(ValueError, match="itself"):
        in_order({"A": {"B": 1}, "B": {"A": 1}}, "A")


def test_what_some_kits_take():
    kits = assembling({"A": {"B": 1, "C": 1}, "B": {"C": 2}}, {"B": 4, "C": 20})
    takings = kits.takings(Fraction(10))
    assert takings.made == {"A": 10, "B": 6}
    assert takings.needed == {"A": 10, "B": 10, "C": 22}
    assert takings.short == {"C": 2}
    assert kits.takings(Fraction(9)).short == {}


def test_parts_of_a_piece_are_not_made():
    """Two halves of a sub-kit are one whole, and one half takes a whole one too."""
    graph = {"A": {"B": Fraction(1, 2)}, "B": {"C": 3}}
    assert assembling(graph, {"C": 3}).most() == 2
    assert assembling(graph, {"C": 2}).most() == 0
    assert assembling(graph, {"C": 3}).takings(ONE).made == {"A": 1, "B": 1}
    assert assembling(graph, {"C": 3}, {"B": Fraction(1, 10)}).most() == 2


def test_kits_by_weight():
    mixed = assembling({"A": {"B": Fraction(1, 3)}}, {"B": 1}, {"A": Fraction(1, 1000)})
    assert mixed.most() == 3
    mixed = assembling({"A": {"B": Fraction(3)}}, {"B": 1}, {"A": Fraction(1, 1000)})
    assert mixed.most() == Fraction(333, 1000)


def test_large_numbers_are_exact():
    assert assembling({"A": {"B": 3}}, {"B": 10**15}).most() == 10**15 // 3


def test_no_kit():
    assert assembling({}, {"A": 5}).most() == 0


# A kit has components that come later, so there are no cycles.
NAMES = "ABCD"
GRAPHS = st.fixed_dictionaries(
    {
        name: st.dictionaries(
            st.sampled_from(NAMES[position + 1 :]), st.integers(1, 3), min_size=1, max_size=2
        )
        if name == "A"
        else st.dictionaries(st.sampled_from(NAMES[position + 1 :]), st.integers(1, 3), max_size=2)
        for position, name in enumerate(NAMES[:-1])
    }
)
STOCK = st.fixed_dictionaries({name: st.integers(0, 7) for name in NAMES[1:]})


def most_by_trying(graph, stock):
    """Makes any kit that can be made, in every order, and looks for the most of A."""
    names = "".join(graph)

    @cache
    def best(there):
        most = 0
        left = dict(zip(NAMES, there, strict=True))
        for kit in names:
            parts = graph[kit]
            if parts and all(left[part] >= each for part, each in parts.items()):
                after = {**left, kit: left[kit] + 1}
                for part, each in parts.items():
                    after[part] -= each
                found = best(tuple(after[name] for name in NAMES))
                most = max(most, found + (kit == "A"))
        return most

    return best((0, *(stock[name] for name in NAMES[1:])))


@given(GRAPHS, STOCK)
@settings(deadline=None)
def test_so_many_as_a_search_finds(graph, stock):
    kits = assembling({kit: parts for kit, parts in graph.items() if parts}, stock)
    most = kits.most()
    assert most == most_by_trying(graph, stock)
    assert kits.takings(most).short == {}
    assert kits.takings(most + 1).short
