"""Use cases of administrators: the accounts of the company, and invitations to it."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any, Literal

from stockwarden.audit.changes import differences
from stockwarden.audit.entry import COMPANY, Change
from stockwarden.audit.log import AuditLog
from stockwarden.audit.origin import UNKNOWN
from stockwarden.core.errors import Conflict, FieldError, Invalid, NotFound, Unavailable
from stockwarden.core.ids import may_be_id
from stockwarden.identity.access import Caller, Role, require_role
from stockwarden.identity.account_mails import AccountMail
from stockwarden.identity.invitations import NOT_THERE, Invitation, InvitationRepository
from stockwarden.identity.user_directory import UserDirectory
from stockwarden.identity.usernames import canonical, may_exist
from stockwarden.identity.users import User, UserRepository
from stockwarden.notifications.outbox import MailOutbox
from stockwarden.storage.tables import Operation
from stockwarden.storage.versions import check_version

AccountStatus = Literal["active", "disabled"]


class PeopleService:
    """Every method raises Forbidden unless the caller is an admin."""

    def __init__(self, users: UserRepository, directory: UserDirectory, *, audit: AuditLog) -> None:
        self._users = users
        self._directory = directory
        self._audit = audit

    def list_users(
        self,
        caller: Caller,
        limit: int,
        cursor: str | None,
        *,
        beginning: str | None,
        role: Role | None,
        status: AccountStatus | None,
    ) -> tuple[list[User], str | None]:
        """One page of accounts by name; `beginning` is how the name begins, in any spelling."""
        require_role(caller, Role.ADMIN)
        return self._directory.list_page(
            limit,
            cursor,
            beginning=canonical(beginning or ""),
            role=role,
            disabled=None if status is None else status == "disabled",
        )

    def find_user(self, caller: Caller, username: str) -> User:
        require_role(caller, Role.ADMIN)
        user = self._users.find(username) if may_exist(canonical(username)) else None
        if user is None:
            raise NotFound("There is no such user.")
        return user

    def change_user(
        self,
        caller: Caller,
        username: str,
        expected_version: int | None,
        *,
        role: Role | None,
        disabled: bool | None,
    ) -> User:
        """Raises NotFound, PreconditionFailed, and Conflict for the last administrator."""
        user = self.find_user(caller, username)
        check_version({"version": user.version}, expected_version, "account")
        before = {"role": str(user.role), "disabled": user.disabled}
        given = {"role": role and str(role), "disabled": disabled}
        after = before | {name: value for name, value in given.items() if value is not None}
        change = Change(
            COMPANY,
            "account.changed",
            f"user/{user.user_id or UNKNOWN}",
            differences(before, after, before),
        )
        # Over the version read here, so that the entry says what was before.
        return self._users.change_standing(
            user.username,
            user.version,
            role=role,
            disabled=disabled,
            beside=[self._audit.entry(caller.origin, change)],
        )

    def end_sessions(self, caller: Caller, username: str) -> None:
        """Signs an account out everywhere: ends its sessions and API tokens. Raises NotFound."""
        user = self.find_user(caller, username)
        fields = {"sessions": (None, "all ended"), "api_tokens": (None, "all ended")}
        about = f"user/{user.user_id or UNKNOWN}"
        ended = self._audit.entry(
            caller.origin, Change(COMPANY, "account.signed_out", about, fields)
        )
        self._users.end_sessions(user.username, api_tokens=True, beside=[ended])


class InvitationService:
    """`require_visible` raises NotFound for a warehouse that the caller may not see."""

    def __init__(
        self,
        invitations: InvitationRepository,
        users: UserRepository,
        require_visible: Callable[[Caller, str], None],
        outbox: MailOutbox,
        *,
        audit: AuditLog,
    ) -> None:
        self._audit = audit
        self._invitations = invitations
        self._users = users
        self._require_visible = require_visible
        self._outbox = outbox

    def invite(
        self, caller: Caller, email: str, role: Role, warehouses: Sequence[tuple[str, str]]
    ) -> tuple[Invitation, str | None]:
        """The invitation, and the text that accepts it where this stack sends no mail.

        `warehouses` are ids with the role there. Raises Conflict if an account has the address,
        and Unavailable, with no invitation left, if the mail cannot be ordered.
        """
        require_role(caller, Role.ADMIN)
        roles = self._roles(caller, warehouses)
        if self._users.find_by_email(email):
            raise Conflict("There is an account with this e-mail address.")
        facts = {"role": str(role), "warehouses": dict(roles) or None}
        invitation, text = self._invitations.new(
            email, role, roles, caller.username, is_mailed=self._outbox.is_open
        )
        made = self._entry(caller, "made", invitation.id, differences(None, facts, facts))
        try:
            self._invitations.add(invitation, made)
            if not self._outbox.is_open:
                return invitation, text
            self._outbox.order(
                AccountMail.INVITATION, username=caller.username, to=email, accepts=text
            )
        except Unavailable:
            # It may be there all the same, with no mail: nobody could use it.
            with suppress(NotFound, Unavailable):
                self.withdraw(caller, invitation.id)
            raise
        return invitation, None

    def list_invitations(
        self, caller: Caller, limit: int, cursor: str | None
    ) -> tuple[list[Invitation], str | None]:
        require_role(caller, Role.ADMIN)
        return self._invitations.list_page(limit, cursor)

    def withdraw(self, caller: Caller, invitation_id: str) -> None:
        require_role(caller, Role.ADMIN)
        if not may_be_id(invitation_id):
            raise NotFound(NOT_THERE)
        entry = self._entry(caller, "withdrawn", invitation_id, {"withdrawn": (False, True)})
        self._invitations.withdraw(invitation_id, beside=[entry])

    def _entry(
        self, caller: Caller, action: str, invitation_id: str, fields: Mapping[str, tuple[Any, Any]]
    ) -> Operation:
        change = Change(COMPANY, f"invitation.{action}", f"invitation/{invitation_id}", fields)
        return self._audit.entry(caller.origin, change)

    def _roles(self, caller: Caller, warehouses: Sequence[tuple[str, str]]) -> Mapping[str, str]:
        errors = []
        for position, (warehouse_id, _) in enumerate(warehouses):
            try:
                self._require_visible(caller, warehouse_id)
            except NotFound as missing:
                errors.append(FieldError(f"/warehouses/{position}/warehouse_id", missing.detail))
        if errors:
            raise Invalid(errors[0].detail, errors)
        return dict(warehouses)
