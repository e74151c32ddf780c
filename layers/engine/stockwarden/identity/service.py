"""Use cases of accounts: register, sign in, refresh and sign out."""

from dataclasses import dataclass, field

from stockwarden.core.config import Settings
from stockwarden.core.errors import Unauthenticated, check_all
from stockwarden.core.quotas import TellQuota, tell_nobody
from stockwarden.identity import passwords
from stockwarden.identity.access import Role
from stockwarden.identity.devices import KnownDevices
from stockwarden.identity.guess_limits import GuessLimiter
from stockwarden.identity.rate_limits import Allowance, RateLimiter, address_key
from stockwarden.identity.sessions import Opened, SessionRepository
from stockwarden.identity.tokens import Tokens
from stockwarden.identity.users import User, UserRepository, canonical, check_username, may_exist

_REGISTRATION = "register-address"


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
        rate_limiter: RateLimiter,
        settings: Settings,
    ) -> None:
        self._users = users
        self._sessions = sessions
        self._tokens = tokens
        self._devices = devices
        self._guesses = guesses
        self._rates = rate_limiter
        of_address = settings.registrations_per_address
        self._registrations = Allowance(of_address, settings.attempt_window_seconds / of_address)

    def register(
        self,
        name: str,
        password: str,
        email: str | None,
        address: str,
        *,
        tell: TellQuota = tell_nobody,
    ) -> User:
        """Raises Invalid (name, password), RateLimited, Conflict (name taken).

        Attempts are not counted against the name, so nobody can block it for others.
        """
        check_all(
            lambda: check_username(name),
            lambda: passwords.check_strength(password, canonical(name)),
        )
        attempt = self._rates.count(_REGISTRATION, address_key(address), self._registrations)
        tell(attempt.quota)
        return self._users.add(name, passwords.hash_password(password), email=email)

    def login(
        self,
        name: str,
        password: str,
        address: str,
        device: str | None = None,
        *,
        tell: TellQuota = tell_nobody,
    ) -> SignedIn:
        """Signs in. `device` is the device cookie from an earlier sign-in, if there is one.

        Raises Unauthenticated, the same for every cause, and RateLimited. An attempt is counted
        before the password is checked, so that parallel guesses count too.
        """
        username = canonical(name)
        if not may_exist(username):
            self._guesses.check_address(address)
            passwords.verify(None, password)
            tell(self._guesses.failed(address))
            raise _refused()
        guess = self._guesses.begin(username, address, self._devices.recognize(username, device))
        user = self._users.find(username)
        matches = passwords.verify(user.password_hash if user else None, password)
        if user is None or not matches or user.disabled:
            tell(self._guesses.failed(address, guess))
            raise _refused()
        if passwords.needs_rehash(user.password_hash):
            self._users.replace_hash(user, passwords.hash_password(password))
        opened = self._sessions.start(user.username)
        self._guesses.succeeded(guess)
        tell(guess.if_succeeded)
        return self._signed_in(user, opened, device)

    def refresh(
        self, refresh_token: str | None, device_key: str | None = None, device: str | None = None
    ) -> SignedIn:
        """Exchanges a refresh token for new tokens. Raises Unauthenticated; a token that was used
        before ends the session, unless the same device (`device_key`) repeats its request."""
        if not refresh_token:
            raise Unauthenticated("Send the refresh token, in the body or as the cookie.")
        session = self._sessions.find_session(refresh_token)
        user = self._users.find(session.username)
        if user is None or user.disabled:
            self._sessions.end(session.id)
            raise Unauthenticated("This account is closed.")
        opened = self._sessions.rotate(session, refresh_token, device_key)
        return self._signed_in(user, opened, device)

    def logout(self, access_token: str | None, refresh_token: str | None) -> None:
        """Ends the session of the valid token. Raises Unauthenticated if neither is valid."""
        if access_token:
            try:
                self._sessions.end(self._tokens.verify(access_token).session_id)
            except Unauthenticated:
                if not refresh_token:
                    raise
            else:
                return
        if not refresh_token:
            raise Unauthenticated("Send the access token or the refresh token.")
        self._sessions.end(self._sessions.find_session(refresh_token).id)

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
