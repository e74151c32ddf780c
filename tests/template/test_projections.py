"""The streams that feed the projections: at least once, bounded in time, and only what is used."""

import json
from typing import Any

import pytest

from stockwarden.storage.keys import catalog, orders, stock
from tests.template.test_functions import FUNCTIONS, listed, statements
from tools.template import resources

FUNCTION = FUNCTIONS["ProjectionsFunction"]["Properties"]
TABLES = resources("AWS::DynamoDB::Table")
SOURCES = {
    event["Properties"]["Stream"]["Fn::GetAtt"].split(".")[0]: event["Properties"]
    for event in FUNCTION["Events"].values()
    if event["Type"] == "DynamoDB"
}
PLACE = stock.Place("wh_1")
# {table: (keys of what the projections use, keys of what costs them nothing)}
KEYS: dict[str, tuple[list[dict[str, Any]], list[dict[str, Any]]]] = {
    "StockTable": (
        [
            stock.head("itm_1"),
            orders.order("ord_1"),
            stock.movement("itm_1", "2026-03-02T04:30:00.000Z", 7),
        ],
        [
            stock.posting("pst_1"),
            stock.balance("itm_1", PLACE),
            stock.checkpoint("itm_1", "2026-03-02T04:30:00.000Z", 100),
            stock.late_movement("itm_1", 7),
            stock.serial("itm_1", "S-1"),
            stock.count("cnt_1"),
            stock.reservation("rsv_1"),
            stock.tally(1),
            orders.progress("ord_1"),
            orders.line("ord_1", "rev_1", "0001"),
        ],
    ),
    "CatalogTable": (
        [
            catalog.item("itm_1"),
            catalog.categories().key("cat_1"),
            catalog.suppliers().key("spl_1"),
            catalog.inventory_types().key("type_1"),
        ],
        [
            catalog.code("sku", "A-1"),
            catalog.lot("itm_1", "L-7"),
            catalog.part("itm_1", "spl_1"),
            catalog.category_tree(),
            catalog.name("supplier", "acme"),
            catalog.units().key("box"),
        ],
    ),
}


def lets_through(source: str, key: dict[str, Any]) -> bool:
    filters = SOURCES[source]["FilterCriteria"]["Filters"]
    patterns = [json.loads(each["Pattern"])["dynamodb"]["Keys"] for each in filters]
    return any(
        all(
            any(_fits(wanted, key[name]) for wanted in allowed["S"])
            for name, allowed in pattern.items()
        )
        for pattern in patterns
    )


def _fits(wanted: str | dict[str, str], text: str) -> bool:
    return text == wanted if isinstance(wanted, str) else text.startswith(wanted["prefix"])


@pytest.mark.parametrize("source", KEYS)
def test_only_what_is_used_is_delivered(source: str) -> None:
    used, others = KEYS[source]
    assert [lets_through(source, key) for key in used] == [True] * len(used)
    assert [lets_through(source, key) for key in others] == [False] * len(others)


@pytest.mark.parametrize("source", SOURCES)
def test_a_stream_that_fails_goes_on_in_a_quarter_of_an_hour(source: str) -> None:
    stream = SOURCES[source]
    assert TABLES[source]["Properties"]["StreamSpecification"] == {
        "StreamViewType": "NEW_AND_OLD_IMAGES"
    }
    assert stream["StartingPosition"] == "TRIM_HORIZON"
    assert stream["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert stream["BisectBatchOnFunctionError"] is True
    assert stream["MaximumRecordAgeInSeconds"] == 900
    failures = stream["DestinationConfig"]["OnFailure"]["Destination"]
    assert failures == {"Fn::GetAtt": "ProjectionsFailures.Arn"}


def test_both_tables_feed_the_projections_and_theirs_feeds_nothing() -> None:
    assert set(SOURCES) == set(KEYS)
    assert "StreamSpecification" not in TABLES["ProjectionsTable"]["Properties"]


def test_projections_write_their_own_table_alone() -> None:
    writing = {
        str(resource)
        for statement in statements("ProjectionsFunction")
        for resource in listed(statement["Resource"])
        for action in listed(statement["Action"])
        if action.startswith("dynamodb:") and ("Put" in action or "Write" in action)
    }
    assert writing == {str({"Fn::GetAtt": "ProjectionsTable.Arn"})}


def test_nobody_else_writes_it() -> None:
    for name in FUNCTIONS.keys() - {"ProjectionsFunction"}:
        for statement in statements(name):
            if any("ProjectionsTable" in str(each) for each in listed(statement["Resource"])):
                reading = {"dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query"}
                assert set(listed(statement["Action"])) <= reading, name
