"""Use cases of the second factor: turn it on with an authenticator app, turn it off."""

from dataclasses import dataclass, field
from typing import Any

from stockwarden.core.quotas import TellQuota, tell_nobody
from stockwarden.identity import totp
from stockwarden.identity.access import Caller
from stockwarden.identity.account_mails import AccountMail
from stockwarden.identity.action_limits import SETUP, ActionLimiter
from stockwarden.identity.password_check import PasswordCheck
from stockwarden.identity.second_factors import SecondFactorRepository
from stockwarden.identity.security_log import SecurityLog
from stockwarden.identity.users import User, UserRepository
from stockwarden.notifications.outbox import MailOutbox
from stockwarden.storage.tables import Operation


@dataclass(frozen=True)
class Setup:
    """What an authenticator app is given: the secret in Base32, and the URI with it."""

    secret: str = field(repr=False)
    uri: str = field(repr=False)


class SecondFactorService:
    def __init__(
        self,
        *,
        users: UserRepository,
        factors: SecondFactorRepository,
        check: PasswordCheck,
        outbox: MailOutbox,
        security: SecurityLog,
        limiter: ActionLimiter,
    ) -> None:
        self._limiter = limiter
        self._security = security
        self._users = users
        self._factors = factors
        self._check = check
        self._outbox = outbox

    def begin(
        self, caller: Caller, password: str, address: str, tell: TellQuota = tell_nobody
    ) -> Setup:
        """Nothing changes for sign-ins until `confirm`. Raises Invalid at /password, RateLimited,
        Conflict where it is on."""
        self._limiter.count(caller, SETUP, tell)
        user = self._check.require(caller, password, address, "/password")
        secret = self._factors.begin(user.username, self._entry(caller, "begun", (None, "begun")))
        return Setup(secret, totp.provisioning_uri(secret, user.name))

    def confirm(self, caller: Caller, code: str) -> list[str]:
        """The recovery codes. Raises Invalid at /code, Conflict where nothing was begun."""
        codes = self._factors.confirm(
            caller.username, code, self._entry(caller, "turned_on", (False, True))
        )
        user = self._users.find(caller.username)
        if user:
            self._tell(user, AccountMail.SECOND_FACTOR_ON)
        return codes

    def turn_off(self, caller: Caller, password: str, address: str) -> None:
        """Raises Invalid at /password, RateLimited, Conflict where it is not on."""
        user = self._check.require(caller, password, address, "/password")
        self._factors.remove(user.username, self._entry(caller, "turned_off", (True, False)))
        self._tell(user, AccountMail.SECOND_FACTOR_OFF)

    def _entry(self, caller: Caller, happened: str, change: tuple[Any, Any]) -> Operation:
        return self._security.of_account(
            caller.origin, caller.user_id, f"second_factor.{happened}", second_factor=change
        )

    def _tell(self, user: User, mail: AccountMail) -> None:
        if user.email:
            self._outbox.tell(mail, username=user.username, to=user.email)
