"""Routes: the second factor of the caller's account."""

from typing import Annotated

from aws_lambda_powertools.event_handler.api_gateway import Router
from aws_lambda_powertools.event_handler.openapi.params import Body
from pydantic import BaseModel, ConfigDict, Field

from stockwarden.bootstrap.auth import second_factor_service
from stockwarden.http.caller import ClientAddress, CurrentCaller
from stockwarden.http.problems import may_answer
from stockwarden.http.quota_fields import TellQuota

router = Router()


class PasswordAgain(BaseModel):
    # Error texts are logged, so they must not contain the password.
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    password: str = Field(max_length=1024)


class FirstCode(BaseModel):
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    code: str = Field(max_length=20, examples=["287082"])


class SecondFactorSetup(BaseModel):
    secret: str = Field(description="In Base32, for typing it into the app.")
    uri: str = Field(description="To be shown as a QR code.")


class RecoveryCodes(BaseModel):
    recovery_codes: list[str] = Field(
        description="Shown this once. Each signs in once, in the place of a code of the app."
    )


@router.post(
    "/users/me/otp",
    status_code=201,
    tags=["Account"],
    summary="Begin to use an authenticator app",
    openapi_extensions=may_answer(409, 429),
)
def begin_second_factor(
    request: PasswordAgain, caller: CurrentCaller, address: ClientAddress, tell: TellQuota
) -> SecondFactorSetup:
    """The secret for the app (RFC 6238: SHA-1, six digits, 30 seconds). Logins take a code once a
    first one has confirmed it, within an hour."""
    setup = second_factor_service().begin(caller, request.password, address, tell)
    return SecondFactorSetup(secret=setup.secret, uri=setup.uri)


@router.post(
    "/users/me/otp/confirm",
    tags=["Account"],
    summary="Turn the second factor on",
    openapi_extensions=may_answer(409),
)
def confirm_second_factor(request: FirstCode, caller: CurrentCaller) -> RecoveryCodes:
    """From now on a login takes a code of the app, or one of these recovery codes, as `otp`."""
    return RecoveryCodes(recovery_codes=second_factor_service().confirm(caller, request.code))


@router.delete(
    "/users/me/otp",
    status_code=204,
    tags=["Account"],
    summary="Turn the second factor off",
    openapi_extensions=may_answer(409, 429),
)
def turn_second_factor_off(
    request: Annotated[PasswordAgain, Body()], caller: CurrentCaller, address: ClientAddress
) -> None:
    """From now on the password is enough. The recovery codes end too."""
    second_factor_service().turn_off(caller, request.password, address)
