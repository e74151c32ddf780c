"""The index follows the tables: whatever is repeated, late or reordered, and whoever writes it."""

import random
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stockwarden.bootstrap import stores
from stockwarden.core.errors import Unavailable
from stockwarden.search import feed as feeds
from stockwarden.search import index as indexes
from stockwarden.search.base import PREFIX, BaseStore
from stockwarden.search.feed import SearchFeed
from stockwarden.search.index import SearchIndex, write_index
from stockwarden.search.log import SearchLog
from stockwarden.search.query import parse_query
from stockwarden.search.rebuild import rebuild
from stockwarden.search.record_types import document_of_record
from stockwarden.search.replica import Replica
from stockwarden.storage.keys import catalog as keys
from stockwarden.storage.keys import key_of
from stockwarden.storage.keys import search as search_keys
from stockwarden.storage.streams import Change

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


def record(number, name, version=1, **more):
    return {
        **keys.item(f"item_{number}"),
        "id": f"item_{number}",
        "name": name,
        "sku": f"W-{number:03}",
        "status": "active",
        "created_at": "2026-03-02T12:00:00.000Z",
        "version": version,
        **more,
    }


def change(old, new):
    return Change("catalog", key_of(new or old), old, new, "2026-03-02T12:00:00.000Z")


class Sandbox:
    """What one sandbox holds: its copy of the index, and a feed of its own."""

    def __init__(self):
        table = stores.projections_table()
        self.log = SearchLog(table, lambda: NOW)
        self.bases = BaseStore(table, stores.objects())
        self.replica = Replica(self.log, self.bases)
        self.feed = SearchFeed(self.log, self.bases, self.replica)

    def find(self, text):
        index, is_complete = self.replica.refreshed()
        assert is_complete
        query = parse_query(text, NOW.date())
        return [document.title for _, document in index.search(query, '"sitem"', 50)]


@pytest.fixture
def sandbox(aws):
    return Sandbox()


def versions(number):
    """The life of an item, as changes: made, renamed twice, perhaps deleted."""
    named = [record(number, f"{word} {number}", at) for at, word in enumerate("abc", start=1)]
    named = [{**each, "name": each["name"].replace(" ", "word ")} for each in named]
    steps = [None, *named, *([None] if number % 2 else [])]
    return [change(old, new) for old, new in pairwise(steps)]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.randoms(use_true_random=False), st.integers(1, 4))
def test_any_order_of_delivery_gives_the_same(aws, rng: random.Random, number: int) -> None:
    aws_renewed()
    sandbox = Sandbox()
    changes = [each for item in range(number) for each in versions(item)]
    delivered = changes + rng.choices(changes, k=5)
    rng.shuffle(delivered)
    while delivered:
        size = rng.randint(1, 4)
        sandbox.feed.apply(delivered[:size])
        delivered = delivered[size:]
        if rng.random() < 0.5:
            sandbox.replica.refreshed()
    kept = [item for item in range(number) if not item % 2]
    assert sorted(sandbox.find("cword")) == sorted(f"cword {item}" for item in kept)
    assert sandbox.find("aword") == sandbox.find("bword") == []
    assert Sandbox().find("cword") == sandbox.find("cword")


def aws_renewed():
    table = stores.projections_table()
    table.delete_all(key_of(item) for item in table.query_all("#pk = :pk", pk="SEARCH"))


def test_what_changes_nothing_of_a_document_is_not_written(sandbox):
    first = record(1, "Bolts")
    sandbox.feed.apply([change(None, first)])
    sandbox.feed.apply([change(first, {**first, "items": 7, "unit_cost": "1.20"})])
    sandbox.feed.apply([change(None, {**keys.code("sku", "W-001"), "item_id": "item_1"})])
    assert sandbox.log.last_seq() == 1


def test_an_item_that_is_made_again_by_its_id_is_found(sandbox):
    first = record(1, "Bolts")
    again = {**first, "created_at": "2026-03-02T12:00:01.000Z", "name": "Nuts"}
    sandbox.feed.apply([change(None, first)])
    sandbox.feed.apply([change(first, None)])
    sandbox.feed.apply([change(None, first)])  # late
    assert sandbox.find("W-001") == []
    sandbox.feed.apply([change(None, again)])
    assert sandbox.find("W-001") == ["Nuts"]


def test_two_who_write_at_once_leave_no_gap(sandbox, monkeypatch):
    other, last_seq = Sandbox(), SearchLog.last_seq
    answers = iter([0, 0])
    # Both read before the other writes.
    monkeypatch.setattr(SearchLog, "last_seq", lambda log: next(answers, None) or last_seq(log))
    sandbox.feed.apply([change(None, record(1, "Bolts"))])
    other.feed.apply([change(None, record(2, "Nuts"))])
    entries, more = sandbox.log.after(0)
    assert [entry.seq for entry in entries] == [1, 2]
    assert not more


def fill(sandbox, first, last):
    for number in range(first, last):
        sandbox.feed.apply([change(None, record(number, f"Bolt {number}"))])


def bases_stored():
    return list(stores.objects().keys(PREFIX))


def test_the_index_is_written_anew_and_copies_go_on(sandbox, monkeypatch):
    monkeypatch.setattr(feeds, "ENTRIES_PER_BASE", 5)
    early = Sandbox()
    fill(sandbox, 0, 2)
    assert len(early.find("bolt")) == 2
    middle = Sandbox()
    fill(sandbox, 2, 7)
    assert len(middle.find("bolt")) == 7
    fill(sandbox, 7, 23)
    base = sandbox.bases.find()
    assert (base.seq, base.before) == (20, 15)
    assert bases_stored() == [base.object_key]
    entries, _ = sandbox.log.after(0)
    # What a copy of the base before may still need is there, and nothing older.
    assert [entry.seq for entry in entries] == list(range(15, 24))
    for each in (early, middle, sandbox, Sandbox()):
        assert sorted(each.find("bolt")) == sorted(f"Bolt {number}" for number in range(23))
        assert each.replica.refreshed()[0].state[0] == 23


