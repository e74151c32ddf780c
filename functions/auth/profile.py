"""Routes: the caller's own profile."""

from dataclasses import asdict
from typing import Annotated

from aws_lambda_powertools.event_handler.api_gateway import Router
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from stockwarden.bootstrap.auth import profile_service
from stockwarden.core.fields import NAME, EmailAddress
from stockwarden.http.caller import CurrentCaller, IfMatch
from stockwarden.http.problems import may_answer
from stockwarden.identity.access import Role
from stockwarden.identity.users import User
from stockwarden.notifications.kinds import NotificationKind, channels_of
from stockwarden.notifications.rendering import Language

router = Router()

DisplayName = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80), NAME
]


class PageChannel(BaseModel):
    """Whether you are told on the page."""

    page: bool


class BothChannels(PageChannel):
    """`mail`: about files of your drop folder, if the installation sends e-mails."""

    mail: bool


class Notifications(BaseModel):
    """Where you are told of what."""

    report_ready: BothChannels
    report_question: BothChannels
    report_failed: BothChannels
    assignment: PageChannel
    mention: PageChannel


class PageChannelChange(BaseModel):
    """What is not given stays as it is; null is the default again."""

    model_config = ConfigDict(extra="forbid")

    page: bool | None = None


class BothChannelsChange(PageChannelChange):
    mail: bool | None = None


class NotificationsChange(BaseModel):
    """Kinds that are not given stay as they are; null is the default again."""

    model_config = ConfigDict(extra="forbid")

    report_ready: BothChannelsChange | None = None
    report_question: BothChannelsChange | None = None
    report_failed: BothChannelsChange | None = None
    assignment: PageChannelChange | None = None
    mention: PageChannelChange | None = None


class Profile(BaseModel):
    username: str
    name: str | None = Field(description="What you want to be called.")
    email: str | None
    email_verified: bool
    pending_email: str | None = Field(description="A new address, until its mail is answered.")
    role: Role
    language: str | None = Field(description="Of the e-mails to you; null is English.")
    notifications: Notifications
    otp_enabled: bool = Field(description="Whether a login takes a code of an app.")
    created_at: str
    version: int


class ProfileChange(BaseModel):
    """What is not given stays as it is; null removes it."""

    model_config = ConfigDict(extra="forbid")

    name: DisplayName | None = Field(default=None, examples=["Ana López"])
    email: EmailAddress | None = None
    language: Language | None = None
    notifications: NotificationsChange | None = Field(
        default=None, description="null takes back all that you have chosen."
    )


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
        notifications=Notifications.model_validate(
            {str(kind): asdict(channels_of(user.notifications, kind)) for kind in NotificationKind}
        ),
        otp_enabled=user.has_second_factor,
        created_at=user.created_at,
        version=user.version,
    )
