"""Keeps the index up to date with the tables.

Fed by their streams, which deliver a change at least once and in any order: what is older than what
the index has changes nothing. Every so many entries of the log the index is written anew.
"""

from collections.abc import Sequence

from stockwarden.search.base import BaseStore
from stockwarden.search.document import Document
from stockwarden.search.index import FORMAT, write_index
from stockwarden.search.log import SearchLog
from stockwarden.search.record_types import document_of_change
from stockwarden.search.replica import Replica
from stockwarden.storage.streams import Change

# A new copy reads so many entries, of up to `streams.TOGETHER` documents, beside the base.
ENTRIES_PER_BASE = 200


class SearchFeed:
    """A projection (`storage/streams.py`)."""

    def __init__(self, log: SearchLog, bases: BaseStore, replica: Replica) -> None:
        self.log = log
        self.bases = bases
        self.replica = replica

    def apply(self, changes: Sequence[Change]) -> None:
        """Puts changes into the log; may be repeated. Raises Unavailable."""
        newest: dict[str, Document] = {}
        for change in changes:
            document = document_of_change(change)
            if document is None:
                continue
            known = newest.get(document.key)
            if known is None or document.is_newer_than(known.stamp):
                newest[document.key] = document
        seq = self.log.append(list(newest.values()))
        if seq:
            self._compact(seq)

    def _compact(self, seq: int) -> None:
        """Writes the index anew if the log has grown by `ENTRIES_PER_BASE` since."""
        base = self.bases.find()
        if seq - (base.seq if base else 0) < ENTRIES_PER_BASE:
            return
        index, is_complete = self.replica.refreshed()
        if not is_complete:
            # What comes next tries again.
            return
        indexed, at = index.state
        path = self.replica.new_file()
        write_index(path, index.documents(), indexed, at)
        if self.bases.replace(base, path, FORMAT, indexed) and base is not None:
            # Copies of the base before this one go on with the log.
            self.log.trim(base.seq)
        path.unlink()
