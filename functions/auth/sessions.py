"""Routes: login, refresh and logout."""

from typing import Annotated, Literal

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import Router
from aws_lambda_powertools.event_handler.openapi.params import Body, Cookie, Header
from pydantic import BaseModel, ConfigDict, Field

from auth.account_names import AccountName
from auth.session_cookies import DEVICE, REFRESH_TOKEN, ended_session, session_cookie
from stockwarden.bootstrap import stores
from stockwarden.bootstrap.auth import identity_service
from stockwarden.http.caller import ClientAddress, RequestId
from stockwarden.http.problems import may_answer
from stockwarden.http.quota_fields import TellQuota
from stockwarden.identity.access import Role
from stockwarden.identity.service import SignedIn

router = Router()

RefreshCookie = Annotated[
    str | None, Cookie(alias=REFRESH_TOKEN, description="The cookie that login sets.")
]
DeviceCookie = Annotated[
    str | None,
    Cookie(
        alias=DEVICE,
        description="The cookie that login and refresh set. With it, the wrong passwords of others "
        "do not make the account's owner wait.",
    ),
]

UserAgent = Annotated[str | None, Header(alias="User-Agent", include_in_schema=False)]


class Credentials(AccountName):
    # Error texts are logged, so they must not contain the password.
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    password: str = Field(max_length=1024, examples=["eleven blue pallets"])
    otp: str | None = Field(
        default=None,
        max_length=64,
        description="A code of the authenticator app, or a recovery code, where the account has a "
        "second factor.",
        examples=["287082"],
    )


class Refresh(BaseModel):
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    refresh_token: str | None = Field(default=None, max_length=256)
    device_key: str | None = Field(
        default=None,
        min_length=16,
        max_length=128,
        description="A random text that the client creates once and keeps. Within 60 seconds of a "
        "refresh, a request with the same key gets the same refresh token again, so "
        "that neither a lost answer nor several tabs end the session. Without a key, "
        "using a refresh token twice ends the session.",
        examples=["0f6c1d7e-5a35-4a52-9f1e-3a2a58f3f6b4"],
    )


class Tokens(BaseModel):
    token: str
    access_token: str = Field(description="The same as `token`.")
    token_type: Literal["Bearer"]
    expires_in: int = Field(description="The life of `token`, in seconds.")
    refresh_token: str
    username: str
    role: Role


@router.post(
    "/auth/login",
    tags=["Authentication"],
    summary="Sign in",
    openapi_extensions=may_answer(401, 429),
)
def login(
    credentials: Credentials,
    address: ClientAddress,
    request_id: RequestId,
    tell: TellQuota,
    *,
    device: DeviceCookie = None,
    user_agent: UserAgent = None,
) -> Response[Tokens]:
    """Takes the user name or the e-mail address. Returns an access token and a refresh token, which
    is also set as an HttpOnly cookie. Another cookie makes this device known: on a known device,
    only its own wrong passwords make a sign-in wait. Where the password is right and a code is
    needed or wrong, the 401 has the type `urn:stockwarden:problem:otp-required`."""
    login_name, password = credentials.login, credentials.password
    service = identity_service()
    signed_in = service.login(
        login_name,
        password,
        address,
        device,
        otp=credentials.otp,
        user_agent=user_agent or "",
        request_id=request_id,
        tell=tell,
    )
    return _answer(signed_in)


@router.post(
    "/auth/refresh",
    tags=["Authentication"],
    summary="Get a new access token",
    openapi_extensions=may_answer(401),
)
def refresh(
    address: ClientAddress,
    request_id: RequestId,
    body: Annotated[Refresh | None, Body()] = None,
    cookie: RefreshCookie = None,
    device: DeviceCookie = None,
) -> Response[Tokens]:
    """Takes the refresh token from the body or, without one, from the cookie. A refresh token is
    valid once: the answer has the next one, and using the old one again ends the session for
    everyone who has it. A client that may have to repeat a request sends a `device_key`."""
    sent = body or Refresh()
    token = sent.refresh_token or cookie
    signed_in = identity_service().refresh(
        token, sent.device_key, device, address=address, request_id=request_id
    )
    return _answer(signed_in)


@router.post(
    "/auth/logout",
    status_code=204,
    tags=["Authentication"],
    summary="Sign out",
    openapi_extensions={**may_answer(401), "security": [{"bearer": []}, {}]},
)
def logout(
    address: ClientAddress,
    request_id: RequestId,
    body: Annotated[Refresh | None, Body()] = None,
    authorization: Annotated[str | None, Header(include_in_schema=False)] = None,
    cookie: RefreshCookie = None,
) -> Response[None]:
    """Ends the session of the access token; without one, of the refresh token or the cookie."""
    scheme, _, token = (authorization or "").partition(" ")
    access_token = token.strip() if scheme.lower() == "bearer" else None
    refresh_token = (body and body.refresh_token) or cookie
    identity_service().logout(access_token, refresh_token, address=address, request_id=request_id)
    return Response(status_code=204, cookies=[ended_session()])


def _answer(signed_in: SignedIn) -> Response[Tokens]:
    settings = stores.settings()
    return Response(
        status_code=200,
        content_type="application/json",
        body=Tokens(
            token=signed_in.token,
            access_token=signed_in.token,
            token_type="Bearer",  # noqa: S106 - its kind
            expires_in=signed_in.expires_in,
            refresh_token=signed_in.refresh_token,
            username=signed_in.username,
            role=signed_in.role,
        ),
        cookies=[
            session_cookie(
                REFRESH_TOKEN, signed_in.refresh_token, days=settings.refresh_token_days
            ),
            session_cookie(DEVICE, signed_in.device, days=settings.device_days),
        ],
    )
