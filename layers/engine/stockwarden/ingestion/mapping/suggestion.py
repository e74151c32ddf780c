"""Suggests a mapping of columns to fields: one optimal assignment, not a greedy pick."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from stockwarden.ingestion.columns.durations import unit_in_hours
from stockwarden.ingestion.mapping.header_text import header_words
from stockwarden.ingestion.mapping.inventory_schema import INVENTORY
from stockwarden.ingestion.mapping.meaningless_names import are_meaningless
from stockwarden.ingestion.mapping.name_words import CLOCK_WORDS
from stockwarden.ingestion.mapping.names import name_scores, names_another_field
from stockwarden.ingestion.mapping.profiles import ColumnProfile
from stockwarden.ingestion.mapping.schema import Schema
from stockwarden.ingestion.mapping.systems import recognize_system, system_field

Matrix = npt.NDArray[Any]

SURE = 0.85
POSSIBLE = 0.5
_WORTH_NAMING = 0.3
_WELL_NAMED = 0.75
_RIVAL_WITHIN = 0.06
_OWN_NAME = 0.9955
_TOLD_BY_WORDS = frozenset({"location_type", "temperature_zone", "unit", "sscc", "gtin"})
# Fields of which one value in all rows would tell nothing.
_GROUPS = frozenset({"receipt_number", "product_code", "lot"})
# Names of a product that say neither whether its code is meant nor its name: the values do.
_PRODUCT_WORDS = frozenset({"item", "article", "material", "product", "producto", "articulo"})
# What a system's own column, or the values of one that is not named, may reach.
_SYSTEM = 0.82
_SYSTEM_OTHER = 0.55
_JOINED = 0.8
_LABELS, _PLACES = 0.62, 0.55
# Columns that are named like the location, where another one is, too.
_LIKE_A_PLACE = 0.5
_REPEATED = re.compile(r" \(\d+\)$")  # as the table tells equal names apart
_FEW = 5
_KNOWN_PLACES, _UNKNOWN_PLACES = 0.8, 0.3


@dataclass(frozen=True)
class Candidate:
    """A column to be mapped. `blank`: it has no header, its name is generated.

    `joined`: it is a location joined of several columns; `part`: it is one of those.
    """

    name: str
    profile: ColumnProfile
    blank: bool = False
    joined: bool = False
    part: bool = False


@dataclass(frozen=True)
class Suggestion:
    """A suggested field of a column (None: none), its confidence, and the alternatives.

    `named` is how well the column's name fits the field, 0 where only the values tell.
    """

    field: str | None = None
    confidence: float = 0.0
    alternatives: tuple[tuple[str, float], ...] = ()
    named: float = 0.0


def suggest(
    columns: Sequence[Candidate],
    fields: Sequence[str] | None = None,
    schema: Schema = INVENTORY,
) -> list[Suggestion]:
    """One suggestion per column out of these fields of the schema, or all; none is given twice."""
    fields = schema.fields if fields is None else fields
    if not columns or not fields:
        return [Suggestion() for _ in columns]
    nameless = are_meaningless([(column.name, column.blank) for column in columns], schema)
    headers = [column.name for column in columns if not column.blank]
    system = recognize_system(headers) if schema.systems else None
    scores = np.zeros((len(schema.fields), len(columns)))
    named = np.zeros_like(scores)
    for index, column in enumerate(columns):
        field = None if column.blank or not system else system_field(system, column.name)
        names = _names_of(column, field, schema)
        fits = schema.value_scores(column.profile)
        for row, name in enumerate(schema.fields):
            if name not in fields:
                continue
            named[row, index] = names.get(name, 0.0)
            scores[row, index] = _confidence(
                name,
                column,
                (names, fits),
                schema=schema,
                nameless=nameless[index] and field is None,
            )
    assigned = _assign(scores, schema)
    confidences = {
        index: _below_rivals(row, index, assigned, scores, named) for row, index in assigned.items()
    }
    places = schema.fields.index(schema.place) if schema.place else None
    if places is not None and places in assigned:
        index = assigned[places]
        confidences[index] = _if_only_place(columns, index, confidences[index], named[places])
    suggested = {index: row for row, index in assigned.items()}
    return [
        _suggestion(
            schema.fields,
            suggested.get(index),
            confidences.get(index, 0.0),
            scores[:, index],
            named[:, index],
        )
        for index in range(len(columns))
    ]


def _names_of(column: Candidate, system_field: str | None, schema: Schema) -> Mapping[str, float]:
    """{field: score of the name}; `system_field` is what it means to the file's system."""
    if column.blank:
        return {}
    if column.joined:
        return {"location": _JOINED}
    scores = name_scores(column.name, schema)
    if column.part:
        return {field: score for field, score in scores.items() if field != "location"}
    if system_field is None:
        return scores
    if not system_field:
        return {field: score * _SYSTEM_OTHER for field, score in scores.items()}
    return {**scores, system_field: max(_SYSTEM, scores.get(system_field, 0.0))}


def _if_only_place(
    columns: Sequence[Candidate], index: int, confidence: float, named: Matrix
) -> float:
    """The confidence in a location, lowered below SURE where it has to be asked.

    Another column is named like one, too (`Location`, the site, beside `Bin`), and no layout
    tells them apart; or less than half of the rows have one, and no layout knows these.
    """
    chosen = columns[index].profile
    rivals = [
        column.profile
        for other, column in enumerate(columns)
        if other != index and named[other] >= _LIKE_A_PLACE and _may_be_place(column)
    ]
    is_known = chosen.known is not None and chosen.known >= _KNOWN_PLACES
    if is_known:
        rivals = [rival for rival in rivals if (rival.known or 0.0) > _UNKNOWN_PLACES]
    if rivals or (chosen.filled and chosen.share < 0.5 and not is_known):
        return min(confidence, SURE - 0.05)
    return confidence


