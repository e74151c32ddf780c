"""Suppressions: API models, repository and service with permission checks.

Each is an item whose token sorts by creation time; a counter item (`count`) enforces the maximum.
A user's own suppressions apply to that user's reports without a warehouse.
"""

import re
import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from stockwarden.audit.changes import differences
from stockwarden.audit.entry import Change, resource_scope
from stockwarden.audit.log import AuditLog
from stockwarden.core.clock import Clock, iso
from stockwarden.core.errors import Conflict, Invalid, NotFound, check_all
from stockwarden.core.fields import FREE_TEXT, NAME
from stockwarden.identity.access import Action, Caller, require_all_warehouses
from stockwarden.rules.suppression_filter import Suppression
from stockwarden.storage.attributes import Item
from stockwarden.storage.keys import KeyRange
from stockwarden.storage.keys import reports as keys
from stockwarden.storage.pages import page_of
from stockwarden.storage.tables import ConditionFailed, Operation, Table, write
from stockwarden.warehouse.layout.patterns import PatternError, compile_pattern
from stockwarden.warehouse.service import WarehouseService

MAX_DAYS = 180
# Bounds the work: each analysis of the warehouse reads and applies all suppressions.
MAX_SUPPRESSIONS = 100
Facts = Mapping[str, Any]
_TOKEN = re.compile(r"[0-9a-f]{20}")
_ID = re.compile(r"(?:(?P<warehouse>wh_[0-9a-z]{1,70})-|sup_)(?P<token>[0-9a-f]{20})")


class SuppressionRequest(BaseModel):
    """`until` is the last day of the suppression, in the time zone of the warehouse."""

    model_config = ConfigDict(extra="forbid")

    rule: str = Field(min_length=1, max_length=60, examples=["unknown-location"])
    subject_pattern: Annotated[str, NAME] = Field(
        min_length=1,
        max_length=200,
        description="A pattern as in layouts, for the ids of pallets, locations or lots.",
        examples=["BOX-*"],
    )
    until: date = Field(description=f"Not before today, and at most {MAX_DAYS} days ahead.")
    reason: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300), FREE_TEXT
    ]
    warehouse_id: str | None = Field(
        default=None,
        min_length=1,
        max_length=80,
        description="Without a warehouse, it applies to the caller's reports that have none.",
    )


class SuppressionView(BaseModel):
    """`expired` says that it applies to no snapshot of today or later."""

    id: str
    warehouse_id: str | None
    rule: str
    subject_pattern: str
    until: date
    reason: str
    created_at: str
    created_by: str
    expired: bool


class SuppressionPage(BaseModel):
    """Newest first."""

    suppressions: list[SuppressionView]
    next_cursor: str | None


@dataclass(frozen=True)
class SuppressionOwner:
    """The owner of suppressions: a warehouse, or a user where `warehouse_id` is None."""

    warehouse_id: str | None
    username: str

    @property
    def suppressions(self) -> KeyRange:
        return keys.suppressions(self.warehouse_id, self.username)

    @property
    def count_key(self) -> Item:
        return keys.suppression_count(self.warehouse_id, self.username)

    def id_of(self, token: str) -> str:
        return f"{self.warehouse_id}-{token}" if self.warehouse_id else f"sup_{token}"


class SuppressionRepository:
    def __init__(self, table: Table, clock: Clock) -> None:
        self.table = table
        self.clock = clock

    def list_all(self, owner: SuppressionOwner) -> list[Suppression]:
        """All suppressions, expired ones included, oldest first; at most `MAX_SUPPRESSIONS`."""
        items = self.table.query_all(owner.suppressions, consistent=True)
        return [
            Suppression(
                id=item["id"],
                rule=item["rule"],
                subject_pattern=item["subject_pattern"],
                until=date.fromisoformat(item["until"]),
                reason=item["reason"],
            )
            for item in items
        ]

    def list_page(
        self, owner: SuppressionOwner, limit: int, cursor: str | None
    ) -> tuple[list[Item], str | None]:
        suppressions = owner.suppressions
        return page_of(
            self.table,
            f"suppressions#{suppressions.pk}",
            suppressions,
            limit=limit,
            cursor=cursor,
            valid=_TOKEN.fullmatch,
            newest_first=True,
        )

    def new_token(self) -> str:
        return f"{int(self.clock().timestamp() * 1000):012x}{secrets.token_hex(4)}"

    def add(
        self,
        owner: SuppressionOwner,
        token: str,
        facts: Facts,
        by: str,
        *,
        beside: Sequence[Operation] = (),
    ) -> Item:
        """Stores a suppression; `token` is a `new_token`, `facts` are the fields of the request.
        Raises Conflict at `MAX_SUPPRESSIONS`."""
        item: Item = {
            **owner.suppressions.key(token),
            "id": owner.id_of(token),
            **facts,
            "created_at": iso(self.clock()),
            "created_by": by,
        }
        has_room = "attribute_not_exists(#count) OR #count < :most"
        increment = self._count(owner, 1, has_room, most=MAX_SUPPRESSIONS)
        try:
            write(self.table.put(item, when="attribute_not_exists(#pk)"), increment, *beside)
        except ConditionFailed as failed:
            raise Conflict(
                f"There are {MAX_SUPPRESSIONS} suppressions already, the most there may be; "
                "delete those that have expired."
            ) from failed
        return item

    def find(self, owner: SuppressionOwner, token: str) -> Item | None:
        return self.table.get(owner.suppressions.key(token), consistent=True)

    def remove(
        self, owner: SuppressionOwner, token: str, *, beside: Sequence[Operation] = ()
    ) -> None:
        """Deletes a suppression. Raises NotFound."""
        deletion = self.table.delete(owner.suppressions.key(token), when="attribute_exists(#pk)")
        try:
            write(deletion, self._count(owner, -1, "attribute_exists(#count)"), *beside)
        except ConditionFailed as failed:
            raise NotFound(_NO_SUCH_SUPPRESSION) from failed

    def _count(self, owner: SuppressionOwner, change: int, when: str, **values: int) -> Operation:
        key = owner.count_key
        return self.table.update(key, "ADD #count :more", when=when, more=change, **values)


