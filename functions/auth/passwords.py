"""Routes: a forgotten password."""

from aws_lambda_powertools.event_handler.api_gateway import Router
from pydantic import BaseModel, ConfigDict, Field

from auth.account_names import AccountName
from stockwarden.bootstrap.auth import password_service
from stockwarden.http.caller import ClientAddress, RequestId
from stockwarden.http.problems import may_answer

router = Router()


class ForgottenPassword(AccountName):
    model_config = ConfigDict(extra="forbid")


class PasswordReset(BaseModel):
    # Error texts are logged, so they must not contain the password.
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    token: str = Field(max_length=256, description="From the link in the e-mail.")
    password: str = Field(max_length=1024, examples=["eleven blue pallets"])


class MailPromised(BaseModel):
    message: str


@router.post(
    "/auth/password/forgot",
    status_code=202,
    tags=["Authentication"],
    summary="Ask for a new password by e-mail",
    openapi_extensions=may_answer(429, 503),
)
def forgot_password(forgotten: ForgottenPassword, address: ClientAddress) -> MailPromised:
    """The answer is the same whether there is such an account or not. The link in the e-mail is
    valid once, for 30 minutes."""
    password_service().ask_for_reset(forgotten.login, address)
    return MailPromised(
        message="If there is such an account and it has an e-mail address, a link is on its way."
    )


@router.post(
    "/auth/password/reset",
    status_code=204,
    tags=["Authentication"],
    summary="Choose a new password by the link of an e-mail",
)
def reset_password(reset: PasswordReset, address: ClientAddress, request_id: RequestId) -> None:
    """Ends all sessions of the account. A weak password is refused with the reason, and the link
    stays valid."""
    password_service().reset(reset.token, reset.password, address=address, request_id=request_id)
