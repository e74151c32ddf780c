"""The index: a file of SQLite with all documents and their words (FTS5).

Those that are written at once are in the order of equally good results; so a search reads no more
than it returns, however many documents have a word. What comes later is put in after them, a new
version of a document as a further one. What is no longer there is left in the words, and not
returned, until the index is written anew.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

from stockwarden.search.document import Document, document_of
from stockwarden.search.query import Query
from stockwarden.search.terms import ARCHIVED, SCOPE, terms_of

_LAST = "\U0010ffff"

# Files of another format are not read: the words of a document are other ones.
FORMAT = 1
_SCHEMA = """
    CREATE TABLE document (
        number INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT UNIQUE, stamp TEXT, body TEXT);
    CREATE TABLE state (seq INTEGER, at TEXT, written INTEGER);
    INSERT INTO state VALUES (0, '', 0);
    CREATE TABLE term (text TEXT PRIMARY KEY) WITHOUT ROWID;
    CREATE VIRTUAL TABLE word USING fts5(
        terms, content='', detail=none, columnsize=0, prefix='2 3 4', tokenize='ascii');
"""
# Written at once, the words are one list each; later ones are merged as they come.
_AT_ONCE = """
    INSERT INTO word(word, rank) VALUES ('hashsize', 67108864);
    INSERT INTO word(word, rank) VALUES ('automerge', 0);
"""
_AS_THEY_COME = """
    INSERT INTO word(word, rank) VALUES ('hashsize', 1048576);
    INSERT INTO word(word, rank) VALUES ('automerge', 4);
"""
_FIND = """
    SELECT document.key, document.stamp, document.body
    FROM word JOIN document ON document.number = word.rowid
    WHERE word MATCH ? AND word.rowid > ? ORDER BY word.rowid LIMIT ?
"""
_TERMS = "SELECT text FROM term WHERE text BETWEEN ? AND ? LIMIT ?"
# A beginning of so many characters has a list of its own (`prefix` of the schema).
_LISTED = (2, 3, 4)
# Of a longer one the lists of its terms are merged while they are read; of too many, before.
_MOST_TERMS = 64
_OTHER_FIELDS = ("type", "id", "stamp")


class SearchIndex:
    """`path` is that of a file; a new one is made there if there is none. Not for several threads
    at once. The tables `document` and `state` are the same in every format."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._connection = sqlite3.connect(path, isolation_level=None)
        # What is lost with the machine is fetched again, so nothing waits for the disk.
        self._connection.executescript(
            "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA temp_store = MEMORY;"
        )
        if not self._one("SELECT count(*) FROM sqlite_master"):
            self._connection.executescript(_SCHEMA)

    @property
    def state(self) -> tuple[int, str]:
        """Up to which entry of the log it is, and when that was written."""
        seq, at = self._connection.execute("SELECT seq, at FROM state").fetchone()
        return int(seq), str(at)

    def put(self, documents: Iterable[Document], seq: int, at: str) -> None:
        """Puts documents in, each unless there is a newer version of it, and sets the state."""
        terms: set[str] = set()
        self._connection.execute("BEGIN")
        for document in documents:
            terms.update(self._put(document))
        self._connection.executemany(
            "INSERT OR IGNORE INTO term VALUES (?)", ((term,) for term in sorted(terms))
        )
        self._connection.execute("UPDATE state SET seq = ?, at = ?", (seq, at))
        self._connection.execute("COMMIT")

    def put_at_once(self, documents: Iterable[Document], seq: int, at: str) -> None:
        """As `put`, for all that a new index has: faster, and the file is smaller."""
        self._connection.executescript(_AT_ONCE)
        self.put(documents, seq, at)
        self._connection.executescript(_AS_THEY_COME)
        self._connection.execute(
            "UPDATE state SET written = (SELECT coalesce(max(number), 0) FROM document)"
        )

    def search(self, query: Query, scope: str, limit: int) -> list[tuple[int, Document]]:
        """The rank and the document of up to `limit`, the best ones first: what is archived after
        everything else, there and else in the order of the query's conditions. `scope` is a
        condition of all of them."""
        results: dict[str, tuple[int, Document]] = {}
        archived = f'"{SCOPE}{ARCHIVED}"'
        for also in (f"NOT {archived}", f"AND {archived}"):
            for rank, condition in enumerate(query.conditions(self)):
                if condition:
                    for document in self._find(f"(({condition}) AND {scope}) {also}", limit):
                        results.setdefault(document.key, (rank, document))
                if len(results) >= limit:
                    return list(results.values())[:limit]
            if not self.has(f"{SCOPE}{ARCHIVED}"):
                break
        return list(results.values())

    def has(self, term: str) -> bool:
        """Whether a document has the term, or had it."""
        return bool(self._terms(term, term, 1))

    def beginning_with(self, text: str) -> list[str]:
        most = 1 if len(text) in _LISTED else _MOST_TERMS + 1
        terms = self._terms(text, text + _LAST, most)
        return [f'"{text}"*'] if len(terms) == most else [f'"{term}"' for term in terms]

    def first_beginning_with(self, text: str) -> list[str]:
        return [f'"{term}"' for term in self._terms(text, text + _LAST, _MOST_TERMS)]

    def documents(self) -> Iterator[Document]:
        """All of them, also what is gone."""
        for row in self._connection.execute("SELECT key, stamp, body FROM document"):
            yield _document(*row)

    def close(self) -> None:
        self._connection.close()

    def _find(self, expression: str, limit: int) -> list[Document]:
        """The first of those that were written at once, and the first that have come later."""
        rows = self._connection.execute(_FIND, (expression, 0, limit)).fetchall()
        if len(rows) == limit:
            written = self._one("SELECT written FROM state")
            rows += self._connection.execute(_FIND, (expression, written, limit))
        return sorted({row[0]: _document(*row) for row in rows}.values(), key=_order)

    def _put(self, document: Document) -> list[str]:
        """The terms by which it is found from now on."""
        row = self._connection.execute(
            "SELECT number, stamp FROM document WHERE key = ?", (document.key,)
        ).fetchone()
        if row is not None:
            if not document.is_newer_than(row[1]):
                return []
            self._connection.execute("DELETE FROM document WHERE number = ?", (row[0],))
        number = self._connection.execute(
            "INSERT INTO document (key, stamp, body) VALUES (?, ?, ?)",
            (document.key, document.stamp, _body(document)),
        ).lastrowid
        if document.gone:
            return []
        terms = terms_of(document)
        self._connection.execute(
            "INSERT INTO word (rowid, terms) VALUES (?, ?)", (number, " ".join(terms))
        )
        return terms

    def _terms(self, first: str, end: str, limit: int) -> list[str]:
        return [term for (term,) in self._connection.execute(_TERMS, (first, end, limit))]

    def _one(self, question: str) -> int:
        (value,) = self._connection.execute(question).fetchone()
        return int(value)


def write_index(path: Path, documents: Iterable[Document], seq: int, at: str) -> None:
    """Makes the file of an index with these documents, the ones to be shown first first."""
    index = SearchIndex(path)
    index.put_at_once(sorted(documents, key=_order), seq, at)
    index.close()


def _order(document: Document) -> tuple[int, str, str]:
    """Of equally good results the shortest title first: it has the least besides."""
    return len(document.title), document.title, document.id


def _body(document: Document) -> str:
    fields = document.to_json()
    for name in _OTHER_FIELDS:
        fields.pop(name, None)
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))


def _document(key: str, stamp: str, body: str) -> Document:
    kind, _, document_id = key.partition("/")
    return document_of({**json.loads(body), "type": kind, "id": document_id, "stamp": stamp})
