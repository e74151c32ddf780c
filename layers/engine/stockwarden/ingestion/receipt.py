"""The receipt of a reading: every data row is counted once, as evaluated, skipped or rejected."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class RowNote:
    """One row (1-based, as the sheet shows it) and why it is not among the evaluated ones."""

    row: int
    reason: str
    detail: str


@dataclass(frozen=True)
class Receipt:
    """`total == evaluated + sum(skipped) + sum(rejected)`, for every file.

    Skipped rows hold no pallet by their nature (`blank`, `comment`, `totals`, `repeated_header`,
    `other_table`, `separator`, `note`, `empty_location`); rejected ones should have been usable
    and are not (`no_pallet_id`, `pallet_id_damaged`, `extra_cells`).
    `details` names the first rows of each reason, at most `DETAILS_PER_REASON` of them.
    """

    total: int
    evaluated: int
    skipped: Mapping[str, int]
    rejected: Mapping[str, int]
    details: tuple[RowNote, ...] = ()

    def to_document(self) -> dict[str, Any]:
        """JSON-able, for the report."""
        return {
            "total": self.total,
            "evaluated": self.evaluated,
            "skipped": dict(self.skipped),
            "rejected": dict(self.rejected),
            "details": [
                {"row": note.row, "reason": note.reason, "detail": note.detail}
                for note in self.details
            ],
        }


DETAILS_PER_REASON = 20
