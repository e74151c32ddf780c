"""Use case: a person registers, as the stack's mode of registration allows.

`open`: anybody, as a member. `invited`: who has an invitation. `closed`: nobody.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import chain

from stockwarden.audit.changes import differences
from stockwarden.audit.entry import COMPANY, Change, warehouse_scope
from stockwarden.audit.log import AuditLog
from stockwarden.audit.origin import Origin
from stockwarden.core.config import Settings
from stockwarden.core.errors import Conflict, Forbidden, check_all
from stockwarden.core.ids import new_id
from stockwarden.core.quotas import TellQuota, tell_nobody
from stockwarden.identity import passwords
from stockwarden.identity.access import Role
from stockwarden.identity.account_mails import AccountMail
from stockwarden.identity.invitations import Invitation, InvitationRepository
from stockwarden.identity.rate_limits import Allowance, RateLimiter, address_key
from stockwarden.identity.usernames import canonical, check_username
from stockwarden.identity.users import User, UserRepository
from stockwarden.notifications.outbox import MailOutbox
from stockwarden.storage.tables import ConditionFailed, Operation

OPEN, INVITED, CLOSED = "open", "invited", "closed"
_RATE = "register-address"

Admissions = Callable[[str, Mapping[str, str], str], Mapping[str, Sequence[Operation]]]


class RegistrationService:
    """`admissions(username, {warehouse id: role}, added_by)` are the writes that make somebody a
    member of warehouses, by the warehouse."""

    def __init__(
        self,
        *,
        users: UserRepository,
        invitations: InvitationRepository,
        admissions: Admissions,
        rate_limiter: RateLimiter,
        outbox: MailOutbox,
        settings: Settings,
        audit: AuditLog,
    ) -> None:
        self._audit = audit
        self._users = users
        self._invitations = invitations
        self._admissions = admissions
        self._rates = rate_limiter
        self._outbox = outbox
        self._mode = settings.registration
        of_address = settings.registrations_per_address
        self._allowance = Allowance(of_address, settings.attempt_window_seconds / of_address)

    def register(
        self,
        name: str,
        password: str,
        address: str,
        *,
        email: str | None = None,
        invitation: str | None = None,
        language: str | None = None,
        request_id: str = "",
        tell: TellQuota = tell_nobody,
    ) -> User:
        """Raises Invalid (name, password), RateLimited, Forbidden (mode, invitation), Conflict
        (name taken).

        Attempts are not counted against the name, so nobody can block it for others.
        """
        if self._mode == CLOSED:
            raise Forbidden("Registration is closed here.")
        username = canonical(name)
        check_all(
            lambda: check_username(name), lambda: passwords.check_strength(password, username)
        )
        attempt = self._rates.count(_RATE, address_key(address), self._allowance)
        tell(attempt.quota)
        accepted = self._accepted(invitation, email)
        hashed = passwords.hash_password(password)
        origin = Origin(new_id("usr"), address, request_id)
        if accepted:
            user = self._add_invited(origin, name, hashed, language, accepted)
        else:
            user = self._users.add(
                name,
                hashed,
                email=email,
                language=language,
                user_id=origin.actor,
                beside=[self._created(origin, Role.MEMBER, None)],
            )
        if user.email and not user.email_verified:
            self._outbox.tell(AccountMail.VERIFY_EMAIL, username=user.username, to=user.email)
        return user

    def _accepted(self, text: str | None, email: str | None) -> Invitation | None:
        if text is None:
            if self._mode == INVITED:
                raise Forbidden("Registration is by invitation here; ask an administrator for one.")
            return None
        invitation = self._invitations.find(text)
        if invitation is None:
            raise _no_longer()
        if email and email.strip().casefold() != invitation.email.casefold():
            raise Forbidden("The invitation is for another e-mail address.")
        return invitation

    def _add_invited(
        self,
        origin: Origin,
        name: str,
        hashed: str,
        language: str | None,
        invitation: Invitation,
    ) -> User:
        admissions = self._admissions(canonical(name), invitation.warehouses, invitation.invited_by)
        used = Change(
            COMPANY, "invitation.used", f"invitation/{invitation.id}", {"used": (False, True)}
        )
        beside = [
            self._invitations.spend(invitation),
            *chain.from_iterable(admissions.values()),
            *(
                self._admitted(origin, warehouse_id, invitation.warehouses[warehouse_id])
                for warehouse_id in admissions
            ),
            self._audit.entry(origin, used),
            self._created(origin, invitation.role, invitation.id),
        ]
        try:
            return self._users.add(
                name,
                hashed,
                email=invitation.email,
                is_proven=invitation.is_mailed,
                language=language,
                role=invitation.role,
                user_id=origin.actor,
                beside=beside,
            )
        except ConditionFailed:
            # Only the writes beside the account's own are left: the invitation, or a warehouse.
            raise Conflict(
                "The invitation was used meanwhile, or a warehouse of it is full; ask for another."
            ) from None

    def _created(self, origin: Origin, role: Role, invitation_id: str | None) -> Operation:
        after = {"role": str(role), "invitation": invitation_id}
        fields = differences(None, after, after)
        change = Change(COMPANY, "account.created", f"user/{origin.actor}", fields)
        return self._audit.entry(origin, change)

    def _admitted(self, origin: Origin, warehouse_id: str, role: str) -> Operation:
        scope, member = warehouse_scope(warehouse_id), f"member/{origin.actor}"
        return self._audit.entry(
            origin, Change(scope, "member.added", member, {"role": (None, role)})
        )


def _no_longer() -> Forbidden:
    return Forbidden("This invitation does not hold: it was used or withdrawn, or is too old.")
