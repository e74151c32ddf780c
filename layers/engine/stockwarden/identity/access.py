"""Authorization: roles, actions and the checks between them. All permissions are decided here.

An account has a `Role` in the company, for what is the company's: its catalog, its people. What a
caller may do with a warehouse, its reports and anomalies depends on the role there, whatever the
account's; `warehouse.members` stores those roles.

| action    | viewer | operator | manager | owner | for example                                  |
|-----------|--------|----------|---------|-------|----------------------------------------------|
| see       | yes    | yes      | yes     | yes   | read everything there is                     |
| work      |        | yes      | yes     | yes   | status, assignee, due date, comments         |
| send      |        | yes      | yes     | yes   | upload reports, map, rename, analyze again   |
| configure |        |          | yes     | yes   | layout, rules; delete or move a report       |
| admit     |        |          | yes     | yes   | make viewers and operators, and remove them  |
| own       |        |          |         | yes   | make managers, delete the warehouse          |

An admin may do everything. A resource without a warehouse has only its owner.

Who comes with an API token may do what the token's scopes and the account's role both allow, in
the token's warehouses only. `SCOPES` says which routes a scope opens; routes that it does not name
(the account, administration) take a session.
"""

import re
from dataclasses import dataclass
from enum import Enum, IntEnum, StrEnum

from stockwarden.audit.origin import UNKNOWN, Origin
from stockwarden.core.errors import Forbidden, InsufficientScope, NotFound


class Role(StrEnum):
    """The role of an account in the company; each may do more than the one before.

    A member works with their own warehouses and what is shared with them. The others also use the
    catalog: a viewer reads it, an operator moves stock, a manager changes master data and orders.
    An admin looks after everything and everybody.
    """

    MEMBER = "member"
    VIEWER = "viewer"
    OPERATOR = "operator"
    MANAGER = "manager"
    ADMIN = "admin"

    @classmethod
    def _missing_(cls, value: object) -> "Role | None":
        # As the first releases stored it.
        return cls.MEMBER if value == "user" else None

    def includes(self, least: "Role") -> bool:
        """Whether this role may do all that `least` may."""
        ranks = list(Role)
        return ranks.index(self) >= ranks.index(least)


class MembershipRole(IntEnum):
    """Role of a person in a warehouse or a report, weakest first."""

    STRANGER = 0
    VIEWER = 1
    OPERATOR = 2
    MANAGER = 3
    OWNER = 4
    # Of the company, wherever they are neither owner nor member.
    ADMIN = 5

    @property
    def label(self) -> str:
        return self.name.lower()


# The company's own warehouse, for stock that is given without a place. It is made by whoever needs
# it first, but belongs to nobody alone: there the roles in the company hold.
MAIN_WAREHOUSE = "wh_main"
_ROLES_IN_MAIN = {
    Role.MEMBER: MembershipRole.STRANGER,
    Role.VIEWER: MembershipRole.VIEWER,
    Role.OPERATOR: MembershipRole.OPERATOR,
    Role.MANAGER: MembershipRole.MANAGER,
    Role.ADMIN: MembershipRole.ADMIN,
}


def role_of_company(role: Role, warehouse_id: str | None) -> MembershipRole:
    """The role that an account has in a warehouse by its role in the company alone."""
    if warehouse_id == MAIN_WAREHOUSE:
        return _ROLES_IN_MAIN[role]
    return MembershipRole.ADMIN if role is Role.ADMIN else MembershipRole.STRANGER


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


READ, WRITE = "read", "write"
# {scope: the first parts of the paths that it opens}
_PATHS_OF_SCOPE = {
    "reports": ("reports", "mappings", "report-logs"),
    "anomalies": ("anomalies", "pallets"),
    "warehouses": ("warehouses",),
    "rules": ("rules", "suppressions"),
    "items": ("items", "categories", "suppliers", "units", "inventory-types", "search"),
    "stock": ("movements", "counts", "reservations", "consumption", "analytics"),
    "orders": ("orders", "kits"),
    "images": ("images", "design-tokens", "labels"),
    "predictions": ("predictions",),
    "webhooks": ("webhooks",),
}
SCOPES = tuple(f"{name}:{access}" for name in _PATHS_OF_SCOPE for access in (READ, WRITE))
_SCOPE_OF_PATH = {path: name for name, paths in _PATHS_OF_SCOPE.items() for path in paths}
# These compute an answer and change nothing.
_READING_POSTS = re.compile(r"/rules/[^/]+/backtest|/predictions/models/.+/infer")


