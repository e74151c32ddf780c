"""Routes: the API tokens of the caller's account."""

from typing import Annotated, Literal

from aws_lambda_powertools.event_handler.api_gateway import Router
from pydantic import BaseModel, ConfigDict, Field

from stockwarden.bootstrap.auth import api_token_service
from stockwarden.core.fields import NAME, Moment
from stockwarden.http.caller import CurrentCaller
from stockwarden.http.problems import may_answer
from stockwarden.http.quota_fields import TellQuota
from stockwarden.identity.access import SCOPES

router = Router()

Scope = Literal[SCOPES]  # type: ignore[valid-type]


class ApiTokenRequest(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, NAME] = Field(
        min_length=1, max_length=80, examples=["Nightly export of the WMS"]
    )
    scopes: list[Scope] = Field(
        min_length=1,
        max_length=len(SCOPES),
        description="What the token may do; never more than the account may, also later.",
        examples=[["reports:write", "anomalies:read"]],
    )
    warehouses: list[str] | None = Field(
        default=None,
        min_length=1,
        max_length=20,
        description="The ids of the warehouses that the token is for; without it, all.",
    )
    expires_at: Moment = Field(
        description="At most 366 days from now.", examples=["2027-06-30T00:00:00Z"]
    )


class ApiTokenView(BaseModel):
    """An API token without its secret. `last_used_at` is exact to an hour."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    name: str
    scopes: list[str]
    warehouses: list[str] | None
    created_at: str
    expires_at: str
    last_used_at: str | None


class NewApiToken(ApiTokenView):
    token: str = Field(description="Shown this once. Send it as `Authorization: Bearer <token>`.")


class ApiTokenList(BaseModel):
    """Oldest first; at most 20."""

    tokens: list[ApiTokenView]
    next_cursor: None


@router.get("/users/me/tokens", tags=["Account"], summary="List your API tokens")
def list_api_tokens(caller: CurrentCaller) -> ApiTokenList:
    tokens = api_token_service().list_tokens(caller)
    return ApiTokenList(tokens=list(map(ApiTokenView.model_validate, tokens)), next_cursor=None)


@router.post(
    "/users/me/tokens",
    status_code=201,
    tags=["Account"],
    summary="Create an API token",
    openapi_extensions=may_answer(409, 429),
)
def create_api_token(
    request: ApiTokenRequest, caller: CurrentCaller, tell: TellQuota
) -> NewApiToken:
    """For scripts: takes the place of a login, within its scopes and warehouses. Routes of the
    account and of administration take a login. Answers 409 for more than 20 tokens."""
    token, text = api_token_service().create(
        caller,
        name=request.name,
        scopes=request.scopes,
        warehouses=request.warehouses,
        expires_at=request.expires_at,
        tell=tell,
    )
    return NewApiToken(**ApiTokenView.model_validate(token).model_dump(), token=text)


@router.delete(
    "/users/me/tokens/<token_id>",
    status_code=204,
    tags=["Account"],
    summary="Revoke an API token",
)
def delete_api_token(token_id: str, caller: CurrentCaller) -> None:
    """Effective within the time that the gateway remembers an answer of the authorizer."""
    api_token_service().revoke(caller, token_id)
