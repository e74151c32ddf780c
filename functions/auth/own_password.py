"""Routes: the password of the caller's account."""

from aws_lambda_powertools.event_handler.api_gateway import Router
from pydantic import BaseModel, ConfigDict, Field

from stockwarden.bootstrap.auth import password_service
from stockwarden.http.caller import ClientAddress, CurrentCaller
from stockwarden.http.problems import may_answer

router = Router()


class PasswordChange(BaseModel):
    # Error texts are logged, so they must not contain the passwords.
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    current_password: str = Field(max_length=1024)
    new_password: str = Field(max_length=1024, examples=["eleven blue pallets"])


@router.put(
    "/users/me/password",
    status_code=204,
    tags=["Account"],
    summary="Change your password",
    openapi_extensions=may_answer(412, 429),
)
def change_password(change: PasswordChange, caller: CurrentCaller, address: ClientAddress) -> None:
    """Ends all your other sessions. Wrong current passwords count like failed logins. A weak new
    password is refused with the reason."""
    password_service().change(caller, change.current_password, change.new_password, address)
