"""The arithmetic below the detectors: nearest codes, check digits, robust scores."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockwarden.detection.gs1 import GTIN, SSCC, check_numbers
from stockwarden.detection.nearest import Nearest
from stockwarden.detection.robust_z import MINIMUM, robust_scores

KNOWN = [f"{aisle:02}-{bay:02}-{shelf:03}{level}" for aisle in range(1, 9) for bay in range(1, 9)
         for shelf in range(1, 31) for level in "ABCD"]  # fmt: skip


@pytest.mark.parametrize("count", [1, 10_000])
@pytest.mark.parametrize(
    ("slip", "intended"),
    [("02-06-03A", "02-06-003A"), ("02-06003A", "02-06-003A"), ("0206-003A", "02-06-003A")],
)
def test_a_typing_error_suggests_the_intended_code(count, slip, intended):
    assert intended in Nearest(KNOWN, count).nearest_to(slip)


def test_without_similar_codes_there_is_no_suggestion():
    assert Nearest(KNOWN, 1).nearest_to("SOMEWHERE") == ()
    assert Nearest([], 1).nearest_to("A") == ()


def check_digit(body: str) -> int:
    total = sum(
        int(d) * (3 if position % 2 == 0 else 1) for position, d in enumerate(reversed(body))
    )
    return -total % 10


BODIES = st.sampled_from([length - 1 for length in SSCC + GTIN]).flatmap(
    lambda size: st.text("0123456789", min_size=size, max_size=size)
)


@given(BODIES, st.integers(1, 9))
def test_check_digits_agree_with_the_textbook(body, difference):
    right = check_digit(body)
    wrong = (right + difference) % 10
    lengths = SSCC if len(body) == 17 else GTIN
    checked = check_numbers([f"{body}{right}", f"{body}{wrong}", "X" + body], lengths)
    assert checked.expected.tolist() == [right, right, -1]
    assert checked.right.tolist() == [True, False, False]
    assert checked.readable.tolist() == [True, True, False]


def test_scores_are_those_of_the_formula():
    values = np.array([10.0, 12, 9, 11, 10, 100, np.nan, 5, 6])
    groups = np.array([0, 0, 0, 0, 0, 0, 0, 1, -1])
    scores = robust_scores(values, groups, lambda median: median * 0.01)
    median, mad = 10.5, 1.0
    assert scores.score[:6] == pytest.approx(0.6745 * (values[:6] - median) / mad)
    assert np.isnan(scores.score[6:]).all()
    assert scores.too_few.tolist() == [False] * 7 + [True, False]


@given(st.lists(st.integers(1, 1000), min_size=MINIMUM, max_size=40), st.integers(2, 50))
def test_scores_do_not_depend_on_the_unit(values, factor):
    def scores(scale):
        scaled = np.array(values, dtype=float) * scale
        return robust_scores(scaled, np.zeros(len(values), int), lambda m: m * 0.05).score

    assert scores(1) == pytest.approx(scores(factor))
