"""The scope of a rule: the stock that it evaluates. No pandas; `evaluation_scope.py` applies it.

`locations` and `products` select rows: a row is evaluated if its location code matches a location
pattern, and its product_code or description a product pattern; an empty list is no restriction.
Other rows remain the context of the evaluated ones: they still fill locations, complete lots and
count in statistics.

`excluded` removes rows for this rule (`BOX-*`: boxes beside the pallets): a row whose pallet id,
location code, product_code or description matches neither fills a location nor counts in a lot.

Both are counted in the rule's coverage as skipped rows, "out of scope".
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from stockwarden.core.errors import FieldError, Invalid
from stockwarden.warehouse.layout.patterns import PatternError, comparable, compile_pattern

OUT_OF_SCOPE = "out of scope"
MAX_PATTERNS = 30
MAX_PATTERN = 100
FIELDS = ("locations", "products", "excluded")


@dataclass(frozen=True)
class Scope:
    """Patterns of `warehouse/layout/patterns.py`, trimmed and upper-cased."""

    locations: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()

    @classmethod
    def read(cls, patterns: Mapping[str, Any], pointer: str = "/scope") -> "Scope":
        """Raises `Invalid` with one error below `pointer` per unusable pattern."""
        errors = [
            FieldError(f"{pointer}/{name}", f"A scope has no {name!r}, only {', '.join(FIELDS)}.")
            for name in patterns
            if name not in FIELDS
        ]
        fields = {
            name: _read(patterns.get(name) or (), f"{pointer}/{name}", errors) for name in FIELDS
        }
        if errors:
            raise Invalid(errors[0].detail, errors)
        return cls(**fields)

    def __bool__(self) -> bool:
        return bool(self.locations or self.products or self.excluded)

    def to_document(self) -> dict[str, list[str]]:
        """JSON-able; `read` is the inverse."""
        return {name: list(getattr(self, name)) for name in FIELDS}


EVERYTHING = Scope()


def _read(patterns: Any, pointer: str, errors: list[FieldError]) -> tuple[str, ...]:
    if not isinstance(patterns, (list, tuple)) or len(patterns) > MAX_PATTERNS:
        errors.append(FieldError(pointer, f"This is a list of at most {MAX_PATTERNS} patterns."))
        return ()
    compiled: list[str] = []
    for index, text in enumerate(patterns):
        if not isinstance(text, str) or not text.strip() or len(text) > MAX_PATTERN:
            detail = f"A pattern is a text of 1 to {MAX_PATTERN} characters."
            errors.append(FieldError(f"{pointer}/{index}", detail))
            continue
        try:
            compile_pattern(text)
        except PatternError as error:
            errors.append(FieldError(f"{pointer}/{index}", error.detail))
            continue
        compiled.append(comparable(text))
    return tuple(dict.fromkeys(compiled))
