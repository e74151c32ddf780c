"""Questions about fields: which to ask, and the columns offered as answers."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from stockwarden.ingestion.columns.identifiers import cell_text
from stockwarden.ingestion.formats.workbook import Workbook
from stockwarden.ingestion.mapping.given_mapping import resolve_fields, resolve_mapping
from stockwarden.ingestion.mapping.questions import (
    Option,
    Question,
    ask_field,
    ask_join,
    ask_pallet,
    ask_values,
)
from stockwarden.ingestion.mapping.schema import Schema
from stockwarden.ingestion.mapping.suggestion import POSSIBLE, SURE, Suggestion
from stockwarden.ingestion.mapping.user_choice import UserChoice
from stockwarden.ingestion.table.header import Table
from stockwarden.ingestion.table.sheets import SheetView, sample_rows

_TOLD = 0.6  # from here on a column's name tells its field
_SAMPLE_ROWS = 20
_SAMPLES = 5
# The most columns offered with a question; the preview lists all.
_OFFERED = 60


@dataclass(frozen=True)
class GivenMapping:
    """The user's mapping {column: field}, and the fields that no column holds (`absent`).

    `exact`: nothing is suggested in addition. `answered`: the user has seen or settled what an
    analysis needs, so optional questions are not asked (again).
    """

    mapping: Mapping[str, str]
    absent: frozenset[str] = frozenset()
    exact: bool = False
    answered: bool = False

    @classmethod
    def from_choice(
        cls, choice: UserChoice, columns: Sequence[str], schema: Schema
    ) -> "GivenMapping":
        """Resolves a choice. Raises Invalid for names that do not fit the columns or the schema."""
        mapping = resolve_mapping(choice.column_mapping, columns, schema)
        answers = resolve_fields(choice.fields or {}, columns)
        settled = {column for column in answers.values() if column is not None}
        remaining = {
            column: field
            for column, field in mapping.items()
            if field not in answers and column not in settled
        }
        answered = {column: field for field, column in answers.items() if column is not None}
        absent = frozenset(field for field, column in answers.items() if column is None)
        enough = not schema.missing(mapping.values())
        return cls({**remaining, **answered}, absent, choice.exact, choice.answered or enough)

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
    """The columns offered as answers: those that are not mapped to another field.

    The pallet may be the column of its SSCC.
    """
    samples = samples_of(view)
    free_fields = {"", *asked, *(["sscc"] if "pallet_id" in asked else [])}
    free = [
        column.name
        for column in view.table.columns
        if mapping.get(column.name, "") in free_fields and column.name not in without
    ]
    return [Option(name, name, samples[name]) for name in free[:_OFFERED]]


def open_fields(
    table: Table,
    suggestions: Sequence[Suggestion],
    given_mapping: GivenMapping,
) -> dict[str, str]:
    """{field: its most likely column, or ""}, for all that is required and unsure, and for what is
    optional and likely.

    Where the required fields are sure, a column known by its values alone is asked about only for
    the creation date, which the most urgent rules need. Once the user has answered and
    the required fields are sure, nothing more is asked.
    """
    suggested = {
        suggestion.field: (column.name, suggestion)
        for column, suggestion in zip(table.columns, suggestions, strict=True)
        if suggestion.field
    }
    nothing, schema = ("", Suggestion()), table.schema
    sure = {
        name
        for name, (_, suggestion) in suggested.items()
        if suggestion.confidence >= SURE and not given_mapping.exact
    }
    held = sure.union(given_mapping.mapping.values())
    unsure = [_named_otherwise(schema, name, given_mapping.absent) for name in schema.missing(held)]
    asked = {name: suggested.get(name, nothing)[0] for name in unsure}
    if given_mapping.exact or (given_mapping.answered and not unsure):
        return asked
    # An SSCC is the number of a pallet.
    pallet, suggestion = suggested.get("pallet_id") or suggested.get("sscc", nothing)
    if "pallet_id" in set(schema.fields) - held - given_mapping.absent and (
        unsure or suggestion.confidence >= POSSIBLE
    ):
        asked = {"pallet_id": pallet, **asked}
    for name in schema.fields:
        column, suggestion = suggested.get(name, nothing)
        if name in asked or name in given_mapping.settled or name in schema.required:
            continue
        by_values = name == "creation_date" or (name in schema.wanted and bool(unsure))
        told = suggestion.named >= _TOLD
        if (by_values or told) and POSSIBLE <= suggestion.confidence < SURE:
            asked[name] = column
    return asked


def _named_otherwise(schema: Schema, field: str, absent: Collection[str]) -> str:
    """The field to ask about: an item, where a person has said that there are no pallet ids."""
    if field in absent:
        return next((name for name in schema.instead.get(field, ()) if name not in absent), field)
    return field


def unused_columns(
    table: Table,
    suggestions: Sequence[Suggestion],
    mapping: Mapping[str, str],
    given_mapping: GivenMapping,
) -> list[tuple[str, str]]:
    """(column, field) of the likely columns that are neither taken nor asked about."""
    if given_mapping.exact:
        return []
    return [
        (column.name, suggestion.field)
        for column, suggestion in zip(table.columns, suggestions, strict=True)
        if suggestion.field
        and suggestion.field not in given_mapping.settled
        and column.name not in mapping
        and suggestion.named >= _TOLD
    ]


def ask_fields(
    asked: Mapping[str, str],
    columns: Sequence[Option],
    unvalued: Collection[str],
    patterns: Mapping[str, tuple[str, ...]],
    *,
    schema: Schema,
    has_item: bool,
) -> list[Question]:
    """One question per field; `unvalued` columns (formulas without values) cannot be confirmed.

    With an item (`has_item`), a file needs no pallet id.

    `patterns` are {pattern: samples} by which the parts of a location may be joined.
    """
    return [
        ask_values(field, column, columns, schema)
        if column in unvalued
        else ask_pallet(column, columns)
        if field == "pallet_id" and has_item
        else ask_join(column, patterns, columns)
        if field == "location" and column in patterns
        else ask_field(field, column, columns, schema)
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
