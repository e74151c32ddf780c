"""The receipt of a reading: every data row is counted once, as evaluated, skipped or rejected."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class RowNote:
    """One row (1-based, as the sheet shows it) and why it is not among the evaluated ones.

    Or an evaluated row with an unreadable cell: its `column` by name, and the cell's text.
    """

    row: int
    reason: str
    detail: str
    column: str | None = None
    raw: str | None = None

    def to_document(self) -> dict[str, Any]:
        """JSON-able."""
        document = {"row": self.row, "reason": self.reason, "detail": self.detail}
        return (
            document
            if self.column is None
            else {**document, "column": self.column, "raw": self.raw}
        )


@dataclass(frozen=True)
class Receipt:
    """`total == evaluated + sum(skipped) + sum(rejected)`, for every file.

    Skipped rows hold no pallet (`blank`, `comment`, `totals`, `repeated_header`,
    `other_table`, `separator`, `note`, `empty_location`, `page_head`, `group_heading`); rejected
    ones should have been usable and are not (`no_pallet_id`, `pallet_id_damaged`, `extra_cells`).
    `unread` counts cells of evaluated rows, by reason (`creation_date_unreadable`, …).
    `details` names the first rows of each reason, at most `DETAILS_PER_REASON` of them.
    """

    total: int
    evaluated: int
    skipped: Mapping[str, int]
    rejected: Mapping[str, int]
    details: tuple[RowNote, ...] = ()
    unread: Mapping[str, int] = field(default_factory=dict)

    @property
    def why_unusable(self) -> str:
        """Why no row was evaluated, as a message to the user; "" if some were."""
        if self.evaluated or not self.rejected:
            return ""
        reasons = []
        for reason, count in self.rejected.items():
            notes = [note for note in self.details if note.reason == reason][:_NAMED_ROWS]
            rows = ", ".join(str(note.row) for note in notes)
            rows += ", …" if count > len(notes) else ""
            named = f"Row {rows}" if count == 1 else f"{count:,} rows ({rows})"
            reasons.append(f"{named}: {notes[0].detail}")
        return f"No row of the file can be used. {' '.join(reasons)}"

    def to_document(self) -> dict[str, Any]:
        """JSON-able, for the report."""
        return {
            "total": self.total,
            "evaluated": self.evaluated,
            "skipped": dict(self.skipped),
            "rejected": dict(self.rejected),
            "unread": dict(self.unread),
            "details": [note.to_document() for note in self.details],
        }


DETAILS_PER_REASON = 20
_NAMED_ROWS = 10
