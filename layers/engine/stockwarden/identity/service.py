"""Use cases of sessions: sign in, refresh and sign out."""

from dataclasses import dataclass, field

from stockwarden.audit.log import AuditLog
from stockwarden.audit.origin import UNKNOWN, Origin
from stockwarden.core.emails import is_email, normal_email
from stockwarden.core.errors import OtpRequired, Unauthenticated
from stockwarden.core.quotas import Quota, TellQuota, tell_nobody
from stockwarden.identity import passwords
from stockwarden.identity.access import Role
from stockwarden.identity.devices import KnownDevices
from stockwarden.identity.guess_limits import Guess, GuessLimiter
from stockwarden.identity.second_factors import SecondFactorRepository
from stockwarden.identity.security_log import SecurityLog
from stockwarden.identity.sessions import Client, Opened, SessionRepository
from stockwarden.identity.tokens import Tokens
from stockwarden.identity.usernames import canonical, may_exist
from stockwarden.identity.users import User, UserRepository
from stockwarden.storage.tables import ConditionFailed, Operation

# What no account is called.
_NO_NAME = ""


@dataclass(frozen=True)
class SignedIn:
    """Tokens for the client. `expires_in` is in seconds; `device` is the value of its cookie."""

    token: str = field(repr=False)
    expires_in: int
    refresh_token: str = field(repr=False)
    username: str
    role: Role
    device: str = field(repr=False)


class IdentityService:
    def __init__(
        self,
        *,
        users: UserRepository,
        sessions: SessionRepository,
        tokens: Tokens,
        devices: KnownDevices,
        guesses: GuessLimiter,
        factors: SecondFactorRepository,
        audit: AuditLog,
    ) -> None:
        self._security = SecurityLog(audit)
        self._users = users
        self._sessions = sessions
        self._tokens = tokens
        self._devices = devices
        self._guesses = guesses
        self._factors = factors

    def login(
        self,
        login: str,
        password: str,
        address: str,
        device: str | None = None,
        *,
        otp: str | None = None,
        user_agent: str = "",
        request_id: str = "",
        tell: TellQuota = tell_nobody,
    ) -> SignedIn:
        """Signs in with a user name or an e-mail address. `device` is the device cookie from an
        earlier sign-in, if there is one; `otp` a code of the second factor.

        Raises Unauthenticated, the same for every cause; OtpRequired, only after the right
        password; and RateLimited. An attempt is counted before the password is checked, so that
        parallel guesses count too.
        """
        origin = Origin(UNKNOWN, address, request_id)
        account = self._account_of(login)
        if account is None:
            self._guesses.check_address(address)
            passwords.verify(None, password)
            tell(self._failed(origin, None, None))
            raise _refused()
        guess = self._guesses.begin(account, address, self._devices.recognize(account, device))
        # Also where nobody has the address, so that both refusals take the same time.
        user = self._users.find(account if may_exist(account) else _NO_NAME)
        matches = passwords.verify(user.password_hash if user else None, password)
        if user is None or not matches or user.disabled:
            tell(self._failed(origin, user, guess))
            raise _refused()
        code = self._require_code(origin, user, otp, guess) if user.has_second_factor else []
        if passwords.needs_rehash(user.password_hash):
            self._users.replace_hash(user, passwords.hash_password(password))
        try:
            opened = self._sessions.start(
                user.username,
                user.sign_outs.sessions,
                Client(address, user_agent),
                lambda session_id: [self._security.started(origin, user, session_id), *code],
            )
        except ConditionFailed:
            # Another request has used the code meanwhile: nothing else has a condition.
            raise self._wrong_code(origin, user, guess) from None
        self._guesses.succeeded(guess)
        tell(guess.if_succeeded)
        return self._signed_in(user, opened, device)

    def _failed(self, origin: Origin, user: User | None, guess: Guess | None) -> Quota:
        return self._security.failed(
            origin,
            user,
            lambda: self._guesses.failed(origin.source, guess),
            locked=guess is not None and not guess.pending.if_failed.remaining,
        )

    def refresh(
        self,
        refresh_token: str | None,
        device_key: str | None = None,
        device: str | None = None,
        *,
        address: str = "",
        request_id: str = "",
    ) -> SignedIn:
        """Exchanges a refresh token for new tokens. Raises Unauthenticated; a token that was used
        before ends the session, unless the same device (`device_key`) repeats its request."""
        if not refresh_token:
            raise Unauthenticated("Send the refresh token, in the body or as the cookie.")
        session = self._sessions.find_session(refresh_token)
        user = self._users.find(session.username)
        origin = Origin(UNKNOWN, address, request_id)
        if user is None or user.disabled:
            self._sessions.end(session.id, self._security.ended(origin, user, session.id))
            raise Unauthenticated("This account is closed.")
        if user.sign_outs.have_ended_session(session.id, session.sign_outs):
            self._sessions.end(session.id, self._security.ended(origin, user, session.id))
            raise Unauthenticated("This session has ended. Sign in again.")
        opened = self._sessions.rotate(
            session,
            refresh_token,
            device_key,
            lambda: [self._security.reused(origin, user, session.id)],
        )
        return self._signed_in(user, opened, device)

    def logout(
        self,
        access_token: str | None,
        refresh_token: str | None,
        *,
        address: str = "",
        request_id: str = "",
    ) -> None:
        """Ends the session of the valid token. Raises Unauthenticated if neither is valid."""
        origin = Origin(UNKNOWN, address, request_id)
        if access_token:
            try:
                claims = self._tokens.verify(access_token)
            except Unauthenticated:
                if not refresh_token:
                    raise
            else:
                self._end(origin, claims.username, claims.session_id)
                return
        if not refresh_token:
            raise Unauthenticated("Send the access token or the refresh token.")
        session = self._sessions.find_session(refresh_token)
        self._end(origin, session.username, session.id)

    def _end(self, origin: Origin, username: str, session_id: str) -> None:
        ended = self._security.ended(origin, self._users.find(username), session_id)
        self._sessions.end(session_id, ended)

    def _require_code(
        self, origin: Origin, user: User, otp: str | None, guess: Guess
    ) -> list[Operation]:
        """What uses the code up. Raises OtpRequired without a right one; where there is none,
        nothing was guessed."""
        if not otp:
            self._guesses.succeeded(guess)
            raise OtpRequired("Send the code of your authenticator app, as otp.")
        use = self._factors.use(user.username, otp)
        if use is None:
            raise self._wrong_code(origin, user, guess)
        return [use]

    def _wrong_code(self, origin: Origin, user: User, guess: Guess) -> OtpRequired:
        """A wrong code counts like a wrong password."""
        self._failed(origin, user, guess)
        return OtpRequired("This code is wrong or was used; take the next one.")

    def _account_of(self, login: str) -> str | None:
        """What guesses are counted against: the account's name, or the address that nobody has, so
        that known and unknown addresses are limited alike. None for what can be neither."""
        if "@" not in login:
            username = canonical(login)
            return username if may_exist(username) else None
        if not is_email(login.strip()):
            return None
        return self._users.owner_of_email(login) or normal_email(login)

    def _signed_in(self, user: User, opened: Opened, device: str | None) -> SignedIn:
        return SignedIn(
            token=self._tokens.issue(user.username, user.role, opened.session_id),
            expires_in=int(self._tokens.lifetime.total_seconds()),
            refresh_token=opened.refresh_token,
            username=user.name,
            role=user.role,
            device=self._devices.remember(user.username, device),
        )


def _refused() -> Unauthenticated:
    return Unauthenticated("User name or password is wrong.")
