"""Validators for texts of requests, as annotations: `Annotated[str, StringConstraints(…), NAME]`.

Put the validator last: it checks the text as sent, before trimming. Loads Pydantic.
"""

from collections.abc import Callable
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field

from stockwarden.core.emails import MAX_LENGTH, is_email
from stockwarden.core.text import check_free_text, check_name


def _of_text(check: Callable[[str], str]) -> BeforeValidator:
    """Applies `check` to strings; other values are left to the type of the field."""

    def checked(value: Any) -> Any:
        return check(value) if isinstance(value, str) else value

    return BeforeValidator(checked)


NAME = _of_text(check_name)
FREE_TEXT = _of_text(check_free_text)


def _check_email(text: str) -> str:
    if not is_email(text):
        raise ValueError("An e-mail address looks like ana@example.com")
    return text


EmailAddress = Annotated[
    str,
    AfterValidator(_check_email),
    NAME,
    Field(
        max_length=MAX_LENGTH, json_schema_extra={"format": "email"}, examples=["ana@example.com"]
    ),
]
