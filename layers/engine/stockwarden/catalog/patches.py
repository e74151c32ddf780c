"""What a JSON merge patch (RFC 7396) changes of a record."""

from collections.abc import Collection, Mapping
from typing import Any

from pydantic import BaseModel

from stockwarden.core.errors import FieldError, Invalid


def given_fields(patch: BaseModel, removable: Collection[str] = ()) -> dict[str, Any]:
    """The fields that a patch names. Raises Invalid for null where a field must have a value."""
    given = patch.model_dump(mode="json", exclude_unset=True)
    errors = [
        FieldError(f"/{name}", "This must have a value; leave it out to keep the one it has.")
        for name, value in given.items()
        if value is None and name not in removable
    ]
    if errors:
        raise Invalid(errors[0].detail, errors)
    return given


def changed(record: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """Those of the given fields that differ from the record's; absent is None."""
    return {name: value for name, value in given.items() if record.get(name) != value}
