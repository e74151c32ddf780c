"""Use cases of API tokens: create, list, revoke."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from stockwarden.audit.changes import differences
from stockwarden.audit.entry import COMPANY, Change
from stockwarden.audit.log import AuditLog
from stockwarden.core.clock import Clock, iso, utc_now
from stockwarden.core.errors import FieldError, Invalid, NotFound
from stockwarden.core.ids import may_be_id
from stockwarden.core.quotas import TellQuota, tell_nobody
from stockwarden.identity.access import Caller
from stockwarden.identity.action_limits import TOKENS, ActionLimiter
from stockwarden.identity.api_tokens import MAX_LIFETIME, ApiToken, ApiTokenRepository
from stockwarden.storage.tables import Operation


class ApiTokenService:
    """`require_visible` raises NotFound for a warehouse that the caller may not see."""

    def __init__(
        self,
        tokens: ApiTokenRepository,
        require_visible: Callable[[Caller, str], None],
        clock: Clock = utc_now,
        *,
        audit: AuditLog,
        limiter: ActionLimiter,
    ) -> None:
        self._limiter = limiter
        self._audit = audit
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
        tell: TellQuota = tell_nobody,
    ) -> tuple[ApiToken, str]:
        """The token and its text, which is not stored. Raises Invalid for a warehouse that the
        caller does not see and an end that is past or too far, RateLimited, Conflict for too many
        tokens."""
        now = self._clock()
        if not now < expires_at <= now + MAX_LIFETIME:
            raise Invalid.field(
                "/expires_at", f"Choose a time within the next {MAX_LIFETIME.days} days."
            )
        self._limiter.count(caller, TOKENS, tell)
        errors = []
        for position, warehouse_id in enumerate(warehouses or ()):
            try:
                self._require_visible(caller, warehouse_id)
            except NotFound as missing:
                errors.append(FieldError(f"/warehouses/{position}", missing.detail))
        if errors:
            raise Invalid(errors[0].detail, errors)
        facts = {
            "name": name,
            "scopes": sorted(set(scopes)),
            "warehouses": warehouses and sorted(set(warehouses)),
            "expires_at": iso(expires_at),
        }
        fields = differences(None, facts, facts)
        return self._tokens.add(
            caller.username,
            name,
            scopes,
            warehouses,
            expires_at,
            beside=lambda token_id: [self._entry(caller, "created", token_id, fields)],
        )

    def list_tokens(self, caller: Caller) -> list[ApiToken]:
        return self._tokens.list_tokens(caller.username)

    def revoke(self, caller: Caller, token_id: str) -> None:
        """Raises NotFound unless it is a token of the caller."""
        if not may_be_id(token_id):
            raise NotFound("There is no such API token.")
        entry = self._entry(caller, "revoked", token_id, {"revoked": (False, True)})
        self._tokens.remove(caller.username, token_id, beside=[entry])

    def _entry(
        self, caller: Caller, action: str, token_id: str, fields: Mapping[str, tuple[Any, Any]]
    ) -> Operation:
        change = Change(COMPANY, f"api_token.{action}", f"api_token/{token_id}", fields)
        return self._audit.entry(caller.origin, change)
