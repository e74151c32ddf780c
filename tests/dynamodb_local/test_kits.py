"""Kits that are drawn up, assembled and deleted by many at once: no cycle, and nothing twice."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from fractions import Fraction
from itertools import count

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from stockwarden.bootstrap.catalog import item_service
from stockwarden.consumption.day_totals import DayTotals
from stockwarden.core.errors import (
    ComponentsShort,
    Conflict,
    InUse,
    Invalid,
    PreconditionFailed,
    StockConflict,
)
from stockwarden.core.idempotency import RequestKey
from stockwarden.kits.components import ComponentRepository, graph_of
from stockwarden.kits.graph import cycle_in
from stockwarden.stock.item_model import ItemRequest
from tests.support.aws import forget_services
from tests.support.examples import examples
from tests.support.gateway import ADMIN
from tests.support.kits import KitScenario

_NUMBER = 5
_PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
# Which item becomes a kit of which others.
PUTS = st.tuples(
    st.integers(0, _NUMBER - 1),
    st.sets(st.integers(0, _NUMBER - 1), max_size=3),
)


@pytest.fixture
def kits(ledger_tables: None) -> Iterator[KitScenario]:
    forget_services()
    yield KitScenario()
    forget_services()


def test_no_kit_ever_contains_itself(kits: KitScenario) -> None:
    numbers = count()

    @settings(examples(25), phases=_PHASES)
    @given(st.lists(PUTS, min_size=2, max_size=10))
    def drawn_up(at_once: list[tuple[int, set[int]]]) -> None:
        ids = [f"item_k{next(numbers)}" for _ in range(_NUMBER)]
        for item_id in ids:
            kits.add_item(item_id)

        def put(each: tuple[int, set[int]]) -> None:
            kit, components = each
            with suppress(Invalid):
                kits.make_of(ids[kit], {ids[component]: 1 for component in sorted(components)})

        with ThreadPoolExecutor(4) as threads:
            list(threads.map(put, at_once))
        graph = graph_of(ComponentRepository(kits.table).find_many(ids, consistent=True))
        for item_id in ids:
            assert cycle_in(graph, item_id) is None
            uses = {kit for kit, components in graph.items() if item_id in components}
            assert set(kits.repository.uses(item_id, 10)) == uses

    drawn_up()


def test_many_assemble_from_the_same_stock(kits: KitScenario) -> None:
    for name in ("bolt", "box", "crate"):
        kits.add_item(name)
    kits.make_of("box", {"bolt": 2})
    kits.make_of("crate", {"bolt": 3})
    kits.move("receipt", 30, item_id="bolt", unit_cost="0.333333")

    def assemble(number: int) -> int:
        kit = "box" if number % 2 else "crate"
        try:
            kits.assemble(kit, 1, key=f"kit_at_once_{number // 2}_{kit}")
        except ComponentsShort:
            return 0
        return 2 if number % 2 else 3

    with ThreadPoolExecutor(8) as threads:
        taken = sum(threads.map(assemble, range(24)))
    assert kits.quantity_of("bolt") == 30 - taken <= 2
    assert kits.quantity_of("box") * 2 + kits.quantity_of("crate") * 3 == taken
    assert kits.value_of("bolt", "box", "crate") == Fraction("9.99999")
    kits.verify("bolt", "box", "crate")


def test_an_item_is_deleted_or_becomes_a_component(kits: KitScenario) -> None:
    for number in range(8):
        kits.add_item(kit := f"item_kit{number}")
        part = (
            item_service()
            .create(ADMIN, RequestKey(f"new_{number}", ""), ItemRequest(name=f"Part {number}"))
            .id
        )

        def delete(part: str = part) -> bool:
            with suppress(InUse, PreconditionFailed):
                item_service().remove(ADMIN, part, None)
                return True
            return False

        def put(kit: str = kit, part: str = part) -> bool:
            with suppress(Invalid):
                kits.make_of(kit, {part: 1})
                return True
            return False

        with ThreadPoolExecutor(2) as threads:
            done = [threads.submit(each) for each in (delete, put)]
            deleted, used = (each.result() for each in done)
        assert deleted is not used
        there = item_service().repository.find(part, consistent=True)
        assert (there is None) is deleted


def test_an_entry_is_corrected_once_by_many_at_once(kits: KitScenario) -> None:
    kits.move("receipt", 10)
    used = kits.use(kits.item_id, 4)

    def correct(_: int) -> bool:
        with suppress(Conflict):
            kits.correct(used.id)
            return True
        return False

    with ThreadPoolExecutor(6) as threads:
        assert sum(threads.map(correct, range(6))) == 1
    assert kits.quantity_of(kits.item_id) == 10


def test_many_use_the_same_item_at_once(kits: KitScenario) -> None:
    """The total of the day counts each once."""
    kits.move("receipt", 20)

    def use(number: int) -> bool:
        with suppress(StockConflict):
            kits.use(kits.item_id, 3, key=f"use_at_once_{number // 2}")
            return True
        return False

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(use, range(16)))
    used = 20 - kits.quantity_of(kits.item_id)
    assert used == 18
    day = kits.now.date().isoformat()
    (total,) = DayTotals(kits.table).of_item(kits.item_id, day, day)
    assert (total.quantity, total.entries) == (18, 6)
    (total,) = DayTotals(kits.table).for_purpose("SHELF", day, day)
    assert total.quantity == 18
