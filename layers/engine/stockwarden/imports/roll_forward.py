"""Writes the plan of an import, a transaction for as many items as it holds.

Each transaction notes its step beside what it writes, on the condition that it is not there: so a
step that is repeated, by whoever and whenever, changes nothing. A step whose transaction cannot be
written is split for good, which is noted first, and its items are written one by one, each with a
note of its own. What an item cannot be written for is its outcome then, and told.

Write units of a new item with one receipt, of which its own record, code, head and audit entry take
2 each, a movement and a balance 2 and 3 with its index, and the head 1 for its index: about 15. A
step adds 10 to 14 for its posting, counters, audit entry and note, so 2 for an item at 7 a step.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from stockwarden.core.errors import Conflict, Invalid, PreconditionFailed
from stockwarden.core.idempotency import RequestKey
from stockwarden.core.ids import derived_id
from stockwarden.identity.access import Caller
from stockwarden.imports.plan import PlannedItem
from stockwarden.imports.repository import ImportRepository
from stockwarden.stock.item_batch import ItemBatch, Written
from stockwarden.storage.attributes import Item
from stockwarden.storage.tables import CONTENDED, ConditionFailed, Operation

_TRIES = 5


@dataclass
class Result:
    """What has been written. `skipped` counts items."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    movements: int = 0
    skipped: int = 0

    def add(self, facts: Mapping[str, Any]) -> None:
        """Adds what is noted of a step."""
        for name in self.__dataclass_fields__:
            setattr(self, name, getattr(self, name) + facts.get(name, 0))


class RollForward:
    def __init__(self, repository: ImportRepository, batch: ItemBatch) -> None:
        self.repository = repository
        self.batch = batch

    def write(
        self,
        caller: Caller,
        leased: Item,
        groups: Sequence[Sequence[PlannedItem]],
        *,
        timezone: str,
        between: Callable[[int, Result], None],
    ) -> tuple[Result, list[dict[str, Any]]]:
        """The result of all steps, and the rows that were skipped with their reasons. `between` is
        called after each step that is written now, with how many are done. Raises Unavailable, and
        what `between` raises."""
        steps = self.repository.steps(leased)
        result, skipped = Result(), list[dict[str, Any]]()
        for number, group in enumerate(groups):
            name = f"{number:06}"
            noted = steps.get(name)
            step = _Step(self.repository, self.batch, caller, leased, name=name, timezone=timezone)
            is_done = noted is not None and not noted.get("split")
            facts = noted if noted and is_done else step.write(group, steps)
            result.add(facts)
            skipped += facts.get("told", [])
            if not is_done:
                between(number + 1, result)
        return result, skipped


@dataclass(frozen=True)
class _Step:
    """A step of the plan, by its `name`."""

    repository: ImportRepository
    batch: ItemBatch
    caller: Caller
    leased: Item
    name: str
    timezone: str

    def write(self, group: Sequence[PlannedItem], steps: Mapping[str, Item]) -> Mapping[str, Any]:
        """What is noted of the step in the end."""
        repository = self.repository
        if self.name not in steps:
            try:
                return self._together(self.name, group)
            except (Conflict, Invalid, PreconditionFailed, ConditionFailed):
                done = repository.steps(self.leased).get(self.name)
                if done is not None and not done.get("split"):
                    return done
            if done is None:
                repository.split_step(self.leased, self.name)
        return self._one_by_one(group, repository.steps(self.leased))

    def _one_by_one(
        self, group: Sequence[PlannedItem], steps: Mapping[str, Item]
    ) -> Mapping[str, Any]:
        result, told = Result(), list[dict[str, Any]]()
        for number, item in enumerate(group):
            name = f"{self.name}.{number:02}"
            facts = steps.get(name) or self._single(name, item)
            result.add(facts)
            told += facts.get("told", [])
        noted = {**asdict(result), **({"told": told} if told else {})}
        self.repository.finish_step(self.leased, self.name, noted)
        return noted

    def _single(self, name: str, item: PlannedItem) -> Mapping[str, Any]:
        problem = CONTENDED
        for _ in range(_TRIES):
            try:
                return self._together(name, [item])
            except (Conflict, Invalid) as refused:
                problem = refused.detail
                break
            except (PreconditionFailed, ConditionFailed):
                done = self.repository.steps(self.leased).get(name)
                if done is not None:
                    return done
        noted = {"skipped": 1, "told": [{"rows": item.rows, "detail": problem}]}
        self.repository.note_step(self.leased, name, noted)
        return noted

    def _together(self, name: str, group: Sequence[PlannedItem]) -> Mapping[str, Any]:
        """Writes a group with its note. Raises as `ItemBatch.write`."""
        noted: dict[str, Any] = {}

        def note(written: Sequence[Written]) -> list[Operation]:
            result = Result()
            for each in written:
                effect: dict[str, int] = {} if each.effect == "told" else {each.effect: 1}
                result.add({**effect, "movements": each.movements})
            noted.update({fact: count for fact, count in asdict(result).items() if count})
            return [self.repository.step(self.leased, name, noted)]

        run = str(self.leased["plan"]["run"])
        key = RequestKey(derived_id("step", self.leased["id"], run, name), "")
        self.batch.write(
            self.caller,
            key,
            [item.entry for item in group],
            timezone=self.timezone,
            beside=note,
        )
        return noted
