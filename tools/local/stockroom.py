"""A small catalog for the demo warehouse, so that every screen of it has something to show."""

from contextlib import closing
from datetime import UTC, datetime, time, timedelta

from stockwarden.core import clock
from stockwarden.identity.access import Caller, Role
from stockwarden.identity.users import UserRepository
from stockwarden.storage.keys import stock as keys
from stockwarden.storage.tables import Table
from tools.local import aws
from tools.local.cloud import Cloud
from tools.local.deploy import STACK
from tools.local.failure import StepFailed
from tools.stockroom import catalog
from tools.stockroom.history import LEFT_ALONE
from tools.stockroom.services import Services, Tables
from tools.stockroom.sites import Site, Worker
from tools.stockroom.stocking import Stocking
from tools.stockroom.trade.kits import MOST_KITS
from tools.stockroom.trade.plan import Size
from tools.stockroom.trade.trade import EVENTS_LEFT_ALONE

SEED, ITEMS, DAYS = 1, 60, 42
SIZE = Size(orders=12, kits=range(MOST_KITS, MOST_KITS + 3), assemblies=3, uses_a_day=0.6)


def stock_up(cloud: Cloud, username: str, warehouse_id: str) -> bool:
    """Stores what is missing of it; False if nothing was. A catalog that somebody has begun
    otherwise is left alone."""
    outputs = aws.outputs(cloud, STACK)
    today = clock.utc_now().date()
    with closing(aws.client(cloud, "dynamodb")) as client:
        names = (outputs[f"{name}TableName"] for name in ("Catalog", "Stock", "Audit"))
        tables = Tables(*(Table(client, name) for name in names))
        if not _may_stock_up(tables, catalog.items(1)[0].id):
            return False
        user = UserRepository(Table(client, outputs["UsersTableName"])).find(username)
        if user is None:
            raise StepFailed(f"There is no account {username}.")
        keeper = Caller(username, user.user_id, Role.ADMIN, "", source="make up")
        begun = datetime.combine(today - timedelta(days=DAYS), time(), UTC)
        site = Site(warehouse_id, "D", "UTC", begun, [Worker(keeper, begun)])
        stocking = Stocking(
            tables=tables,
            sites=[site],
            keeper=keeper,
            day=begun.date(),
            items=ITEMS,
            until=today,
            days=DAYS,
            seed=SEED,
            size=SIZE,
        )
        added = stocking.store()
        return any(
            number for noun, number in added.items() if noun not in {LEFT_ALONE, EVENTS_LEFT_ALONE}
        )


def _may_stock_up(tables: Tables, first_item_id: str) -> bool:
    """Whether there are no items, or these."""
    if tables.stock.get(keys.head(first_item_id)) is not None:
        return True
    return Services(tables, clock.utc_now()).items.repository.count(None) == 0
