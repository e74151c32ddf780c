"""A snapshot that is no more, to its warehouse."""

from dataclasses import dataclass

from stockwarden.storage.keys import reports as keys


@dataclass(frozen=True)
class Departure:
    """A snapshot that was taken out of the order of its warehouse.

    `comparing` is the rank of the newer snapshot whose comparison with another was begun, if any.
    """

    report_id: str
    generation: str
    warehouse_id: str
    rank: str
    deleted: bool
    comparisons: str | None = None

    @property
    def why_open(self) -> str:
        return f"Open again: {self._fate}."

    @property
    def why_changed(self) -> str:
        return f"Compared anew: {self._fate}."

    @property
    def as_of(self) -> str:
        return keys.as_of_in(self.rank)

    @property
    def _fate(self) -> str:
        became = "was deleted" if self.deleted else "was put elsewhere"
        return f"the snapshot of {self.as_of} {became}"
