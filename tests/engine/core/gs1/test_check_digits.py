"""Check digits of GS1 numbers: known ones, and what they catch."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from stockwarden.core.gs1.check_digits import check_digit, checked_sscc, normalized_gtin

CASES = yaml.safe_load(
    (Path(__file__).parent / "cases" / "check_digits.yaml").read_text(encoding="utf-8")
)


def bodies(*lengths: int) -> st.SearchStrategy[str]:
    return st.sampled_from(lengths).flatmap(
        lambda length: st.text("0123456789", min_size=length, max_size=length)
    )


@pytest.mark.parametrize(("body", "digit"), CASES["digits"].items())
def test_the_digit_of_a_body(body, digit):
    assert check_digit(body) == digit


@pytest.mark.parametrize("body", ["", "12A", "١٢٣", "-12"])
def test_only_digits_have_a_check_digit(body):
    with pytest.raises(ValueError, match="digits"):
        check_digit(body)


@pytest.mark.parametrize(("text", "gtin"), CASES["gtins"].items())
def test_a_gtin_has_14_digits(text, gtin):
    assert normalized_gtin(text) == gtin


@pytest.mark.parametrize(("text", "reason"), CASES["no_gtins"].items())
def test_what_is_no_gtin(text, reason):
    with pytest.raises(ValueError, match=reason):
        normalized_gtin(text)


@pytest.mark.parametrize(("text", "sscc"), CASES["ssccs"].items())
def test_an_sscc_has_18_digits(text, sscc):
    assert checked_sscc(text) == sscc


@pytest.mark.parametrize(("text", "reason"), CASES["no_ssccs"].items())
def test_what_is_no_sscc(text, reason):
    with pytest.raises(ValueError, match=reason):
        checked_sscc(text)


@given(bodies(7, 11, 12, 13))
def test_a_body_with_its_digit_is_a_gtin(body):
    gtin = normalized_gtin(body + check_digit(body))
    assert gtin.endswith(body + check_digit(body))
    assert normalized_gtin(gtin) == gtin


@given(bodies(7, 11, 12, 13, 17), st.data())
def test_one_changed_digit_is_caught(body, data):
    number = body + check_digit(body)
    place = data.draw(st.integers(0, len(number) - 1))
    digit = data.draw(st.sampled_from("0123456789").filter(lambda other: other != number[place]))
    changed = number[:place] + digit + number[place + 1 :]
    check = checked_sscc if len(number) == 18 else normalized_gtin
    check(number)
    with pytest.raises(ValueError, match=f"should end in {check_digit(changed[:-1])}"):
        check(changed)
