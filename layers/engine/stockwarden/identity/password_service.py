"""Use cases of passwords: change it, ask for a new one by e-mail, choose that."""

from stockwarden.audit.origin import UNKNOWN, Origin
from stockwarden.core.emails import is_email, normal_email
from stockwarden.core.errors import Invalid
from stockwarden.identity import passwords
from stockwarden.identity.access import Caller
from stockwarden.identity.account_mails import AccountMail, password_state
from stockwarden.identity.mail_tokens import MailTokenRepository, Purpose, not_valid
from stockwarden.identity.password_check import PasswordCheck
from stockwarden.identity.rate_limits import Allowance, RateLimiter, address_key
from stockwarden.identity.security_log import SecurityLog
from stockwarden.identity.usernames import canonical, may_exist
from stockwarden.identity.users import User, UserRepository
from stockwarden.notifications.outbox import MailOutbox
from stockwarden.storage.tables import ConditionFailed, Operation
from stockwarden.storage.versions import changed_meanwhile

BY_ADDRESS = Allowance(burst=20, seconds=180)
FOR_ACCOUNT = Allowance(burst=3, seconds=600)
_BY_ADDRESS, _FOR_ACCOUNT = "forgot-address", "forgot-account"


class PasswordService:
    def __init__(
        self,
        *,
        users: UserRepository,
        tokens: MailTokenRepository,
        check: PasswordCheck,
        rate_limiter: RateLimiter,
        outbox: MailOutbox,
        security: SecurityLog,
    ) -> None:
        self._security = security
        self._users = users
        self._tokens = tokens
        self._check = check
        self._rates = rate_limiter
        self._outbox = outbox

    def change(self, caller: Caller, current: str, new: str, address: str) -> None:
        """Ends all other sessions of the caller. Raises Invalid for a wrong `current` and a weak
        `new` one, RateLimited, PreconditionFailed for a change at the same time."""
        passwords.check_strength(new, caller.username, "/new_password")
        user = self._check.require(caller, current, address, "/current_password")
        if new == current:
            raise Invalid.field("/new_password", "Choose one that you do not have already.")
        try:
            self._users.replace_password(
                user,
                passwords.hash_password(new),
                keep_session=caller.session_id,
                beside=[self._changed(caller.origin, user, "password.changed")],
            )
        except ConditionFailed:
            raise changed_meanwhile("account") from None
        self._tell(user)

    def ask_for_reset(self, login: str, address: str) -> None:
        """Orders the mail with the link, if there is such an account, which is not looked up here:
        neither the answer nor its time tells. Raises RateLimited, and Unavailable."""
        self._rates.count(_BY_ADDRESS, address_key(address), BY_ADDRESS)
        account = normal_email(login) if "@" in login else canonical(login)
        if not (is_email(account) or may_exist(account)):
            return
        self._rates.count(_FOR_ACCOUNT, account, FOR_ACCOUNT)
        self._outbox.order(AccountMail.RESET_PASSWORD, login=account)

    def reset(
        self, token_text: str, password: str, *, address: str = "", request_id: str = ""
    ) -> None:
        """Ends all sessions of the account. Raises Invalid: at /token for a token that was used, is
        too old, or from before another change of the password; at /password for a weak one, which
        does not spend the token."""
        token = self._tokens.find(Purpose.RESET_PASSWORD, token_text)
        user = self._users.find(token.username)
        if user is None or user.disabled:
            raise not_valid()
        if token.facts["password_state"] != password_state(user):
            raise not_valid()
        passwords.check_strength(password, user.username)
        origin = Origin(user.user_id or UNKNOWN, address, request_id)
        try:
            self._users.replace_password(
                user,
                passwords.hash_password(password),
                beside=[
                    self._tokens.spend(token),
                    self._changed(origin, user, "password.reset"),
                ],
            )
        except ConditionFailed:
            raise not_valid() from None
        self._tell(user)

    def _changed(self, origin: Origin, user: User, action: str) -> Operation:
        return self._security.of_account(
            origin, user.user_id, action, password=("the one before", "another")
        )

    def _tell(self, user: User) -> None:
        if user.email:
            self._outbox.tell(AccountMail.PASSWORD_CHANGED, username=user.username, to=user.email)
