"""Routes: registration of accounts."""

from typing import Annotated, Literal

from aws_lambda_powertools.event_handler.api_gateway import Router
from pydantic import BaseModel, ConfigDict, Field

from stockwarden.bootstrap.auth import registration_service
from stockwarden.core.fields import NAME, EmailAddress
from stockwarden.http.caller import ClientAddress, RequestId
from stockwarden.http.problems import may_answer
from stockwarden.http.quota_fields import TellQuota
from stockwarden.notifications.rendering import Language

router = Router()


class Registration(BaseModel):
    # Error texts are logged, so they must not contain the password.
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    username: Annotated[str, NAME] = Field(max_length=256, examples=["ana.lopez"])
    password: str = Field(max_length=1024, examples=["eleven blue pallets"])
    email: EmailAddress | None = None
    invitation: str | None = Field(
        default=None, max_length=128, description="The text in the link of an invitation."
    )
    language: Language | None = Field(default=None, description="Of the e-mails to you.")


class Registered(BaseModel):
    message: Literal["New user created!"]
    username: str


@router.post(
    "/auth/register",
    status_code=201,
    tags=["Authentication"],
    summary="Create an account",
    openapi_extensions=may_answer(403, 409, 429),
)
def register(
    registration: Registration, address: ClientAddress, request_id: RequestId, tell: TellQuota
) -> Registered:
    """User names are unique, whether in upper or lower case, and none looks like another. A weak
    password is refused with the reason. Answers 403 where registration is closed, or by invitation
    and there is none that holds; an invitation says the role and the warehouses of the account. An
    e-mail address gets a mail with a link that verifies it."""
    user = registration_service().register(
        registration.username,
        registration.password,
        address,
        email=registration.email,
        invitation=registration.invitation,
        language=registration.language,
        request_id=request_id,
        tell=tell,
    )
    return Registered(message="New user created!", username=user.name)
