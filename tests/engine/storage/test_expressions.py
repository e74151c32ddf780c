"""Update expressions."""

import pytest

from stockwarden.storage.expressions import assignments

CASES = {
    "SET #a = :a, #b = :b": ({"a": 1, "b": ""}, {"a": 1, "b": ""}),
    "SET #a = :a REMOVE #b, #c": ({"a": 0, "b": None, "c": None}, {"a": 0}),
    "REMOVE #a": ({"a": None}, {}),
}


@pytest.mark.parametrize("expression", CASES)
def test_values_are_set_and_none_is_removed(expression):
    changes, values = CASES[expression]
    assert assignments(changes) == (expression, values)
