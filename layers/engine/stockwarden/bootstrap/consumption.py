"""Services of the consumption log, for the stock function."""

from collections.abc import Mapping
from fractions import Fraction
from functools import cache

from stockwarden.bootstrap.kits import composition_reader, free_stock
from stockwarden.bootstrap.ledger import authorize_moves, ledger, member_repository
from stockwarden.bootstrap.stores import stock_table, users_table
from stockwarden.consumption.corrections import CorrectionService
from stockwarden.consumption.listing import ConsumptionList
from stockwarden.consumption.rates import RateService
from stockwarden.consumption.service import ConsumptionService
from stockwarden.consumption.views import EntryViews
from stockwarden.core.clock import utc_now
from stockwarden.identity.user_directory import UserDirectory
from stockwarden.identity.user_ids import UserIds


@cache
def entry_views() -> EntryViews:
    return EntryViews(stock_table(), UserDirectory(users_table()).names_of)


@cache
def consumption_service() -> ConsumptionService:
    return ConsumptionService(
        ledger(),
        free_stock(),
        authorize=authorize_moves,
        components_of=components_of,
        find_person=UserIds(users_table()).find_id,
        views=entry_views(),
    )


@cache
def correction_service() -> CorrectionService:
    return CorrectionService(ledger(), authorize=authorize_moves, views=entry_views())


@cache
def consumption_list() -> ConsumptionList:
    return ConsumptionList(
        entry_views(),
        member_repository().require_visible,
        UserIds(users_table()).find_id,
    )


@cache
def rate_service() -> RateService:
    return RateService(stock_table(), member_repository().require_visible, utc_now)


def components_of(item_id: str) -> Mapping[str, Fraction]:
    """Of one of a kit, in base units. Raises Conflict where a component has another unit by now."""
    return composition_reader().first_level(item_id).components
