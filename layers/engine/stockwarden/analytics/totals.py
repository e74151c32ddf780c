"""Totals that are kept by differences: what a record adds to them is replaced by a newer one.

Of each record is kept what it adds. A newer one replaces it in one transaction with the totals, by
the difference; so a change that comes twice, late, or in another order adds nothing. A record has
its key, `id` and `rank`, which grows with each change of what it is of.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from stockwarden.core.errors import Unavailable
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import key_of
from stockwarden.storage.keys import projections as keys
from stockwarden.storage.keys.projections import Total
from stockwarden.storage.retries import Backoff, retried
from stockwarden.storage.tables import CONTENDED, ConditionFailed, Operation, Table, write_once

# What is added up in a total, by its name: whole numbers. `score` is what totals are listed by.
Measures = Counter[str]
Sums = Mapping[Total, Measures]
SumsOf = Callable[[Mapping[str, Any]], Sums]
# The rank of what was deleted: nothing is newer.
LAST = 10**15
# A transaction of DynamoDB.
_MAX_ACTIONS = 100
_TRIES, _BACKOFF = 30, Backoff(first=0.02, longest=1.0)
# A record as it is kept, None for a new one, and what it is replaced by.
_Replacement = tuple[Item | None, Item]


class Totals:
    """`sums_of` says what a record adds to which totals; {} for one that was deleted."""

    def __init__(self, table: Table, sums_of: SumsOf) -> None:
        self.table = table
        self.sums_of = sums_of

    def replace(self, generation: int, records: Sequence[Item]) -> int:
        """Takes in records, each of another id; gives how many were newer than what was kept.
        Raises Unavailable, after which some may have been taken in."""
        return retried(
            partial(self._replace, generation, records),
            on=ConditionFailed,
            tries=_TRIES,
            otherwise=Unavailable(CONTENDED),
            backoff=_BACKOFF,
        )

    def _replace(self, generation: int, records: Sequence[Item]) -> int:
        kept = self.table.get_many([key_of(record) for record in records], consistent=True)
        stored = {item["id"]: item for item in kept}
        together: list[_Replacement] = []
        newer = 0
        for record in records:
            before = stored.get(record["id"])
            if before is not None and record["rank"] <= before["rank"]:
                continue
            newer += 1
            for step in self._steps(before, record):
                if self._actions([*together, step]) > _MAX_ACTIONS:
                    self._write(generation, together)
                    together = []
                together.append(step)
        if together:
            self._write(generation, together)
        return newer

    def _steps(self, before: Item | None, after: Item) -> Iterator[_Replacement]:
        """Replaces a record at once, or, where it adds to so many totals that they do not fit into
        a transaction, part by part: the parts keep the old rank, so that the record is newer until
        the last of them."""
        changed = sorted(self._changes([(before, after)]).items())
        room = _MAX_ACTIONS - 1
        while len(changed) > room:
            sums: dict[Total, Measures] = defaultdict(Counter)
            for total, each in self._sums(before).items():
                sums[total].update(each)
            for total, change in changed[:room]:
                sums[total].update(change)
            start = before or {**after, "rank": -1, "writes": 0}
            parts = [[vars(total), dict(each)] for total, each in sorted(sums.items())]
            halfway = {**start, "sums": parts}
            yield before, halfway
            before, changed = {**halfway, "writes": start["writes"] + 1}, changed[room:]
        yield before, after

    def _write(self, generation: int, replacements: Sequence[_Replacement]) -> None:
        operations = [self._put(each) for each in replacements]
        for total, change in self._changes(replacements).items():
            operations.append(self._add(generation, total, change))
        write_once(*operations)

    def _put(self, replacement: _Replacement) -> Operation:
        before, after = replacement
        if before is None:
            return self.table.put({**after, "writes": 1}, when="attribute_not_exists(#pk)")
        writes = before["writes"]
        return self.table.put({**after, "writes": writes + 1}, when="#writes = :read", read=writes)

    def _add(self, generation: int, total: Total, change: Measures) -> Operation:
        values: dict[str, Any] = dict(change)
        added = ", ".join(f"#{name} :{name}" for name in sorted(change))
        return self.table.update(
            keys.total(generation, total),
            f"SET #ranking = :ranking, #group = :group, #currency = :currency ADD {added}",
            ranking=keys.total_ranking(generation, total.scope, total.dimension, total.currency),
            group=total.group,
            currency=total.currency,
            **values,
        )

    def _changes(self, replacements: Sequence[_Replacement]) -> dict[Total, Measures]:
        """What replacements add to totals, without those that stay as they are."""
        changes: dict[Total, Measures] = defaultdict(Counter)
        for before, after in replacements:
            for total, added in self._sums(after).items():
                changes[total].update(added)
            for total, added in self._sums(before).items():
                changes[total].subtract(added)
        return {
            total: _scored(change)
            for total, change in sorted(changes.items())
            if any(change.values())
        }

    def _sums(self, record: Item | None) -> Sums:
        if record is None:
            return {}
        if "sums" in record:
            return {Total(**total): Counter(each) for total, each in record["sums"]}
        return self.sums_of(record)

    def _actions(self, replacements: Sequence[_Replacement]) -> int:
        """How many writes a transaction of the replacements has. No record can be in it twice."""
        ids = [after["id"] for _, after in replacements]
        if len(set(ids)) < len(ids):
            return _MAX_ACTIONS + 1
        return len(replacements) + len(self._changes(replacements))


def _scored(change: Measures) -> Measures:
    """What is not 0; and a score always, as a total is listed by it from the first time on."""
    return Counter({"score": 0} | {name: each for name, each in change.items() if each})
