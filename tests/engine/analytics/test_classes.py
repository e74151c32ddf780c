"""ABC: by the share of the items before."""

import pytest

from stockwarden.analytics.classes import classified

CASES = {
    "the textbook": ([500, 300, 100, 50, 30, 20], "AABBCC"),
    "one item is A, whatever its share": ([7], "A"),
    "the item that crosses 80 % is still A": ([79, 2, 19], "AAB"),
    "exactly 80 % before it is B": ([80, 20], "AB"),
    "exactly 95 % before it is C": ([80, 15, 5], "ABC"),
    "equal ones follow each other": ([1] * 20, "A" * 16 + "B" * 3 + "C"),
    "nothing used": ([0, 0], "CC"),
    "none": ([], ""),
}


@pytest.mark.parametrize(("amounts", "expected"), CASES.values(), ids=CASES)
def test_classes(amounts, expected):
    assert "".join(name for name, _ in classified(amounts)) == expected


def test_shares_are_of_those_before():
    shares = [share for _, share in classified([500, 300, 100, 50, 30, 20])]
    assert shares == [0, 0.5, 0.8, 0.9, 0.95, 0.98]
