"""Use cases of API tokens: create, list, revoke."""

from collections.abc import Callable, Sequence
from datetime import datetime

from stockwarden.core.clock import Clock, utc_now
from stockwarden.core.errors import FieldError, Invalid, NotFound
from stockwarden.identity.access import Caller
from stockwarden.identity.api_tokens import MAX_LIFETIME, ApiToken, ApiTokenRepository


class ApiTokenService:
    """`require_visible` raises NotFound for a warehouse that the caller may not see."""

    def __init__(
        self,
        tokens: ApiTokenRepository,
        require_visible: Callable[[Caller, str], None],
        clock: Clock = utc_now,
    ) -> None:
        self._tokens = tokens
        self._require_visible = require_visible
        self._clock = clock

    def create(
        self,
        caller: Caller,
        *,
        name: str,
        scopes: Sequence[str],
        warehouses: Sequence[str] | None,
        expires_at: datetime,
    ) -> tuple[ApiToken, str]:
        """The token and its text, which is not stored. Raises Invalid for a warehouse that the
        caller does not see and an end that is past or too far, Conflict for too many tokens."""
        now = self._clock()
        if not now < expires_at <= now + MAX_LIFETIME:
            raise Invalid.field(
                "/expires_at", f"Choose a time within the next {MAX_LIFETIME.days} days."
            )
        errors = []
        for position, warehouse_id in enumerate(warehouses or ()):
            try:
                self._require_visible(caller, warehouse_id)
            except NotFound as missing:
                errors.append(FieldError(f"/warehouses/{position}", missing.detail))
        if errors:
            raise Invalid(errors[0].detail, errors)
        return self._tokens.add(caller.username, name, scopes, warehouses, expires_at)

    def list_tokens(self, caller: Caller) -> list[ApiToken]:
        return self._tokens.list_tokens(caller.username)

    def revoke(self, caller: Caller, token_id: str) -> None:
        """Raises NotFound unless it is a token of the caller."""
        self._tokens.remove(caller.username, token_id)
