"""Authorization: roles, actions and the checks between them. All permissions are decided here.

A user's permissions on a warehouse, its reports and anomalies depend on the membership role.
`warehouse.members` stores the roles; this module defines what each role allows.

| action    | viewer | operator | manager | owner | for example                                  |
|-----------|--------|----------|---------|-------|----------------------------------------------|
| see       | yes    | yes      | yes     | yes   | read everything there is                     |
| work      |        | yes      | yes     | yes   | status, assignee, due date, comments         |
| send      |        | yes      | yes     | yes   | upload reports, map, rename, analyze again   |
| configure |        |          | yes     | yes   | layout, rules; delete or move a report       |
| admit     |        |          | yes     | yes   | make viewers and operators, and remove them  |
| own       |        |          |         | yes   | make managers, delete the warehouse          |

An admin may do everything. A resource without a warehouse has only its owner.
"""

from dataclasses import dataclass
from enum import Enum, IntEnum, StrEnum

from stockwarden.core.errors import Forbidden, NotFound


class Role(StrEnum):
    """The role of an account: a user works with their own and shared stock, an admin looks after
    everybody's."""

    USER = "user"
    ADMIN = "admin"


class MembershipRole(IntEnum):
    """Role of a person in a warehouse or a report, weakest first."""

    STRANGER = 0
    VIEWER = 1
    OPERATOR = 2
    MANAGER = 3
    OWNER = 4

    @property
    def label(self) -> str:
        return self.name.lower()


class Action(Enum):
    """An operation on a warehouse or report, with the weakest role that allows it."""

    SEE = "see", MembershipRole.VIEWER
    WORK = "work", MembershipRole.OPERATOR
    SEND = "send", MembershipRole.OPERATOR
    CONFIGURE = "configure", MembershipRole.MANAGER
    ADMIT = "admit", MembershipRole.MANAGER
    OWN = "own", MembershipRole.OWNER

    @property
    def weakest_role(self) -> MembershipRole:
        return self.value[1]


@dataclass(frozen=True)
class Caller:
    """The authenticated user of a request. `username` is canonical (lower case)."""

    username: str
    role: str
    session_id: str

    @property
    def is_admin(self) -> bool:
        return self.role == Role.ADMIN


def allows(role: MembershipRole, action: Action) -> bool:
    """Whether the membership role alone, without admin rights, allows the action."""
    return role >= action.weakest_role


def may(caller: Caller, action: Action, role: MembershipRole) -> bool:
    return caller.is_admin or allows(role, action)


def require(caller: Caller, action: Action, role: MembershipRole, what: str) -> None:
    """Raises Forbidden for too weak a role, NotFound if the caller may not see the resource.

    NotFound keeps the existence of the id secret. `what` names the resource in the message.
    """
    if may(caller, action, role):
        return
    if not may(caller, Action.SEE, role):
        raise NotFound(f"There is no such {what}.")
    raise Forbidden(
        f"You are {_ARTICLE[role]} of this warehouse; this takes {_ARTICLE[action.weakest_role]}."
    )


_ARTICLE = {
    MembershipRole.VIEWER: "a viewer",
    MembershipRole.OPERATOR: "an operator",
    MembershipRole.MANAGER: "a manager",
    MembershipRole.OWNER: "the owner",
}


def require_admin(caller: Caller) -> None:
    """Raises Forbidden unless the caller is an admin."""
    if not caller.is_admin:
        raise Forbidden("Only an administrator may do this.")
