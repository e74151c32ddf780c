"""Names of new items in files that call them descriptions, as many systems do."""

from typing import Any

from pydantic import TypeAdapter, ValidationError

from stockwarden.stock.item_model import Name

_NAMES = TypeAdapter[str](Name)


def name_from(description: Any) -> str | None:
    """The description as a name; None for one that is no name, such as one of several lines."""
    try:
        return _NAMES.validate_python(description)
    except ValidationError:
        return None
