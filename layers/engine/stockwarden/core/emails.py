"""E-mail addresses in requests. Loads Pydantic."""

import re
from typing import Annotated

from pydantic import AfterValidator, Field

from stockwarden.core.fields import NAME

_SHAPE = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")


def _check_shape(text: str) -> str:
    """Only the shape: whether an address exists is known once a mail has reached it."""
    if not _SHAPE.fullmatch(text):
        raise ValueError("An e-mail address looks like ana@example.com")
    return text


Email = Annotated[
    str,
    AfterValidator(_check_shape),
    NAME,
    Field(max_length=254, json_schema_extra={"format": "email"}, examples=["ana@example.com"]),
]
