"""A copy of the index on this machine: the last base, and what the log has had since.

Each refresh is one read of the log, one unit where nothing has changed. A copy that is far behind,
or older than what is left of the log, is fetched anew.
"""

from pathlib import Path
from tempfile import mkdtemp

from stockwarden.core.errors import Unavailable
from stockwarden.search.base import BaseStore
from stockwarden.search.index import FORMAT, SearchIndex, write_index
from stockwarden.search.log import SearchLog

# Reads of the log in one refresh, a megabyte each; the next refresh goes on.
_MOST_READS = 4
_TRIES = 5


class Replica:
    def __init__(self, log: SearchLog, bases: BaseStore) -> None:
        self.log = log
        self.bases = bases
        self._index: SearchIndex | None = None
        self._files = 0
        self._folder: Path | None = None

    def refreshed(self) -> tuple[SearchIndex, bool]:
        """The index as it is now, and whether it has all that is in the log. Raises Unavailable."""
        is_fetched = self._index is None
        index = self._index or self._fetched()
        for _ in range(_MOST_READS):
            seq, _at = index.state
            entries, more = self.log.after(seq)
            # Old entries are removed in any order, so some of them may be left.
            lacks_some = bool(entries) and entries[-1].seq != seq + len(entries)
            is_rewritten = any(entry.rewritten for entry in entries)
            if lacks_some or (not is_fetched and (is_rewritten or self._is_far(seq, more=more))):
                is_fetched, index = True, self._fetched()
                continue
            for entry in entries:
                index.put(entry.documents, entry.seq, entry.at)
            if not more:
                return index, True
        return index, False

    def new_file(self) -> Path:
        """A path for a file that is as short-lived as this machine."""
        if self._folder is None:
            self._folder = Path(mkdtemp(prefix="search-"))
        self._files += 1
        return self._folder / f"{self._files}.sqlite"

    def _is_far(self, seq: int, *, more: bool) -> bool:
        """Whether the base saves reading the log from an entry on, of which there is `more`."""
        base = self.bases.find() if more else None
        return base is not None and base.seq > seq

    def _fetched(self) -> SearchIndex:
        """The last base in place of the copy that there is; an empty index where there is none."""
        index = SearchIndex(self._file_of_base())
        if self._index is not None:
            self._index.close()
            self._index.path.unlink()
        self._index = index
        return index

    def _file_of_base(self) -> Path:
        for _ in range(_TRIES):
            path = self.new_file()
            base = self.bases.find()
            if base is None:
                return path
            if self.bases.fetch(base, path):
                return path if base.format == FORMAT else self._converted(path)
        raise Unavailable("The index of the search is being replaced; try again shortly.")

    def _converted(self, path: Path) -> Path:
        """A file that another release has written, as one of this release."""
        converted, other = self.new_file(), SearchIndex(path)
        write_index(converted, other.documents(), *other.state)
        other.close()
        path.unlink()
        return converted
