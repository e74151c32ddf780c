"""Figures of the company, for administrators: some read at the request, the others counted.

What only a walk through all data can tell is counted by the sweep every hour
(`analysis/statistics.py`) and read here as one item, with the time of the count.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from stockwarden.core.clock import Clock, iso
from stockwarden.identity.access import Caller, Role, require_role
from stockwarden.identity.admins import list_admins
from stockwarden.storage.attributes import Item
from stockwarden.storage.dead_letters import DeadLetters
from stockwarden.storage.keys import reports as keys
from stockwarden.storage.queues import Depth, ReceivedMessages
from stockwarden.storage.tables import Table, write

Totals = dict[str, int]


@dataclass(frozen=True)
class Count:
    """Figures that were counted one after another, from `begun_at` to `ended_at` (ISO 8601).

    `totals` is {name: number}, where the name is its group, and the value that is counted, with a
    slash between: `users/role/member`. `position` says where the count goes on, "" at its end.
    """

    begun_at: str
    ended_at: str
    totals: Totals
    position: str = ""

    def by(self, group: str) -> dict[str, int]:
        """{value: number} of a group."""
        return {
            name.removeprefix(f"{group}/"): number
            for name, number in self.totals.items()
            if name.startswith(f"{group}/")
        }


class StatisticsRepository:
    def __init__(self, table: Table) -> None:
        self.table = table

    def last(self) -> Count | None:
        """The last complete count."""
        return _count(self.table.get(keys.last_statistics(), consistent=True))

    def running(self) -> Count | None:
        """The count that is not complete yet."""
        return _count(self.table.get(keys.running_statistics(), consistent=True))

    def save_running(self, count: Count) -> None:
        write(self.table.put({**keys.running_statistics(), **vars(count)}))

    def save_last(self, count: Count) -> None:
        write(
            self.table.put({**keys.last_statistics(), **vars(count)}),
            self.table.delete(keys.running_statistics()),
        )


@dataclass(frozen=True)
class Statistics:
    """`asked_at` is as of when `administrators` and `items` by status (exact), `queue` and
    `dead_letters` (approximate) are; `counted` is None until the first count is complete."""

    asked_at: str
    administrators: int
    items: Mapping[str, int]
    queue: Depth
    dead_letters: int
    counted: Count | None


class StatisticsService:
    def __init__(
        self,
        *,
        counts: StatisticsRepository,
        users: Table,
        queues: Sequence[ReceivedMessages],
        letters: Sequence[DeadLetters],
        count_items: Callable[[], Mapping[str, int]],
        clock: Clock,
    ) -> None:
        self._counts = counts
        self._users = users
        self._queues = queues
        self._letters = letters
        self._count_items = count_items
        self._clock = clock

    def read(self, caller: Caller) -> Statistics:
        """Three reads of the tables and four of the queues, whatever the size of the company.
        Raises Forbidden unless the caller is an admin, and Unavailable."""
        require_role(caller, Role.ADMIN)
        return Statistics(
            asked_at=iso(self._clock()),
            administrators=len(list_admins(self._users)),
            items=self._count_items(),
            queue=self._depth(),
            dead_letters=sum(letters.waiting() for letters in self._letters),
            counted=self._counts.last(),
        )

    def _depth(self) -> Depth:
        depths = [queue.depth() for queue in self._queues]
        return Depth(
            waiting=sum(depth.waiting for depth in depths),
            in_flight=sum(depth.in_flight for depth in depths),
            delayed=sum(depth.delayed for depth in depths),
        )


def _count(item: Mapping[str, Item] | None) -> Count | None:
    if item is None:
        return None
    names = ("begun_at", "ended_at", "totals", "position")
    return Count(**{name: item[name] for name in names})  # type: ignore[arg-type]
