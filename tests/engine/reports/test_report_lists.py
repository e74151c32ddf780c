"""Several partitions merged into one list: content, order and number of queries."""

from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockwarden.reports.report_lists import EXAMINED, merge_feeds, own_feed, warehouse_feed
from stockwarden.storage.tables import Page


class Partitions:
    """The part of a table that `merge_feeds` queries: items by feed, newest first, filtered after
    `limit`."""

    def __init__(self, lanes):
        self.lanes = lanes
        self.queries = 0
        self.examined = 0

    def query(self, key, *, index, where, limit, newest_first, before, **values):
        assert newest_first and key.endswith("AND #listed < :before")
        self.queries += 1
        name = "owner" if index == "by_owner" else "warehouse_id"
        lane = [item for item in self.lanes[values[name]] if item["listed"] < before]
        read = sorted(lane, key=lambda item: item["listed"], reverse=True)[:limit]
        self.examined += len(read)
        last = read[-1] if len(read) == limit else None
        matching = [item for item in read if not where or item["status"] == values["status"]]
        return Page(matching, {"listed": last["listed"]} if last else None)


def walk(table, lanes, limit):
    pages, before = [], None
    while True:
        table.queries = table.examined = 0
        page, before = merge_feeds(table, lanes, limit, before)
        assert table.queries <= len(lanes) + 1
        share = ceil(limit / len(lanes)) + 1
        assert table.examined <= max(share, ceil(EXAMINED / len(lanes))) * len(lanes) + limit
        pages.append(page)
        assert len(page) <= limit
        if before is None:
            return pages
        assert len(pages) < 500


@given(
    st.lists(st.tuples(st.integers(0, 3), st.booleans()), max_size=90),
    st.integers(1, 4),
    st.integers(1, 40),
    st.booleans(),
)
def test_every_report_is_listed_once_and_in_order(entries, lanes, limit, filtered):
    partitions = {f"lane{number}": [] for number in range(lanes)}
    for number, (lane, ready) in enumerate(entries):
        status = "ready" if ready else "failed"
        item = {"listed": f"2026-{number:04}", "status": status}
        partitions[f"lane{lane % lanes}"].append(item)
    status = "ready" if filtered else None
    feeds = [own_feed("lane0", status=status)]
    feeds += [warehouse_feed(f"lane{number}", status=status) for number in range(1, lanes)]
    listed = [item for page in walk(Partitions(partitions), feeds, limit) for item in page]
    everything = sorted(
        (
            item
            for lane in partitions.values()
            for item in lane
            if not filtered or item["status"] == status
        ),
        key=lambda item: item["listed"],
        reverse=True,
    )
    assert listed == everything


@pytest.mark.parametrize("lanes", [2, 3, 4])
def test_a_page_is_full_though_all_of_it_is_in_one_partition(lanes):
    partitions = {f"lane{number}": [] for number in range(lanes)}
    partitions["lane1"] = [{"listed": f"2026-{number:04}"} for number in range(100)]
    feeds = [own_feed("lane0"), *(warehouse_feed(f"lane{number}") for number in range(1, lanes))]
    page, before = merge_feeds(Partitions(partitions), feeds, 20, None)
    assert len(page) == 20
    assert before == page[-1]["listed"]
