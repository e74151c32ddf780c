"""Asks for the password again before a change that a stolen session must not be enough for."""

from stockwarden.core.errors import Invalid
from stockwarden.identity import passwords
from stockwarden.identity.access import Caller
from stockwarden.identity.guess_limits import Guess, GuessLimiter
from stockwarden.identity.second_factors import SecondFactorRepository
from stockwarden.identity.security_log import SecurityLog
from stockwarden.identity.users import User, UserRepository
from stockwarden.storage.tables import Operation


class PasswordCheck:
    def __init__(
        self,
        users: UserRepository,
        guesses: GuessLimiter,
        factors: SecondFactorRepository,
        security: SecurityLog,
    ) -> None:
        self._users = users
        self._guesses = guesses
        self._factors = factors
        self._security = security

    def require(self, caller: Caller, password: str, address: str, pointer: str) -> User:
        """The caller's account, if this is its password. Raises Invalid at `pointer` if not, which
        is noted, and RateLimited: guesses count together with those of sign-ins."""
        user, guess = self._begin(caller, password, address, pointer)
        self._guesses.succeeded(guess)
        return user

    def require_with_code(
        self, caller: Caller, password: str, code: str | None, address: str
    ) -> tuple[User, list[Operation]]:
        """As `require`, at /password; and a code at /otp where the account has a second factor,
        whose wrong ones count like wrong passwords. The operations, for the transaction of what the
        code is for, use it up; their condition is false if another request has used it."""
        user, guess = self._begin(caller, password, address, "/password")
        use = self._factors.use(user.username, code) if user.has_second_factor and code else None
        if user.has_second_factor and code and use is None:
            self._security.refused(
                caller.origin,
                caller.user_id,
                "second_factor.refused",
                lambda: self._guesses.failed(address),
            )
            raise Invalid.field("/otp", "This code does not hold, or was used.")
        self._guesses.succeeded(guess)
        if user.has_second_factor and use is None:
            raise Invalid.field("/otp", "A code of the second factor is needed.")
        return user, [use] if use else []

    def _begin(
        self, caller: Caller, password: str, address: str, pointer: str
    ) -> tuple[User, Guess]:
        guess = self._guesses.begin(caller.username, address, device=None)
        user = self._users.find(caller.username)
        matches = passwords.verify(user.password_hash if user else None, password)
        if user is None or not matches:
            self._security.refused(
                caller.origin,
                caller.user_id,
                "password.refused",
                lambda: self._guesses.failed(address),
            )
            raise Invalid.field(pointer, "This is not your password.")
        return user, guess
