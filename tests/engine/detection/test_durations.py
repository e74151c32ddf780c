"""Durations in messages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockwarden.detection.durations import duration

HOUR = 3600
READ = [
    (37_123 * 60, "25 days 18 h"),
    (618 * HOUR, "25 days 18 h"),
    (24 * HOUR, "1 day"),
    (25 * HOUR, "1 day 1 h"),
    (24 * HOUR + 59 * 60, "1 day"),
    (22 * HOUR, "22 h"),
    (10.5 * HOUR, "10 h 30 min"),
    (4.1 * HOUR, "4 h 6 min"),
    (0.6 * HOUR, "36 min"),
    (90, "1 min 30 s"),
    (30 * 60 - 0.0000001, "30 min"),
    (4, "4 s"),
    (0, "0 min"),
    (0.2, "0 min"),
    (-90 * 60, "-1 h 30 min"),
]


@pytest.mark.parametrize(("seconds", "text"), READ)
def test_a_duration_has_its_two_largest_units(seconds, text):
    assert duration(seconds) == text


LIMITS = [
    (10 * HOUR, 10 * HOUR, "10 h"),
    (10 * HOUR + 4, 10 * HOUR, "10 h 4 s"),
    (10 * HOUR + 0.4, 10 * HOUR, "just over 10 h"),
    (24 * HOUR + 60, 24 * HOUR, "1 day 1 min"),
    (10 * HOUR + 4, 9 * HOUR, "10 h"),
]


@pytest.mark.parametrize(("seconds", "limit", "text"), LIMITS)
def test_what_exceeds_a_limit_never_reads_like_it(seconds, limit, text):
    assert duration(seconds, [limit]) == text


@given(st.floats(0, 10**9), st.floats(0, 10**9))
def test_only_equals_read_alike(seconds, limit):
    alike = duration(seconds, [limit]) == duration(limit)
    assert not alike or seconds == limit
