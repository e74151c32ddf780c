"""Resolves a user's mapping against the columns of the file."""

from collections.abc import Mapping, Sequence

from stockwarden.core.errors import FieldError, Invalid, escaped
from stockwarden.ingestion.mapping.schema import Schema
from stockwarden.ingestion.mapping.user_choice import field_question


def resolve_mapping(
    given_mapping: Mapping[str, str] | None, columns: Sequence[str], schema: Schema
) -> dict[str, str]:
    """{column of the file: field}. Names are compared without case and extra blanks.

    Raises Invalid with one error at /column_mapping/<name> for each unknown column, unknown field,
    or second column for a field.
    """
    resolved: dict[str, str] = {}
    errors: list[FieldError] = []
    loose = _loose_names(columns)
    for name, field in (given_mapping or {}).items():
        pointer = f"/column_mapping/{escaped(name)}"
        column = name if name in columns else loose.get(_key(name))
        if column is None:
            listed = ", ".join(columns[:30])
            detail = f"The file has no column “{name}”; it has: {listed}."
        elif field not in schema.fields:
            detail = f"“{field}” is no field; the fields are {', '.join(schema.fields)}."
        elif field in resolved.values():
            detail = f"{field} is given to two columns; it can come from one only."
        elif column in resolved:
            detail = f"The column “{column}” is given twice."
        else:
            resolved[column] = field
            continue
        errors.append(FieldError(pointer, detail))
    if errors:
        raise Invalid("The column mapping does not fit the file. " + errors[0].detail, errors)
    return resolved


def resolve_fields(
    answers: Mapping[str, str | None], columns: Sequence[str]
) -> dict[str, str | None]:
    """{field: column of the file, or None}, for answers to questions.

    Raises Invalid with one error at /answers/field:<field> for each unknown column, and for a
    column that is the answer to two of them.
    """
    resolved: dict[str, str | None] = {}
    errors: list[FieldError] = []
    loose = _loose_names(columns)
    for field, name in answers.items():
        column = name if name is None or name in columns else loose.get(_key(name))
        if name is not None and column is None:
            detail = f"The file has no column “{name}”; it has: {', '.join(columns[:30])}."
        elif column is not None and column in resolved.values():
            detail = f"The column “{column}” is the answer to two questions."
        else:
            resolved[field] = column
            continue
        errors.append(FieldError(f"/answers/{field_question(field)}", detail))
    if errors:
        raise Invalid("The answers do not fit the file. " + errors[0].detail, errors)
    return resolved


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()


def _loose_names(columns: Sequence[str]) -> dict[str, str]:
    names: dict[str, str] = {}
    ambiguous: set[str] = set()
    for column in columns:
        key = _key(column)
        if key in names:
            ambiguous.add(key)
        names[key] = column
    return {key: column for key, column in names.items() if key not in ambiguous}
