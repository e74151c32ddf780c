"""Which snapshots are in the lists across reports, and which changes a new snapshot makes there."""

import pytest

from stockwarden.core.errors import Invalid
from stockwarden.snapshots.list_membership import MOST_PARTS, ListMembership
from stockwarden.storage.keys import anomalies as keys
from tests.engine.snapshots.timeline_items import position, snapshot


class NamedOperations:
    """The part of `ResultSets` that the lists use; an operation is a text."""

    def __init__(self, *analyzed):
        self.analyzed = set(analyzed)

    def counts_item(self, report_id):
        return counts(report_id) if report_id in self.analyzed else None

    def supersede(self, item):
        return [f"supersede {report_of(item)}", f"unlist {report_of(item)}"]

    def unchanged_check(self, item):
        return f"check {report_of(item)}"

    def restore(self, item, under):
        names = " ".join(report_of(other.counts) for other in under)
        return [f"restore {report_of(item)} over [{names}]"]


def counts(report_id):
    return {**keys.counts(report_id), "generation": "job_1.1"}


def report_of(item):
    return item["pk"]


def timeline(text):
    """Snapshots newest first, from words such as `c9p`: report c, day 9, a part; w is a whole."""
    return [
        snapshot(word[0], int(word[1:-1]), "part" if word[-1] == "p" else "whole")
        for word in text.split()
    ]


def operations(own, others, *, shown="", analyzed=None):
    """`own` is the snapshot as it will be, "" where it leaves its position; `shown` as it is."""
    other_snapshots = timeline(others)
    (item,) = timeline(own or shown)
    names = [other["report_id"] for other in other_snapshots]
    membership = ListMembership(NamedOperations())
    return membership.operations(
        position(item, *other_snapshots, shown=timeline(shown)[0] if shown else None),
        item if own else None,
        {name: counts(name) for name in (names if analyzed is None else analyzed)},
    )


@pytest.mark.parametrize(
    ("own", "others", "expected"),
    [
        ("x9w", "", []),
        # The newest that was listed is superseded; those under it may not change meanwhile.
        ("x9w", "a5w", ["supersede a", "unlist a"]),
        ("x9p", "a5w", ["supersede a", "unlist a"]),
        ("x9w", "b7p a5w", ["supersede b", "unlist b", "check a"]),
        ("x9p", "c8p b7p a5w", ["supersede c", "unlist c", "check b", "check a"]),
        # Sent late, for an earlier moment than the whole one that is listed: nothing changes.
        ("x4w", "a5w", []),
        ("x4p", "a5w", []),
        # A part between those listed is listed under the newest.
        ("x6p", "b7p a5w", ["restore b over [x a]"]),
        # A whole one there hides those before it.
        ("x6w", "b7p a5w", ["restore b over [x]"]),
        # Before the last whole one it is not listed.
        ("x4p", "b7p a5w", []),
    ],
)
def test_first_analysis_of_a_snapshot(own, others, expected):
    names = [other["report_id"] for other in timeline(others)]
    assert operations(own, others, analyzed=[*names, "x"]) == expected


@pytest.mark.parametrize(
    ("own", "shown", "others", "expected"),
    [
        # The newest stays the newest: those under it may not change.
        ("x9p", "x9p", "b7p a5w", ["check b", "check a"]),
        ("x9w", "x9w", "a5w", ["check a"]),
        # It becomes newest with another moment.
        ("x9p", "x6p", "b7p a5w", ["supersede b", "unlist b", "check a"]),
        # It no longer is: the next one is listed again, over it.
        ("x6p", "x9p", "b7p a5w", ["restore b over [x a]"]),
        ("x4w", "x9w", "a5w", ["restore a over []"]),
        # It leaves: deleted or moved to another warehouse.
        ("", "x9w", "b7p a5w", ["restore b over [a]"]),
        ("", "x9w", "a5w", ["restore a over []"]),
        ("", "x6p", "b7p a5w", ["restore b over [a]"]),
        ("", "x4w", "a5w", []),
        ("", "x9w", "", []),
        # From a part to a whole, and back.
        ("x6w", "x6p", "b7p a5w", ["restore b over [x]"]),
        ("x6p", "x6w", "b7p a5w", ["restore b over [x a]"]),
    ],
)
def test_next_analysis_of_a_snapshot(own, shown, others, expected):
    names = [other["report_id"] for other in timeline(others)]
    assert operations(own, others, shown=shown, analyzed=[*names, "x"]) == expected


