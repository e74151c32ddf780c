"""Routes: the caller's own profile."""

from typing import Annotated

from aws_lambda_powertools.event_handler.api_gateway import Router
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from stockwarden.bootstrap.auth import profile_service
from stockwarden.core.fields import NAME, EmailAddress
from stockwarden.http.caller import CurrentCaller, IfMatch
from stockwarden.http.problems import may_answer
from stockwarden.identity.access import Role
from stockwarden.identity.users import User
from stockwarden.notifications.rendering import Language

router = Router()

DisplayName = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80), NAME
]


class Profile(BaseModel):
    username: str
    name: str | None = Field(description="What you want to be called.")
    email: str | None
    email_verified: bool
    pending_email: str | None = Field(description="A new address, until its mail is answered.")
    role: Role
    language: str | None = Field(description="Of the e-mails to you; null is English.")
    otp_enabled: bool = Field(description="Whether a login takes a code of an app.")
    created_at: str
    version: int


class ProfileChange(BaseModel):
    """What is not given stays as it is; null removes it."""

    model_config = ConfigDict(extra="forbid")

    name: DisplayName | None = Field(default=None, examples=["Ana López"])
    email: EmailAddress | None = None
    language: Language | None = None


@router.get("/users/me", tags=["Account"], summary="Read your profile")
def get_profile(caller: CurrentCaller) -> Profile:
    return _view(profile_service().find_profile(caller))


@router.patch(
    "/users/me",
    tags=["Account"],
    summary="Change your profile",
    openapi_extensions=may_answer(409, 412, 429, 503),
)
def change_profile(
    change: ProfileChange, caller: CurrentCaller, expected_version: IfMatch = None
) -> Profile:
    """A new e-mail address gets a mail with a link, and is yours once you have followed it; until
    then it is `pending_email`. Give it again for another mail."""
    given = change.model_dump(exclude_unset=True)
    if "name" in given:
        given["display_name"] = given.pop("name")
    return _view(profile_service().change(caller, given, expected_version))


def _view(user: User) -> Profile:
    return Profile(
        username=user.name,
        name=user.display_name,
        email=user.email,
        email_verified=user.email_verified,
        pending_email=user.pending_email,
        role=user.role,
        language=user.language,
        otp_enabled=user.has_second_factor,
        created_at=user.created_at,
        version=user.version,
    )
