"""User accounts: names, roles, e-mail addresses, and the password's hash.

Names are unique regardless of case, and none looks like another (see `usernames.py`). The profile
has what an account is; beside it stand one item that finds it by its opaque `user_id`, which is
all that logs have of a person, one for the look of its name, and one for its e-mail address.
`ADMINS` names the enabled admins, so that two of them cannot take each other's role at once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from stockwarden.core.clock import Clock, iso, utc_now
from stockwarden.core.emails import normal_email
from stockwarden.core.errors import Conflict, NotFound
from stockwarden.core.ids import new_id
from stockwarden.identity.access import Role
from stockwarden.identity.admins import admin_change, last_admin
from stockwarden.identity.sign_outs import SignOuts, ending, sign_outs_of
from stockwarden.identity.usernames import canonical, skeleton, spelled
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import users as keys
from stockwarden.storage.tables import ConditionFailed, Operation, Table, write
from stockwarden.storage.versions import check_version, update_versioned

_NAME_TAKEN = "This user name is taken."


@dataclass(frozen=True)
class User:
    """`username` is canonical, `name` the spelling given at registration, `display_name` what the
    person wants to be called. `pending_email` waits to be verified, `language` is that of e-mails,
    `notifications` are choices by kind and channel. `version` counts changes of the account."""

    username: str
    user_id: str
    name: str
    role: Role
    password_hash: str = field(repr=False)
    email: str | None = None
    email_verified: bool = False
    pending_email: str | None = None
    display_name: str | None = None
    language: str | None = None
    notifications: Mapping[str, Mapping[str, bool]] = field(default_factory=dict)
    disabled: bool = False
    has_second_factor: bool = False
    created_at: str = ""
    version: int = 1
    sign_outs: SignOuts = field(default_factory=SignOuts)

    def wants_email(self, address: str) -> bool:
        """Whether this is the address that the account waits to have verified, or may again."""
        wanted = self.pending_email or self.email
        return wanted is not None and normal_email(wanted) == normal_email(address)

    @property
    def is_active_admin(self) -> bool:
        return self.role is Role.ADMIN and not self.disabled


class UserRepository:
    def __init__(self, table: Table, clock: Clock = utc_now) -> None:
        self._table = table
        self._clock = clock

    def find(self, username: str) -> User | None:
        """The account with this name, in any spelling; None if there is none, or it is closed."""
        item = self._profile(username)
        return user_of(item) if item else None

    def find_by_email(self, address: str) -> User | None:
        """The account that signs in with this address; None if there is none."""
        username = self.owner_of_email(address)
        return self.find(username) if username else None

    def owner_of_email(self, address: str) -> str | None:
        """The name of the account that signs in with this address; None if there is none."""
        claim = self._table.get(keys.email(normal_email(address)), consistent=True)
        return claim["username"] if claim else None

    def add(
        self,
        name: str,
        password_hash: str,
        *,
        email: str | None = None,
        is_proven: bool = False,
        language: str | None = None,
        role: Role = Role.MEMBER,
        user_id: str | None = None,
        beside: Sequence[Operation] = (),
    ) -> User:
        """Creates an account, together with `beside`, or nothing; with a new id, if none is given.

        `is_proven` is for an address whose mailbox the person has shown to have. One of another
        account is kept, but unverified, and does not sign in to this one: to refuse it would tell
        who has an account. Raises Conflict for a name that is taken or looks like one that is,
        ConditionFailed if only a condition of `beside` is false.
        """
        username = canonical(name)
        user_id = user_id or new_id("usr")
        item: Item = {
            **keys.profile(username),
            **keys.listed_profile(username),
            "username": username,
            "user_id": user_id,
            "name": spelled(name),
            "role": str(role),
            "password_hash": password_hash,
            "disabled": False,
            "created_at": iso(self._clock()),
            "version": 1,
        }
        if email:
            item |= {"email": email, "email_verified": is_proven}
        if language:
            item["language"] = language
        when_new = "attribute_not_exists(#pk)"
        operations = [
            self._table.put(item, when=when_new),
            self._table.put({**keys.name(skeleton(username)), "username": username}, when=when_new),
            self._table.put({**keys.person(user_id), "username": username}),
            *admin_change(self._table, username, before=False, after=role is Role.ADMIN),
        ]
        claim = [self._claim(email, username, is_proven)] if email else []
        try:
            write(*operations, *beside, *claim)
        except ConditionFailed as failed:
            if failed.failed != {len(operations) + len(beside)}:
                raise _name_conflict(failed) from None
            item["email_verified"] = False
            operations[0] = self._table.put(item, when=when_new)
            try:
                write(*operations, *beside)
            except ConditionFailed as again:
                raise _name_conflict(again) from None
        return user_of(item)

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

    def replace_password(
        self,
        user: User,
        password_hash: str,
        *,
        keep_session: str | None = None,
        beside: Sequence[Operation] = (),
    ) -> None:
        """Stores the hash of another password and ends all sessions but `keep_session`, together
        with `beside`, or nothing. Raises ConditionFailed if the password has changed since `user`
        was read, or a condition of `beside` is false."""
        change, values = ending(keep=keep_session, password_hash=password_hash)
        update = self._table.update(
            keys.profile(user.username),
            change,
            when="#password_hash = :old",
            old=user.password_hash,
            **values,
        )
        write(update, *beside)

    def change_profile(
        self,
        username: str,
        changes: Mapping[str, Any],
        expected_version: int,
        *,
        beside: Sequence[Operation] = (),
    ) -> User:
        """Sets attributes of the profile or, where None, removes them, together with `beside`.

        Raises PreconditionFailed for another version, ConditionFailed if only a condition of
        `beside` is false."""
        item = self._profile(username)
        check_version(item, expected_version, "account")
        if item is None:
            raise NotFound(f"There is no user {username}.")
        if not beside and all(item.get(name) == value for name, value in changes.items()):
            return user_of(item)
        return user_of(update_versioned(self._table, item, changes, what="account", beside=beside))

    def change_standing(
        self,
        username: str,
        expected_version: int | None = None,
        *,
        role: Role | None = None,
        disabled: bool | None = None,
        beside: Sequence[Operation] = (),
    ) -> User:
        """Changes the role of an account, or whether it is disabled; None leaves it.

        Effective when the authorizer's cache has expired. Raises NotFound, Conflict for the last
        admin, PreconditionFailed if the account was changed at the same time, and ConditionFailed
        if only a condition of `beside` is false.
        """
        item = self._profile(username)
        if item is None:
            raise NotFound(f"There is no user {username}.")
        check_version({"version": 1, **item}, expected_version, "account")
        user = user_of(item)
        given = {"role": role and str(role), "disabled": disabled}
        changes: dict[str, Any] = {
            name: value
            for name, value in given.items()
            if value is not None and value != item[name]
        }
        if not changes:
            return user
        changed = user_of({**item, **changes})
        also = admin_change(
            self._table,
            user.username,
            before=user.is_active_admin,
            after=changed.is_active_admin,
        )
        try:
            item = update_versioned(
                self._table, item, changes, what="account", beside=[*also, *beside]
            )
        except ConditionFailed as failed:
            if not also or 1 not in failed.failed:
                raise
            raise last_admin(user.name) from None
        return user_of(item)

    def end_sessions(
        self,
        username: str,
        *,
        keep: str | None = None,
        api_tokens: bool = False,
        beside: Sequence[Operation] = (),
    ) -> None:
        """Ends all sessions of an account but the one with the id `keep`, and its API tokens too
        where `api_tokens` says so. One write, whatever their number, together with `beside`.
        Raises NotFound."""
        change, values = ending(keep=keep, api_tokens=api_tokens)
        profile = keys.profile(canonical(username))
        try:
            ending_all = self._table.update(profile, change, when="attribute_exists(#pk)", **values)
            write(ending_all, *beside)
        except ConditionFailed:
            raise NotFound(f"There is no user {username}.") from None

    def _claim(self, email: str, username: str, is_proven: bool) -> Operation:
        item = {**keys.email(normal_email(email)), "username": username, "verified": is_proven}
        return self._table.put(item, when="attribute_not_exists(#pk)")

    def _profile(self, username: str) -> Item | None:
        """The stored profile; None also for an account that is closed, see closed_accounts.py."""
        item = self._table.get(keys.profile(canonical(username)), consistent=True)
        return None if item is None or "leaving" in item else item


def _name_conflict(failed: ConditionFailed) -> Conflict | ConditionFailed:
    if 0 in failed.failed:
        return Conflict(_NAME_TAKEN)
    if 1 in failed.failed:
        return Conflict("This user name looks like one that is taken; choose another.")
    return failed


def user_of(item: Item) -> User:
    """The account of a stored profile."""
    return User(
        username=item["username"],
        # Accounts of earlier releases have one once the deployment has migrated them.
        user_id=item.get("user_id", ""),
        name=item["name"],
        role=Role(item["role"]),
        password_hash=item["password_hash"],
        email=item.get("email"),
        email_verified=bool(item.get("email_verified")),
        pending_email=item.get("pending_email"),
        display_name=item.get("display_name"),
        language=item.get("language"),
        notifications=item.get("notifications") or {},
        disabled=item["disabled"],
        has_second_factor=item.get("second_factor", False),
        created_at=item["created_at"],
        version=item.get("version", 1),
        sign_outs=sign_outs_of(item),
    )
