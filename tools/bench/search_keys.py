"""The other way that was tried: an entry in DynamoDB for each word of each item.

A sort key is the word and the id, and the entry has what a result shows and all words of the item.
A search reads the entries that begin with one word, and keeps those that have the others. It is
bounded only by reading no more than a page: those that have all words may lie behind it.
"""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from stockwarden.core.clock import utc_now
from stockwarden.search.document import Document
from stockwarden.search.index import SearchIndex, write_index
from stockwarden.search.query import parse_query
from stockwarden.search.terms import SCOPE, terms_of
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys.search import search_log
from stockwarden.storage.tables import Table
from tests.dynamodb_local.server import running, tables
from tests.support.many_records import put_many
from tools.bench.local_client import client_of
from tools.bench.measured import Measured, least, milliseconds
from tools.bench.search_documents import documents

_NUMBER = 5_000
_ROUNDS, _CALLS = 3, 3
# Any will do.
_PARTITION = search_log()
_TEXT, _WORDS = "box 5", ("nbox", "n5")


def keys() -> Iterator[Measured]:
    """Entries written for an item, to its one document; a search for two words of many items."""
    made = list(documents(_NUMBER))
    entries = [entry for document in made for entry in _entries(document)]
    with running() as endpoint, TemporaryDirectory() as folder:
        client = client_of(endpoint)
        with tables(client, "ProjectionsTable"):
            table = Table(client, "ProjectionsTable")
            put_many(table, entries)
            path = Path(folder) / "index"
            write_index(path, made, 0, "")
            index, query = SearchIndex(path), parse_query(_TEXT, utc_now().date())
            ours, theirs = least(
                lambda: index.search(query, f'"{SCOPE}item"', 20),
                lambda: _search(table),
                rounds=_ROUNDS,
                calls=_CALLS,
            )
            index.close()
    per_item = len(entries) / _NUMBER
    yield Measured("writes of a new item", "1 document", f"{per_item:.1f} words", 1 / per_item, 0.2)
    what = f"a search of {_NUMBER:,}, to a page of words"
    yield Measured(what, milliseconds(ours), milliseconds(theirs), ours / theirs, 0.2)


def _entries(document: Document) -> Iterator[Item]:
    words = [term for term in terms_of(document) if not term.startswith(SCOPE)]
    shown = {"title": document.title, "code": document.code, "words": " ".join(words)}
    for word in words:
        yield {**_PARTITION.key(f"{word} {document.id}"), **shown}


def _search(table: Table) -> list[Item]:
    first, *others = _WORDS
    page = table.query(_PARTITION.between(first=first, last=f"{first}\U0010ffff"))
    return [
        item for item in page.items if all(f" {word}" in f" {item['words']}" for word in others)
    ]
