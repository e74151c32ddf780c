"""A snapshot that was deleted from, or moved out of, its warehouse."""

from dataclasses import dataclass

from stockwarden.storage.keys import reports as keys


@dataclass(frozen=True)
class Departure:
    """A snapshot that was removed from its warehouse's timeline.

    `comparing_rank` is the rank of the newer snapshot whose recomparison was begun, if any.
    """

    report_id: str
    generation: str
    warehouse_id: str
    rank: str
    deleted: bool
    comparing_rank: str | None = None

    @property
    def reopen_comment(self) -> str:
        return f"Open again: {self._event}."

    @property
    def change_comment(self) -> str:
        return f"Compared anew: {self._event}."

    @property
    def as_of(self) -> str:
        return keys.as_of_in(self.rank)

    @property
    def _event(self) -> str:
        event = "was deleted" if self.deleted else "was put elsewhere"
        return f"the snapshot of {self.as_of} {event}"
