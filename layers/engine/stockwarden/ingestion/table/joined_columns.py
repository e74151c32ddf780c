"""Locations in parts: columns such as Aisle, Bay and Level, joined into one by a pattern."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from stockwarden.ingestion.columns.identifiers import cell_text
from stockwarden.ingestion.formats.sheet import Sheet
from stockwarden.ingestion.mapping.header_text import header_words
from stockwarden.ingestion.mapping.join_pattern import JoinPattern, parse_pattern, pattern_of
from stockwarden.ingestion.mapping.name_words import PART_WORDS, PLACE_WORDS
from stockwarden.ingestion.mapping.profiles import ColumnProfile, KnownLocation, profile_column
from stockwarden.ingestion.mapping.suggestion import SURE, suggest
from stockwarden.ingestion.mapping.user_choice import UserChoice
from stockwarden.ingestion.table.header import TableColumn
from stockwarden.ingestion.table.sheets import SheetView, candidates, sample_rows

_SEPARATORS = ("-", "", ".", "/")
_LONGEST_PART = 8
# A zone of more characters has a name of its own, and a place of more is a whole location.
_LONGEST_ZONE, _LONGEST_PLACE = 2, 3
_MOSTLY = 0.5
_PLACE = "place"


def with_joined_columns(
    view: SheetView, choice: UserChoice, known_location: KnownLocation | None
) -> SheetView:
    """The view with the columns that the choice joins, or with one that is offered to be."""
    given = [*(choice.column_mapping or {}), *filter(None, (choice.fields or {}).values())]
    joined = _join_columns(view, given, known_location)
    if joined is not view or choice.exact:
        return joined
    given_fields = {*(choice.column_mapping or {}).values(), *(choice.fields or {})}
    return view if "location" in given_fields else _offer_joined(view, known_location)


def join_patterns(view: SheetView) -> dict[str, tuple[str, ...]]:
    """{pattern: samples} of the ways to join the columns of the first joined one."""
    joined = next((column for column in view.table.columns if column.parts), None)
    if joined is None:
        return {}
    patterns = [pattern_of(joined.parts, separator) for separator in _SEPARATORS]
    return _samples(view, [joined.name, *patterns])


def _find_parts(view: SheetView) -> list[str]:
    """The columns that hold the parts of a location, from the aisle on; [] unless there are two.

    Each kind of part has one column of short codes, which repeat. Beside an aisle or a bay, a bin
    whose codes are no longer than a part of one is the innermost part, and a zone the outermost.
    """
    found: dict[str, str] = {}
    for column, profile in zip(view.table.columns, view.profiles, strict=True):
        words = header_words(column.name)
        for kind, names in PART_WORDS.items():
            if words in names and kind not in found and _is_part(profile, kind):
                found[kind] = column.name
        if words in PLACE_WORDS and _is_part(profile, _PLACE):
            found.setdefault(_PLACE, column.name)
    if "aisle" not in found and "bay" not in found:
        return []
    parts = [found[kind] for kind in (*PART_WORDS, _PLACE) if kind in found]
    return parts if len(parts) > 1 else []


def _is_part(profile: ColumnProfile, kind: str) -> bool:
    longest = {"zone": _LONGEST_ZONE, _PLACE: _LONGEST_PLACE}.get(kind, _LONGEST_PART)
    short = 0 < profile.longest <= longest
    return short and profile.share >= _MOSTLY and not profile.fractions and not profile.dates


def _offer_joined(view: SheetView, known_location: KnownLocation | None) -> SheetView:
    """The view with a column joined of the parts of a location, if it needs one.

    It does unless another column is surely the location. Of several separators a layout decides.
    """
    parts = _find_parts(view)
    sure = {
        column.name
        for column, suggestion in zip(view.table.columns, view.suggestions, strict=True)
        if suggestion.field == "location" and suggestion.confidence >= SURE
    }
    if not parts or sure - set(parts):
        return view
    patterns = [pattern_of(parts, separator) for separator in _SEPARATORS]
    if known_location is None:
        return _join_columns(view, patterns[:1], None)
    joined = _join_columns(view, patterns, known_location)
    known = {
        column.name: profile.known or 0.0
        for column, profile in zip(joined.table.columns, joined.profiles, strict=True)
        if column.parts
    }
    return _join_columns(view, [max(patterns, key=lambda name: known[name])], known_location)


def _join_columns(
    view: SheetView, patterns: Iterable[str], known_location: KnownLocation | None
) -> SheetView:
    """The view with one more column for each pattern of its columns; others are passed over."""
    sheet, columns = view.sheet, list(view.table.columns)
    profiles = list(view.profiles)
    by_name = {column.name: column for column in columns}
    for text in dict.fromkeys(patterns):
        pattern = parse_pattern(text, by_name)
        if text in by_name or pattern is None:
            continue
        sources = [by_name[name] for name in pattern.columns]
        sheet = _with_joined(sheet, pattern, [column.index for column in sources])
        letters = "+".join(column.letter for column in sources)
        columns.append(
            TableColumn(sheet.width - 1, text, blank=False, parts=pattern.columns, letters=letters)
        )
        table = replace(view.table, columns=tuple(columns))
        sample = [row[-1] for row in sample_rows(sheet, table)]
        profiles.append(profile_column(sample, known_location))
    if sheet is view.sheet:
        return view
    return replace(
        view,
        sheet=sheet,
        table=replace(view.table, columns=tuple(columns)),
        profiles=tuple(profiles),
        suggestions=tuple(suggest(candidates(columns, profiles), schema=view.table.schema)),
    )


def _with_joined(sheet: Sheet, pattern: JoinPattern, indexes: Sequence[int]) -> Sheet:
    parts = [_texts(sheet.column(index)) for index in indexes]
    return sheet.with_column([pattern.join(texts) for texts in zip(*parts, strict=True)])


def _texts(cells: Sequence[Any]) -> list[str]:
    texts: Mapping[Any, str] = {cell: cell_text(cell) for cell in set(cells)}
    return [texts[cell] for cell in cells]


def _samples(view: SheetView, patterns: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """{pattern: what it makes of the first rows}."""
    by_name = {column.name: column.index for column in view.table.columns}
    rows = sample_rows(view.sheet, view.table)[:3]
    samples = {}
    for text in patterns:
        if pattern := parse_pattern(text, by_name):
            texts = [
                pattern.join([cell_text(row[by_name[name]]) for name in pattern.columns])
                for row in rows
            ]
            samples[text] = tuple(dict.fromkeys(filter(None, texts)))
    return samples
