"""Strict JSON parser: refuses numbers and nesting that cannot be stored, with a pointer.

Python reads `1e400` as infinity, `1e-400` as 0 and any number of digits as an integer, which the
database, serialization and comparisons cannot handle. No field needs such numbers, so they are
refused here for all routes and fields. A fractional number keeps the text it was written as, for
the fields that take exact numbers.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from stockwarden.core.errors import BadRequest, FieldError, Invalid, escaped
from stockwarden.core.exact import WrittenNumber

MAX_DEPTH = 32
# DynamoDB's precision, which exceeds that of a float.
_MAX_DIGITS = 38
_LARGEST, _SMALLEST = 1e38, 1e-38
_MAX_ERRORS = 20
# A string, or what Python's parser takes for a number and JSON does not.
_STRING_OR_CONSTANT = re.compile(r'"(?:[^"\\]|\\.)*"|(NaN|-?Infinity)', re.DOTALL)


class _NoJson(ValueError):
    """NaN or Infinity."""


class _Unfit:
    """Placeholder of a number that no field could hold."""


def parse_json(text: str) -> Any:
    """Parses JSON. Raises BadRequest for invalid or too deeply nested JSON, and Invalid, with a
    pointer to each, for numbers that no field could hold."""
    try:
        value = json.loads(
            text, parse_constant=_refuse_constant, parse_int=_integer, parse_float=_decimal
        )
        if "\\u" in text:
            json.dumps(value, ensure_ascii=False, default=str).encode()
    except json.JSONDecodeError as error:
        raise BadRequest(
            f"The body is not valid JSON: {error.msg} at line {error.lineno}, column {error.colno}."
        ) from error
    except _NoJson as error:
        raise BadRequest(f"The body is not valid JSON: {_place_of_constant(text)}.") from error
    except RecursionError as error:
        raise BadRequest(_TOO_DEEP) from error
    except ValueError as error:
        raise BadRequest("The body is not valid JSON.") from error
    errors = [FieldError(pointer, _UNFIT) for pointer in _unfit_numbers(value)]
    if errors:
        raise Invalid(_UNFIT, errors[:_MAX_ERRORS])
    return value


_TOO_DEEP = f"The body is nested more than {MAX_DEPTH} levels deep."
_UNFIT = f"A number has at most {_MAX_DIGITS} digits and lies between 1e-38 and 1e38."


def _refuse_constant(name: str) -> None:
    raise _NoJson(name)


def _place_of_constant(text: str) -> str:
    """What the first constant is and where, counted as JSONDecodeError counts."""
    found = next(match for match in _STRING_OR_CONSTANT.finditer(text) if match[1])
    before = text[: found.start()]
    line, column = before.count("\n") + 1, found.start() - before.rfind("\n")
    return f"{found[1]} is no number at line {line}, column {column}"


def _integer(text: str) -> int | _Unfit:
    return int(text) if len(text.lstrip("-")) <= _MAX_DIGITS else _Unfit()


def _decimal(text: str) -> WrittenNumber | _Unfit:
    mantissa = text.lower().partition("e")[0]
    number = WrittenNumber(text)
    if sum(map(str.isdigit, mantissa)) > _MAX_DIGITS or abs(number) >= _LARGEST:
        return _Unfit()
    if abs(number) < _SMALLEST and mantissa.strip("-0."):
        return _Unfit()
    return number


def _unfit_numbers(document: Any) -> Iterator[str]:
    """The pointers of all unfit numbers, unordered. Raises BadRequest for too deep nesting."""
    waiting: list[tuple[Any, str, int]] = [(document, "", 0)]
    while waiting:
        value, pointer, depth = waiting.pop()
        if isinstance(value, _Unfit):
            yield pointer
            continue
        if not isinstance(value, dict | list):
            continue
        if depth == MAX_DEPTH:
            raise BadRequest(_TOO_DEEP)
        members = value.items() if isinstance(value, dict) else enumerate(value)
        for name, member in members:
            if isinstance(member, dict | list | _Unfit):
                waiting.append((member, f"{pointer}/{escaped(name)}", depth + 1))
