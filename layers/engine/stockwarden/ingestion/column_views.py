"""The columns and first rows of a file, as a preview shows them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from stockwarden.ingestion.columns.identifiers import cell_text
from stockwarden.ingestion.mapping.field_questions import samples_of
from stockwarden.ingestion.mapping.suggestion import Suggestion
from stockwarden.ingestion.table.sheets import SheetView

_SAMPLE_ROWS = 20


@dataclass(frozen=True)
class ColumnView:
    """A column as the preview shows it. `alternatives` are (field, confidence), `parts` the
    columns that it is joined of."""

    name: str
    index: int
    letter: str
    samples: tuple[str, ...]
    suggestion: str | None
    confidence: float
    alternatives: tuple[tuple[str, float], ...]
    parts: tuple[str, ...] = ()

    def to_document(self) -> dict[str, Any]:
        """JSON-able, for the preview."""
        return {
            "name": self.name,
            "index": self.index,
            "letter": self.letter,
            "samples": list(self.samples),
            "parts": list(self.parts),
            "suggestion": self.suggestion,
            "confidence": self.confidence,
            "alternatives": [
                {"field": name, "confidence": confidence} for name, confidence in self.alternatives
            ],
        }


def column_views(
    view: SheetView, suggestions: Sequence[Suggestion], given_mapping: Mapping[str, str]
) -> tuple[ColumnView, ...]:
    views, samples = [], samples_of(view)
    for column, suggestion in zip(view.table.columns, suggestions, strict=True):
        views.append(
            ColumnView(
                column.name,
                column.index,
                column.letter,
                samples[column.name],
                suggestion.field,
                1.0 if column.name in given_mapping else suggestion.confidence,
                suggestion.alternatives,
                column.parts,
            )
        )
    return tuple(views)


def preview_rows(view: SheetView) -> tuple[tuple[str, ...], ...]:
    rows = view.sheet.head(view.table.first_row, view.table.first_row + _SAMPLE_ROWS)
    return tuple(
        tuple(cell_text(row[column.index])[:200] for column in view.table.columns) for row in rows
    )
