import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockwarden.storage.attributes import from_attributes, to_attributes

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=20)
    | st.binary(max_size=20)
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(min_size=1, max_size=8), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.text(min_size=1, max_size=8), VALUES, max_size=6))
def test_attributes_survive_a_round_trip(item):
    assert from_attributes(to_attributes(item)) == item


def test_whole_numbers_come_back_as_int():
    assert type(from_attributes(to_attributes({"n": 7}))["n"]) is int


def test_string_sets_and_tuples():
    stored = to_attributes({"tags": {"b", "a"}, "pair": (1, "x")})
    assert stored == {"tags": {"SS": ["a", "b"]}, "pair": {"L": [{"N": "1"}, {"S": "x"}]}}
    assert from_attributes(stored) == {"tags": frozenset({"a", "b"}), "pair": [1, "x"]}


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, Decimal(1), object()])
def test_unsupported_types_are_refused(value):
    with pytest.raises(TypeError):
        to_attributes({"n": value})
