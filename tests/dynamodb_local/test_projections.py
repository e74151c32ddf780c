"""Batches of several shards at once, which all change the same totals: nothing is counted twice,
and nothing is lost, in whatever order they come and however often. On DynamoDB's transactions."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from decimal import Decimal
from threading import Barrier
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from stockwarden.bootstrap import stores
from stockwarden.bootstrap.projections import generations
from stockwarden.storage.keys import stock as keys
from stockwarden.storage.tables import write
from tests.dynamodb_local.server import tables
from tests.support.aws import forget_services
from tests.support.examples import examples
from tests.support.ledger import place
from tests.support.orders import OrderScenario
from tests.support.projections import content, rebuild, rebuilt, take_in
from tests.support.streams import Record, Stream

SHARDS = 4
BATCHES = st.lists(st.lists(st.integers(0, 99), min_size=1, max_size=6), max_size=4)
# A smaller example of the same failure takes minutes to find here.
_PHASES = (Phase.explicit, Phase.reuse, Phase.generate)


@pytest.fixture
def written(ledger_client: Any, ledger_tables: None) -> Iterator[Sequence[Record]]:
    """What the stream says of some days of work: each write of a record is one of its own."""
    forget_services()
    yield _work()
    forget_services()


def _work() -> list[Record]:
    stream, records = Stream(stores.stock_table()), list[Record]()
    work = OrderScenario(version=1, currency="EUR", category="cat_1")
    items = ["item_1", "item_2", "item_3"]
    for item_id in items[1:]:
        work.add_item(item_id, version=1, currency="EUR", category="cat_1", supplier="spl_acme")
    records += stream.records()

    def post(kind: str, quantity: int, **more: Any) -> None:
        work.post(work.line(kind, quantity, **more))
        records.extend(stream.records())

    for day in ("01", "02"):
        for item_id in items:
            at = {"item_id": item_id, "effective_at": f"2026-03-{day}T09:00:00.000Z"}
            post("receipt", 9, unit_cost=Decimal("0.333333"), **at)
            post("transfer", 2, to=place(warehouse_id="wh_other"), **at)
            post("issue", 3, **at)
        order = work.draw_up()
        records += stream.records()
        work.place(order)
        records += stream.records()
        work.move(order, "receive", {"0001": 4})
        records += stream.records()
        change, values = (
            "SET #category = :other ADD #version :one",
            {"other": f"cat_{day}", "one": 1},
        )
        write(stores.stock_table().update(keys.head("item_2"), change, **values))
        records += stream.records()
    return records


@contextmanager
def shards() -> Iterator[Any]:
    """`deliver(batches)` lets each of the shards take in batches of its own, all at once."""
    with ThreadPoolExecutor(SHARDS) as threads:

        def deliver(batches: Sequence[Sequence[Sequence[Record]]]) -> None:
            start = Barrier(len(batches))

            def shard(number: int) -> None:
                start.wait()
                for batch in batches[number]:
                    take_in(list(batch))

            list(threads.map(shard, range(len(batches))))

        yield deliver


def all_of(records: Sequence[Record], size: int) -> list[list[Sequence[Record]]]:
    """All records, the newest first, dealt out to the shards."""
    newest = list(reversed(records))
    dealt = [newest[shard::SHARDS] for shard in range(SHARDS)]
    return [[of[at : at + size] for at in range(0, len(of), size)] for of in dealt]


def test_many_shards_at_once(ledger_client: Any, written: Sequence[Record]) -> None:
    with tables(ledger_client, "ProjectionsTable"):
        made = rebuilt()
    assert sum(pk.startswith("TOTALS#") for pk, _ in made) > 20

    @settings(examples(6), phases=_PHASES)
    @given(st.lists(BATCHES, min_size=SHARDS, max_size=SHARDS), st.integers(1, 25))
    def taken_in(first: list[list[list[int]]], size: int) -> None:
        some = [
            [[written[number % len(written)] for number in batch] for batch in of_shard]
            for of_shard in first
        ]
        with tables(ledger_client, "ProjectionsTable"), shards() as deliver:
            deliver(some)
            deliver(all_of(written, size))
            assert content(1) == made
            deliver(some)
            assert content(1) == made

    taken_in()


def test_a_rebuild_among_them(ledger_client: Any, written: Sequence[Record]) -> None:
    """It reads the tables while the shards are behind, and ahead of what it has read."""
    with tables(ledger_client, "ProjectionsTable"), shards() as deliver:
        made = rebuilt()
        with ThreadPoolExecutor(1) as tool:
            done = tool.submit(rebuild().run)
            deliver(all_of(written, 2))
            assert done.result().generation == generations().current() == 2
        assert content(2) == made
        assert content(1) == {}
