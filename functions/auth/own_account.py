"""Routes: the deletion of the caller's account."""

from typing import Annotated

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import Router
from aws_lambda_powertools.event_handler.openapi.params import Body
from pydantic import BaseModel, ConfigDict, Field

from auth.session_cookies import ended_session
from stockwarden.bootstrap.auth import own_account_service
from stockwarden.http.caller import ClientAddress, CurrentCaller
from stockwarden.http.problems import may_answer

router = Router()


class AccountDeletion(BaseModel):
    # Error texts are logged, so they must not contain the password.
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    password: str = Field(max_length=1024)
    otp: str | None = Field(
        default=None,
        max_length=64,
        description="A code of the authenticator app, or a recovery code, where the account has a "
        "second factor.",
        examples=["287082"],
    )


@router.delete(
    "/users/me",
    status_code=204,
    tags=["Account"],
    summary="Delete your account",
    openapi_extensions=may_answer(409, 412, 429, 503),
)
def delete_own_account(
    request: Annotated[AccountDeletion, Body()], caller: CurrentCaller, address: ClientAddress
) -> Response[None]:
    """Ends it at once, within the time that the gateway remembers an answer of the authorizer. What
    is only yours is removed soon after: warehouses without other members, reports with their files
    and anomalies, saved mappings. Your name is never given to anybody else. Wrong passwords count
    like failed logins. Where other people are members of your warehouses, the 409 has the type
    `urn:stockwarden:problem:still-owns` and names these in `owned`."""
    own_account_service().close(caller, request.password, request.otp, address)
    return Response(status_code=204, cookies=[ended_session()])
