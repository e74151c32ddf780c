"""A scanned code is looked up without moving anything: its item, and what the label says."""

from dataclasses import replace

import pytest

from stockwarden.identity.access import Role
from tests.functions.stock.conftest import MANAGER, VIEWER
from tests.support.problems import problem

GTIN = "09501101530003"
SSCC = "340123450000000000"
NOTHING = {"lot": None, "expiry_date": None, "serial": None, "quantity": None}
LABEL = {"lot": "L-7", "expiry_date": "2031-01-31", "serial": "S1", "quantity": 12}


@pytest.fixture
def milk(create):
    return create("/items", name="Milk", sku="mlk-1", gtin=GTIN)


@pytest.fixture
def find(ask):
    return lambda code, **options: ask("GET", "/items/by-code", query={"code": code}, **options)


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("MLK-1", NOTHING),
        (" mlk-1 ", NOTHING),
        ("9501101530003", NOTHING),
        (f"(01){GTIN}(17)310131(10)l-7(21)s1", {**LABEL, "quantity": None}),
        (f"(00){SSCC}(02){GTIN}(37)12(17)310131(10)L-7", {**LABEL, "serial": None}),
    ],
)
def test_a_code_tells_its_item_and_what_the_label_says(milk, find, code, told):
    answer = find(code, caller=VIEWER)
    assert answer.status == 200, answer.body
    assert answer.json == {"item": milk, **told}


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("NOTHING", 404),
        ("4012345678901", 404),
        ("(01)09501101530004", 422),
        ("(10)L-7(17)270131", 422),
        ("", 422),
        ("x" * 501, 422),
    ],
)
def test_what_is_no_code_of_an_item(milk, find, code, status):
    problem(find(code), status)


def test_members_of_a_warehouse_alone_learn_nothing(milk, find):
    problem(find("MLK-1", caller=replace(MANAGER, role=Role.MEMBER)), 403)
