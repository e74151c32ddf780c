"""Expiry is judged by day, in the warehouse's time zone."""

from datetime import datetime

import pytest

from stockwarden.detection.evaluate import evaluate
from stockwarden.detection.stock import Stock
from stockwarden.ingestion.formats.workbook import open_workbook
from stockwarden.ingestion.inspection import inspect_workbook
from stockwarden.ingestion.reading import read_stock


@pytest.mark.parametrize(
    ("timezone", "as_of", "expired"),
    [
        # The day of 30 October ends at 07:00 UTC in Los Angeles, at 11:00 UTC before in Auckland.
        ("America/Los_Angeles", "2025-10-31T06:59:00Z", []),
        ("America/Los_Angeles", "2025-10-31T07:00:00Z", ["P1"]),
        ("Pacific/Auckland", "2025-10-30T10:59:00Z", []),
        ("Pacific/Auckland", "2025-10-30T11:00:00Z", ["P1"]),
    ],
)
def test_goods_are_good_until_their_day_is_over_where_the_warehouse_is(
    timezone: str, as_of: str, expired: list[str]
) -> None:
    file = b"Pallet ID,Location,Expiry Date\nP1,001A,2025-10-30\nP2,001A,2025-12-30\n"
    workbook, moment = open_workbook(file, "stock.csv"), datetime.fromisoformat(as_of)
    inspection = inspect_workbook(workbook)
    inventory = read_stock(workbook, inspection, as_of=moment, timezone=timezone)
    findings = evaluate(Stock(inventory, None, moment)).findings
    assert [finding.pallet_id for finding in findings if finding.rule == "expired"] == expired
