"""Hashes passwords with Argon2id as OWASP recommends it, and refuses weak ones.

The rules follow NIST SP 800-63B: length and a list of common passwords, no required characters.
"""

import re
import unicodedata
from functools import cache
from itertools import pairwise
from pathlib import Path

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

from stockwarden.core.errors import Invalid

MIN_LENGTH = 10
MAX_LENGTH = 128
_MIN_DISTINCT = 5
# Shorter cores of common passwords are chance, not words.
_SHORTEST_WORD = 4
_ENDS = re.compile(r"^[\W\d_]+|[\W\d_]+$")

_HASHER = PasswordHasher(
    time_cost=2, memory_cost=19 * 1024, parallelism=1, hash_len=32, salt_len=16, type=Type.ID
)
# Verified for unknown users, so that both refusals take one verification. No password matches it:
# it is the hash of random bytes that were discarded.
_NOBODY = (
    "$argon2id$v=19$m=19456,t=2,p=1$gG1DAg1m/kGGFA396BidoQ$"
    "Jf5i+sRK8x8C3h5kGYeil5C6wxi3WCX1O5JojTGYwD0"
)


def hash_password(password: str) -> str:
    """The encoded hash with its parameters and a fresh salt, about 100 characters."""
    return _HASHER.hash(_normal(password))


def verify(stored: str | None, password: str) -> bool:
    """Whether `password` matches the hash `stored`; None (no such user) takes the same time."""
    try:
        matches = _HASHER.verify(stored or _NOBODY, _normal(password))
    except (VerificationError, InvalidHashError):
        return False
    return matches and stored is not None


def needs_rehash(stored: str) -> bool:
    """Whether the hash has other parameters than the current ones."""
    return _HASHER.check_needs_rehash(stored)


def check_strength(password: str, username: str, pointer: str = "/password") -> None:
    """Raises Invalid at `pointer` with advice for a weak password."""
    weakness = _weakness(_normal(password), username.casefold())
    if weakness:
        raise Invalid.field(pointer, weakness)


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
    if _core(folded) in _common_cores():
        return "A common word with digits or signs around it is soon tried; choose another."
    return None


def _core(password: str) -> str:
    """What is between the digits and signs at both ends: `password` of `123password!`."""
    return _ENDS.sub("", password)


def _is_run(password: str) -> bool:
    """Whether nearly all pairs are neighbours in the alphabet, the digits or a keyboard row."""
    rows = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm")
    neighbours = {"".join(pair) for row in rows for pair in pairwise(row)}
    neighbours |= {pair[::-1] for pair in neighbours}
    breaks = sum("".join(pair) not in neighbours for pair in pairwise(password))
    return breaks <= len(password) // 8


def _normal(password: str) -> str:
    """The NFKC form, so that passwords that look the same are the same on any keyboard."""
    return unicodedata.normalize("NFKC", password)


@cache
def _common_cores() -> frozenset[str]:
    return frozenset(core for core in map(_core, _common()) if len(core) >= _SHORTEST_WORD)


@cache
def _common() -> frozenset[str]:
    text = Path(__file__).with_name("common_passwords.txt").read_text(encoding="utf-8")
    return frozenset(text.split())
