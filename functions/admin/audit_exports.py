"""Routes: exports of the audit log, and links to their files."""

from aws_lambda_powertools.event_handler.api_gateway import Router

from stockwarden.bootstrap.admin import audit_export_service
from stockwarden.exports.audit_model import AuditExport, AuditExportRequest
from stockwarden.http.caller import CurrentCaller
from stockwarden.http.problems import may_answer
from stockwarden.http.quota_fields import TellQuota

router = Router()


@router.post(
    "/audit-logs/exports",
    status_code=202,
    tags=["Administration"],
    summary="Export the audit log",
    openapi_extensions=may_answer(404, 429, 503),
)
def create_audit_export(
    request: AuditExportRequest, caller: CurrentCaller, tell: TellQuota
) -> AuditExport:
    """What the list with the same filters shows to the caller, newest first, up to 200,000 entries.
    `jsonl` holds what the hashes of the chain are computed from. The export is noted in the log."""
    return audit_export_service().create(caller, request.format, request.filters, tell=tell)


@router.get(
    "/audit-logs/exports/<export_id>",
    tags=["Administration"],
    summary="Get the link of an export of the audit log",
)
def get_audit_export(export_id: str, caller: CurrentCaller) -> AuditExport:
    """For who asked for it. Repeat until it is `ready`; then `url` returns the file, for 15 minutes
    and without a token."""
    return audit_export_service().get(caller, export_id)
