"""The cookies of a session: the refresh token, and the device that it was given to."""

from aws_lambda_powertools.shared.cookies import Cookie, SameSite

from stockwarden.http.paths import BASE_PATH

REFRESH_TOKEN, DEVICE = "refresh_token", "device"


def session_cookie(name: str, value: str, days: int) -> Cookie:
    return Cookie(
        name=name,
        value=value,
        path=f"{BASE_PATH}/auth",
        secure=True,
        http_only=True,
        max_age=days * 86_400,
        same_site=SameSite.STRICT_MODE,
    )


def ended_session() -> Cookie:
    """Takes the refresh token from the browser."""
    return session_cookie(REFRESH_TOKEN, "", days=0)
