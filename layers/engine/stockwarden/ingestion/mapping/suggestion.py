"""Suggests a mapping of columns to fields: one optimal assignment, not a greedy pick."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from stockwarden.ingestion.columns.durations import unit_in_hours
from stockwarden.ingestion.mapping.fields import FIELDS, REQUIRED, WANTED
from stockwarden.ingestion.mapping.names import header_words, name_scores
from stockwarden.ingestion.mapping.values import ColumnProfile, named_fit, value_scores

Matrix = npt.NDArray[Any]

SURE = 0.85
POSSIBLE = 0.5
_WORTH_NAMING = 0.3
_RIVAL_WITHIN = 0.06
_OWN_NAME = 0.9955
_TOLD_BY_WORDS = frozenset({"location_type", "temperature_zone", "unit", "sscc", "gtin"})
_MEANINGLESS = re.compile(
    r"(?:column|columna|col|field|campo|unnamed|data|dato|datos|attribute|attr|value|valor|f|c|x|"
    r"var|header|untitled)? ?[a-z]?\d* ?\d*"
)


@dataclass(frozen=True)
class Candidate:
    """A column to be mapped. `blank`: it has no header, its name is generated."""

    name: str
    profile: ColumnProfile
    blank: bool = False


@dataclass(frozen=True)
class Suggestion:
    """A suggested field of a column (None: none), its confidence, and the alternatives."""

    field: str | None = None
    confidence: float = 0.0
    alternatives: tuple[tuple[str, float], ...] = ()


def suggest(columns: Sequence[Candidate], fields: Sequence[str] = FIELDS) -> list[Suggestion]:
    """One suggestion per column out of the `fields` fields; no field is given twice."""
    if not columns or not fields:
        return [Suggestion() for _ in columns]
    meaningless = _meaningless(columns)
    scores = np.zeros((len(FIELDS), len(columns)))
    named = np.zeros_like(scores)
    for index, column in enumerate(columns):
        names = {} if column.blank else name_scores(column.name)
        fits = value_scores(column.profile)
        for row, name in enumerate(FIELDS):
            if name not in fields:
                continue
            named[row, index] = names.get(name, 0.0)
            scores[row, index] = _confidence(
                name, column, named[row, index], fits, nameless=meaningless[index]
            )
    assigned = _assign(scores)
    confidences = {
        index: _below_rivals(row, index, assigned, scores, named) for row, index in assigned.items()
    }
    suggested = {index: FIELDS[row] for row, index in assigned.items()}
    return [
        _suggestion(suggested.get(index), confidences.get(index, 0.0), scores[:, index])
        for index in range(len(columns))
    ]


def _suggestion(name: str | None, confidence: float, scores: Matrix) -> Suggestion:
    others = sorted(
        (
            (other, round(float(score), 3))
            for other, score in zip(FIELDS, scores, strict=True)
            if other != name and score >= _WORTH_NAMING
        ),
        key=lambda item: (-item[1], FIELDS.index(item[0])),
    )[:4]
    return Suggestion(name, round(confidence, 3), tuple(others))


def _meaningless(columns: Sequence[Candidate]) -> list[bool]:
    """Names that say nothing: `column_3`, `F2`, `hola1 … hola6`."""
    stems = Counter(re.sub(r"\d+", "", header_words(column.name)) for column in columns)
    flags = []
    for column in columns:
        words = header_words(column.name)
        stem = re.sub(r"\d+", "", words)
        repeated = stem != words and stems[stem] > 1
        flags.append(column.blank or repeated or bool(_MEANINGLESS.fullmatch(words)))
    return flags


def _confidence(
    field: str, column: Candidate, named: float, fits: Mapping[str, float], *, nameless: bool
) -> float:
    profile = column.profile
    if not profile.filled:
        return 0.8 * named
    if named >= _WORTH_NAMING:
        fit = named_fit(field, profile, fits)
        confidence = named * (1.0 if fit >= 0.5 else 0.4 + 1.05 * fit)
        if field in _TOLD_BY_WORDS and fits[field] >= 0.9:
            confidence = max(confidence, 0.9)
    else:
        # Values alone never suffice: the best of them is a suggestion to be confirmed.
        confidence = fits[field] * (0.62 if nameless else 0.42)
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
    return confidence


def _assign(scores: Matrix) -> dict[int, int]:
    """{field row: column index} with the largest total; cells below POSSIBLE are not taken.

    A field only ever needs its best few columns, one for each field that could take one of them.
    """
    import lap

    rows, columns = scores.shape
    keep = np.unique(np.argsort(-scores, axis=1, kind="stable")[:, : min(rows, columns)])
    # A required field is worth more than an optional one; earlier columns win ties.
    weights = np.array(
        [1.3 if name in REQUIRED else 1.1 if name in WANTED else 1.0 for name in FIELDS]
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
