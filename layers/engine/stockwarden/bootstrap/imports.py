"""The repository and the service of imports. Imported on first use: they load more than the rest of
the catalog needs."""

from functools import cache

from stockwarden.bootstrap.ledger import audit_log, authorize_moves
from stockwarden.bootstrap.stores import analysis_queue, objects, reports_table, users_table
from stockwarden.core import clock
from stockwarden.identity.action_limits import ActionLimiter
from stockwarden.identity.rate_limits import RateLimiter
from stockwarden.identity.user_directory import UserDirectory
from stockwarden.imports.files import ImportFiles
from stockwarden.imports.repository import ImportRepository
from stockwarden.imports.service import ImportService
from stockwarden.reports.uploads import UploadStore


@cache
def import_repository() -> ImportRepository:
    return ImportRepository(reports_table(), clock.utc_now)


@cache
def import_service() -> ImportService:
    return ImportService(
        repository=import_repository(),
        files=ImportFiles(objects()),
        uploads=UploadStore(objects()),
        queue=analysis_queue(),
        authorize=authorize_moves,
        directory=UserDirectory(users_table()),
        audit=audit_log(),
        limiter=ActionLimiter(RateLimiter(users_table())),
    )
