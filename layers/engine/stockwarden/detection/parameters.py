"""Parameters of detectors: kinds, bounds, and validation of user input."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from stockwarden.core.errors import FieldError, Invalid, escaped
from stockwarden.warehouse.layout.location_types import LocationType, read_location_type
from stockwarden.warehouse.layout.patterns import Pattern, PatternError, comparable, compile_pattern

MAX_TEXTS = 50
MAX_TEXT = 200

Value = int | float | tuple[str, ...]


@dataclass(frozen=True)
class Bounds:
    """The inclusive bounds of a number."""

    minimum: float
    maximum: float


Constraint = Bounds | type[LocationType] | type[Pattern] | type[str]


@dataclass(frozen=True)
class Parameter:
    """One number within bounds, or one list of texts (location types, patterns, free words), which
    may be empty if the default is."""

    name: str
    default: Value
    constraint: Constraint
    description: str = ""

    @property
    def kind(self) -> str:
        """`integer`, `number`, `location_types`, `patterns` or `texts`."""
        if isinstance(self.constraint, Bounds):
            return "integer" if isinstance(self.default, int) else "number"
        return {LocationType: "location_types", Pattern: "patterns"}.get(self.constraint, "texts")

    @property
    def minimum_items(self) -> int:
        """How many texts a list has at least."""
        return 0 if self.default == () else 1

    def to_document(self) -> dict[str, Any]:
        """JSON-able: name, kind, default, description; minimum and maximum of a number,
        minimum_items of a list."""
        default = list(self.default) if isinstance(self.default, tuple) else self.default
        document: dict[str, Any] = {
            "name": self.name,
            "kind": self.kind,
            "default": default,
            "description": self.description,
        }
        if isinstance(self.constraint, Bounds):
            document |= {"minimum": self.constraint.minimum, "maximum": self.constraint.maximum}
        else:
            document["minimum_items"] = self.minimum_items
        return document

    def read(self, value: Any, pointer: str) -> Value:
        """The value as passed to the detector. Raises `Invalid` with `pointer`."""
        if isinstance(self.constraint, Bounds):
            return self._number(value, self.constraint, pointer)
        return self._texts(value, pointer)

    def _number(self, value: Any, bounds: Bounds, pointer: str) -> Value:
        good = isinstance(value, (int, float)) and not isinstance(value, bool)
        whole = self.kind == "integer"
        # Bounds are checked first: they exclude NaN, and integers too large for a float.
        if (
            not good
            or not bounds.minimum <= value <= bounds.maximum
            or (whole and value != int(value))
        ):
            noun = "a whole number" if whole else "a number"
            raise Invalid.field(
                pointer, f"{self.name} is {noun} from {bounds.minimum:g} to {bounds.maximum:g}."
            )
        return int(value) if whole else float(value)

    def _texts(self, value: Any, pointer: str) -> Value:
        least = self.minimum_items
        if not isinstance(value, (list, tuple)) or not least <= len(value) <= MAX_TEXTS:
            size = f"1 to {MAX_TEXTS}" if least else f"up to {MAX_TEXTS}"
            raise Invalid.field(pointer, f"{self.name} is a list of {size} texts.")
        return tuple(self._text(text, f"{pointer}/{index}") for index, text in enumerate(value))

    def _text(self, text: Any, pointer: str) -> str:
        if not isinstance(text, str) or not text.strip() or len(text) > MAX_TEXT:
            raise Invalid.field(pointer, f"{self.name} holds texts of 1 to {MAX_TEXT} characters.")
        if self.constraint is LocationType:
            kind = read_location_type(text)
            if kind is None:
                raise Invalid.field(pointer, f"{text!r} is not one of {', '.join(LocationType)}.")
            return kind.value
        if self.constraint is Pattern:
            try:
                compile_pattern(text)
            except PatternError as error:
                raise Invalid.field(pointer, error.detail) from None
        return comparable(text)


def read_parameters(
    parameters: tuple[Parameter, ...], changes: Mapping[str, Any], pointer: str = "/parameters"
) -> dict[str, Value]:
    """{name: value} of every parameter, the default where `changes` has none.

    Raises `Invalid` with one error per unknown name and per value outside its bounds.
    """
    names = {parameter.name for parameter in parameters}
    errors = [
        FieldError(
            f"{pointer}/{escaped(name)}", f"There is no parameter {name!r}, only: {_list(names)}."
        )
        for name in changes
        if name not in names
    ]
    values: dict[str, Value] = {}
    for parameter in parameters:
        values[parameter.name] = parameter.default
        if parameter.name in changes:
            try:
                values[parameter.name] = parameter.read(
                    changes[parameter.name], f"{pointer}/{parameter.name}"
                )
            except Invalid as error:
                errors += error.errors
    if errors:
        raise Invalid(errors[0].detail, errors)
    return values


def _list(names: set[str]) -> str:
    return ", ".join(sorted(names)) or "none"
