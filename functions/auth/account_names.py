"""What requests about accounts have in common: the name of an account."""

from typing import Self

from pydantic import BaseModel, Field, model_validator


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