def _may_be_place(column: Candidate) -> bool:
    profile = column.profile
    if not profile.filled or (_REPEATED.search(column.name) and profile.filled < _FEW):
        return False
    return max(profile.dates, profile.durations, profile.fractions) < 0.5


def _suggestion(
    fields: Sequence[str], row: int | None, confidence: float, scores: Matrix, named: Matrix
) -> Suggestion:
    others = sorted(
        (
            (other, round(float(score), 3))
            for index, (other, score) in enumerate(zip(fields, scores, strict=True))
            if index != row and score >= _WORTH_NAMING
        ),
        key=lambda item: (-item[1], fields.index(item[0])),
    )[:4]
    if row is None:
        return Suggestion(alternatives=tuple(others))
    return Suggestion(fields[row], round(confidence, 3), tuple(others), float(named[row]))


def _confidence(
    field: str,
    column: Candidate,
    told: tuple[Mapping[str, float], Mapping[str, float]],
    *,
    schema: Schema,
    nameless: bool,
) -> float:
    """`told` is what the name of the column says of each field, and what its values say."""
    names, fits = told
    profile, named = column.profile, names.get(field, 0.0)
    if not profile.filled:
        # An empty column of a template holds nothing that could be taken for something else.
        return named if schema.every_row else 0.8 * named
    if named >= _WORTH_NAMING:
        fit = schema.named_fit(field, profile, fits)
        confidence = named * (1.0 if fit >= 0.5 else 0.4 + 1.05 * fit)
        if field in _TOLD_BY_WORDS and fits[field] >= 0.9:
            confidence = max(confidence, 0.9)
        if field == "product_code" and _is_product_code(column):
            confidence = max(confidence, 0.92)
    else:
        # Values alone never suffice: the best of them is a suggestion to be confirmed.
        confidence = fits[field] * (0.62 if nameless else 0.42)
        if field in _GROUPS and profile.distinct == 1 and profile.filled >= _FEW:
            confidence *= 0.5
        if max(names.values(), default=0.0) < _LIKE_A_PLACE and not (
            column.blank or names_another_field(column.name, schema)
        ):
            confidence = max(confidence, _from_values(field, profile))
    if field == "time_in_storage" and profile.durations < 0.5:
        # Plain numbers are days or hours only if the name says which.
        confidence *= 1.0 if unit_in_hours(header_words(column.name)) else 0.55
    if (
        field == "location"
        and profile.known is not None
        and profile.known >= 0.8
        and profile.filled >= 5
    ):
        confidence = max(confidence, 0.9 * profile.known)
    if field in schema.dates and profile.dates < 0.5 <= profile.durations:
        # A time of day, which belongs to a date in another column.
        confidence *= 0.4 if CLOCK_WORDS & set(header_words(column.name).split()) else 1.0
        return confidence
    # What a name says is asked about even if the values speak against it.
    return max(confidence, POSSIBLE) if named >= _WELL_NAMED else confidence


def _is_product_code(column: Candidate) -> bool:
    """Whether a column with one of the _PRODUCT_WORDS for its name holds codes, not words."""
    profile = column.profile
    codes = profile.codes > 0.9 and profile.words < 0.2 and profile.spaced < 0.1
    return codes and header_words(column.name) in _PRODUCT_WORDS


def _from_values(field: str, profile: ColumnProfile) -> float:
    """The confidence in the required fields where the column's name is not understood."""
    if field == "pallet_id" and profile.is_label:
        return 0.8 if profile.ssccs > 0.9 else _LABELS
    if field == "location" and profile.locations > 0.8 and profile.structured > 0.8:
        return _PLACES if profile.unique < 0.98 else 0.0
    return 0.0


def _assign(scores: Matrix, schema: Schema) -> dict[int, int]:
    """{field row: column index} with the largest total; cells below POSSIBLE are not taken.

    A field only ever needs its best few columns, one for each field that could take one of them.
    """
    import lap

    rows, columns = scores.shape
    keep = np.unique(np.argsort(-scores, axis=1, kind="stable")[:, : min(rows, columns)])
    # A required field is worth more than an optional one; earlier columns win ties.
    weights = np.array(
        [
            1.3 if name in schema.required else 1.1 if name in schema.wanted else 1.0
            for name in schema.fields
        ]
    )
    gain = scores[:, keep] * weights[:, None] - 1e-7 * keep[None, :]
    cost = np.where(scores[:, keep] >= POSSIBLE, 2.0 - gain, 4.0)
    _, indexes, _ = lap.lapjv(np.ascontiguousarray(cost), extend_cost=True)
    return {
        row: int(keep[index])
        for row, index in enumerate(indexes)
        if index >= 0 and scores[row, keep[index]] >= POSSIBLE
    }


def _below_rivals(
    row: int, index: int, assigned: Mapping[int, int], scores: Matrix, named: Matrix
) -> float:
    """The confidence, lowered below SURE where another free column fits as well."""
    confidence = float(scores[row, index])
    if confidence < SURE or named[row, index] >= _OWN_NAME:
        return confidence
    field_rows = {column: field_row for field_row, column in assigned.items()}
    for rival in np.flatnonzero(scores[row] >= confidence - _RIVAL_WITHIN):
        if rival == index:
            continue
        field_row = field_rows.get(int(rival))
        if field_row is None or scores[field_row, rival] < SURE:
            return min(confidence, SURE - 0.05)
    return confidence
