"""Routes: saved mappings of a user's files."""

from typing import Annotated

from aws_lambda_powertools.event_handler.api_gateway import Router
from aws_lambda_powertools.event_handler.openapi.params import Query

from stockwarden.bootstrap.reports import mapping_service
from stockwarden.http.caller import CurrentCaller, IfMatch
from stockwarden.http.pages import Cursor, Limit
from stockwarden.http.problems import may_answer
from stockwarden.mappings.model import SavedMapping, SavedMappingChange, SavedMappingPage

router = Router()

Username = Annotated[
    str | None,
    Query(
        min_length=1,
        max_length=64,
        description="The user whose mappings to list, for administrators; without it, the caller's "
        "own.",
    ),
]


@router.get(
    "/mappings",
    tags=["Reports"],
    summary="List saved mappings",
    openapi_extensions=may_answer(403),
)
def list_mappings(
    caller: CurrentCaller, *, username: Username = None, limit: Limit = 20, cursor: Cursor = None
) -> SavedMappingPage:
    """One mapping for each file header for which a user gave a mapping that worked."""
    return mapping_service().list_mappings(caller, username, limit, cursor)


@router.put(
    "/mappings/<mapping_id>",
    tags=["Reports"],
    summary="Correct or rename a saved mapping",
    openapi_extensions=may_answer(403, 412),
)
def change_mapping(
    mapping_id: str,
    request: SavedMappingChange,
    caller: CurrentCaller,
    *,
    username: Username = None,
    expected_version: IfMatch = None,
) -> SavedMapping:
    """Applies to later files; reports keep the mapping that they were analyzed with."""
    return mapping_service().change_mapping(caller, mapping_id, request, username, expected_version)


@router.delete(
    "/mappings/<mapping_id>",
    status_code=204,
    tags=["Reports"],
    summary="Delete a saved mapping",
    openapi_extensions=may_answer(403, 412),
)
def delete_mapping(
    mapping_id: str,
    caller: CurrentCaller,
    *,
    username: Username = None,
    expected_version: IfMatch = None,
) -> None:
    mapping_service().remove(caller, mapping_id, username, expected_version)
