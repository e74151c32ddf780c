"""The account of somebody: address, password, second factor and sessions."""

import secrets
import time
from typing import Any

from stockwarden.identity import totp
from tests.e2e.conftest import Deployment
from tests.e2e.mailbox import mails_to, token_mailed
from tests.e2e.visitor import Visitor, eventually

FIRST, SECOND, THIRD = "eleven blue pallets", "seven green forklifts", "nine yellow ladders"


def manage_account(visit: Visitor, deployment: Deployment) -> None:
    name = f"account.{secrets.token_hex(6)}"
    email = f"{name}@example.com"
    order = {"username": name, "password": FIRST, "email": email, "language": "es"}
    visit("POST", "/auth/register", expect=201, json=order)
    token = token_mailed(deployment, name, "Confirma tu dirección")
    visit("POST", "/auth/email/verify", expect=200, json={"token": token})
    visit("POST", "/auth/password/forgot", expect=202, json={"email": email})
    reset = {"token": token_mailed(deployment, name, "Elige una contraseña"), "password": SECOND}
    visit("POST", "/auth/password/reset", expect=204, json=reset)
    me = sign_in(visit, email, SECOND)
    profile = visit("GET", "/users/me", expect=200, headers=me)
    assert (profile["email"], profile["email_verified"]) == (email, True)
    visit("PATCH", "/users/me", expect=200, headers=me, json={"name": "Ana", "language": "en"})
    change = {"current_password": SECOND, "new_password": THIRD}
    visit("PUT", "/users/me/password", expect=204, headers=me, json=change)
    use_second_factor(visit, me, email)
    end_sessions(visit, me, email)
    eventually("the notice", lambda: mails_to(deployment, name, "no longer takes a code"))
    me = sign_in(visit, email, THIRD)
    visit("DELETE", "/users/me", expect=204, headers=me, json={"password": THIRD})
    gone = {"email": email, "password": THIRD}
    visit("POST", "/auth/login", expect=401, json=gone)


def sign_in(visit: Visitor, email: str, password: str, **more: str) -> dict[str, str]:
    credentials = {"email": email, "password": password, **more}
    tokens = visit("POST", "/auth/login", expect=200, json=credentials)
    return {"Authorization": f"Bearer {tokens['access_token']}"}


def use_second_factor(visit: Visitor, me: dict[str, str], email: str) -> None:
    again = {"password": THIRD}
    secret = visit("POST", "/users/me/otp", expect=201, headers=me, json=again)["secret"]
    code = totp.code_at(secret, int(time.time()) // totp.STEP_SECONDS)
    confirmed: dict[str, Any] = visit(
        "POST", "/users/me/otp/confirm", expect=200, headers=me, json={"code": code}
    )
    credentials = {"email": email, "password": THIRD}
    refusal = visit("POST", "/auth/login", expect=401, json=credentials)
    assert refusal["type"].endswith(":otp-required")
    sign_in(visit, email, THIRD, otp=confirmed["recovery_codes"][0])
    visit("DELETE", "/users/me/otp", expect=204, headers=me, json=again)


def end_sessions(visit: Visitor, me: dict[str, str], email: str) -> None:
    sign_in(visit, email, THIRD)
    sessions = visit("GET", "/users/me/sessions", expect=200, headers=me)["sessions"]
    assert [session["current"] for session in sessions].count(True) == 1
    other = next(session["id"] for session in sessions if not session["current"])
    visit("DELETE", f"/users/me/sessions/{other}", expect=204, headers=me)
    visit("DELETE", "/users/me/sessions", expect=204, headers=me)
    (left,) = visit("GET", "/users/me/sessions", expect=200, headers=me)["sessions"]
    assert left["current"] and left["user_agent"]
