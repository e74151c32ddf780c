"""Passwords: Argon2id as OWASP recommends it, and which ones are too weak to take.

The rules follow NIST SP 800-63B: length and a list of common ones, no recipe of characters.
"""

import unicodedata
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

from stockwarden.core.errors import Invalid

MIN_LENGTH = 10
MAX_LENGTH = 128
_MIN_DISTINCT = 5

_HASHER = PasswordHasher(
    time_cost=2, memory_cost=19 * 1024, parallelism=1, hash_len=32, salt_len=16, type=Type.ID
)
# Verified where there is no such user, so that both refusals take one verification. No password
# leads to it: it is the hash of random bytes that were thrown away.
_NOBODY = (
    "$argon2id$v=19$m=19456,t=2,p=1$gG1DAg1m/kGGFA396BidoQ$"
    "Jf5i+sRK8x8C3h5kGYeil5C6wxi3WCX1O5JojTGYwD0"
)


def hash_password(password: str) -> str:
    """The encoded hash with its parameters and a fresh salt, about 100 characters."""
    return _HASHER.hash(_normal(password))


def verify(stored: str | None, password: str) -> bool:
    """Whether `password` made the hash `stored`; None (no such user) takes as long to refuse."""
    try:
        matches = _HASHER.verify(stored or _NOBODY, _normal(password))
    except (VerificationError, InvalidHashError):
        return False
    return matches and stored is not None


def needs_rehash(stored: str) -> bool:
    """Whether the hash was made with other parameters than the current ones."""
    return _HASHER.check_needs_rehash(stored)


def check_strength(password: str, username: str) -> None:
    """Raises Invalid at /password, saying what to do."""
    weakness = _weakness(_normal(password), username.casefold())
    if weakness:
        raise Invalid.field("/password", weakness)


def _weakness(password: str, username: str) -> str | None:
    folded = password.casefold()
    if len(password) < MIN_LENGTH:
        return f"Use at least {MIN_LENGTH} characters."
    if len(password) > MAX_LENGTH:
        return f"Use at most {MAX_LENGTH} characters."
    if len(set(folded)) < _MIN_DISTINCT:
        return f"Use at least {_MIN_DISTINCT} different characters."
    if len(username) > 3 and username in folded:
        return "Leave your user name out of the password."
    if folded in _common() or _is_run(folded):
        return "This password is among the first that are tried; choose another."
    return None


def _is_run(password: str) -> bool:
    """Neighbours only: abcdefghij, 0987654321, a walk along a row of the keyboard, repeated."""
    rows = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm")
    neighbours = {row[i : i + 2] for row in rows for i in range(len(row) - 1)}
    neighbours |= {pair[::-1] for pair in neighbours}
    pairs = [password[i : i + 2] for i in range(len(password) - 1)]
    unlike = sum(pair not in neighbours for pair in pairs)
    return unlike <= len(password) // 8


def _normal(password: str) -> str:
    """One spelling for what looks the same, whatever keyboard it came from."""
    return unicodedata.normalize("NFKC", password)


@cache
def _common() -> frozenset[str]:
    text = Path(__file__).with_name("common_passwords.txt").read_text(encoding="utf-8")
    return frozenset(text.split())
