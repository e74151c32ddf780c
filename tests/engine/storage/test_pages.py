import re

import pytest

from stockwarden.core.errors import BadRequest
from stockwarden.storage import clients
from stockwarden.storage.cursors import encode_cursor
from stockwarden.storage.keys import KeyRange
from stockwarden.storage.pages import page_and_next, page_of
from stockwarden.storage.tables import Table

LISTED = KeyRange("p", "L#")
VALID = re.compile(r"[0-9]{3}").fullmatch


@pytest.fixture
def table(aws):
    table = Table(clients.dynamodb(), aws["REPORTS_TABLE"])
    table.put_all(LISTED.key(f"{n:03}") for n in range(7))
    table.put_all([{"pk": "p", "sk": "A"}, {"pk": "p", "sk": "Z"}, {"pk": "q", "sk": "L#001"}])
    return table


def walk(page, table, limit, **options):
    """The pages of a list, as numbers."""
    pages, cursor = [], None
    while True:
        items, cursor = page(
            table, "list", LISTED, limit=limit, cursor=cursor, valid=VALID, **options
        )
        pages.append([int(LISTED.rest_of(item)) for item in items])
        if cursor is None:
            return pages


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 8])
def test_every_item_is_on_exactly_one_page(table, limit):
    pages = walk(page_of, table, limit)
    assert [number for page in pages for number in page] == list(range(7))
    assert all(len(page) <= limit for page in pages)
    backwards = walk(page_of, table, limit, newest_first=True)
    assert [number for page in backwards for number in page] == list(reversed(range(7)))


def test_a_page_with_the_first_of_the_next(table):
    assert walk(page_and_next, table, 3) == [[6, 5, 4, 3], [3, 2, 1, 0], [0]]
    assert walk(page_and_next, table, 7) == [[6, 5, 4, 3, 2, 1, 0]]


@pytest.mark.parametrize("page", [page_of, page_and_next])
@pytest.mark.parametrize(
    ("scope", "part", "detail"),
    [("other", "003", "another list"), ("list", "3", "damaged"), ("list", "0030", "damaged")],
)
def test_a_cursor_that_is_not_of_the_list(table, page, scope, part, detail):
    cursor = encode_cursor(scope, [part])
    with pytest.raises(BadRequest, match=detail):
        page(table, "list", LISTED, limit=3, cursor=cursor, valid=VALID)


def test_a_list_continues_after_a_deleted_item(table):
    _, cursor = page_of(table, "list", LISTED, limit=3, cursor=None, valid=VALID)
    table.delete_all([LISTED.key("002")])
    items, _ = page_of(table, "list", LISTED, limit=3, cursor=cursor, valid=VALID)
    assert items == [LISTED.key(f"00{n}") for n in (3, 4, 5)]