@dataclass(frozen=True)
class TokenLimits:
    """What an API token adds: `scopes` of `SCOPES`; `warehouses` are ids, None for all."""

    token_id: str
    scopes: frozenset[str]
    warehouses: frozenset[str] | None

    def reaches(self, warehouse_id: str | None) -> bool:
        return self.warehouses is None or warehouse_id in self.warehouses


@dataclass(frozen=True)
class Caller:
    """The authenticated user of a request.

    `username` is canonical (lower case); `user_id` is the opaque id that logs have instead of it.
    `session_id` is that of the sign-in, or the id of the API token, whose `limits` hold then.
    `source` is the client's address, or the way that a file came; for the audit log, like
    `request_id`.
    """

    username: str
    user_id: str
    role: Role
    session_id: str
    limits: TokenLimits | None = None
    source: str = ""
    request_id: str = ""

    @property
    def origin(self) -> Origin:
        """Who and how, for the audit log."""
        return Origin(self.user_id or UNKNOWN, self.source, self.request_id, self.session_id)

    @property
    def is_admin(self) -> bool:
        return self.role is Role.ADMIN

    def reaches(self, warehouse_id: str | None) -> bool:
        """Whether the caller's token, if any, is for this warehouse, or for things without one."""
        return self.limits is None or self.limits.reaches(warehouse_id)


def require_all_warehouses(caller: Caller) -> None:
    """Raises Forbidden for an API token that is bound to warehouses, where a request names none."""
    if not caller.reaches(None):
        raise Forbidden("This API token is for certain warehouses: name one, as warehouse_id.")


def scope_of(method: str, path: str) -> str | None:
    """The scope that a request takes, `reports:read`; None where no API token may.

    `path` is without the base path: `/reports/rep_1`.
    """
    name = _SCOPE_OF_PATH.get(path.split("/")[1])
    if name is None:
        return None
    is_reading = method in {"GET", "HEAD"} or _READING_POSTS.fullmatch(path)
    return f"{name}:{READ if is_reading else WRITE}"


def require_scope(caller: Caller, method: str, path: str) -> None:
    """Raises InsufficientScope where the caller's API token does not open the route."""
    if caller.limits is None:
        return
    scope = scope_of(method, path)
    if scope is None:
        raise InsufficientScope("An API token cannot do this; sign in.", scope)
    if scope not in caller.limits.scopes:
        raise InsufficientScope(f"This API token lacks the scope {scope}.", scope)


def allows(role: MembershipRole, action: Action) -> bool:
    return role >= action.weakest_role


def require(role: MembershipRole, action: Action, what: str) -> None:
    """Raises Forbidden for too weak a role, NotFound if the caller may not see the resource.

    NotFound keeps the existence of the id secret. `what` names the resource in the message.
    """
    if allows(role, action):
        return
    if not allows(role, Action.SEE):
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


def require_role(caller: Caller, least: Role) -> None:
    """Raises Forbidden unless the account's role in the company includes `least`."""
    if caller.role.includes(least):
        return
    needed = {Role.ADMIN: "an administrator", Role.OPERATOR: "an operator"}.get(least, f"a {least}")
    raise Forbidden(f"Your role in the company is {caller.role}; this takes {needed}.")


def require_company_change(caller: Caller, least: Role) -> None:
    """As `require_role`, for what belongs to no warehouse: an API token that is bound to warehouses
    may read it, and not change it."""
    require_role(caller, least)
    if not caller.reaches(None):
        raise Forbidden("This API token is for certain warehouses; this is the whole company's.")
