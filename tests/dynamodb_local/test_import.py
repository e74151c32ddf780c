"""An import of twelve thousand rows through both functions, on the transactions of DynamoDB."""

import logging
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from typing import Any

import pytest

from stockwarden.bootstrap.analysis import message_dispatcher
from stockwarden.core.deadline import Deadline
from stockwarden.storage import clients
from tests.functions.catalog.conftest import MANAGER
from tests.functions.catalog.importing import (
    ITEM_HEADER,
    faults_of,
    faulty_rows,
    imported,
    item_rows,
    post,
    settle,
    state,
    table,
)
from tests.functions.catalog.importing import _member as member
from tests.support.aws import forget, table_definition
from tests.support.reports import announce_all, send
from tools.template import resources

ROWS = 12_000
logger = logging.getLogger(__name__)
ask = partial(send, caller=MANAGER)


@pytest.fixture
def _account(aws_client: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """All tables of the template, empty, for every function."""
    dynamodb = aws_client("dynamodb")
    names = list(resources("AWS::DynamoDB::Table"))
    for name in names:
        definition = table_definition(name)
        dynamodb.create_table(TableName=name, BillingMode="PAY_PER_REQUEST", **definition)
    with monkeypatch.context() as patch:
        patch.setattr(clients, "dynamodb", cache(lambda: dynamodb))
        forget()
        yield
    forget()
    for name in names:
        dynamodb.delete_table(TableName=name)


__all__ = ["member"]


def test_seven_faults_in_five_rows_and_then_everything_once() -> None:
    food = ask("POST", "/categories", json={"name": "Food"}).json["id"]
    began = time.perf_counter()
    dry = imported(table(*faulty_rows(ROWS), header=ITEM_HEADER), dry_run="true")
    logger.info("checked in %.1f s", time.perf_counter() - began)
    told = [(each["row"] - 2, each["column"]) for each in dry["errors"]]
    assert (dry["error_total"], told) == (7, faults_of(ROWS))
    assert ask("GET", "/items").json == {"items": [], "next_cursor": None, "total": 0}
    body = table(*item_rows(ROWS), header=ITEM_HEADER)
    began = time.perf_counter()
    first = post(body, key="once")
    settle()
    while state(first.json["id"])["status"] == "importing":
        settle()
    logger.info("imported in %.1f s", time.perf_counter() - began)
    second = post(body, key="once")
    settle()
    assert second.json["id"] == first.json["id"]
    done = state(first.json["id"])
    assert done["result"] == {
        "created": ROWS, "changed": 0, "unchanged": 0, "movements": ROWS - 1, "skipped": 0,
    }  # fmt: skip
    assert ask("GET", "/items").json["total"] == ROWS
    assert ask("GET", f"/categories/{food}").json["items"] == ROWS


def test_two_people_who_import_the_same_items_at_once() -> None:
    """Each item is made by one of the two; the other is told of it, or finds it as it is."""
    assert ask("POST", "/categories", json={"name": "Food"}).status == 201
    rows = item_rows(150)
    imports = [post(table(*rows, header=ITEM_HEADER)).json["id"] for _ in range(2)]
    dispatcher = message_dispatcher()
    for import_id in imports:
        for event in announce_all(f"uploads/items/{import_id}/"):
            dispatcher.import_intake.accept(
                import_id, event["Records"][0]["s3"]["object"]["key"], None
            )
    with ThreadPoolExecutor(2) as pool:
        ended = list(
            pool.map(lambda import_id: dispatcher.imports.run(import_id, Deadline(300)), imports)
        )
    assert ended == ["done", "done"]
    results = [state(import_id)["result"] for import_id in imports]
    assert sum(result["created"] for result in results) == len(rows)
    told = [result["skipped"] + result["created"] + result["unchanged"] for result in results]
    assert told == [len(rows), len(rows)]
    assert ask("GET", "/items").json["total"] == len(rows)
