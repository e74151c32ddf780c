"""Routes: the lists that a person has saved."""

from typing import Annotated, Any
from urllib.parse import unquote

from aws_lambda_powertools.event_handler.api_gateway import Router
from pydantic import BaseModel, ConfigDict, Field

from stockwarden.bootstrap.auth import view_service
from stockwarden.http.caller import CurrentCaller, IfMatch
from stockwarden.http.pages import Cursor, Limit
from stockwarden.http.problems import may_answer
from stockwarden.operations.views import ViewList

router = Router()

ViewQuery = Annotated[
    dict[str, Any],
    Field(
        description="The filters and the order, as the page wants them; 2,048 bytes at most.",
        examples=[{"status": "open", "assignee": "me"}],
    ),
]


class SavedViewRequest(BaseModel):
    model_config = ConfigDict(extra="forbid")

    list: ViewList
    query: ViewQuery


class SavedView(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    name: str
    list: ViewList
    query: ViewQuery
    updated_at: str
    version: int


class SavedViewPage(BaseModel):
    """By name; an account has 50 at most."""

    views: list[SavedView]
    next_cursor: str | None


@router.get("/users/me/views", tags=["Account"], summary="List your saved views")
def list_views(caller: CurrentCaller, *, limit: Limit = 50, cursor: Cursor = None) -> SavedViewPage:
    views, more = view_service().list_views(caller, limit, cursor)
    return SavedViewPage(views=list(map(SavedView.model_validate, views)), next_cursor=more)


# API Gateway passes the path as it was sent; the name of a view may have spaces.


@router.get("/users/me/views/<name>", tags=["Account"], summary="Read a saved view")
def get_view(name: str, caller: CurrentCaller) -> SavedView:
    return SavedView.model_validate(view_service().find(caller, unquote(name)))


@router.put(
    "/users/me/views/<name>",
    tags=["Account"],
    summary="Save a view",
    openapi_extensions=may_answer(409, 412),
)
def put_view(
    name: str, request: SavedViewRequest, caller: CurrentCaller, expected_version: IfMatch = None
) -> SavedView:
    """Takes the place of a view of the same name. A name has 1 to 60 characters. Answers 409 for
    more than 50 views."""
    view = view_service().save(caller, unquote(name), request.list, request.query, expected_version)
    return SavedView.model_validate(view)


@router.delete(
    "/users/me/views/<name>",
    status_code=204,
    tags=["Account"],
    summary="Delete a saved view",
    openapi_extensions=may_answer(412),
)
def delete_view(name: str, caller: CurrentCaller, expected_version: IfMatch = None) -> None:
    view_service().remove(caller, unquote(name), expected_version)
