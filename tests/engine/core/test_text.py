import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stockwarden.core.text import (
    check_free_text,
    check_name,
    described,
    name_from,
    turned_visible,
)

UNSEEN = {
    "NUL": "\x00",
    "tab": "\t",
    "line feed": "\n",
    "carriage return": "\r",
    "escape": "\x1b",
    "delete": "\x7f",
    "next line": "\x85",
    "soft hyphen": "\xad",
    "Arabic letter mark": "\u061c",
    "zero width space": "\u200b",
    "non-joiner": "\u200c",
    "joiner": "\u200d",
    "left-to-right mark": "\u200e",
    "right-to-left mark": "\u200f",
    "line separator": "\u2028",
    "paragraph separator": "\u2029",
    "embedding": "\u202b",
    "override": "\u202e",
    "word joiner": "\u2060",
    "invisible times": "\u2062",
    "isolate": "\u2067",
    "pop isolate": "\u2069",
    "byte order mark": "\ufeff",
    "interlinear": "\ufff9",
    "tag": "\U000e0041",
    "private": "\ue000",
    "private plane": "\U0010fffd",
    "unassigned": "\u0378",
    "noncharacter": "\ufdd0",
    "half a pair": "\ud800",
    "grapheme joiner": "\u034f",
    "Hangul filler": "\u3164",
    "half-width filler": "\uffa0",
    "blank Braille": "\u2800",
    "selector of nothing": "\ufe0f",
}


@pytest.mark.parametrize("character", UNSEEN.values(), ids=UNSEEN)
@pytest.mark.parametrize("around", ["{}", "{}ab", "a {}b", " ab{}"])
def test_invisible_characters_are_refused_in_names(character, around):
    text = around.format(character)
    if character == "\ufe0f" and text.endswith(f"b{character}"):
        return  # A selector after a letter changes how that looks.
    with pytest.raises(ValueError, match=rf"^U\+{ord(character):04X} \(.+\) may not stand"):
        check_name(text)
    assert name_from(text) == text.replace(character, f"[U+{ord(character):04X}]")


@pytest.mark.parametrize(
    "name",
    [
        "North",
        "Almacén nº 3, planta −1",
        "Склад «Север»",
        "倉庫　東",
        "مستودع الشمال",
        "می‌خواهم",
        "क्‍ष",
        "שלום",
        "👩‍🔧 & 👩🏽‍🚒",
        "❤️ #️⃣",
        "🇪🇸",
        "葛󠄀城",
        "a\u00a0b",
        "[A-Z]{01..09}*?",
    ],
)
def test_international_names_are_accepted(name):
    assert check_name(name) == name == name_from(name)


def test_the_error_names_the_character():
    assert described("\u202e") == "U+202E (right-to-left override)"
    assert described("\x00") == "U+0000 (a control character)"
    assert described("\U000f0000") == "U+F0000 (a private character)"


@given(st.text())
def test_a_generated_name_is_valid(text):
    assert check_name(name_from(text)) == name_from(text)


@given(st.text())
def test_accepted_names_hold_no_invisible_categories(text):
    try:
        check_name(text)
    except ValueError:
        return
    kinds = {unicodedata.category(character) for character in text} - {"Cf"}
    assert not kinds & {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"}
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200b\u2060\ufeff]", text)


@pytest.mark.parametrize(
    "text", ["two\nlines\r\n\tand a tab", "a \u202e b", "👩‍🔧", "\ue000", "\u2028"]
)
def test_a_text_may_have_lines_and_any_direction(text):
    assert check_free_text(text) == text


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\ud800", "\uffff"])
def test_a_text_holds_no_control_characters(character):
    with pytest.raises(ValueError, match=rf"U\+{ord(character):04X}"):
        check_free_text(f"a{character}b")


@given(st.text())
def test_directional_controls_are_made_visible(text):
    visible = turned_visible(text)
    assert not any(
        unicodedata.bidirectional(letter)
        in {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
        for letter in visible
    )
    if visible != text:
        assert "[U+20" in visible
