"""Who may do what. Every permission question of the product is asked here and nowhere else.

What a person may do with a warehouse, its reports and their anomalies depends on their *standing*
there. Who owns it, and who is a member, is known to `warehouse.members`; what that allows, here.

| action    | viewer | operator | manager | owner | for example                                  |
|-----------|--------|----------|---------|-------|----------------------------------------------|
| see       | yes    | yes      | yes     | yes   | read everything there is                     |
| work      |        | yes      | yes     | yes   | status, assignee, due date, comments         |
| send      |        | yes      | yes     | yes   | upload reports, map, rename, analyze again   |
| configure |        |          | yes     | yes   | layout, rules; delete or move a report       |
| admit     |        |          | yes     | yes   | make viewers and operators, and remove them  |
| own       |        |          |         | yes   | make managers, delete the warehouse          |

An admin may do everything. A thing without a warehouse has only its owner.
"""

from dataclasses import dataclass
from enum import Enum, IntEnum, StrEnum

from stockwarden.core.errors import Forbidden, NotFound


class Role(StrEnum):
    """What an account is: people who work their own stock, or who look after everybody's."""

    USER = "user"
    ADMIN = "admin"


class MembershipRole(IntEnum):
    """What a person is to a thing, the weakest first."""

    STRANGER = 0
    VIEWER = 1
    OPERATOR = 2
    MANAGER = 3
    OWNER = 4

    @property
    def word(self) -> str:
        return self.name.lower()


class Action(Enum):
    """What people do with things, and the weakest standing that allows it."""

    SEE = "see", MembershipRole.VIEWER
    WORK = "work", MembershipRole.OPERATOR
    SEND = "send", MembershipRole.OPERATOR
    CONFIGURE = "configure", MembershipRole.MANAGER
    ADMIT = "admit", MembershipRole.MANAGER
    OWN = "own", MembershipRole.OWNER

    @property
    def least(self) -> MembershipRole:
        return self.value[1]


@dataclass(frozen=True)
class Caller:
    """Whoever the authorizer let in. `username` is canonical (lower case) and names the owner."""

    username: str
    role: str
    session_id: str

    @property
    def is_admin(self) -> bool:
        return self.role == Role.ADMIN


def allows(standing: MembershipRole, action: Action) -> bool:
    """Whatever the account: what the standing alone is good for."""
    return standing >= action.least


def may(caller: Caller, action: Action, standing: MembershipRole) -> bool:
    return caller.is_admin or allows(standing, action)


def require(caller: Caller, action: Action, standing: MembershipRole, what: str) -> None:
    """Raises Forbidden; NotFound if the caller may not even see the thing.

    An id that cannot be guessed is not confirmed. `what` is the thing's word in the answer.
    """
    if may(caller, action, standing):
        return
    if not may(caller, Action.SEE, standing):
        raise NotFound(f"There is no such {what}.")
    raise Forbidden(
        f"You are {_ARTICLE[standing]} of this warehouse; this takes {_ARTICLE[action.least]}."
    )


_ARTICLE = {
    MembershipRole.VIEWER: "a viewer",
    MembershipRole.OPERATOR: "an operator",
    MembershipRole.MANAGER: "a manager",
    MembershipRole.OWNER: "the owner",
}


def require_admin(caller: Caller) -> None:
    """Raises Forbidden."""
    if not caller.is_admin:
        raise Forbidden("Only an administrator may do this.")
