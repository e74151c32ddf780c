"""The small catalog of `make up`: stored once, and never into a catalog of somebody's own."""

from collections import Counter
from pathlib import Path

import boto3
import pytest

from stockwarden.bootstrap import repositories, stores
from stockwarden.bootstrap.catalog import item_service
from stockwarden.core.idempotency import RequestKey
from stockwarden.identity.access import Caller, Role
from stockwarden.stock.item_model import ItemRequest
from stockwarden.stock.verification import LedgerVerification
from tests.support.faults import state
from tools.local import aws as local_aws
from tools.local import stockroom
from tools.local.cloud import Cloud
from tools.local.failure import StepFailed
from tools.stockroom.history import History

CLOUD = Cloud(Path("cloud"), 4566)


@pytest.fixture
def demo(aws, monkeypatch):
    names = ("Users", "Catalog", "Stock", "Audit")
    outputs = {f"{name}TableName": aws[f"{name.upper()}_TABLE"] for name in names}
    monkeypatch.setattr(local_aws, "client", lambda _, service: boto3.client(service))
    monkeypatch.setattr(local_aws, "outputs", lambda *_: outputs)
    monkeypatch.setattr(stockroom, "ITEMS", 20)
    repositories.user_repository().add("demo", "no password")


def stock_up():
    return stockroom.stock_up(CLOUD, "demo", "wh_demo")


def test_it_is_stored_once_and_right(demo):
    assert stock_up()
    stored = state()
    assert not stock_up()
    assert state() == stored
    verification = LedgerVerification(stores.stock_table())
    ids = [item_id for item_id, _ in verification.item_ids()]
    assert len(ids) == 20
    assert not any(list(verification.differences(item_id)) for item_id in ids)


def test_what_was_interrupted_is_completed(demo, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(History, "store", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            stock_up()
    assert stock_up()
    assert not stock_up()


def test_a_catalog_of_somebody_s_own_is_left_alone(demo):
    manager = Caller("ana", "usr_ana", Role.MANAGER, "")
    request = ItemRequest(name="Bolt", sku="GR-1001")
    item_service().create(manager, RequestKey("own", ""), request)
    stored = state()
    assert not stock_up()
    assert state() == stored


def test_orders_kits_and_uses_are_there(demo, monkeypatch):
    monkeypatch.setattr(stockroom, "ITEMS", 60)
    assert stock_up()
    table = stores.stock_table()
    items = table.client.scan(TableName=table.name)["Items"]
    kinds = Counter(item["sk"]["S"] for item in items)
    assert kinds["ORDER"] == 12
    assert kinds["COMPONENTS"] == 3
    assert kinds["CONSUMPTION"] > 15


def test_there_is_an_account_to_do_it(demo):
    with pytest.raises(StepFailed, match="nobody"):
        stockroom.stock_up(CLOUD, "nobody", "wh_demo")
