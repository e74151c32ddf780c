"""Plans: how items are put into transactions, and kept between two runs."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from stockwarden.imports.plan import PlannedItem, groups_of
from stockwarden.stock.item_batch import ROOM, BatchEntry, StockLine, shared_keys, weight_of
from stockwarden.storage.keys.stock import Place

MOST_ACTIONS = 100

lines = st.builds(
    StockLine,
    st.builds(
        Place, st.just("wh_main"), st.text("A#%–", min_size=1, max_size=3), st.sampled_from("–L")
    ),
    st.decimals(0, 10**6, places=3),
    st.sampled_from(["receipt", "count"]),
    st.none() | st.dates(date(2020, 1, 1)),
    st.booleans(),
)
fields = st.dictionaries(
    st.sampled_from(["name", "category", "supplier", "inventory_type", "unit", "gtin"]),
    st.sampled_from([f"x{number}" for number in range(40)]),
)
entries = st.builds(
    BatchEntry,
    st.sampled_from([f"item_{number}" for number in range(30)]),
    fields,
    st.lists(lines, max_size=70),
    st.booleans(),
)
plans = st.lists(
    st.builds(PlannedItem, st.lists(st.integers(1, 10**6), min_size=1), entries), max_size=40
)


@given(plans)
def test_every_group_fits_into_a_transaction_and_has_an_item_once(plan):
    groups = list(groups_of(plan))
    for group in groups:
        ids = [item.entry.item_id for item in group]
        assert len(set(ids)) == len(ids)
        own = sum(weight_of(item.entry) for item in group)
        shared = len(set().union(*(shared_keys(item.entry) for item in group)))
        # A posting, its audit entry, four tallies, a note.
        assert own + shared + (MOST_ACTIONS - ROOM) <= MOST_ACTIONS
    assert groups == list(groups_of(plan))


@given(plans)
def test_nothing_of_a_plan_is_lost(plan):
    parts = [item for group in groups_of(plan) for item in group]
    for item_id in {item.entry.item_id for item in plan}:
        planned = [
            line for item in plan if item.entry.item_id == item_id for line in item.entry.lines
        ]
        written = [
            line for item in parts if item.entry.item_id == item_id for line in item.entry.lines
        ]
        assert written == planned
    assert sum(item.entry.is_new for item in parts) == sum(item.entry.is_new for item in plan)


@given(plans)
def test_a_plan_is_read_as_it_was_kept(plan):
    kept = [PlannedItem.from_line(item.to_line()) for item in plan]
    assert kept == plan


def test_a_line_keeps_exact_quantities():
    line = StockLine(Place("wh_main", "A#1%", "–"), Decimal("0.100"), "count", date(2027, 1, 31))
    item = PlannedItem([2], BatchEntry("item_1", {"name": "Ñ\n=1"}, [line]))
    assert PlannedItem.from_line(item.to_line()) == item
