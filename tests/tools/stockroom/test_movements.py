"""What has moved of the items: repeatable, and with something of everything in it."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

from stockwarden.core.clock import iso
from tools.stockroom import catalog
from tools.stockroom.movements import life_of
from tools.stockroom.sites import Site

FIRST = date(2025, 11, 3)
MADE = datetime(2025, 11, 3, tzinfo=UTC)
HERE = Site("wh_here", "H", "UTC", MADE, [])
THERE = Site("wh_there", "T", "Europe/Madrid", MADE, [])
ITEMS = catalog.items(200)


def lives(days=365, seed=1, sites=(HERE, THERE), items=ITEMS):
    return [life_of(item, sites, seed, FIRST, days) for item in items]


def test_the_same_seed_gives_the_same_life():
    few = ITEMS[:20]
    assert lives(items=few) == lives(items=few)
    assert lives(items=few) != lives(items=few, seed=2)


def test_there_is_something_of_everything():
    year = lives()
    kinds = Counter(line.kind.value for life in year for line in life.lines)
    named = {"receipt", "issue", "consumption", "return", "adjustment", "transfer", "count"}
    assert kinds.keys() == named
    assert min(kinds.values()) > 20
    reversals = [chunk for life in year for chunk in life.chunks if chunk.reverses]
    assert len(reversals) > 10
    assert sum(life.archived for life in year) > 1
    assert sum(bool(life.quarantined) for life in year) > 1
    places = {place.warehouse_id for life in year for line in life.lines for place in line.places}
    assert places == {"wh_here", "wh_there"}


def test_few_items_make_most_movements():
    numbers = sorted((sum(1 for _ in life.lines) for life in lives()), reverse=True)
    assert sum(numbers[:60]) > sum(numbers) / 2


def test_movements_are_in_order_and_within_the_time():
    until = iso(MADE + timedelta(days=365))
    for life in lives():
        moments = [line.effective_at for line in life.lines]
        assert moments == sorted(moments)
        assert moments[0] >= iso(MADE) and moments[-1] < until


def test_a_chunk_fits_into_a_transaction():
    """Also where each line comes late, with an action of its own for that."""
    for life in lives():
        for chunk in life.chunks:
            places = {place for line in chunk.lines for place in line.places}
            lots = {place.lot for place in places}
            serials = sum(len(line.serials) for line in chunk.lines)
            actions = 2 * len(chunk.lines) + serials + len(places) + len(lots)
            assert actions + 4 <= 100
