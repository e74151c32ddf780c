"""Asks for the password again before a change that a stolen session must not be enough for."""

from stockwarden.core.errors import Invalid
from stockwarden.identity import passwords
from stockwarden.identity.access import Caller
from stockwarden.identity.guess_limits import GuessLimiter
from stockwarden.identity.users import User, UserRepository


class PasswordCheck:
    def __init__(self, users: UserRepository, guesses: GuessLimiter) -> None:
        self._users = users
        self._guesses = guesses

    def require(self, caller: Caller, password: str, address: str, pointer: str) -> User:
        """The caller's account, if this is its password. Raises Invalid at `pointer` if not, and
        RateLimited: guesses count together with those of sign-ins."""
        guess = self._guesses.begin(caller.username, address, device=None)
        user = self._users.find(caller.username)
        matches = passwords.verify(user.password_hash if user else None, password)
        if user is None or not matches:
            self._guesses.failed(address)
            raise Invalid.field(pointer, "This is not your password.")
        self._guesses.succeeded(guess)
        return user
