"""Makes the index anew from the tables, while it is used and fed."""

from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from stockwarden.core.clock import Clock, iso
from stockwarden.core.errors import Unavailable
from stockwarden.search.base import BaseStore
from stockwarden.search.index import FORMAT, write_index
from stockwarden.search.log import SearchLog
from stockwarden.search.record_types import document_of_record
from stockwarden.storage.attributes import Item


def rebuild(records: Iterable[Item], log: SearchLog, bases: BaseStore, clock: Clock) -> int:
    """Returns how many documents there are. `records` are those of the tables, read while this
    runs: what changes meanwhile is in the log after the entry that is the last one now. Raises
    Unavailable where the index was replaced meanwhile: then begin again."""
    seq, at = log.last_seq(), iso(clock())
    replaced = bases.find()
    documents = [
        document for record in records if (document := document_of_record(record)) is not None
    ]
    with TemporaryDirectory(prefix="search-") as folder:
        path = Path(folder) / "index.sqlite"
        write_index(path, documents, seq, at)
        if not bases.replace(replaced, path, FORMAT, seq):
            raise Unavailable("The index was written meanwhile; rebuild it again.")
    log.announce_rewritten()
    return len(documents)
