"""Questions about fields: which to ask, and the columns offered as answers."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from stockwarden.ingestion.columns.identifiers import cell_text
from stockwarden.ingestion.formats.workbook import Workbook
from stockwarden.ingestion.mapping.fields import REQUIRED, WANTED
from stockwarden.ingestion.mapping.given_mapping import resolve_fields, resolve_mapping
from stockwarden.ingestion.mapping.questions import Option, Question, ask_field, ask_values
from stockwarden.ingestion.mapping.suggestion import POSSIBLE, SURE, Suggestion
from stockwarden.ingestion.mapping.user_choice import UserChoice
from stockwarden.ingestion.table.header import Table
from stockwarden.ingestion.table.sheets import SheetView, sample_rows

_NAMED = 0.65  # more than values reach without a telling name
_SAMPLE_ROWS = 20
_SAMPLES = 5
# The most columns offered with a question; the preview lists all.
_OFFERED = 60


@dataclass(frozen=True)
class GivenMapping:
    """The user's mapping {column: field}, and the fields that no column holds (`absent`).

    `whole`: the mapping is complete, nothing is suggested in addition.
    """

    mapping: Mapping[str, str]
    absent: frozenset[str] = frozenset()
    whole: bool = False

    @classmethod
    def from_choice(cls, choice: UserChoice, columns: Sequence[str]) -> "GivenMapping":
        """Resolves a choice. Raises Invalid for names that do not fit the columns."""
        mapping = resolve_mapping(choice.column_mapping, columns)
        whole = choice.exact or set(REQUIRED) <= set(mapping.values())
        answers = resolve_fields(choice.fields or {}, columns)
        settled = {column for column in answers.values() if column is not None}
        remaining = {
            column: field
            for column, field in mapping.items()
            if field not in answers and column not in settled
        }
        answered = {column: field for field, column in answers.items() if column is not None}
        absent = frozenset(field for field, column in answers.items() if column is None)
        return cls({**remaining, **answered}, absent, whole)

    @property
    def settled(self) -> frozenset[str]:
        return self.absent.union(self.mapping.values())


def samples_of(view: SheetView) -> dict[str, tuple[str, ...]]:
    """{column: its first distinct values}, by which users recognize it."""
    rows = sample_rows(view.sheet, view.table)[:_SAMPLE_ROWS]
    samples = {}
    for column in view.table.columns:
        texts = dict.fromkeys(cell_text(row[column.index])[:80] for row in rows)
        samples[column.name] = tuple(text for text in texts if text)[:_SAMPLES]
    return samples


def offered_columns(
    view: SheetView, mapping: Mapping[str, str], asked: Collection[str], without: Collection[str]
) -> list[Option]:
    """The columns offered as answers: those that are not mapped to another field."""
    samples = samples_of(view)
    free = [
        column.name
        for column in view.table.columns
        if mapping.get(column.name, "") in {"", *asked} and column.name not in without
    ]
    return [Option(name, name, samples[name]) for name in free[:_OFFERED]]


def open_fields(
    table: Table, suggestions: Sequence[Suggestion], given_mapping: GivenMapping, *, answered: bool
) -> dict[str, str]:
    """{field: its most likely column, or ""}, for unsure required fields and likely wanted ones.

    Where the required fields are sure, a column known by its values alone is asked about only for
    the creation date, which the most urgent rules need. Once the user has `answered`, only
    required fields are asked again.
    """
    suggested = {
        suggestion.field: (column.name, suggestion.confidence)
        for column, suggestion in zip(table.columns, suggestions, strict=True)
        if suggestion.field
    }
    unsure = [
        name
        for name in REQUIRED
        if name not in given_mapping.settled
        and (given_mapping.whole or suggested.get(name, ("", 0.0))[1] < SURE)
    ]
    asked = {name: suggested.get(name, ("", 0.0))[0] for name in unsure}
    if given_mapping.whole or (answered and not unsure):
        return asked
    for name in WANTED:
        column, confidence = suggested.get(name, ("", 0.0))
        threshold = POSSIBLE if unsure or name == "creation_date" else _NAMED
        if name not in given_mapping.settled and threshold <= confidence < SURE:
            asked[name] = column
    return asked


def ask_fields(
    asked: Mapping[str, str], columns: Sequence[Option], unvalued: Collection[str]
) -> list[Question]:
    """One question per field; `unvalued` columns (formulas without values) cannot be confirmed."""
    return [
        ask_values(field, column, columns)
        if column in unvalued
        else ask_field(field, column, columns)
        for field, column in asked.items()
    ]


def unvalued_columns(workbook: Workbook, view: SheetView) -> set[str]:
    """The columns without any value whose cells are formulas."""
    blank = [
        column
        for column, profile in zip(view.table.columns, view.profiles, strict=True)
        if not profile.filled
    ]
    return {column.name for column in blank if column.letter in workbook.empty_formulas}
