"""A warehouse's layout: its locations with their types and capacities."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import Any

from stockwarden.core.errors import FieldError, Invalid, escaped
from stockwarden.core.text import check_free_text, check_name
from stockwarden.warehouse.layout.automaton import Automaton
from stockwarden.warehouse.layout.location_types import LocationType, read_location_type
from stockwarden.warehouse.layout.pattern_size import LAYOUT_LIMIT, Size
from stockwarden.warehouse.layout.patterns import (
    Pattern,
    PatternError,
    comparable_all,
    compile_pattern,
)
from stockwarden.warehouse.layout.spelling import count, spell

MAX_ROWS = 5_000
MAX_CAPACITY = 1_000_000
MAX_TEXT = 500
MAX_ERRORS = 20
NO_ROW = -1
_TEXTS = ("allowed_description", "zone", "notes")
FIELDS = ("location_pattern", "location_type", "capacity", *_TEXTS)


@dataclass(frozen=True)
class LayoutRow:
    """One row of a layout, created and validated by `Layout.from_rows`."""

    location_pattern: str
    location_type: LocationType
    capacity: int | None = None
    allowed_description: str | None = None
    zone: str | None = None
    notes: str | None = None
    pattern: Pattern = field(kw_only=True, repr=False, compare=False)
    allowed: Pattern | None = field(kw_only=True, default=None, repr=False, compare=False)

    @property
    def size(self) -> Size:
        """Matching cost of the row. A literal code is looked up and costs nothing; the pattern of
        allowed descriptions is matched separately, so that only its states count."""
        size = Size() if self.pattern.literal is not None else self.pattern.size
        return size + Size(self.allowed.size.states) if self.allowed else size


@dataclass(frozen=True)
class Layout:
    """Rows in order. The first row that matches a code decides; without one it is unknown."""

    rows: tuple[LayoutRow, ...]

    @classmethod
    def from_rows(
        cls, rows: Sequence[Mapping[str, Any]], pointer: str = "/layout", *, stored: bool = False
    ) -> "Layout":
        """A layout from JSON-like rows. `stored` rows may contain characters that new names may
        not.

        Raises `Invalid` with one error per wrong field below `pointer` (`/layout/3/capacity`).
        Reading stops after MAX_ERRORS errors, and at the row whose pattern exceeds LAYOUT_LIMIT
        with those before it.
        """
        if len(rows) > MAX_ROWS:
            raise Invalid.field(
                pointer, f"A layout has at most {MAX_ROWS} rows, this one {len(rows)}."
            )
        errors: list[FieldError] = []
        layout_rows = list(_read_rows(rows, pointer, errors))
        if not stored:
            errors += islice(_invisible_characters(rows, pointer), MAX_ERRORS)
        if errors:
            errors = errors[:MAX_ERRORS]
            count = "A field" if len(errors) == 1 else f"{len(errors)} fields"
            count = count if len(errors) < MAX_ERRORS else f"{count} or more"
            raise Invalid(f"{count} of the layout cannot be used. {errors[0].detail}", errors)
        return cls(tuple(layout_rows))

    def to_rows(self) -> list[dict[str, str | int]]:
        """The rows as JSON objects, empty fields left out; `from_rows` reads them back."""
        documents: list[dict[str, str | int]] = []
        for row in self.rows:
            values = ((name, getattr(row, name)) for name in FIELDS)
            documents.append(
                {
                    name: value if isinstance(value, int) else str(value)
                    for name, value in values
                    if value is not None
                }
            )
        return documents

    def __bool__(self) -> bool:
        return bool(self.rows)

    def classify(self, codes: Iterable[str]) -> list[int | None]:
        """For each code the index of the row that decides it, None where none matches."""
        return [None if row == NO_ROW else row for row in self.decide(comparable_all(codes))]

    def decide(self, names: Sequence[str]) -> list[int]:
        """As `classify`, for codes in their comparable form; `NO_ROW` where none matches."""
        indexes = [*self._pattern_rows, NO_ROW]
        matches = list(map(indexes.__getitem__, self._automaton.first_matches(names)))
        exact = self._exact
        for position in (
            [position for position, name in enumerate(names) if name in exact] if exact else ()
        ):
            exact_row = exact[names[position]]
            if not NO_ROW < matches[position] < exact_row:
                matches[position] = exact_row
        return matches

    def row_of(self, code: str) -> LayoutRow | None:
        """The row that decides a code, None for an unknown one."""
        (index,) = self.classify([code])
        return None if index is None else self.rows[index]

    def knows(self, codes: Iterable[str]) -> list[bool]:
        """For each code whether some row matches it."""
        return [row is not None for row in self.classify(codes)]

    @property
    def exact_codes(self) -> tuple[str, ...]:
        """The codes of rows that are a single literal code, in the order of rows."""
        return tuple(self._exact)

    def spelled_out(self, limit: int) -> list[str]:
        """The codes that the rows match, each once, in the order of rows.

        Omits rows with open-ended patterns (`A-*`), and rows that would exceed `limit` codes.
        """
        codes: dict[str, None] = {}
        remaining = limit
        for row in self.rows:
            size = count(row.pattern.node)
            if size is not None and size <= remaining:
                codes.update(dict.fromkeys(spell(row.pattern.node)))
                remaining -= size
        return list(codes)

    @cached_property
    def _exact(self) -> dict[str, int]:
        codes: dict[str, int] = {}
        for index, row in enumerate(self.rows):
            if row.pattern.literal is not None:
                codes.setdefault(row.pattern.literal, index)
        return codes

    @cached_property
    def _pattern_rows(self) -> list[int]:
        """Indexes of the rows whose pattern is not a single literal code."""
        return [index for index, row in enumerate(self.rows) if row.pattern.literal is None]

    @cached_property
    def _automaton(self) -> Automaton:
        return Automaton(self.rows[index].pattern.node for index in self._pattern_rows)


def _invisible_characters(rows: Sequence[object], pointer: str) -> Iterator[FieldError]:
    for index, row in enumerate(rows):
        if not isinstance(row, Mapping):
            continue
        for name in ("location_pattern", "location_type", *_TEXTS):
            text = row.get(name)
            try:
                if isinstance(text, str):
                    check_free_text(text) if name == "notes" else check_name(text)
            except ValueError as error:
                yield FieldError(f"{pointer}/{index}/{name}", str(error))


def _read_rows(
    rows: Sequence[Mapping[str, Any]], pointer: str, errors: list[FieldError]
) -> Iterator[LayoutRow]:
    total = Size()
    for index, row in enumerate(rows):
        layout_row = _read_row(row, f"{pointer}/{index}", errors)
        if len(errors) >= MAX_ERRORS:
            return
        if layout_row is None:
            continue
        total += layout_row.size
        if not total.is_within(LAYOUT_LIMIT):
            detail = (
                f"With {layout_row.location_pattern} the patterns of the layout come to {total}; "
                f"together they may have {LAYOUT_LIMIT}. Use fewer ranges and alternatives, or let "
                "one row stand for more locations."
            )
            errors.append(FieldError(f"{pointer}/{index}/location_pattern", detail))
            return
        yield layout_row


def _read_row(row: object, pointer: str, errors: list[FieldError]) -> LayoutRow | None:
    if not isinstance(row, Mapping):
        errors.append(FieldError(pointer, "A layout row is an object."))
        return None
    before = len(errors)
    for name in row:
        if name not in FIELDS:
            known = ", ".join(FIELDS)
            errors.append(
                FieldError(
                    f"{pointer}/{escaped(name)}",
                    f"A layout row has no {_quoted(name)}, only {known}.",
                )
            )
    pattern = _read_pattern(row, "location_pattern", pointer, errors)
    kind = _read_type(row.get("location_type"), f"{pointer}/location_type", errors)
    capacity = _read_capacity(row.get("capacity"), f"{pointer}/capacity", errors)
    texts = {name: _read_text(row.get(name), f"{pointer}/{name}", errors) for name in _TEXTS}
    if pattern is None and not any(
        error.pointer == f"{pointer}/location_pattern" for error in errors
    ):
        errors.append(FieldError(f"{pointer}/location_pattern", "A layout row needs a pattern."))
    allowed = None
    if texts["allowed_description"] is not None:
        allowed = _read_pattern(row, "allowed_description", pointer, errors)
    if len(errors) > before or pattern is None or kind is None:
        return None
    return LayoutRow(pattern.text, kind, capacity, **texts, pattern=pattern, allowed=allowed)


def _read_pattern(
    row: Mapping[str, Any], name: str, pointer: str, errors: list[FieldError]
) -> Pattern | None:
    text = _read_text(row.get(name), f"{pointer}/{name}", errors)
    if text is None:
        return None
    try:
        return compile_pattern(text)
    except PatternError as error:
        errors.append(FieldError(f"{pointer}/{name}", error.detail))
        return None


def _read_type(value: object, pointer: str, errors: list[FieldError]) -> LocationType | None:
    kind = read_location_type(value) if isinstance(value, str) else None
    if kind is None:
        known = ", ".join(LocationType)
        stated = "is missing" if value in (None, "") else f"{_quoted(value)} is not known"
        errors.append(FieldError(pointer, f"The location type {stated}: it is one of {known}."))
    return kind


def _read_capacity(value: object, pointer: str, errors: list[FieldError]) -> int | None:
    """A whole number of pallets; spreadsheets give it as 2.0 or as text."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    number: float | None = None
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        # A JSON number may be too large for a float.
        number = float(value) if abs(value) <= MAX_CAPACITY else None
    elif isinstance(value, str) and value.strip().removesuffix(".0").isdecimal():
        number = float(value.strip())
    if number is None or not 0 <= number <= MAX_CAPACITY or not number.is_integer():
        errors.append(
            FieldError(
                pointer,
                f"Capacity {_quoted(value)} is not a whole number of pallets from 0 to "
                f"{MAX_CAPACITY}.",
            )
        )
        return None
    return int(number)


def _quoted(value: object) -> str:
    """The value as quoted in an error message, at most 80 characters."""
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:79]}…"


def _read_text(value: object, pointer: str, errors: list[FieldError]) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str):
        errors.append(FieldError(pointer, f"{_quoted(value)} is not text."))
        return None
    if len(value) > MAX_TEXT:
        errors.append(FieldError(pointer, f"The text is longer than {MAX_TEXT} characters."))
        return None
    return value.strip() or None
