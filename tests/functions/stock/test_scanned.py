"""Items are named by what was scanned: an SKU, a GTIN, a GS1 element string."""

import pytest

from tests.support.problems import problem

GTIN = "09501101530003"
LABEL = f"(01){GTIN}(17)990131(10)l-7"


@pytest.fixture
def milk(create):
    return create("/items", name="Milk", sku="mlk-1", gtin="9501101530003")


@pytest.fixture
def scan(ask, hall):
    def post(code, kind="receipt", **more):
        body = {"code": code, "warehouse_id": hall, "kind": kind, "quantity": 1, **more}
        return ask("POST", "/movements", json=body)

    return post


@pytest.mark.parametrize("code", ["MLK-1", " mlk-1 ", GTIN, "9501101530003", f"(01){GTIN}"])
def test_a_code_names_its_item(milk, scan, code):
    answer = scan(code)
    assert (answer.status, answer.json.get("item_id")) == (201, milk["id"]), answer.body


def test_an_element_string_also_names_lot_and_expiry(ask, milk, scan):
    received = scan(f"]C101{GTIN}17280131" + "10l-7")
    assert (received.status, received.json["lot"]) == (201, "L-7"), received.body
    lot = ask("GET", f"/items/{milk['id']}/lots/L-7").json
    assert lot["expiry_date"] == "2028-01-31"
    # What leaves needs no expiry date: that of the lot counts.
    assert scan(f"(01){GTIN}(17)280131(10)L-7", "issue").json["balance_after"] == 0


@pytest.mark.parametrize(
    ("code", "more", "pointer"),
    [
        ("NOTHING", {}, "/code"),
        ("(01)09501101530004(10)L-7", {}, "/code"),
        ("(10)L-7(17)270131", {}, "/code"),
        (f"(01){GTIN}(10)L-7", {"lot": "L-8"}, "/lot"),
        (f"(01){GTIN}(17)270131(10)L-7", {"expiry_date": "2027-02-01"}, "/expiry_date"),
        (f"(01){GTIN}", {"item_id": "item_1"}, ""),
    ],
)
def test_a_code_that_cannot_be_is_refused(milk, scan, code, more, pointer):
    (error,) = problem(scan(code, **more), 422)["errors"]
    assert error["pointer"] == pointer


def test_the_line_of_a_wrong_code_is_named(milk, ask, hall):
    line = {"warehouse_id": hall, "kind": "receipt", "quantity": 1}
    lines = [{**line, "code": code} for code in ("MLK-1", "NOTHING")]
    (error,) = problem(ask("POST", "/movements", json={"lines": lines}), 422)["errors"]
    assert error["pointer"] == "/lines/1/code"


def test_an_item_takes_its_gtin_from_an_element_string(create):
    assert create("/items", name="Milk", gtin=LABEL)["gtin"] == GTIN
