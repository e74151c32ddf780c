"""Imports of items through both functions: API, bucket and queue, as on a stack."""

import io
from typing import Any

import openpyxl
import pytest

from stockwarden.bootstrap.repositories import user_repository
from stockwarden.identity.access import Role
from tests.functions.catalog.conftest import MANAGER
from tests.support.gateway import Response, multipart
from tests.support.reports import announce_all, deliver, drain, send

HEADER = ("SKU", "Name", "Category", "Unit", "Quantity", "Location", "Lot", "Expiry date", "GTIN")


@pytest.fixture(autouse=True)
def _member(_account: None) -> None:
    """The account of the manager, which the analysis function looks at."""
    users = user_repository()
    users.add(MANAGER.username, "no password", role=Role.MANAGER, user_id=MANAGER.user_id)


def table(*rows: Any, header: Any = HEADER) -> bytes:
    """An xlsx workbook."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (header, *rows):
        sheet.append(list(row))
    body = io.BytesIO()
    book.save(body)
    return body.getvalue()


def post(body: bytes, name: str = "items.xlsx", *, key: str = "", **fields: Any) -> Response:
    """Sends a file as a form."""
    form, headers = multipart({"file": (name, body, "application/octet-stream"), **fields})
    if key:
        headers["Idempotency-Key"] = key
    return send("POST", "/items/imports", caller=MANAGER, body=form, headers=headers)


def settle() -> None:
    """S3 announces every file, and the analysis function does all of its work."""
    deliver(*announce_all("uploads/"))
    assert drain() == []


def state(import_id: str) -> Any:
    answer = send("GET", f"/items/imports/{import_id}", caller=MANAGER)
    assert answer.status == 200, answer.body
    return answer.json


def imported(body: bytes, name: str = "items.xlsx", **fields: Any) -> Any:
    """What has become of a file."""
    answer = post(body, name, **fields)
    assert answer.status == 201, answer.body
    settle()
    return state(answer.json["id"])


ITEM_HEADER = (
    "SKU", "Name", "Category", "Unit", "Quantity", "Location", "GTIN", "Unit cost", "Currency",
)  # fmt: skip


def item_rows(count: int) -> list[list[Any]]:
    """Rows of different items with an eighth of a kilogram more each; the first has none."""
    return [
        [
            f"SKU-{number:05}",
            f"Product {number}",
            "Food",
            "kg",
            number / 8,
            *_place_and_cost(number),
        ]
        for number in range(count)
    ]


def _place_and_cost(number: int) -> list[Any]:
    return [f"A-{number % 90:02}", None, "1.25", "EUR"]


def faulty_rows(count: int) -> list[list[Any]]:
    """As `item_rows`, with seven faults in five of them."""
    rows = item_rows(count)
    rows[17][4], rows[17][6] = -1, "6291041500214"
    rows[count // 3][2:4] = ["Foodd", "kilogrammes of it"]
    rows[count // 2][1] = None
    rows[count - 9][:6] = rows[3][:6]
    rows[count - 1][7] = "cheap"
    return rows


def faults_of(count: int) -> list[tuple[int, str]]:
    """The faults of `faulty_rows`: the place of the row, from 0, and the column."""
    return [
        (17, "Quantity"),
        (17, "GTIN"),
        (count // 3, "Category"),
        (count // 3, "Unit"),
        (count // 2, "Name"),
        (count - 9, "SKU"),
        (count - 1, "Unit cost"),
    ]
