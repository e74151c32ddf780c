"""The service of exports of the catalog. Imported on first use: it loads more than lists need."""

from functools import cache

from stockwarden.bootstrap.repositories import audit_log, export_repository, member_repository
from stockwarden.bootstrap.stores import analysis_queue, objects, users_table
from stockwarden.core import clock
from stockwarden.exports.catalog_service import CatalogExportService
from stockwarden.exports.list_exports import ListExports
from stockwarden.exports.repository import CATALOG
from stockwarden.identity.action_limits import ActionLimiter
from stockwarden.identity.rate_limits import RateLimiter


@cache
def catalog_export_service() -> CatalogExportService:
    exports = ListExports(
        CATALOG,
        repository=export_repository(),
        objects=objects(),
        queue=analysis_queue(),
        clock=clock.utc_now,
        audit=audit_log(),
        limiter=ActionLimiter(RateLimiter(users_table())),
    )
    return CatalogExportService(exports, member_repository().require_visible)
