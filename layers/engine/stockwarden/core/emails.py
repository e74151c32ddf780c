"""E-mail addresses: their shape, and the form in which two are compared."""

import re

MAX_LENGTH = 254

_SHAPE = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")


def is_email(text: str) -> bool:
    """Only the shape: whether an address exists is known once a mail has reached it."""
    return len(text) <= MAX_LENGTH and text.isprintable() and _SHAPE.fullmatch(text) is not None


def normal_email(address: str) -> str:
    """`" Ana@Example.com "` is `"ana@example.com"`, by which accounts are found."""
    return address.strip().casefold()
