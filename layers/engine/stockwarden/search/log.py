"""The log of what has changed: numbered entries without a gap, each a batch of documents.

Who writes takes the next number, or tries again where another has taken it; so who has read up to
a number has missed nothing before it. An entry is compressed: a hundred documents are some 10 KB.
"""

import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stockwarden.core.clock import Clock, iso
from stockwarden.core.errors import Unavailable
from stockwarden.search.document import Document, document_of
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import key_of
from stockwarden.storage.keys import search as keys
from stockwarden.storage.retries import Backoff, retried
from stockwarden.storage.tables import CONTENDED, ConditionFailed, Table, write

# Of one entry: at 4 KB each they stay below the 400 KB of a stored item, also uncompressed.
_MOST_DOCUMENTS = 80
_TRIES, _BACKOFF = 20, Backoff(first=0.02, longest=1.0)


@dataclass(frozen=True)
class Entry:
    """`at` is when it was written. One that is `rewritten` says that the index was made anew, from
    the tables, and has no documents."""

    seq: int
    at: str
    documents: Sequence[Document]
    rewritten: bool = False


class SearchLog:
    def __init__(self, table: Table, clock: Clock) -> None:
        self.table = table
        self.clock = clock

    def append(self, documents: Sequence[Document]) -> int:
        """The number of the last entry; 0 where there is nothing to write. Raises Unavailable."""
        seq = 0
        for batch in _batched(documents):
            body = json.dumps([document.to_json() for document in batch], ensure_ascii=False)
            seq = self._append({"body": zlib.compress(body.encode())})
        return seq

    def announce_rewritten(self) -> int:
        """Appends an entry that makes every copy be fetched again."""
        return self._append({"rewritten": True})

    def last_seq(self) -> int:
        page = self.table.query(keys.search_log(), newest_first=True, consistent=True, limit=1)
        return keys.search_seq_in(page.items[0]) if page.items else 0

    def after(self, seq: int) -> tuple[list[Entry], bool]:
        """The entries after a number, up to a megabyte, and whether there are more. One read."""
        page = self.table.query(keys.search_log_after(seq), consistent=True)
        return [_entry(item) for item in page.items], page.last_key is not None

    def trim(self, before: int) -> None:
        """Deletes the entries before a number."""
        old = self.table.query_all(keys.search_log_before(before))
        self.table.delete_all(key_of(item) for item in old)

    def _append(self, content: Item) -> int:
        def attempt() -> int:
            seq = self.last_seq() + 1
            item = {**keys.search_log_entry(seq), **content, "at": iso(self.clock())}
            write(self.table.put(item, when="attribute_not_exists(#pk)"))
            return seq

        return retried(
            attempt,
            on=ConditionFailed,
            tries=_TRIES,
            otherwise=Unavailable(CONTENDED),
            backoff=_BACKOFF,
        )


def _entry(item: Item) -> Entry:
    body = json.loads(zlib.decompress(item["body"])) if "body" in item else []
    return Entry(
        keys.search_seq_in(item),
        item["at"],
        [document_of(stored) for stored in body],
        item.get("rewritten", False),
    )


def _batched(documents: Sequence[Document]) -> Iterator[Sequence[Document]]:
    for begin in range(0, len(documents), _MOST_DOCUMENTS):
        yield documents[begin : begin + _MOST_DOCUMENTS]
