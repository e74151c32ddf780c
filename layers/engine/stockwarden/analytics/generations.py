"""Which of the generations of projections is read, and which are kept up.

A rebuild makes the next generation beside the one that is read. Meanwhile every change goes into
both, so that no moment is lost; then the next one is read, at once, and the old one is removed.
"""

from stockwarden.core.errors import Conflict
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import projections as keys
from stockwarden.storage.tables import ConditionFailed, Table, write

_FIRST = 1
_NUMBERS = ("current", "building")
_ABSENT = "attribute_not_exists"


class Generations:
    def __init__(self, table: Table) -> None:
        self.table = table

    def current(self, *, consistent: bool = False) -> int:
        """The one that answers are read from."""
        stored = self.table.get(keys.generations(), consistent=consistent)
        return stored["current"] if stored else _FIRST

    def live(self) -> list[int]:
        """Those that every change goes into: the current one, and one that is being made."""
        stored = self.table.get(keys.generations(), consistent=True)
        if stored is None:
            return [_FIRST]
        return [stored[name] for name in _NUMBERS if name in stored]

    def begin(self) -> int:
        """The number of a new generation, into which changes go from now on. Raises Conflict where
        another rebuild has begun or ended at the same moment."""
        stored = self.table.get(keys.generations(), consistent=True)
        known = {name: stored[name] for name in _NUMBERS if name in stored} if stored else {}
        begun = {"current": _FIRST, **known}
        building: int = max(begun.values()) + 1
        same = [
            f"#{name} = :{name}" if name in known else f"{_ABSENT}(#{name})" for name in _NUMBERS
        ]
        self._write({**begun, "building": building}, " AND ".join(same), known)
        return building

    def switch_to(self, generation: int) -> None:
        """Lets answers be read from a generation that has been made. Raises Conflict where another
        rebuild has begun since."""
        self._write({"current": generation}, "#building = :building", {"building": generation})

    def _write(self, numbers: Item, when: str, read: Item) -> None:
        try:
            write(self.table.put({**keys.generations(), **numbers}, when=when, **read))
        except ConditionFailed as failed:
            raise Conflict("Another rebuild has begun meanwhile.") from failed
