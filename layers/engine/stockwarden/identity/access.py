"""Who may do what. Every permission question of the product is asked here and nowhere else."""

from dataclasses import dataclass
from enum import StrEnum

from stockwarden.core.errors import Forbidden, NotFound


class Role(StrEnum):
    """What an account is: people who work their own stock, or who look after everybody's."""

    USER = "user"
    ADMIN = "admin"


@dataclass(frozen=True)
class Caller:
    """Whoever the authorizer let in. `username` is canonical (lower case) and names the owner."""

    username: str
    role: str
    session_id: str

    @property
    def is_admin(self) -> bool:
        return self.role == Role.ADMIN


def may_see(caller: Caller, owner: str) -> bool:
    """Own things, and everything for an admin. `owner` is a canonical user name."""
    return caller.is_admin or caller.username == owner


def require_owner(caller: Caller, owner: str, what: str) -> None:
    """Raises NotFound for someone else's thing: an id that cannot be guessed is not confirmed.

    `what` is the thing's word in the answer: `require_owner(caller, owner, "report")`.
    """
    if not may_see(caller, owner):
        raise NotFound(f"There is no such {what}.")


def require_admin(caller: Caller) -> None:
    """Raises Forbidden."""
    if not caller.is_admin:
        raise Forbidden("Only an administrator may do this.")
