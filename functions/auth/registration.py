"""Routes: registration of accounts."""

from typing import Annotated, Literal

from aws_lambda_powertools.event_handler.api_gateway import Router
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from stockwarden.bootstrap.auth import identity_service
from stockwarden.core.fields import NAME
from stockwarden.http.caller import ClientAddress
from stockwarden.http.problems import may_answer
from stockwarden.identity.emails import MAX_LENGTH, is_email

router = Router()


def _email(text: str) -> str:
    if not is_email(text):
        raise ValueError("An e-mail address looks like ana@example.com")
    return text


Email = Annotated[
    str,
    AfterValidator(_email),
    NAME,
    Field(
        max_length=MAX_LENGTH, json_schema_extra={"format": "email"}, examples=["ana@example.com"]
    ),
]


class Registration(BaseModel):
    # Error texts are logged, so they must not contain the password.
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    username: Annotated[str, NAME] = Field(max_length=256, examples=["ana.lopez"])
    password: str = Field(max_length=1024, examples=["eleven blue pallets"])
    email: Email | None = None


class Registered(BaseModel):
    message: Literal["New user created!"]
    username: str


@router.post(
    "/auth/register",
    status_code=201,
    tags=["Authentication"],
    summary="Create an account",
    openapi_extensions=may_answer(409, 429),
)
def register(registration: Registration, address: ClientAddress) -> Registered:
    """User names are unique, whether in upper or lower case. A weak password is refused with the
    reason."""
    user = identity_service().register(
        registration.username, registration.password, registration.email, address
    )
    return Registered(message="New user created!", username=user.name)
