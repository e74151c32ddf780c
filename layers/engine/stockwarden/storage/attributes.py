"""Plain Python values to DynamoDB attribute values and back.

boto3's own serializer refuses floats and returns Decimals; the API speaks JSON, where neither
exists. Numbers travel as their shortest exact text, and come back as int where they are whole.
"""

import math
from collections.abc import Mapping
from typing import Any

Item = dict[str, Any]


def to_attributes(item: Mapping[str, Any]) -> dict[str, Any]:
    """`{"n": 1}` → `{"n": {"N": "1"}}`. Raises TypeError for a type that has no attribute."""
    return {name: _encode(value) for name, value in item.items()}


def from_attributes(attributes: Mapping[str, Any]) -> Item:
    """The inverse of `to_attributes`; lists for tuples, frozensets for string sets."""
    return {name: _decode(value) for name, value in attributes.items()}


def _encode(value: Any) -> dict[str, Any]:
    match value:
        case str():
            return {"S": value}
        case bool():
            return {"BOOL": value}
        case int():
            return {"N": str(value)}
        case float():
            if not math.isfinite(value):
                raise TypeError(f"DynamoDB has no number {value!r}")
            return {"N": repr(value)}
        case None:
            return {"NULL": True}
        case bytes():
            return {"B": value}
        case list() | tuple():
            return {"L": [_encode(entry) for entry in value]}
        case dict():
            return {"M": to_attributes(value)}
        case set() | frozenset():
            return {"SS": sorted(value)}
        case _:
            raise TypeError(f"no DynamoDB attribute for {type(value).__name__}")


def _decode(attribute: Mapping[str, Any]) -> Any:
    ((kind, value),) = attribute.items()
    match kind:
        case "S" | "BOOL" | "B":
            return value
        case "N":
            return float(value) if any(mark in value for mark in ".eE") else int(value)
        case "NULL":
            return None
        case "L":
            return [_decode(entry) for entry in value]
        case "M":
            return from_attributes(value)
        case "SS":
            return frozenset(value)
        case _:
            raise TypeError(f"unexpected DynamoDB attribute type {kind}")
