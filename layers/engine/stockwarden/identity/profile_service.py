"""Use cases of the own profile: read it, change it, verify an e-mail address."""

from collections.abc import Mapping
from typing import Any

from stockwarden.audit.changes import differences
from stockwarden.audit.origin import UNKNOWN, Origin
from stockwarden.core.emails import normal_email
from stockwarden.core.errors import Conflict, NotFound
from stockwarden.identity.access import Caller
from stockwarden.identity.account_mails import AccountMail
from stockwarden.identity.email_claims import EmailClaims
from stockwarden.identity.mail_tokens import MailTokenRepository, Purpose
from stockwarden.identity.rate_limits import Allowance, RateLimiter
from stockwarden.identity.security_log import SecurityLog
from stockwarden.identity.users import User, UserRepository
from stockwarden.notifications.outbox import MailOutbox
from stockwarden.storage.tables import ConditionFailed, Operation
from stockwarden.storage.versions import changed_meanwhile, check_version

VERIFICATIONS = Allowance(burst=5, seconds=600)
_VERIFICATIONS = "verify-account"


class ProfileService:
    def __init__(
        self,
        *,
        users: UserRepository,
        claims: EmailClaims,
        tokens: MailTokenRepository,
        rate_limiter: RateLimiter,
        outbox: MailOutbox,
        security: SecurityLog,
    ) -> None:
        self._security = security
        self._users = users
        self._claims = claims
        self._tokens = tokens
        self._rates = rate_limiter
        self._outbox = outbox

    def find_profile(self, caller: Caller) -> User:
        """Raises NotFound for an account that was deleted meanwhile."""
        user = self._users.find(caller.username)
        if user is None:
            raise NotFound("There is no such account.")
        return user

    def change(
        self, caller: Caller, given: Mapping[str, Any], expected_version: int | None
    ) -> User:
        """Changes what is `given` of display_name, language, email and notifications; None removes
        it. Of notifications, by kind and channel, what is not given stays.

        A new address is the account's once it is verified; giving it again sends another mail.
        Raises PreconditionFailed, Conflict for a new address where the stack sends no e-mails,
        RateLimited, and Unavailable if the mail cannot be ordered: then it may be given again.
        """
        user = self.find_profile(caller)
        check_version({"version": user.version}, expected_version, "account")
        changes = {name: given[name] for name in ("display_name", "language") if name in given}
        if "notifications" in given:
            changes["notifications"] = _merged(user.notifications, given["notifications"])
        beside: list[Operation] = []
        to_verify = None
        if "email" in given:
            to_verify = self._to_verify(user, given["email"])
            changes["pending_email"] = to_verify if to_verify != user.email else None
            if given["email"] is None:
                changes |= {"email": None, "email_verified": None}
                beside = self._claims.releasing(user)
        try:
            changed = self._users.change_profile(
                user.username,
                changes,
                user.version,
                beside=[*beside, *self._entries(caller, user, changes)],
            )
        except ConditionFailed:
            raise changed_meanwhile("account") from None
        if to_verify:
            self._outbox.order(AccountMail.VERIFY_EMAIL, username=user.username, to=to_verify)
        return changed

    def verify_email(self, token_text: str, *, source: str = "", request_id: str = "") -> str:
        """The address that is the account's from now on. Raises Invalid at /token, and Conflict if
        another account has verified it."""
        token = self._tokens.find(Purpose.VERIFY_EMAIL, token_text)
        address = token.facts["address"]

        def verified(user: User) -> Operation:
            origin = Origin(user.user_id or UNKNOWN, source, request_id)
            return self._security.of_account(
                origin, user.user_id, "email.verified", email_verified=(False, True)
            )

        before = self._claims.confirm(token.username, address, self._tokens.spend(token), verified)
        if before.email and normal_email(before.email) != normal_email(address):
            for to in (before.email, address):
                self._outbox.tell(
                    AccountMail.EMAIL_CHANGED, username=before.username, to=to, address=address
                )
        return address

    def _entries(self, caller: Caller, user: User, changes: Mapping[str, Any]) -> list[Operation]:
        """The audit entry of what changes. Names and addresses are personal: of them it says only
        whether there was one, and that it changed."""
        fields: dict[str, tuple[Any, Any]] = {}
        for name, after in changes.items():
            before = getattr(user, name)
            if name == "notifications":
                old, new = _by_channel(before), _by_channel(after or {})
                fields |= differences(old, new, old | new)
                continue
            if (before or None) == (after or None):
                continue
            is_plain = name == "language"
            fields[name] = (
                before if is_plain else "given" if before else None,
                after if is_plain else "another" if after else None,
            )
        if not fields:
            return []
        return [
            self._security.of_account(caller.origin, caller.user_id, "account.changed", **fields)
        ]

    def _to_verify(self, user: User, email: str | None) -> str | None:
        """The address that a mail has to verify; None if there is nothing to verify."""
        if email is None:
            return None
        is_current = user.email is not None and normal_email(email) == normal_email(user.email)
        if is_current and user.email_verified:
            return None
        if not self._outbox.is_open:
            raise Conflict(
                "This installation sends no e-mails, so the address cannot be verified. "
                "Ask whoever runs it."
            )
        self._rates.count(_VERIFICATIONS, user.username, VERIFICATIONS)
        return user.email if is_current else email


def _merged(
    before: Mapping[str, Mapping[str, bool]], given: Mapping[str, Any] | None
) -> dict[str, dict[str, bool]] | None:
    """What a person has chosen, by kind and channel; None for nothing."""
    chosen = {kind: dict(channels) for kind, channels in before.items()} if given else {}
    for kind, channels in (given or {}).items():
        merged = {**chosen.get(kind, {}), **(channels or {})} if channels is not None else {}
        chosen[kind] = {name: value for name, value in merged.items() if value is not None}
    return {kind: channels for kind, channels in chosen.items() if channels} or None


def _by_channel(chosen: Mapping[str, Mapping[str, bool]]) -> dict[str, bool]:
    return {
        f"notifications.{kind}.{channel}": value
        for kind, channels in chosen.items()
        for channel, value in channels.items()
    }
