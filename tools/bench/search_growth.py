"""A search with a hundred times as many items, and what its copies of the index cost."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from stockwarden.core.clock import utc_now
from stockwarden.search.base import Base, BaseStore
from stockwarden.search.index import FORMAT, SearchIndex, write_index
from stockwarden.search.log import SearchLog
from stockwarden.search.places import PlaceSearch
from stockwarden.search.replica import Replica
from stockwarden.search.service import SearchService
from stockwarden.snapshots.timeline import Timeline
from stockwarden.storage.objects import Objects
from stockwarden.storage.tables import Table
from tests.dynamodb_local.server import running, tables
from tests.support.gateway import ADMIN
from tools.bench.local_client import client_of
from tools.bench.measured import Measured, least, milliseconds
from tools.bench.search_documents import documents

FEW, MANY = 1_000, 100_000
_LIMIT = 1.5
_ROUNDS, _CALLS = 7, 25
# Own work of one search, in milliseconds of processor time.
_MOST_OWN = 50
# What is typed, and how many results: as many with few items as with many, so that the difference
# is the search and not what it returns.
TEXTS = {
    "one word of most items": ("box", 10),
    "words of many items": ("box pcs", 10),
    "beginnings of words": ("bo 5 k", 10),
    "a code and words": ("couscous PAS-0607-0", 1),
    "a code": ("PAS-0607-0", 1),
    "the beginning of a GTIN": ("84990000", 10),
    "what is not there": ("quartz", 10),
}


class _OneBase(BaseStore):
    """A base that is on this machine already, in place of the one in S3."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def find(self) -> Base | None:
        return Base("", FORMAT, 0, 0)

    def fetch(self, base: Base, path: Path) -> bool:  # noqa: ARG002 - of BaseStore
        path.write_bytes(self.path.read_bytes())
        return True


def growth() -> Iterator[Measured]:
    with _filled(FEW) as few, _filled(MANY) as many:
        for what in TEXTS:
            base, grown = least(few[what], many[what], rounds=_ROUNDS, calls=_CALLS)
            figures = milliseconds(grown), f"{milliseconds(base)} at {FEW:,}"
            yield Measured(f"{what}, {MANY:,}", *figures, grown / base, _LIMIT)
            own = 1000 * _processor_seconds(many[what])
            yield Measured(
                f"{what}: own work", f"{own:.2f} ms", f"{_MOST_OWN} ms", own / _MOST_OWN, 1
            )


def _processor_seconds(act: Callable[[], object]) -> float:
    start = time.process_time()
    for _ in range(_CALLS):
        act()
    return (time.process_time() - start) / _CALLS


@contextmanager
def _filled(number: int) -> Iterator[dict[str, Callable[[], object]]]:
    with running() as endpoint, TemporaryDirectory() as folder:
        client = client_of(endpoint)
        path = Path(folder) / "base"
        write_index(path, documents(number), 0, "")
        with tables(client, "ProjectionsTable", "ReportsTable"):
            service = SearchService(
                Replica(SearchLog(Table(client, "ProjectionsTable"), utc_now), _OneBase(path)),
                PlaceSearch(Timeline(Table(client, "ReportsTable")), Objects(client, "")),
                lambda _caller, _limit: ((), False),
                utc_now,
            )
            yield {what: _search(service, *asked) for what, asked in TEXTS.items()}


def _search(service: SearchService, text: str, limit: int) -> Callable[[], object]:
    return lambda: service.search(ADMIN, text, (), limit)


def copies() -> Iterator[Measured]:
    """To the time of writing the index anew: what is saved by not doing that for each change."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "base"
        made = list(documents(MANY))
        written = _seconds(lambda: write_index(path, made, 0, ""))
        index = SearchIndex(path)
        changed = [replace(each, stamp=f"{each.stamp}+", title="Changed") for each in made[:100]]
        put = _seconds(lambda: index.put(changed, 1, ""))
        yield Measured(
            f"100 changes into a copy of {MANY:,}",
            milliseconds(put),
            f"{milliseconds(written)} to write it anew, {path.stat().st_size / 1e6:.0f} MB",
            put / written,
            0.1,
        )


def _seconds(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start
