"""Routes: exports of the catalog's lists and of stock, and links to their files."""

from aws_lambda_powertools.event_handler.api_gateway import Router

from stockwarden.bootstrap.catalog import catalog_export_service
from stockwarden.exports.catalog_model import CatalogExport, CatalogExportRequest
from stockwarden.http.caller import CurrentCaller
from stockwarden.http.problems import may_answer
from stockwarden.http.quota_fields import TellQuota

router = Router()


@router.post(
    "/items/exports",
    status_code=202,
    tags=["Catalog"],
    summary="Export a list of the catalog or of stock",
    openapi_extensions=may_answer(404, 429, 503),
)
def create_catalog_export(
    request: CatalogExportRequest, caller: CurrentCaller, tell: TellQuota
) -> CatalogExport:
    """All that the list with the same filters shows to the caller, up to 200,000 rows. A text that
    looks like a formula is written as text."""
    return catalog_export_service().create(caller, request, tell=tell)


@router.get("/items/exports/<export_id>", tags=["Catalog"], summary="Get an export's link")
def get_catalog_export(export_id: str, caller: CurrentCaller) -> CatalogExport:
    """For who asked for it. Repeat until it is `ready`; then `url` returns the file, for 15 minutes
    and without a token."""
    return catalog_export_service().get(caller, export_id)
