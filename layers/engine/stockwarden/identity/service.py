"""Registering, signing in and out. What the auth function's routes call, one method each."""

from dataclasses import dataclass, field

from stockwarden.core.errors import Unauthenticated
from stockwarden.core.settings import Settings
from stockwarden.identity import passwords
from stockwarden.identity.rates import Rates, address_key
from stockwarden.identity.sessions import Opened, Sessions
from stockwarden.identity.tokens import Tokens
from stockwarden.identity.users import User, Users, canonical, check_username, may_exist

_LOGIN_NAME = "login-name"
_LOGIN_ADDRESS = "login-address"
_REGISTER_NAME = "register-name"
_REGISTER_ADDRESS = "register-address"


@dataclass(frozen=True)
class SignedIn:
    """What a client goes on with. `expires_in` is in seconds."""

    token: str = field(repr=False)
    expires_in: int
    refresh_token: str = field(repr=False)
    username: str
    role: str


class Identity:
    def __init__(
        self, users: Users, sessions: Sessions, tokens: Tokens, rates: Rates, settings: Settings
    ) -> None:
        self._users = users
        self._sessions = sessions
        self._tokens = tokens
        self._rates = rates
        self._settings = settings

    def register(self, name: str, password: str, email: str | None, address: str) -> User:
        """Raises Invalid (name, password), RateLimited, Conflict (name taken)."""
        username = check_username(name)
        passwords.check_strength(password, username)
        limits = self._settings
        address = address_key(address)
        self._rates.count(_REGISTER_ADDRESS, address, limits.registrations_per_address)
        self._rates.count(_REGISTER_NAME, username, limits.registrations_per_name)
        return self._users.add(name, passwords.hash_password(password), email=email)

    def login(self, name: str, password: str, address: str) -> SignedIn:
        """Raises Unauthenticated, the same for everything wrong, and RateLimited.

        An attempt counts against its name before the password is looked at, so that guesses
        sent in parallel count too; success gives back its own attempt and no other, so what
        counts in the end is failures. Against an address only failures count from the start:
        behind one address a whole shift may sign in.
        """
        username, source = canonical(name), address_key(address)
        self._rates.check(_LOGIN_ADDRESS, source, self._settings.failed_logins_per_address)
        if not may_exist(username):
            passwords.verify(None, password)
            self._rates.count(_LOGIN_ADDRESS, source)
            raise _refused()
        attempt = self._rates.count(_LOGIN_NAME, username, self._settings.logins_per_name)
        user = self._users.find(username)
        matches = passwords.verify(user.password_hash if user else None, password)
        if user is None or not matches or user.disabled:
            self._rates.count(_LOGIN_ADDRESS, source)
            raise _refused()
        if passwords.needs_rehash(user.password_hash):
            self._users.replace_hash(user, passwords.hash_password(password))
        opened = self._sessions.start(user.username)
        self._rates.give_back(attempt)
        return self._signed_in(user, opened)

    def refresh(self, refresh_token: str | None, device_key: str | None = None) -> SignedIn:
        """The token is spent. Raises Unauthenticated; for a spent one the session ends, unless
        the device that spent it asks again at once."""
        if not refresh_token:
            raise Unauthenticated("Send the refresh token, in the body or as the cookie.")
        session = self._sessions.of(refresh_token)
        user = self._users.find(session.username)
        if user is None or user.disabled:
            self._sessions.end(session.id)
            raise Unauthenticated("This account is closed.")
        return self._signed_in(user, self._sessions.rotate(session, refresh_token, device_key))

    def logout(self, access_token: str | None, refresh_token: str | None) -> None:
        """End the session of whichever token holds. Raises Unauthenticated if none does."""
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
        self._sessions.end(self._sessions.of(refresh_token).id)

    def _signed_in(self, user: User, opened: Opened) -> SignedIn:
        return SignedIn(
            token=self._tokens.issue(user.username, user.role, opened.session_id),
            expires_in=int(self._tokens.lifetime.total_seconds()),
            refresh_token=opened.refresh_token,
            username=user.name,
            role=user.role,
        )


def _refused() -> Unauthenticated:
    return Unauthenticated("User name or password is wrong.")
