"""Whatever is assembled and taken apart, in any order: nothing is gained or lost."""

from contextlib import suppress
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from stockwarden.core.errors import ComponentsShort
from tests.support.aws import cloud
from tests.support.examples import examples
from tests.support.kits import KitScenario

ITEMS = ("bolt", "nut", "pair", "box")
# How much of each part one takes.
PARTS = {"pair": {"bolt": 1, "nut": 3}, "box": {"pair": 2, "bolt": 1}}
COSTS = st.sampled_from(["0", "0.01", "1", "0.333333", "7.77", "1000000.000001"])
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("receipt"), st.sampled_from(ITEMS), st.integers(1, 9), COSTS),
        st.tuples(st.just("assemble"), st.sampled_from(["pair", "box"]), st.integers(1, 4)),
        st.tuples(st.just("disassemble"), st.sampled_from(["pair", "box"]), st.integers(1, 4)),
    ),
    min_size=1,
    max_size=15,
)


@examples(25)
@given(STEPS)
def test_value_and_pieces_are_conserved(steps):
    with cloud():
        kits = KitScenario()
        for name in ITEMS:
            kits.add_item(name)
        for kit, parts in PARTS.items():
            kits.make_of(kit, parts)
        received = Fraction(0)
        there = dict.fromkeys(ITEMS, 0)
        for verb, item, quantity, *cost in steps:
            if verb == "receipt":
                movement = kits.move("receipt", quantity, item_id=item, unit_cost=cost[0])
                received += Fraction(movement.value)
                there[item] += quantity
                continue
            sign = 1 if verb == "assemble" else -1
            after = {**there, item: there[item] + sign * quantity}
            for part, each in PARTS[item].items():
                after[part] -= sign * quantity * each
            with suppress(ComponentsShort):
                getattr(kits, verb)(item, quantity)
                assert min(after.values()) >= 0
                there = after
            if min(after.values()) >= 0:
                assert there == after
            assert kits.value_of(*ITEMS) == received
        assert {name: kits.quantity_of(name) for name in ITEMS} == there
        kits.verify(*ITEMS)
