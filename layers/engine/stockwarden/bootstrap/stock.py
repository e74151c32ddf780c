"""Services of the stock function: movements, counts, reservations, and what there is."""

from functools import cache
from typing import TYPE_CHECKING

from stockwarden.bootstrap.ledger import authorize_moves, ledger, member_repository
from stockwarden.bootstrap.stores import settings, stock_table, users_table
from stockwarden.core.clock import utc_now
from stockwarden.identity.user_directory import UserDirectory
from stockwarden.stock.count_list import CountList
from stockwarden.stock.counts import CountService
from stockwarden.stock.reading import StockReadingService
from stockwarden.stock.reservations import ReservationService
from stockwarden.stock.service import MovementService
from stockwarden.storage import clients

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.idempotency import DynamoDBPersistenceLayer


@cache
def movement_service() -> MovementService:
    return MovementService(ledger(), authorize_moves)


@cache
def count_service() -> CountService:
    return CountService(ledger(), authorize_moves)


@cache
def count_list() -> CountList:
    return CountList(
        stock_table(),
        member_repository().require_visible,
        names_of=UserDirectory(users_table()).names_of,
    )


@cache
def reservation_service() -> ReservationService:
    return ReservationService(ledger(), authorize_moves)


@cache
def stock_reading_service() -> StockReadingService:
    return StockReadingService(
        stock_table(),
        ledger().history,
        member_repository().require_visible,
        names_of=UserDirectory(users_table()).names_of,
        clock=utc_now,
        recovery=ledger().recovery,
    )


@cache
def kept_answers() -> "DynamoDBPersistenceLayer":
    """The store of answers to requests with an `Idempotency-Key`; imported on first use."""
    from aws_lambda_powertools.utilities.idempotency import DynamoDBPersistenceLayer

    return DynamoDBPersistenceLayer(settings().idempotency_table, boto3_client=clients.dynamodb())
