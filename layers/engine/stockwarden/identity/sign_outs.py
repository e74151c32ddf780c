"""Ends all sessions or API tokens of an account at once, with one write.

The profile counts how often that happened; a session and an API token hold the count at which they
began, and have ended once the profile's is higher. A count needs no clocks that agree: a sign-in
that read the profile before it changed has ended too, whenever its session was stored. The readers
of sessions and tokens read the profile anyway.
"""

from dataclasses import dataclass
from typing import Any

from stockwarden.storage.attributes import Item


@dataclass(frozen=True)
class SignOuts:
    """`sessions` and `api_tokens` are counts. The session with the id `kept` did not end with the
    last one."""

    sessions: int = 0
    kept: str | None = None
    api_tokens: int = 0

    def have_ended_session(self, session_id: str, began_at: int) -> bool:
        return began_at < self.sessions and session_id != self.kept

    def have_ended_api_token(self, began_at: int) -> bool:
        return began_at < self.api_tokens


def sign_outs_of(profile: Item) -> SignOuts:
    return SignOuts(
        sessions=profile.get("session_sign_outs", 0),
        kept=profile.get("kept_session"),
        api_tokens=profile.get("api_token_sign_outs", 0),
    )


def ending(*, keep: str | None, api_tokens: bool = False, **changes: Any) -> tuple[str, Item]:
    """The update of a profile that ends its sessions but `keep` and makes `changes`, and its
    values."""
    assigned = {"kept_session": keep, **changes}
    counted = ["session_sign_outs", *(["api_token_sign_outs"] if api_tokens else [])]
    sets = ", ".join(f"#{name} = :{name}" for name in assigned)
    counts = ", ".join(f"#{name} :one" for name in counted)
    return f"SET {sets} ADD {counts}", {**assigned, "one": 1}