def test_a_copy_does_not_go_on_with_a_log_of_which_some_is_trimmed(sandbox, monkeypatch):
    monkeypatch.setattr(feeds, "ENTRIES_PER_BASE", 5)
    early, table = Sandbox(), stores.projections_table()
    fill(sandbox, 0, 2)
    assert len(early.find("bolt")) == 2
    fill(sandbox, 2, 3)
    third = table.get(search_keys.search_log_entry(3))
    fill(sandbox, 3, 12)
    # Entries are removed in any order, and this one is about to be.
    table.put_all([third])
    assert len(early.find("bolt")) == 12


def test_a_base_that_is_replaced_while_it_is_fetched_is_fetched_again(sandbox, monkeypatch):
    monkeypatch.setattr(feeds, "ENTRIES_PER_BASE", 3)
    fill(sandbox, 0, 3)
    old = sandbox.bases.find()
    fill(sandbox, 3, 6)
    answers, find = iter([old]), BaseStore.find
    monkeypatch.setattr(BaseStore, "find", lambda store: next(answers, None) or find(store))
    assert len(Sandbox().find("bolt")) == 6


def test_one_of_two_who_replace_a_base_wins(sandbox, tmp_path):
    path = tmp_path / "index"
    write_index(path, [document_of_record(record(1, "Bolts"))], 1, "now")
    assert sandbox.bases.replace(None, path, indexes.FORMAT, 1)
    assert not sandbox.bases.replace(None, path, indexes.FORMAT, 1)
    assert bases_stored() == [sandbox.bases.find().object_key]


def test_an_index_of_another_format_is_converted(sandbox, tmp_path, monkeypatch):
    path = tmp_path / "index"
    write_index(path, [document_of_record(record(1, "Bolts"))], 0, "now")
    assert sandbox.bases.replace(None, path, indexes.FORMAT + 1, 0)
    fill(sandbox, 2, 3)
    assert Sandbox().find("bolts") == ["Bolts"]
    assert Sandbox().find("bolt") == ["Bolt 2", "Bolts"]


def test_a_rebuild_has_what_the_tables_have_and_what_comes_meanwhile(sandbox):
    records = [record(number, f"Bolt {number}") for number in range(4)]
    sandbox.feed.apply([change(None, each) for each in records])
    # The index is wrong about one, and does not know another.
    sandbox.feed.apply([change(records[0], None)])
    missing = record(9, "Bolt 9")
    assert len(sandbox.find("bolt")) == 3

    def read():
        yield from records
        sandbox.feed.apply([change(None, record(5, "Bolt 5"))])
        sandbox.feed.apply([change(records[1], record(1, "Nut 1", version=2))])
        yield from (missing, {**keys.code("sku", "X"), "item_id": "item_1"})

    made = rebuild(read(), sandbox.log, sandbox.bases, lambda: NOW)
    assert made == 5
    expected = [f"Bolt {number}" for number in (0, 2, 3, 5, 9)]
    assert sorted(sandbox.find("bolt")) == sorted(Sandbox().find("bolt")) == expected
    assert sandbox.find("nut") == ["Nut 1"]


def test_a_rebuild_gives_way_to_who_wrote_meanwhile(sandbox, tmp_path):
    path = tmp_path / "index"
    write_index(path, [], 0, "")

    def read():
        sandbox.bases.replace(None, path, indexes.FORMAT, 0)
        yield record(1, "Bolts")

    with pytest.raises(Unavailable):
        rebuild(read(), sandbox.log, sandbox.bases, lambda: NOW)


def test_a_copy_that_is_far_behind_says_so(sandbox, monkeypatch):
    fill(sandbox, 0, 3)
    after = SearchLog.after

    def one_at_a_time(log, seq):
        entries, _ = after(log, seq)
        return entries[:1], len(entries) > 1

    monkeypatch.setattr(SearchLog, "after", one_at_a_time)
    monkeypatch.setattr("stockwarden.search.replica._MOST_READS", 2)
    other = Sandbox()
    index, is_complete = other.replica.refreshed()
    assert (index.state[0], is_complete) == (2, False)
    assert len(other.find("bolt")) == 3


def test_a_copy_that_is_far_behind_takes_the_base(sandbox, monkeypatch):
    fill(sandbox, 0, 1)
    late = Sandbox()
    late.replica.refreshed()
    monkeypatch.setattr(feeds, "ENTRIES_PER_BASE", 6)
    fill(sandbox, 1, 7)
    after, read = SearchLog.after, []

    def two_at_a_time(log, seq):
        read.append(seq)
        entries, _ = after(log, seq)
        return entries[:2], len(entries) > 2

    monkeypatch.setattr(SearchLog, "after", two_at_a_time)
    assert len(late.find("bolt")) == 7
    assert read == [1, 6]


def test_what_is_put_in_again_is_one_document(tmp_path):
    index = SearchIndex(tmp_path / "index")
    document = document_of_record(record(1, "Bolts"))
    newer = document_of_record(record(1, "Bolts M8", version=2))
    index.put([document, newer, document], 1, "now")
    index.put([document], 2, "now")
    assert [each.title for each in index.documents()] == ["Bolts M8"]
    assert index.has("sitem")
    assert not index.has("ssupplier")
