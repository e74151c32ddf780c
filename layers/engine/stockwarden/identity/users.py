"""User accounts: names, roles, and the password's hash.

Names are unique regardless of case. `username` is the canonical form, used in keys and as owner;
`name` is the spelling given at registration.
"""

import re
import unicodedata
from dataclasses import dataclass, field

from stockwarden.core.clock import Clock, iso, utc_now
from stockwarden.core.errors import Conflict, Invalid, NotFound
from stockwarden.identity.access import Role
from stockwarden.identity.reserved import is_reserved
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import users as keys
from stockwarden.storage.tables import ConditionFailed, Table, write

# Usernames become parts of S3 keys and of paths; these characters need no escaping in either.
_ALLOWED = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_-]|\.(?!\.)){1,62}[A-Za-z0-9]", re.ASCII)


@dataclass(frozen=True)
class User:
    username: str
    name: str
    role: Role
    password_hash: str = field(repr=False)
    email: str | None = None
    disabled: bool = False
    created_at: str = ""


def canonical(username: str) -> str:
    """The canonical form of a name: `" Alice "` and `"ALICE"` are `"alice"`."""
    return unicodedata.normalize("NFKC", username).strip().casefold()


def check_username(username: str) -> str:
    """The canonical form of a name that may be registered. Raises Invalid at /username."""
    if not _ALLOWED.fullmatch(username.strip()):
        raise Invalid.field(
            "/username",
            "Use 3 to 64 letters (a to z), digits, dots, hyphens or underscores; "
            "begin and end with a letter or digit.",
        )
    name = canonical(username)
    if is_reserved(name):
        raise Invalid.field(
            "/username",
            "This name is reserved: it could be taken for the service itself, or for nobody. "
            "Choose another.",
        )
    return name


def may_exist(canonical_name: str) -> bool:
    """Whether a name is in canonical form and valid, and so may become part of a key."""
    is_allowed = _ALLOWED.fullmatch(canonical_name) is not None
    return is_allowed and canonical_name == canonical(canonical_name)


class UserRepository:
    def __init__(self, table: Table, clock: Clock = utc_now) -> None:
        self._table = table
        self._clock = clock

    def find(self, username: str) -> User | None:
        """The account with this name, in any spelling; None if there is none."""
        item = self._table.get(keys.profile(canonical(username)), consistent=True)
        return _user(item) if item else None

    def add(
        self, name: str, password_hash: str, *, email: str | None = None, role: Role = Role.USER
    ) -> User:
        """Creates an account. Raises Conflict if the name is taken."""
        username = canonical(name)
        item: Item = {
            **keys.profile(username),
            "username": username,
            "name": name.strip(),
            "role": str(role),
            "password_hash": password_hash,
            "disabled": False,
            "created_at": iso(self._clock()),
        }
        if email:
            item["email"] = email
        try:
            write(self._table.put(item, when="attribute_not_exists(#pk)"))
        except ConditionFailed:
            raise Conflict("This user name is taken.") from None
        return _user(item)

    def replace_hash(self, user: User, password_hash: str) -> None:
        """Stores a new hash of the same password, unless the hash has changed meanwhile."""
        change = self._table.update(
            keys.profile(user.username),
            "SET #password_hash = :new",
            when="#password_hash = :old",
            new=password_hash,
            old=user.password_hash,
        )
        try:
            write(change)
        except ConditionFailed:
            return

    def set_disabled(self, username: str, disabled: bool) -> None:
        """Disables or enables a user, effective when the authorizer's cache has expired."""
        self._set(username, "SET #disabled = :value", disabled)

    def set_role(self, username: str, role: Role) -> None:
        self._set(username, "SET #role = :value", str(role))

    def _set(self, username: str, change: str, value: object) -> None:
        profile = keys.profile(canonical(username))
        try:
            write(self._table.update(profile, change, when="attribute_exists(#pk)", value=value))
        except ConditionFailed as failed:
            raise NotFound(f"There is no user {username}.") from failed


def _user(item: Item) -> User:
    return User(
        username=item["username"],
        name=item["name"],
        role=Role(item["role"]),
        password_hash=item["password_hash"],
        email=item.get("email"),
        disabled=item["disabled"],
        created_at=item["created_at"],
    )
