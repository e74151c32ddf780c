"""Routes: the accounts of the company, for administrators."""

from typing import Annotated, Literal, Self

from aws_lambda_powertools.event_handler.api_gateway import Router
from aws_lambda_powertools.event_handler.openapi.params import Path, Query
from pydantic import BaseModel, ConfigDict, Field, model_validator

from stockwarden.bootstrap.admin import account_removal_service, people_service
from stockwarden.http.caller import CurrentCaller, IfMatch
from stockwarden.http.pages import Cursor, Limit
from stockwarden.http.problems import may_answer
from stockwarden.identity.access import Role

router = Router()

Username = Annotated[str, Path(min_length=1, max_length=64)]


class UserView(BaseModel):
    """An account. `user_id` is what logs have instead of the name."""

    model_config = ConfigDict(from_attributes=True)

    username: str
    user_id: str
    name: str = Field(description="The name as it was spelled at registration.")
    email: str | None
    role: Role
    disabled: bool
    created_at: str
    version: int


class UserPage(BaseModel):
    """By name. A page of a filtered list may be short, or empty, and have a next one."""

    users: list[UserView]
    next_cursor: str | None


class UserChange(BaseModel):
    model_config = ConfigDict(extra="forbid")

    role: Role | None = None
    disabled: bool | None = Field(
        default=None, description="A disabled account cannot sign in, and its API tokens end."
    )

    @model_validator(mode="after")
    def _has_something(self) -> Self:
        if self.role is None and self.disabled is None:
            raise ValueError("Give role, disabled, or both")
        return self


@router.get("/users", tags=["Administration"], summary="List the accounts")
def list_users(
    caller: CurrentCaller,
    *,
    q: Annotated[str | None, Query(max_length=64, description="How the name begins.")] = None,
    role: Role | None = None,
    status: Literal["active", "disabled"] | None = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> UserPage:
    """Takes an administrator, as all routes of administration do."""
    users, more = people_service().list_users(
        caller, limit, cursor, beginning=q, role=role, status=status
    )
    return UserPage(users=list(map(UserView.model_validate, users)), next_cursor=more)


@router.get("/users/<username>", tags=["Administration"], summary="Get an account")
def get_user(username: Username, caller: CurrentCaller) -> UserView:
    return UserView.model_validate(people_service().find_user(caller, username))


@router.patch(
    "/users/<username>",
    tags=["Administration"],
    summary="Change the role of an account, or disable it",
    openapi_extensions=may_answer(409),
)
def change_user(
    username: Username, request: UserChange, caller: CurrentCaller, expected_version: IfMatch
) -> UserView:
    """Effective within the time that the gateway remembers an answer of the authorizer. The last
    administrator cannot be demoted or disabled: 409."""
    user = people_service().change_user(
        caller, username, expected_version, role=request.role, disabled=request.disabled
    )
    return UserView.model_validate(user)


@router.delete(
    "/users/<username>",
    status_code=204,
    tags=["Administration"],
    summary="Delete an account",
    openapi_extensions=may_answer(409, 503),
)
def delete_user(
    username: Username,
    caller: CurrentCaller,
    expected_version: IfMatch,
    transfer_to: Annotated[
        str | None,
        Query(
            min_length=1,
            max_length=64,
            description="The user name of who gets the person's warehouses and reports.",
        ),
    ] = None,
) -> None:
    """Nobody signs in with it, lists it or finds it from now on. What its owner owns is handed
    over, and the rest removed, soon after. Where there is something and `transfer_to` is missing,
    the 409 has the type `urn:stockwarden:problem:still-owns` and names it in `owned`. May be
    repeated until all is done. Names in histories stay; a name is never given to anybody else."""
    account_removal_service().remove(caller, username, expected_version, transfer_to)


@router.delete(
    "/users/<username>/sessions",
    status_code=204,
    tags=["Administration"],
    summary="Sign an account out everywhere",
)
def end_user_sessions(username: Username, caller: CurrentCaller) -> None:
    """Ends all its sessions and API tokens, within the time that the gateway remembers an answer of
    the authorizer. The account may sign in again, unless it is disabled."""
    people_service().end_sessions(caller, username)
