"""Element strings: what is read, what is refused and why, and what they say."""

import time
from contextlib import suppress
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from stockwarden.core.gs1.element_strings import (
    MAX_LENGTH,
    SEPARATOR,
    looks_like_element_string,
    parse_element_string,
)
from stockwarden.core.gs1.formats import CHARACTERS
from stockwarden.core.gs1.identifiers import FORMATS
from stockwarden.core.gs1.pairs import EXCLUDES, REQUIRES

TODAY = date(2026, 11, 30)
CASES = yaml.safe_load(
    (Path(__file__).parent / "cases" / "element_strings.yaml").read_text(encoding="utf-8")
)
ITEM = "(01)09501101530003"
TEXTS = st.text(sorted(CHARACTERS - {"("}), min_size=1, max_size=20)


def _parsed(text):
    return parse_element_string(text.replace("|", SEPARATOR), TODAY)


@pytest.mark.parametrize(("text", "values"), CASES["read"].items())
def test_what_is_read(text, values):
    assert list(_parsed(text).values.items()) == list(values.items())


@pytest.mark.parametrize(("text", "reason"), CASES["refused"].items())
def test_what_is_refused(text, reason):
    with pytest.raises(ValueError, match=reason):
        _parsed(text)


@pytest.mark.parametrize("text", CASES["looks_like"])
def test_what_looks_like_an_element_string(text):
    assert looks_like_element_string(text.replace("|", SEPARATOR))


@pytest.mark.parametrize("text", CASES["does_not"])
def test_what_does_not_look_like_one(text):
    assert not looks_like_element_string(text.replace("|", SEPARATOR))


def test_what_an_item_says():
    elements = _parsed(f"{ITEM}(10)LOT-A(17)280200(21)S1(3103)001250(30)6(15)271231")
    assert elements.gtin == "09501101530003"
    assert (elements.lot, elements.serial, elements.count) == ("LOT-A", "S1", 6)
    assert elements.expiry == date(2028, 2, 29)
    assert elements.date_of("15") == date(2027, 12, 31)
    assert elements.date_of("13") is None
    assert elements.net_weight_kg == Fraction(5, 4)
    assert elements.sscc is None


def test_what_a_logistic_unit_says():
    elements = _parsed("(00)123456789012345675(02)09501101530003(37)012")
    assert elements.sscc == "123456789012345675"
    assert (elements.gtin, elements.count) == ("09501101530003", 12)
    assert (elements.lot, elements.serial, elements.expiry) == (None, None, None)
    assert elements.net_weight_kg is None


def test_only_dates_have_a_date():
    with pytest.raises(KeyError):
        _parsed(ITEM).date_of("10")


def test_pounds_and_times_are_converted():
    elements = _parsed(f"{ITEM}(3201)000015(7003)2611301359")
    assert elements.net_weight_kg == Fraction("0.680388555")
    assert elements.expiry == TODAY


def test_the_century_depends_on_the_day_of_reading():
    text = f"{ITEM}(17)770606"
    assert parse_element_string(text, date(2026, 12, 31)).expiry == date(1977, 6, 6)
    assert parse_element_string(text, date(2027, 1, 1)).expiry == date(2077, 6, 6)


def test_the_tables_agree():
    named = {ai for needing, needed in REQUIRES for ai in (needing, *needed)}
    named |= {ai for pair in EXCLUDES for ai in pair}
    assert all(any(ai.startswith(beginning) for ai in FORMATS) for beginning in named)
    # No identifier begins with another, so a scan is read in one way.
    assert not [(ai, of) for ai in FORMATS for of in FORMATS if ai != of and of.startswith(ai)]
    assert len(CHARACTERS) == 82


@given(TEXTS, TEXTS)
def test_both_forms_say_the_same(lot, serial):
    written = parse_element_string(f"{ITEM}(10){lot}(21){serial}", TODAY)
    scanned = parse_element_string(f"010950110153000310{lot}{SEPARATOR}21{serial}", TODAY)
    assert written == scanned
    assert (written.lot, written.serial) == (lot, serial)
    assert looks_like_element_string(f"010950110153000310{lot}{SEPARATOR}21{serial}")


@given(st.text(f"()0123456789AB]C1{SEPARATOR} ٣", max_size=60) | st.text())
@example("(01)")
@example("(01")
@example("]C1(01)")
def test_any_text_is_read_or_refused(text):
    looks_like_element_string(text)
    try:
        elements = parse_element_string(text, TODAY)
    except ValueError as error:
        assert str(error).endswith(".")
    else:
        assert elements.values


@pytest.mark.parametrize("piece", ["(01)", "(", "(10)A", SEPARATOR, "91A\x1d", "(91)(", "00"])
def test_length_is_bounded_and_work_is_little(piece):
    text = (piece * MAX_LENGTH)[:MAX_LENGTH]
    started = time.perf_counter()
    for _ in range(20):
        looks_like_element_string(text)
        # Some say the same thing again and again, and are valid.
        with suppress(ValueError):
            parse_element_string(text, TODAY)
    assert time.perf_counter() - started < 2
    with pytest.raises(ValueError, match="at most 500"):
        parse_element_string("9" * 1_000_000, TODAY)
    assert not looks_like_element_string("(01)" + "9" * 1_000_000)
