import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockwarden.core.errors import BadRequest
from stockwarden.storage.cursors import decode_cursor, decode_listed, encode_cursor

TEXT = st.text(max_size=40)


@given(TEXT, st.lists(TEXT, min_size=1, max_size=4))
def test_round_trip(scope, parts):
    assert decode_cursor(scope, encode_cursor(scope, parts), len(parts)) == parts


@given(TEXT, TEXT)
def test_a_cursor_of_another_list_is_refused(scope, other):
    if scope == other:
        return
    with pytest.raises(BadRequest, match="another list"):
        decode_cursor(other, encode_cursor(scope, ["x"]), 1)


@given(st.text(min_size=1))
def test_any_text_is_decoded_or_refused(text):
    with pytest.raises(BadRequest):
        decode_cursor("scope", text, 1)


@given(TEXT, st.lists(TEXT, min_size=1, max_size=4), st.data())
def test_damaged_cursors_are_refused(scope, parts, data):
    cursor = encode_cursor(scope, parts)
    position = data.draw(st.integers(0, len(cursor) - 1))
    letter = data.draw(st.sampled_from("ABCabc012-_=+/ %\x00é"))
    damaged = [
        cursor[:position],
        cursor + letter,
        cursor[:position] + letter + cursor[position + 1 :],
    ]
    for text in damaged:
        if text not in ("", cursor):
            with pytest.raises(BadRequest):
                decode_cursor(scope, text, len(parts))


def test_half_a_character_is_damage():
    """A changed letter in an escape sequence makes the text invalid."""
    text = base64.urlsafe_b64decode(encode_cursor("scope", ["𐀀"]) + "==").decode()
    damaged = text.replace(r"\ud800\udc00", r"\ud800hudc00")
    assert damaged != text
    cursor = base64.urlsafe_b64encode(damaged.encode()).decode().rstrip("=")
    with pytest.raises(BadRequest, match="damaged"):
        decode_cursor("scope", cursor, 1)


@pytest.mark.parametrize(
    "document", [{}, [], ["a"], ["a", 1], ["a", "b"], [["a"], "b", "c"], None, 1, "ab"]
)
def test_well_formed_json_of_another_shape(document):
    cursor = base64.urlsafe_b64encode(json.dumps(document).encode()).decode()
    with pytest.raises(BadRequest, match="damaged"):
        decode_cursor("scope", cursor, 1)


@pytest.mark.parametrize("cursor", [None, ""])
def test_no_cursor_is_the_first_page(cursor):
    assert decode_cursor("scope", cursor, 1) is None


def test_a_cursor_into_a_list_by_time():
    cursor = encode_cursor("scope", ["2026-03-02T04:30:00.000Z#rep_1"])
    assert decode_listed("scope", cursor) == "2026-03-02T04:30:00.000Z#rep_1"
    assert decode_listed("scope", None) is None


MOMENT = "2026-03-02T04:30:00.000Z"


@pytest.mark.parametrize(
    "listed",
    [
        "",
        "x",
        "#",
        MOMENT,
        f"{MOMENT}#",
        f"{MOMENT}#rep_1#x",
        f"{MOMENT}#rep 1",
        f"{MOMENT}#rep_1\n",
        f"{MOMENT}#{'x' * 81}",
        f"{'1' * 1000}{MOMENT}#rep_1",
        "2026-03-02#rep_1",
        "２０２６-03-02T04:30:00.000Z#rep_1",
    ],
)
def test_a_forged_position_in_a_list_by_time_is_refused(listed):
    with pytest.raises(BadRequest, match="damaged"):
        decode_listed("scope", encode_cursor("scope", [listed]))
