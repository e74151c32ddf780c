"""What an entry keeps of a change."""

import hashlib
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockwarden.audit.canonical import canonical_json, digest
from stockwarden.audit.changes import bounded, differences

LONG = "x" * 101
VALUES = st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=300))


def test_only_what_differs_is_a_change():
    before = {"name": "Widget", "reorder_point": 5, "unit": "pcs", "version": 1}
    after = {"name": "Gadget", "reorder_point": 5, "colour": "red", "version": 2}
    assert differences(before, after, ["name", "reorder_point", "unit", "colour"]) == {
        "name": ("Widget", "Gadget"),
        "unit": ("pcs", None),
        "colour": (None, "red"),
    }
    assert differences(None, before, ["name"]) == {"name": (None, "Widget")}
    assert differences(before, None, ["name"]) == {"name": ("Widget", None)}


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (None, None),
        (True, True),
        ("", ""),
        (5, "5"),
        (0.1, "0.1"),
        (Decimal("2.850"), "2.850"),
        (["b", "a"], '["b", "a"]'),
        (frozenset({"b", "a"}), '["a", "b"]'),
        ({"b": 1, "a": "ä"}, '{"a": "ä", "b": 1}'),
        ("half \ud83d", "half ?"),
        (LONG[:100], LONG[:100]),
        (LONG, {"start": "x" * 32, "sha256": hashlib.sha256(LONG.encode()).hexdigest()}),
    ],
)
def test_a_value(value, kept):
    assert bounded({"field": (None, value)}, 1000).fields == {"field": [None, kept]}


def test_what_does_not_fit_is_named_and_hashed_together():
    changes = {f"field_{number}": (None, "v" * (10 * number)) for number in range(1, 11)}
    kept = bounded(changes, 500)
    assert kept.fields == {name: list(changes[name]) for name in list(changes)[: len(kept.fields)]}
    left = [name for name in changes if name not in kept.fields]
    assert len(kept.fields) >= 5
    assert kept.omitted["count"] == str(len(left))
    assert kept.omitted["fields"] == left[: len(kept.omitted["fields"])]
    assert kept.omitted["fields"]
    assert kept.omitted["sha256"] == digest({name: list(changes[name]) for name in left})


def test_a_value_without_json_is_an_error_of_ours():
    with pytest.raises(TypeError):
        bounded({"field": (None, object())}, 1000)


@given(
    changes=st.dictionaries(
        st.from_regex(r"[a-z_]{1,20}", fullmatch=True), st.tuples(VALUES, VALUES), max_size=40
    ),
    room=st.integers(160, 900),
)
def test_it_always_fits_and_every_field_is_accounted_for(changes, room):
    kept = bounded(changes, room)
    omitted = canonical_json(kept.omitted) if kept.omitted else b""
    assert len(canonical_json(kept.fields)) + len(omitted) <= room
    assert len(kept.fields) + int(kept.omitted["count"] if kept.omitted else 0) == len(changes)


def test_foremost_fields_are_kept_before_smaller_ones():
    fields = {f"f{number}": (None, number) for number in range(40)} | {"cause": (None, "x" * 60)}
    assert "cause" not in bounded(fields, 400).fields
    kept = bounded(fields, 400, ("cause",))
    assert kept.fields["cause"] == [None, "x" * 60]
    assert len(kept.fields) + int(kept.omitted["count"]) == len(fields)
