"""Time-based one-time passwords as authenticator apps make them: RFC 6238 with SHA-1, six digits
and steps of 30 seconds, the only parameters that all apps know."""

import base64
import hmac
import secrets
from urllib.parse import quote, urlencode

STEP_SECONDS = 30
DIGITS = 6
# Steps before and after the current one whose codes are taken, for clocks that differ.
TOLERANCE = 1

_ISSUER = "Stockwarden"
# As RFC 4226 recommends: as long as the hash.
_SECRET_BYTES = 20


def new_secret() -> str:
    """A random secret in Base32, 32 characters, as apps take it."""
    return base64.b32encode(secrets.token_bytes(_SECRET_BYTES)).decode()


def code_at(secret: str, step: int) -> str:
    """The code of a step, counted from 1970 (RFC 4226, section 5.3)."""
    mac = hmac.digest(base64.b32decode(secret), step.to_bytes(8), "sha1")
    offset = mac[-1] & 0xF
    number = int.from_bytes(mac[offset : offset + 4]) & 0x7FFF_FFFF
    return str(number % 10**DIGITS).zfill(DIGITS)


def matching_step(secret: str, code: str, seconds: float, after: int = -1) -> int | None:
    """The step whose code this is, if it is near the time `seconds` and later than the step
    `after`, whose code was used already; else None."""
    current = int(seconds) // STEP_SECONDS
    steps = range(max(current - TOLERANCE, after + 1), current + TOLERANCE + 1)
    matches = [step for step in steps if hmac.compare_digest(code_at(secret, step), code)]
    return matches[0] if matches else None


def provisioning_uri(secret: str, username: str) -> str:
    """What an app reads from a QR code."""
    query = urlencode({"secret": secret, "issuer": _ISSUER})
    return f"otpauth://totp/{_ISSUER}:{quote(username)}?{query}"
