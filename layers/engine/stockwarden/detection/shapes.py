"""Shapes of codes: letters become A, digits 9, so that `A-12-03` has the shape `A-99-99`."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple


class Shape(NamedTuple):
    """A shape, the number of codes that have it, and the first of them."""

    pattern: str
    codes: int
    example: str


class _Signs(dict[int, str]):
    def __missing__(self, code_point: int) -> str:
        sign = chr(code_point)
        shape = "A" if sign.isalpha() else "9" if sign.isdigit() else sign
        self[code_point] = shape
        return shape


def commonest_shapes(codes: Sequence[str], most: int) -> list[Shape]:
    """At most so many shapes, the commonest first; equally common ones by their text."""
    shapes = _shapes(codes)
    ranked = sorted(Counter(shapes).items(), key=lambda entry: (-entry[1], entry[0]))[:most]
    return [Shape(shape, count, codes[shapes.index(shape)]) for shape, count in ranked]


def _shapes(codes: Sequence[str]) -> list[str]:
    signs = _Signs()
    # One call for all is several times as fast as one for each.
    shapes = "\n".join(codes).translate(signs).split("\n")
    return shapes if len(shapes) == len(codes) else [code.translate(signs) for code in codes]
