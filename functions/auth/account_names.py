"""What requests about accounts have in common: an e-mail address, and the name of an account."""

from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, Field, model_validator

from stockwarden.core.fields import NAME
from stockwarden.identity.emails import MAX_LENGTH, is_email


def _email(text: str) -> str:
    if not is_email(text):
        raise ValueError("An e-mail address looks like ana@example.com")
    return text


Email = Annotated[
    str,
    AfterValidator(_email),
    NAME,
    Field(
        max_length=MAX_LENGTH, json_schema_extra={"format": "email"}, examples=["ana@example.com"]
    ),
]


class AccountName(BaseModel):
    username: str | None = Field(
        default=None,
        max_length=256,
        description="The user name, or the e-mail address.",
        examples=["ana.lopez"],
    )
    email: str | None = Field(
        default=None, max_length=256, description="In the place of `username`."
    )

    @property
    def login(self) -> str:
        return self.username if self.username is not None else self.email or ""

    @model_validator(mode="after")
    def _one_name(self) -> Self:
        if (self.username is None) == (self.email is None):
            raise ValueError("Send either username or email")
        return self
