"""What to order: how much, from whom, until when."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from stockwarden.analytics.advice import Delivery, LowItem, Offer, advise, offers_of
from stockwarden.catalog.standard_units import STANDARD_UNITS

TODAY = date(2026, 3, 2)
PLAIN = LowItem(
    free=Fraction(4),
    deliveries=(),
    reorder_point=Fraction(10),
    reorder_quantity=None,
    decimals=0,
    used=Fraction(90),
    used_days=90,
    supplier_id=None,
    currency="EUR",
    offers=(),
)


def coming(quantity, day=None):
    return [Delivery(Fraction(quantity), day)]


def offer(supplier_id="spl_1", pack=1, price="1.00", **more):
    given = {
        "supplier_name": supplier_id.title(),
        "part_number": "N-1",
        "currency": "EUR",
        "minimum_packs": 1,
        "lead_days": 3.0,
        "lead_from": "part",
        **more,
    }
    return Offer(supplier_id=supplier_id, pack=Fraction(pack), price=Decimal(price), **given)


# {what: (item, quantity, packs)}
QUANTITIES = {
    "up to the point and a month's use": (PLAIN, 36, None),
    "of little use: up to twice the point": (replace(PLAIN, used=Fraction(9)), 16, None),
    "of a point of nothing and no use: one": (
        replace(PLAIN, reorder_point=Fraction(0), free=Fraction(0), used=Fraction(0)),
        1,
        None,
    ),
    "in whole units": (replace(PLAIN, free=Fraction(9, 2), used=Fraction(9)), 16, None),
    "in the decimals of the unit": (
        replace(PLAIN, free=Fraction(9, 2), used=Fraction(9), decimals=1),
        Fraction(31, 2),
        None,
    ),
    "the reorder quantity": (replace(PLAIN, reorder_quantity=Fraction(20)), 20, None),
    "as often as it takes to be above": (replace(PLAIN, reorder_quantity=Fraction(2)), 8, None),
    "at the point it is still low": (
        replace(PLAIN, free=Fraction(10), reorder_quantity=Fraction(5)),
        5,
        None,
    ),
    "more than there is reserved": (
        replace(PLAIN, free=Fraction(-6), reorder_quantity=Fraction(20)),
        20,
        None,
    ),
    "less what is on order": (
        replace(PLAIN, deliveries=coming(2), reorder_quantity=Fraction(3)),
        6,
        None,
    ),
    "nothing, as enough is on order": (replace(PLAIN, deliveries=coming(7)), 0, None),
    "in packs": (replace(PLAIN, offers=[offer(pack=12)]), 36, 3),
    "packs are rounded up": (
        replace(PLAIN, reorder_quantity=Fraction(13), offers=[offer(pack=12)]),
        24,
        2,
    ),
    "at least what the supplier sells": (
        replace(PLAIN, reorder_quantity=Fraction(13), offers=[offer(pack=12, minimum_packs=5)]),
        60,
        5,
    ),
    "no packs where enough is on order": (
        replace(PLAIN, deliveries=coming(7), offers=[offer(pack=12)]),
        0,
        0,
    ),
}


@pytest.mark.parametrize(("item", "quantity", "packs"), QUANTITIES.values(), ids=QUANTITIES)
def test_how_much(item, quantity, packs):
    advice = advise(item, TODAY)
    assert (advice.quantity, advice.packs) == (quantity, packs)


CHEAP, DEAR = offer("spl_cheap", 10, "5.00"), offer("spl_dear", 1, "0.60")
DOLLARS = offer("spl_far", 1, "0.10", currency="USD")
# {what: (item, supplier, how it was chosen)}
SUPPLIERS = {
    "its own": (
        replace(PLAIN, supplier_id="spl_dear", offers=[CHEAP, DEAR]),
        "spl_dear",
        "preferred",
    ),
    "the cheapest by the piece": (replace(PLAIN, offers=[DEAR, CHEAP]), "spl_cheap", "cheapest"),
    "its own does not sell it": (
        replace(PLAIN, supplier_id="spl_other", offers=[DEAR]),
        "spl_dear",
        "cheapest",
    ),
    "of equal ones the first": (
        replace(PLAIN, offers=[offer("spl_b"), offer("spl_a")]),
        "spl_a",
        "cheapest",
    ),
    "other currencies are not compared": (
        replace(PLAIN, offers=[DEAR, DOLLARS]),
        "spl_dear",
        "cheapest",
    ),
    "of an item without currency one is taken": (
        replace(PLAIN, currency=None, offers=[DOLLARS]),
        "spl_far",
        "cheapest",
    ),
    "and of two none": (replace(PLAIN, currency=None, offers=[DEAR, DOLLARS]), None, None),
    "nobody": (PLAIN, None, None),
}


@pytest.mark.parametrize(("item", "supplier", "chosen"), SUPPLIERS.values(), ids=SUPPLIERS)
def test_from_whom(item, supplier, chosen):
    advice = advise(item, TODAY)
    assert (advice.offer.supplier_id if advice.offer else None, advice.chosen) == (supplier, chosen)


# {what: (item, days left, order by, unknown)}
DAYS = {
    "four left, one a day, three days' way": (
        replace(PLAIN, offers=[offer()]),
        4,
        date(2026, 3, 3),
        (),
    ),
    "too late": (replace(PLAIN, offers=[offer(lead_days=6.2)]), 4, date(2026, 2, 27), ()),
    "nothing is free": (
        replace(PLAIN, free=Fraction(-2), offers=[offer()]),
        0,
        date(2026, 2, 27),
        (),
    ),
    "not used": (replace(PLAIN, used=Fraction(0), offers=[offer()]), None, None, ("no_use",)),
    "more came back than went": (
        replace(PLAIN, used=Fraction(-5), offers=[offer()]),
        None,
        None,
        ("no_use",),
    ),
    "nobody sells it": (PLAIN, 4, None, ("no_offer",)),
    "nobody knows how long it takes": (
        replace(PLAIN, offers=[offer(lead_days=None)]),
        4,
        None,
        ("no_lead_time",),
    ),
    "it is on its way": (
        replace(PLAIN, deliveries=coming(50), offers=[offer()]),
        4,
        None,
        ("on_order",),
    ),
    "what comes in time is used, too": (
        replace(PLAIN, deliveries=coming(2, date(2026, 3, 6)), offers=[offer()]),
        6,
        date(2026, 3, 5),
        (),
    ),
    "what comes too late is not": (
        replace(PLAIN, deliveries=coming(2, date(2026, 3, 7)), offers=[offer()]),
        4,
        date(2026, 3, 3),
        (),
    ),
    "one after the other": (
        replace(
            PLAIN,
            deliveries=coming(2, date(2026, 3, 8)) + coming(3, date(2026, 3, 6)),
            offers=[offer()],
        ),
        9,
        date(2026, 3, 8),
        (),
    ),
    "nobody knows when what is late comes": (
        replace(PLAIN, deliveries=coming(2, date(2026, 3, 1)), offers=[offer()]),
        4,
        date(2026, 3, 3),
        (),
    ),
    "for longer than can be told": (
        replace(PLAIN, used=Fraction(1, 10**6), offers=[offer()]),
        360_000_000,
        None,
        (),
    ),
}


@pytest.mark.parametrize(("item", "left", "order_by", "unknown"), DAYS.values(), ids=DAYS)
def test_until_when(item, left, order_by, unknown):
    advice = advise(item, TODAY)
    assert (advice.days_left, advice.order_by, advice.unknown) == (left, order_by, unknown)


PART = {
    "supplier_id": "spl_1",
    "part_number": "N-1",
    "unit": "g",
    "pack_size": "500",
    "price": "2.00",
    "currency": "EUR",
}
SUPPLIER = {"id": "spl_1", "name": "Acme", "currency": "EUR"}
LEAD = {
    "measured first": ({"lead_times": [{"days": 4.2}], "lead_time_days": 9}, 7, (4.2, "measured")),
    "then the part's": ({"lead_time_days": 9}, 7, (7, "part")),
    "then the supplier's": ({"lead_time_days": 9}, None, (9, "supplier")),
    "none": ({}, None, (None, None)),
}


@pytest.mark.parametrize(("supplier", "of_part", "expected"), LEAD.values(), ids=LEAD)
def test_lead_times(supplier, of_part, expected):
    part = {**PART, "lead_time_days": of_part}
    known = {"spl_1": {**SUPPLIER, **supplier}}
    (found,) = offers_of([part], known, STANDARD_UNITS, "kg")
    assert (found.lead_days, found.lead_from) == expected
    assert found.pack == Fraction(1, 2)


@pytest.mark.parametrize(
    ("part", "supplier"),
    [({"unit": "pcs"}, {}), ({"unit": "gone"}, {}), ({}, {"archived": True})],
    ids=["of another dimension", "in a unit that is gone", "of an archived supplier"],
)
def test_what_is_no_offer(part, supplier):
    known = {"spl_1": {**SUPPLIER, **supplier}}
    assert offers_of([{**PART, **part}], known, STANDARD_UNITS, "kg") == []
    assert offers_of([PART], {}, STANDARD_UNITS, "kg") == []
