"""Requests on saved mappings. They are personal; an administrator may name another user's."""

from typing import Any

from stockwarden.audit.changes import differences
from stockwarden.audit.entry import COMPANY, Change
from stockwarden.audit.log import AuditLog
from stockwarden.core.errors import FieldError, Invalid, NotFound, escaped
from stockwarden.identity.access import Caller, Role, require_all_warehouses, require_role
from stockwarden.identity.user_ids import UserIds
from stockwarden.identity.usernames import canonical, may_exist
from stockwarden.ingestion.mapping.fields import LABELS, missing_fields
from stockwarden.mappings.model import SavedMapping, SavedMappingChange, SavedMappingPage
from stockwarden.mappings.repository import MappingRepository
from stockwarden.storage.attributes import Item
from stockwarden.storage.tables import Operation
from stockwarden.storage.versions import check_version


class MappingService:
    def __init__(
        self, repository: MappingRepository, *, audit: AuditLog, user_ids: UserIds
    ) -> None:
        self.repository = repository
        self.audit = audit
        self.user_ids = user_ids

    def list_mappings(
        self, caller: Caller, username: str | None, limit: int, cursor: str | None
    ) -> SavedMappingPage:
        """Lists saved mappings. Raises Forbidden, as every method does, where a caller who is not
        an administrator names another user."""
        items, next_cursor = self.repository.list_mappings(
            _owner_name(caller, username), limit, cursor
        )
        return SavedMappingPage(
            mappings=[_mapping(item) for item in items], next_cursor=next_cursor
        )

    def change_mapping(
        self,
        caller: Caller,
        mapping_id: str,
        request: SavedMappingChange,
        username: str | None,
        expected_version: int | None,
    ) -> SavedMapping:
        """Raises NotFound, Invalid for a column that the header lacks, PreconditionFailed."""
        item = self._find_at_version(caller, mapping_id, username, expected_version)
        _check_columns(item, request)
        choice: dict[str, Any] = {**item["choice"], "column_mapping": request.column_mapping}
        if request.date_order:
            choice["date_order"] = request.date_order
        if request.number_format:
            choice["number_format"] = request.number_format
        # The fit of values is known only for columns whose field stays the same.
        fits = {
            column: fit
            for column, fit in item["fits"].items()
            if request.column_mapping.get(column) == item["choice"]["column_mapping"].get(column)
        }
        changes = {"choice": choice, "fits": fits, "name": request.name or item["name"]}
        entry = self._entry(caller, username, "mapping.changed", item, {**item, **changes})
        return _mapping(self.repository.update(item, changes, beside=[entry]))

    def remove(
        self, caller: Caller, mapping_id: str, username: str | None, expected_version: int | None
    ) -> None:
        item = self._find_at_version(caller, mapping_id, username, expected_version)
        entry = self._entry(caller, username, "mapping.deleted", item, None)
        self.repository.remove(item, beside=[entry])

    def _entry(
        self, caller: Caller, username: str | None, action: str, before: Item, after: Item | None
    ) -> Operation:
        """The id of a mapping is that of a header, and so of one for each person."""
        owner = _owner_name(caller, username)
        user_id = self.user_ids.find_ids(caller, [owner])[owner]
        old, new = _facts(before), _facts(after) if after else {}
        change = Change(
            COMPANY, action, f"mapping/{user_id}/{before['id']}", differences(old, new, old | new)
        )
        return self.audit.entry(caller.origin, change)

    def _find_at_version(
        self, caller: Caller, mapping_id: str, username: str | None, expected_version: int | None
    ) -> Item:
        item = self.repository.find(_owner_name(caller, username), mapping_id)
        if item is None:
            raise NotFound("There is no such mapping.")
        check_version(item, expected_version, "mapping")
        return item


def _owner_name(caller: Caller, username: str | None) -> str:
    require_all_warehouses(caller)
    if username is None or canonical(username) == caller.username:
        return caller.username
    require_role(caller, Role.ADMIN)
    if not may_exist(canonical(username)):
        raise Invalid.field("/username", f"There is no user {username!r}.")
    return canonical(username)


def _check_columns(item: Item, request: SavedMappingChange) -> None:
    errors = [
        FieldError(
            f"/column_mapping/{escaped(column)}",
            f"The header has no column {column!r}, only {', '.join(item['columns'])}.",
        )
        for column in request.column_mapping
        if column not in item["columns"]
    ]
    errors += [
        FieldError("/column_mapping", f"No column is the {LABELS[field]}.")
        for field in missing_fields(request.column_mapping.values())
    ]
    if errors:
        raise Invalid(errors[0].detail, errors)


def _facts(item: Item) -> dict[str, Any]:
    choice = {f"choice.{name}": value for name, value in item["choice"].items()}
    return {**choice, "name": item["name"]}


def _mapping(item: Item) -> SavedMapping:
    return SavedMapping.model_validate({**item, **item["choice"]})
