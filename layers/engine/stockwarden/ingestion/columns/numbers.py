"""Reads a column of numbers: infers decimal and group separators, marks unreadable cells."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from stockwarden.ingestion.columns.joined_column import SEPARATOR, has_blank
from stockwarden.ingestion.columns.nothing_words import is_nothing_shape, without_mark
from stockwarden.ingestion.columns.text_shapes import Integers, ShapeGroup, by_shape, shape_of
from stockwarden.ingestion.inventory import Unparsed
from stockwarden.ingestion.mapping.user_choice import NumberFormat

Mark = Literal[",", "."]
DECIMAL_OF: dict[NumberFormat, Mark] = {"1,234.56": ".", "1.234,56": ","}
FORMAT_OF: dict[Mark, NumberFormat] = {mark: name for name, mark in DECIMAL_OF.items()}

REASONS = ("not_a_number", "decimal_or_thousands", "not_a_value", "no_unit")
_NOT_A_NUMBER, _UNDECIDED, _NO_VALUE, _NO_UNIT = range(1, 5)

_PLAIN = re.compile(r"[-+]?0+(?:e[-+]?0+)?")
_MARKED = re.compile(r"[-+(]?0[0,.'’ \u00a0\u202f]*0?\)?-?")
_PLAIN_COLUMN = f"0123456789{SEPARATOR}"
_SIMPLE = re.compile(r"-?0+[.,](?:0{1,2}|0{4,})")
_UNIT_AFTER = re.compile(r"[0)-] ?[^\W\d]")
_UNIT = re.compile(r" ?(?:[^\W\d_]|[²³%]){1,10}\.?$")
_GROUPED = re.compile(r"[-+(]?0{1,3}([,.])000\)?-?")
_ZERO_LAST = re.compile(r"0\)?-?$")
_MEASURED = re.compile(r"\s*[-+(]?\d[\d.,]*(?: [^\d]|[^\W\d]{2})")
_TO_LAST_DIGIT = re.compile(r".*[0-9.,]", re.DOTALL)
_LONGEST = 400
_BLANKS = str.maketrans("", "", "'’ \u00a0\u202f")


@dataclass(frozen=True)
class NumberValues:
    """`values` as float64 (NaN where blank or unread), what was not read, and the `units` that
    stand in the cells (`12 cs`), None where there is none; None if no cell has one."""

    values: npt.NDArray[np.float64]
    unparsed: Unparsed
    units: npt.NDArray[np.object_] | None = None


class NumberColumn:
    """A column of numbers, given also as `joined` if its cells are all text.

    `1.234` alone is neither 1234 nor 1.234: the column's other values decide, or a person. Of
    `whole` numbers, such as quantities, 1,200 beside 40 is grouped: a program that writes three
    decimals writes 40,000.
    """

    def __init__(
        self, cells: Sequence[Any], joined: str | None = None, *, whole: bool = False
    ) -> None:
        self._size = len(cells)
        self._values = np.full(self._size, np.nan)
        self._codes = np.zeros(self._size, dtype=np.int16)
        self._groups: list[ShapeGroup] = []
        self._index: Integers | None = None
        self._numbers: npt.NDArray[np.float64] = np.zeros(0)
        if self._size:
            self._take(cells, joined)
        proofs = (text for group in self._groups for text in _proof_texts(group.texts))
        self._decimal = decimal_mark(proofs) or self._grouped_beside_plain(whole=whole)

    def undecided(self, number_format: NumberFormat | None = None) -> str | None:
        """A text whose mark may be that of decimals or of thousands; None if all are decided."""
        if self._decimal or number_format:
            return None
        return next((group.texts[0] for group in self._groups if _grouped_mark(group)), None)

    @property
    def number_format(self) -> NumberFormat | None:
        """The notation that the values prove, None if they prove none."""
        return FORMAT_OF[self._decimal] if self._decimal else None

    def read(self, number_format: NumberFormat | None = None) -> NumberValues:
        """The numbers. `number_format` serves where the values prove no notation."""
        values, codes = self._values.copy(), self._codes.copy()
        units: npt.NDArray[np.object_] | None = None
        decimal = self._decimal or (DECIMAL_OF[number_format] if number_format else None)
        for group in self._groups:
            core = _core(group.shape)
            _read_group(group, core, decimal, values, codes)
            if core != group.shape:
                units = np.full(len(values), None, dtype=object) if units is None else units
                for position, text in zip(group.positions, group.texts, strict=True):
                    if not codes[position]:
                        units[position] = text[len(core) :].strip(" .")
        if self._index is not None:
            values, codes = values[self._index], codes[self._index]
            units = None if units is None else units[self._index]
        return NumberValues(values, Unparsed(codes, REASONS), units)

    def _take(self, cells: Sequence[Any], joined: str | None) -> None:
        if joined is not None:
            if not joined.strip(_PLAIN_COLUMN) and not has_blank(joined):
                self._values = np.fromstring(joined, dtype=np.float64, sep=SEPARATOR)
                return
            # Quantities repeat; what a column proves does not depend on repetitions.
            index_of = {text: position for position, text in enumerate(dict.fromkeys(cells))}
            self._index = np.fromiter(
                map(index_of.__getitem__, cells), dtype=np.int64, count=self._size
            )
            self._values = np.full(len(index_of), np.nan)
            self._codes = np.zeros(len(index_of), dtype=np.int16)
            self._take_texts(list(index_of), np.arange(len(index_of), dtype=np.int64))
            return
        if set(map(type, cells)) <= {float, int}:
            self._values = np.fromiter(cells, dtype=np.float64, count=self._size)
            return
        texts: list[str] = []
        positions: list[int] = []
        for position, cell in enumerate(cells):
            kind = type(cell)
            if kind is str:
                texts.append(cell)
                positions.append(position)
            elif kind is float or kind is int:
                self._values[position] = cell
            elif cell is not None:
                self._codes[position] = _NO_VALUE
        self._numbers = self._values[~np.isnan(self._values)]
        self._take_texts(texts, np.array(positions, dtype=np.int64))

    def _take_texts(self, texts: Sequence[str], positions: Integers) -> None:
        plain = [without_mark(text.strip()).replace("\u2212", "-") for text in texts]
        self._groups = [
            group for group in by_shape(plain, positions) if not is_nothing_shape(group.shape)
        ]

    def _grouped_beside_plain(self, *, whole: bool) -> Mark | None:
        """The decimal mark where grouped numbers stand beside plain ones below 1000."""
        marks = {mark for group in self._groups if (mark := _grouped_mark(group))}
        if len(marks) != 1:
            return None
        plain = [group for group in self._groups if _PLAIN.fullmatch(group.shape)]
        largest = max(
            [abs(float(text)) for group in plain for text in group.texts]
            + [float(number) for number in np.abs(self._numbers)],
            default=None,
        )
        if largest is None or largest >= 1000 or not (whole or largest >= 100):
            return None
        zeros = any(
            _ZERO_LAST.search(text[: len(_core(group.shape))])
            for group in self._groups
            if _grouped_mark(group)
            for text in group.texts
        )
        return ("." if marks == {","} else ",") if zeros else None


def read_numbers(cells: Sequence[Any], joined: str | None = None) -> NumberValues:
    """Reads a column by its values alone."""
    return NumberColumn(cells, joined).read()


def _core(shape: str) -> str:
    """The shape without the unit behind the number."""
    return _UNIT.sub("", shape) if _UNIT_AFTER.search(shape) else shape


def _grouped_mark(group: ShapeGroup) -> Mark | None:
    """The mark of texts such as `1,200`, which may group thousands or begin decimals."""
    core = _core(group.shape)
    match = _GROUPED.fullmatch(core)
    if match is None:
        return None
    return "," if match[1] == "," else "."


def _read_group(
    group: ShapeGroup,
    core: str,
    decimal: Mark | None,
    values: npt.NDArray[np.float64],
    codes: npt.NDArray[np.int16],
) -> None:
    if _PLAIN.fullmatch(group.shape):
        values[group.positions] = list(map(float, group.texts))
    elif _SIMPLE.fullmatch(group.shape) and decimal and decimal in group.shape:
        values[group.positions] = [float(text.replace(",", ".")) for text in group.texts]
    elif not _MARKED.fullmatch(core):
        codes[group.positions] = _NOT_A_NUMBER
    else:
        for position, text in zip(group.positions, group.texts, strict=True):
            number, codes[position] = _read(text[: len(core)], decimal)
            values[position] = np.nan if codes[position] else number


def _proof_texts(texts: Sequence[str]) -> Iterable[str]:
    """The texts of a shape that may prove a decimal mark: only leading zeros make a difference."""
    if "," not in texts[0] and "." not in texts[0]:
        return ()
    if texts[0].lstrip("-+(").startswith("0"):
        return texts[:1]
    return (texts[0], *[text for text in texts if text.lstrip("-+(").startswith("0")][:1])


def decimal_mark(texts: Iterable[str]) -> Mark | None:
    """The decimal mark that the texts prove; None without proof, or with contradictory proofs."""
    proven: set[Mark] = set()
    for text in texts:
        number = _TO_LAST_DIGIT.match(text)
        proof = _proof(number[0].lstrip("-+( ").translate(_BLANKS)) if number else None
        if proof:
            proven.add(proof)
    return proven.pop() if len(proven) == 1 else None


def _proof(text: str) -> Mark | None:
    comma, point = text.rfind(","), text.rfind(".")
    if comma >= 0 and point >= 0:
        return "," if comma > point else "."
    mark: Mark = "," if comma >= 0 else "."
    other: Mark = "." if mark == "," else ","
    whole, *rest = text.split(mark)
    if not rest:
        return None
    if len(rest) > 1:
        return other
    grouped = len(rest[0]) == 3 and 1 <= len(whole) <= 3 and not whole.startswith("0")
    return None if grouped else mark


def _read(text: str, decimal: Mark | None) -> tuple[float, int]:
    """(number, 0) or (0, reason code)."""
    plain, code = _plain_digits(text, decimal)
    return float(plain), code


def plain_number(text: str, decimal: Mark | None) -> tuple[str, str | None, str]:
    """A text as a plain decimal (`-1234.5`), why it is none, and the unit behind it."""
    text = without_mark(text.strip()).replace("\u2212", "-")
    shape = shape_of(text) if len(text) <= _LONGEST else ""
    core = _core(shape)
    unit = text[len(core) :].strip(" .")
    if _PLAIN.fullmatch(core):
        return text[: len(core)], None, unit
    if not _MARKED.fullmatch(core):
        return "0", REASONS[_NOT_A_NUMBER - 1], ""
    plain, code = _plain_digits(text[: len(core)], decimal)
    return plain, REASONS[code - 1] if code else None, unit


def _plain_digits(text: str, decimal: Mark | None) -> tuple[str, int]:
    """(plain decimal, 0) or ("0", reason code)."""
    text = text.strip()
    negative = text.startswith(("-", "(")) or text.endswith("-")
    digits = text.strip("-+() ").translate(_BLANKS)
    marks = {mark for mark in digits if mark in ",."}
    if not marks:
        return f"{'-' if negative else ''}{digits}", 0
    proof = _proof(digits)
    # A text that proves itself must not be read against the column's proof, nor the reverse.
    if decimal is None or (proof and proof != decimal):
        return "0", _UNDECIDED
    thousands = "." if decimal == "," else ","
    whole, _, fraction = digits.partition(decimal)
    groups = whole.split(thousands)
    if (
        not _are_groups(groups)
        or thousands in fraction
        or (decimal in digits and not fraction.isdecimal())
    ):
        return "0", _NOT_A_NUMBER
    return f"{'-' if negative else ''}{''.join(groups)}.{fraction or '0'}", 0


def _are_groups(groups: Sequence[str]) -> bool:
    """Whether the digits are grouped as people do: in threes, or in India in twos before these."""
    first, *rest = map(len, groups)
    in_threes = 1 <= first <= 3 and set(rest) <= {3}
    in_twos = 1 <= first <= 2 and set(rest[:-1]) == {2} and rest[-1] == 3
    return not rest or in_threes or in_twos


def looks_numeric(text: str) -> bool:
    """Whether a text may be a number in some notation."""
    if len(text) > _LONGEST:
        return False
    shape = shape_of(text.strip())
    return bool(_PLAIN.fullmatch(shape) or _MARKED.fullmatch(shape))


def unit_of(text: str) -> str:
    """The unit behind a number (`12 cs` is `cs`); "" without a number or a unit."""
    if len(text) > _LONGEST or not _MEASURED.match(text):
        return ""
    shape = shape_of(text.strip())
    core = _core(shape)
    return text.strip()[len(core) :].strip(" .") if _MARKED.fullmatch(core) else ""
