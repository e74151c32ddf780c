"""Codes under which an item may be known, and what they may be misreadings of."""

from datetime import date

import pytest

from stockwarden.core.gs1.item_codes import MOST_MISREADINGS, likely_misreadings, possible_codes

TODAY = date(2026, 3, 9)
TEA = "04006381333931"


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (" sku-7 ", [("sku", "SKU-7")]),
        ("4006381333931", [("sku", "4006381333931"), ("gtin", TEA)]),
        ("4006381333930", [("sku", "4006381333930")]),
        ("96385074", [("sku", "96385074"), ("gtin", "00000096385074")]),
        (f"(01){TEA}(17)270131(10)L-7", [("gtin", TEA)]),
        (f"(01){TEA[:-1]}9", [("sku", f"(01){TEA[:-1]}9")]),
        ("(00)340123450000000000", [("sku", "(00)340123450000000000")]),
        ("X" * 65, []),
        ("  ", []),
    ],
)
def test_a_text_may_be_these_codes(text, codes):
    assert list(possible_codes(text, TODAY)) == codes


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("SKU-O630", "SKU-0630"),
        ("SKU-O63O", "SKU-0630"),
        ("A1-I2", "A1-12"),
        ("630", "000630"),
        ("000630", "630"),
        ("AB0071", "AB-0071"),
        ("AB-0071", "AB0071"),
        ("AB-071", "AB-0071"),
        ("12435", "12345"),
    ],
)
def test_one_slip_is_undone(written, meant):
    assert meant in likely_misreadings(written)


def test_misreadings_are_few_and_never_the_code_itself():
    for sku in ("O0I1-" * 12, "1234567890" * 6, "0", "-", ""):
        near = likely_misreadings(sku)
        assert len(near) == len(set(near)) <= MOST_MISREADINGS
        assert sku not in near
        assert "" not in near
