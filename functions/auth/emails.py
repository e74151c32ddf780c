"""Routes: the verification of an e-mail address."""

from aws_lambda_powertools.event_handler.api_gateway import Router
from pydantic import BaseModel, ConfigDict, Field

from stockwarden.bootstrap.auth import profile_service
from stockwarden.http.caller import ClientAddress, RequestId
from stockwarden.http.problems import may_answer

router = Router()


class EmailVerification(BaseModel):
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    token: str = Field(max_length=256, description="From the link in the e-mail.")


class VerifiedEmail(BaseModel):
    email: str


@router.post(
    "/auth/email/verify",
    tags=["Authentication"],
    summary="Verify an e-mail address by the link of an e-mail",
    openapi_extensions=may_answer(409),
)
def verify_email(
    verification: EmailVerification, address: ClientAddress, request_id: RequestId
) -> VerifiedEmail:
    """The address is the account's from now on, and signs in to it. Answers 409 if another account
    has verified it."""
    email = profile_service().verify_email(
        verification.token, source=address, request_id=request_id
    )
    return VerifiedEmail(email=email)