def test_new_analysis_under_the_newest_is_listed_there():
    """Its moment and scope are the same, its anomalies others."""
    before, after = snapshot("x", 6, "part"), snapshot("x", 6, "part", generation="job_2.1")
    others = timeline("b7p a5w")
    membership = ListMembership(NamedOperations())
    stored = {name: counts(name) for name in "abx"}
    located = position(after, *others, shown=before)
    assert membership.operations(located, after, stored) == ["restore b over [x a]"]
    assert membership.operations(located, before, stored) == []


def test_snapshots_without_shown_anomalies_are_passed_over():
    assert operations("x9w", "b7p a5w", analyzed=["a"]) == ["supersede a", "unlist a"]
    assert operations("x9w", "b7p a5w", analyzed=[]) == []
    assert operations("x6p", "b7p a5w", analyzed=["a", "x"]) == []
    assert operations("x6p", "b7p a5w", analyzed=["b"]) == ["restore b over []"]


def test_counts_of_the_other_snapshots():
    own = snapshot("x", 9)
    membership = ListMembership(NamedOperations("a", "c", "x", "unrelated"))
    stored = membership.read_counts(position(own, *timeline("c8p b7p a5w")))
    assert stored == {"a": counts("a"), "c": counts("c")}


@pytest.mark.parametrize(
    ("own", "others", "under"),
    [
        ("x9p", "b7p a5w", ["b", "a"]),
        ("x9w", "b7p a5w", []),
        ("x9p", "", []),
        ("x9p", "c8p b7p", ["c", "b"]),
        # Not the newest: listed under another one itself.
        ("x6p", "b7p a5w", []),
        ("x4p", "a5w", []),
    ],
)
def test_snapshots_under_the_newest(own, others, under):
    (item,), other_snapshots = timeline(own), timeline(others)
    stored = {other["report_id"]: counts(other["report_id"]) for other in other_snapshots}
    membership = ListMembership(NamedOperations())
    listed = membership.list_under(position(item, *other_snapshots), item, stored)
    assert [report_of(entry.counts) for entry in listed] == under


def many_parts(count):
    """So many parts after a whole snapshot, newest first."""
    parts = [snapshot(f"p{hour:02}", 20, "part", sent_hour=hour) for hour in range(count)]
    return [*parts[::-1], snapshot("whole", 1)]


@pytest.mark.parametrize("day", [21, 19])
def test_parts_since_the_last_whole_snapshot_are_limited(day):
    membership = ListMembership(NamedOperations())
    own = snapshot("x", day, "part")
    full = many_parts(MOST_PARTS)
    under = membership.list_under(
        position(own, *full[1:]), own, {item["report_id"]: counts("r") for item in full}
    )
    assert len(under) == (MOST_PARTS if day == 21 else 0)
    with pytest.raises(Invalid, match=f"{MOST_PARTS} parts"):
        membership.list_under(position(own, *full), own, {})
    whole = snapshot("x", day)
    if day == 21:
        assert membership.list_under(position(whole, *full), whole, {}) == []


def test_transaction_checks_a_limited_number_of_snapshots():
    full = many_parts(MOST_PARTS)
    stored = {item["report_id"]: counts(item["report_id"]) for item in full}
    own = snapshot("x", 21)
    membership = ListMembership(NamedOperations())
    written = membership.operations(position(own, *full), own, stored)
    assert written[0].startswith("supersede p")
    assert written[-1] == "check whole"
    assert sum(operation.startswith("check") for operation in written) == MOST_PARTS
    again = membership.operations(position(own, *full, shown=own), own, stored)
    assert again == [f"check {item['report_id']}" for item in full[:MOST_PARTS]]
