"""Check digits of GS1 numbers (GS1 General Specifications, section 7.9: weights 3 and 1)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from stockwarden.core.gs1.check_digits import GTIN_LENGTHS, SSCC_LENGTH

SSCC = (SSCC_LENGTH,)
GTIN = GTIN_LENGTHS
_SAMPLE = 200


@dataclass(frozen=True)
class CheckedNumbers:
    """One entry per text: the bare number, whether it is `readable` (a number of a valid length),
    whether its check digit is `right`, and the `expected` digit (-1 where it is not readable).
    """

    numbers: list[str]
    readable: npt.NDArray[np.bool_]
    right: npt.NDArray[np.bool_]
    expected: npt.NDArray[np.int8]

    @property
    def mostly_right(self) -> bool:
        """Whether most texts are readable and most of these are right: a column of GS1 numbers."""
        readable, right = int(self.readable.sum()), int(self.right.sum())
        return 2 * readable > len(self.numbers) and 2 * right > readable


def check_numbers(texts: Sequence[str], lengths: Sequence[int]) -> CheckedNumbers:
    """Checks distinct texts. If a sample has no number, no text counts as a number."""
    sample = [_bare(text) for text in texts[:: 1 + len(texts) // _SAMPLE]]
    has_numbers = any(number.isdecimal() and len(number) in lengths for number in sample)
    numbers = list(map(_bare, texts)) if has_numbers else [""] * len(texts)
    sizes = np.fromiter(map(len, numbers), dtype=np.int64, count=len(numbers))
    expected = np.full(len(numbers), -1, dtype=np.int8)
    right = np.zeros(len(numbers), dtype=bool)
    for length in lengths:
        positions = [
            position
            for position in np.flatnonzero(sizes == length).tolist()
            if _is_number(numbers[position])
        ]
        joined = "".join([numbers[position] for position in positions]).encode()
        digits = (np.frombuffer(joined, dtype=np.uint8) - ord("0")).reshape(-1, length)
        body = digits[:, -2::-1]
        weighted = 3 * body[:, ::2].sum(axis=1) + body[:, 1::2].sum(axis=1)
        expected[positions] = (10 - weighted % 10) % 10
        right[positions] = digits[:, -1] == expected[positions]
    return CheckedNumbers(numbers, expected >= 0, right, expected)


def _bare(text: str) -> str:
    """The text without blanks and without an SSCC's application identifier (00)."""
    if text.isdecimal() and len(text) != 20:
        return text
    number = "".join(text.split()).removeprefix("(00)")
    return number[2:] if len(number) == 20 and number.startswith("00") else number


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal()
