"""Lists of entries: complete, in order, and bounded."""

import pytest

from stockwarden.audit.repository import MOST_READS, EntryFilter
from stockwarden.core.errors import BadRequest
from stockwarden.storage import clients
from tests.support.audit import START, Audit

ALL = EntryFilter()


@pytest.fixture
def audit(aws):
    return Audit.in_moto()


def read(audit, kind, value, wanted=ALL, limit=3):
    """The objects of all entries, over all pages."""
    objects, cursor = [], None
    while True:
        entries, cursor = audit.repository.page(kind, value, wanted, limit=limit, cursor=cursor)
        assert len(entries) <= limit
        objects += [entry.object for entry in entries]
        if cursor is None:
            return objects


def test_a_scope_newest_first_with_what_is_not_sealed_yet(audit):
    audit.seal(5)
    audit.seal(2, "security")
    audit.record(2)
    expected = [f"item/W-{number}" for number in range(7, 0, -1)]
    for limit in (1, 3, 7, 100):
        assert read(audit, "scope", "company", limit=limit) == expected
    entries, _ = audit.repository.page("scope", "company", ALL, limit=3, cursor=None)
    assert [entry.seq for entry in entries] == [None, None, 5]
    assert entries[2].hash == audit.chain()[4]["hash"]


def test_about_an_object_in_every_scope(audit):
    audit.seal(3)
    audit.seal(3, "security")
    assert read(audit, "object", "item/W-2") == ["item/W-2", "item/W-2"]
    assert read(audit, "object", "item/W-9") == []


def test_by_an_actor_in_the_scopes_that_may_be_seen(audit):
    audit.seal(2)
    audit.seal(3, "security", object="user/usr_2")
    assert len(read(audit, "actor", "usr_1")) == 5
    seen = EntryFilter(scopes=frozenset({"security", "warehouse:wh_1"}))
    assert read(audit, "actor", "usr_1", seen) == ["user/usr_2"] * 3
    assert read(audit, "actor", "usr_1", EntryFilter(scopes=frozenset())) == []
    assert read(audit, "actor", "usr_2") == []


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        (EntryFilter(action="item.updated"), 3),
        (EntryFilter(action="item.created"), 2),
        (EntryFilter(object="item/W-4"), 1),
        (EntryFilter(object="item/"), 3),
        (EntryFilter(object="item"), 0),
        (EntryFilter(actor="usr_1"), 5),
        (EntryFilter(actor="usr_2"), 0),
        (EntryFilter(first="2026-03-02T06:00:02.000Z", last="2026-03-02T06:00:03.000Z"), 2),
        (EntryFilter(first="2026-03-02T06:00:02.001Z"), 3),
        (EntryFilter(last="2026-03-02T06:00:01.999Z"), 1),
        (EntryFilter(first="2027", last="2026"), 0),
    ],
)
def test_filters(audit, wanted, count):
    audit.record(2, action="item.created", object="unit/box")
    audit.record(3)
    for limit in (1, 2, 10):
        assert len(read(audit, "scope", "company", wanted, limit)) == count


def test_a_page_takes_few_reads(audit, monkeypatch):
    audit.seal(30)
    monkeypatch.setattr("stockwarden.audit.repository._EXAMINED", 10)
    reads = []
    query = clients.dynamodb().query
    monkeypatch.setattr(clients.dynamodb(), "query", lambda **r: reads.append(1) or query(**r))
    rare = EntryFilter(object="item/W-1")
    entries, cursor = audit.repository.page("scope", "company", rare, limit=10, cursor=None)
    assert (entries, len(reads)) == ([], MOST_READS)
    entries, cursor = audit.repository.page("scope", "company", rare, limit=10, cursor=cursor)
    assert [entry.object for entry in entries] == ["item/W-1"]
    assert cursor is None


def test_entries_of_one_moment_are_all_listed(audit):
    audit.clock = lambda: START
    audit.record(9)
    assert sorted(read(audit, "scope", "company", limit=2)) == [f"item/W-{n}" for n in range(1, 10)]


def test_a_cursor_belongs_to_its_list_and_filters(audit):
    audit.seal(5)
    _, cursor = audit.repository.page("scope", "company", ALL, limit=2, cursor=None)
    for kind, value, wanted in [
        ("scope", "security", ALL),
        ("actor", "usr_1", ALL),
        ("scope", "company", EntryFilter(action="item.updated")),
        ("scope", "company", EntryFilter(scopes=frozenset())),
    ]:
        with pytest.raises(BadRequest, match="another list"):
            audit.repository.page(kind, value, wanted, limit=2, cursor=cursor)
