"""Reads a column of numbers: infers decimal and group separators, marks unreadable cells."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from stockwarden.ingestion.columns.joined_column import SEPARATOR, has_blank
from stockwarden.ingestion.columns.text_shapes import Integers, by_shape, shape_of
from stockwarden.ingestion.inventory import Unparsed

Mark = Literal[",", "."]

REASONS = ("not_a_number", "decimal_or_thousands", "not_a_value", "no_unit")
_NOT_A_NUMBER, _UNDECIDED, _NO_VALUE, _NO_UNIT = range(1, 5)

_PLAIN = re.compile(r"[-+]?0+(?:e[-+]?0+)?")
_MARKED = re.compile(r"[-+(]?0[0,.' \u00a0\u202f]*0?\)?-?")
_PLAIN_COLUMN = f"0123456789{SEPARATOR}"
_SIMPLE = re.compile(r"-?0+[.,](?:0{1,2}|0{4,})")
_UNIT_AFTER = re.compile(r"0 ?[a-z]")
_UNIT = re.compile(r" ?[a-z²³%]{1,10}\.?$")
_TO_LAST_DIGIT = re.compile(r".*[0-9.,]", re.DOTALL)
_LONGEST = 400
_BLANKS = str.maketrans("", "", "' \u00a0\u202f")


@dataclass(frozen=True)
class NumberValues:
    """`values` as float64 (NaN where blank or unread), and what was not read."""

    values: npt.NDArray[np.float64]
    unparsed: Unparsed


def read_numbers(cells: Sequence[Any], joined: str | None = None) -> NumberValues:
    """Reads a column, given also as `joined` if its cells are all text.

    `1.234` alone is neither 1234 nor 1.234 until another value of the column decides.
    """
    size = len(cells)
    values = np.full(size, np.nan)
    codes = np.zeros(size, dtype=np.int16)
    if size and joined is not None:
        if not joined.strip(_PLAIN_COLUMN) and not has_blank(joined):
            values = np.fromstring(joined, dtype=np.float64, sep=SEPARATOR)
        else:
            # Quantities repeat; what a column proves does not depend on repetitions.
            index_of = {text: position for position, text in enumerate(dict.fromkeys(cells))}
            everything = np.arange(len(index_of), dtype=np.int64)
            _read_texts(list(map(str.strip, index_of)), everything, values, codes)
            index = np.fromiter(map(index_of.__getitem__, cells), dtype=np.int64, count=size)
            values, codes = values[index], codes[index]
        return NumberValues(values, Unparsed(codes, REASONS))
    kinds = set(map(type, cells))
    if kinds <= {float, int}:
        values = np.fromiter(cells, dtype=np.float64, count=size)
        return NumberValues(values, Unparsed(codes, REASONS))
    texts: list[str] = []
    positions: list[int] = []
    for position, cell in enumerate(cells):
        kind = type(cell)
        if kind is str:
            texts.append(cell.strip())
            positions.append(position)
        elif kind is float or kind is int:
            values[position] = cell
        elif cell is not None:
            codes[position] = _NO_VALUE
    _read_texts(texts, np.array(positions, dtype=np.int64), values, codes)
    return NumberValues(values, Unparsed(codes, REASONS))


def _read_texts(
    texts: Sequence[str],
    positions: Integers,
    values: npt.NDArray[np.float64],
    codes: npt.NDArray[np.int16],
) -> None:
    groups = [group for group in by_shape(texts, positions) if group.shape]
    decimal = decimal_mark(text for group in groups for text in _proof_texts(group.texts))
    for group in groups:
        core = _UNIT.sub("", group.shape) if _UNIT_AFTER.search(group.shape) else group.shape
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
    text = text.strip()
    negative = text.startswith(("-", "(")) or text.endswith("-")
    digits = text.strip("-+() ").translate(_BLANKS)
    marks = {mark for mark in digits if mark in ",."}
    if not marks:
        return (-float(digits) if negative else float(digits)), 0
    proof = _proof(digits)
    # A text that proves itself must not be read against the column's proof, nor the reverse.
    if decimal is None or (proof and proof != decimal):
        return 0.0, _UNDECIDED
    thousands = "." if decimal == "," else ","
    whole, _, fraction = digits.partition(decimal)
    groups = whole.split(thousands)
    grouped = len(groups) == 1 or (
        1 <= len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])
    )
    if not grouped or thousands in fraction or (decimal in digits and not fraction.isdecimal()):
        return 0.0, _NOT_A_NUMBER
    number = float(f"{''.join(groups)}.{fraction or '0'}")
    return (-number if negative else number), 0


def looks_numeric(text: str) -> bool:
    """Whether a text may be a number in some notation."""
    if len(text) > _LONGEST:
        return False
    shape = shape_of(text.strip())
    return bool(_PLAIN.fullmatch(shape) or _MARKED.fullmatch(shape))