class SuppressionService:
    def __init__(
        self,
        repository: SuppressionRepository,
        warehouses: WarehouseService,
        rules: Collection[str],
        clock: Clock,
        *,
        audit: AuditLog,
    ) -> None:
        self.repository = repository
        self.audit = audit
        self.clock = clock
        self.warehouses = warehouses
        self.rules = rules

    def create(self, caller: Caller, request: SuppressionRequest) -> SuppressionView:
        """Creates a suppression. Raises Invalid, Conflict, NotFound, Forbidden."""
        owner, today = self._owner(caller, request.warehouse_id, Action.CONFIGURE)
        check_all(
            lambda: self._require_rule(request.rule),
            lambda: _check_pattern(request.subject_pattern),
            lambda: _check_until(request.until, today),
        )
        token = self.repository.new_token()
        facts = request.model_dump(mode="json", exclude={"warehouse_id"})
        entry = self._entry(caller, owner, token, None, facts)
        item = self.repository.add(owner, token, facts, caller.username, beside=[entry])
        return _view(item, owner, today)

    def _require_rule(self, rule: str) -> None:
        if rule not in self.rules:
            raise Invalid.field(
                "/rule", f"There is no such rule. There are: {', '.join(self.rules)}."
            )

    def list_suppressions(
        self, caller: Caller, warehouse_id: str | None, limit: int, cursor: str | None
    ) -> SuppressionPage:
        """One page, newest first. Raises NotFound for a warehouse the caller may not see."""
        owner, today = self._owner(caller, warehouse_id, Action.SEE)
        items, more = self.repository.list_page(owner, limit, cursor)
        return SuppressionPage(
            suppressions=[_view(item, owner, today) for item in items], next_cursor=more
        )

    def remove(self, caller: Caller, suppression_id: str) -> None:
        """Deletes a suppression; the next analysis reports its findings again."""
        match = _ID.fullmatch(suppression_id)
        if match is None:
            raise NotFound(_NO_SUCH_SUPPRESSION)
        try:
            owner, _ = self._owner(caller, match["warehouse"], Action.CONFIGURE)
        except NotFound as missing:
            raise NotFound(_NO_SUCH_SUPPRESSION) from missing
        before = self.repository.find(owner, match["token"])
        if before is None:
            raise NotFound(_NO_SUCH_SUPPRESSION)
        entry = self._entry(caller, owner, match["token"], before, None)
        self.repository.remove(owner, match["token"], beside=[entry])

    def _entry(
        self,
        caller: Caller,
        owner: SuppressionOwner,
        token: str,
        before: Facts | None,
        after: Facts | None,
    ) -> Operation:
        change = Change(
            resource_scope(owner.warehouse_id),
            "suppression.created" if after else "suppression.deleted",
            f"suppression/{owner.id_of(token)}",
            differences(before, after, SuppressionRequest.model_fields),
        )
        return self.audit.entry(caller.origin, change)

    def _owner(
        self, caller: Caller, warehouse_id: str | None, action: Action
    ) -> tuple[SuppressionOwner, date]:
        """The owner, and the current date in its time zone."""
        timezone = "UTC"
        if warehouse_id is None:
            require_all_warehouses(caller)
        else:
            timezone = self.warehouses.authorize(caller, warehouse_id, action)["timezone"]
        today = self.clock().astimezone(ZoneInfo(timezone)).date()
        return SuppressionOwner(warehouse_id, caller.username), today


_NO_SUCH_SUPPRESSION = "There is no such suppression."


def _check_pattern(pattern: str) -> None:
    try:
        compile_pattern(pattern)
    except PatternError as error:
        raise Invalid.field("/subject_pattern", error.detail) from error


def _check_until(until: date, today: date) -> None:
    latest = today + timedelta(days=MAX_DAYS)
    if not today <= until <= latest:
        raise Invalid.field(
            "/until", f"Give a day from today, {today}, to {latest}, {MAX_DAYS} days ahead."
        )


def _view(item: Item, owner: SuppressionOwner, today: date) -> SuppressionView:
    until = date.fromisoformat(item["until"])
    return SuppressionView.model_validate(
        {**item, "warehouse_id": owner.warehouse_id, "expired": until < today}
    )
