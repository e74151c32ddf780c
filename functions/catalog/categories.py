"""Routes: the tree of categories."""

from typing import Annotated

from aws_lambda_powertools.event_handler.api_gateway import Router
from aws_lambda_powertools.event_handler.openapi.params import Query

from stockwarden.bootstrap.catalog import category_service, kept_answers
from stockwarden.catalog.category_model import (
    Category,
    CategoryPage,
    CategoryPatch,
    CategoryRequest,
)
from stockwarden.http.caller import CurrentCaller, IfMatch
from stockwarden.http.idempotency import IdempotencyKey, OperationId, replayed
from stockwarden.http.pages import Cursor, Limit
from stockwarden.http.problems import may_answer

router = Router()

Parent = Annotated[
    str | None,
    Query(
        min_length=1,
        max_length=80,
        description="Only those directly below this category; `root` for those below none.",
    ),
]
Archived = Annotated[bool | None, Query(description="Only archived ones, or only the others.")]


@router.post(
    "/categories",
    status_code=201,
    tags=["Catalog"],
    summary="Create a category",
    openapi_extensions=may_answer(409),
    middlewares=[replayed(kept_answers)],
)
def create_category(
    request: CategoryRequest,
    caller: CurrentCaller,
    operation_id: OperationId,
    *,
    _key: IdempotencyKey = None,
) -> Category:
    """Answers 409 for the name of another category in the same place, and if there are 2,000."""
    return category_service().create(caller, request, operation_id)


@router.get("/categories", tags=["Catalog"], summary="List the categories")
def list_categories(
    caller: CurrentCaller,
    *,
    parent_id: Parent = None,
    archived: Archived = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> CategoryPage:
    """Each before what is below it, siblings by name, with the path from the root."""
    return category_service().list_categories(
        caller, parent_id=parent_id, archived=archived, limit=limit, cursor=cursor
    )


@router.get("/categories/<category_id>", tags=["Catalog"], summary="Get a category")
def get_category(category_id: str, caller: CurrentCaller) -> Category:
    return category_service().find_category(caller, category_id)


@router.patch(
    "/categories/<category_id>",
    tags=["Catalog"],
    summary="Rename, move or archive a category",
    openapi_extensions=may_answer(409),
)
def change_category(
    category_id: str,
    patch: CategoryPatch,
    caller: CurrentCaller,
    *,
    expected_version: IfMatch = None,
) -> Category:
    """What is below moves with it. Answers 409 for the name of another category in the same place,
    and 422 for a move below itself, with the cycle, or deeper than 50 levels."""
    return category_service().change(caller, category_id, patch, expected_version)


@router.delete(
    "/categories/<category_id>",
    status_code=204,
    tags=["Catalog"],
    summary="Delete a category",
    openapi_extensions=may_answer(409),
)
def delete_category(
    category_id: str, caller: CurrentCaller, *, expected_version: IfMatch = None
) -> None:
    """Answers 409 if there are items in it, or categories below: it can be archived instead."""
    category_service().remove(caller, category_id, expected_version)
