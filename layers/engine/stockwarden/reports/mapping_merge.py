"""Merges a person's answers about a file into the report's stored mapping choice."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from stockwarden.core.errors import FieldError, Invalid, escaped
from stockwarden.ingestion.mapping.join_pattern import parse_pattern
from stockwarden.ingestion.mapping.user_choice import (
    DATE_ORDER,
    ENCODING,
    NO_COLUMN,
    NUMBER_FORMAT,
    SHEET,
    asked_field,
)
from stockwarden.reports.file_model import PreviewQuestion, ReportPreview

SCOPE = "scope"
_CHOICES = {"column_mapping", "sheet", "header_row", DATE_ORDER, NUMBER_FORMAT, ENCODING}
# They are of the person's programs, and hold on another sheet as well.
_NOTATIONS = (DATE_ORDER, NUMBER_FORMAT, ENCODING)


@dataclass(frozen=True)
class Answers:
    """`choice` has the answers about columns, dates, numbers and sheet (fields of
    `UserChoice`); `scope` is whole, part or the id of another warehouse."""

    choice: Mapping[str, Any]
    scope: str | None = None


def read_answers(
    preview: ReportPreview | None, answers: Mapping[str, str | None] | None
) -> Answers:
    """Reads {question id: value}; an empty one skips what is optional. Raises Invalid with one
    error at /answers/<id> for each id that no question has, and for each value that is not among
    the question's choices."""
    questions = {question.id: question for question in preview.questions} if preview else {}
    columns = [column.name for column in preview.columns] if preview else []
    errors: list[FieldError] = []
    fields: dict[str, str | None] = {}
    choice: dict[str, Any] = {}
    for question_id, value in (answers or {}).items():
        question, field = questions.get(question_id), asked_field(question_id)
        problem = (
            _problem_with(question, value, columns)
            if question
            else f"Nothing is asked under this id; {_list_questions(questions)}."
        )
        if problem:
            errors.append(FieldError(f"/answers/{escaped(question_id)}", problem))
        elif field:
            fields[field] = value or None
        else:
            choice[question_id] = value
    errors += _duplicate_columns(fields)
    if errors:
        raise Invalid(errors[0].detail, errors)
    scope = choice.pop(SCOPE, None)
    if fields or choice or answers == {}:
        choice["answered"] = True
    if fields:
        choice["fields"] = fields
    return Answers(choice, scope)


def merge_choice(
    previous: Mapping[str, Any], request: BaseModel, answers: Answers, *, replace: bool
) -> dict[str, Any]:
    """The choice (as stored with a report or an import) after a request, which has some of the
    fields of `UserChoice`.

    Fields that the request omits are kept, unless they applied to another sheet or header row, or
    the request is to `replace` the choice.
    """
    requested = request.model_dump(exclude_none=True, include=_CHOICES)
    changes = {name: value for name, value in requested.items() if value != {}} | dict(
        answers.choice
    )
    if replace:
        return {**changes, "exact": True}
    choice = dict(previous)
    if _differs(SHEET, choice, changes):
        choice = {name: choice[name] for name in _NOTATIONS if name in choice}
    if _differs("header_row", choice, changes):
        for name in ("column_mapping", "fields", "exact", "answered"):
            choice.pop(name, None)
    if "column_mapping" in changes:
        mapping = changes["column_mapping"]
        choice["fields"] = dict(_answers_to_keep(choice.get("fields") or {}, mapping))
        changes["column_mapping"] = _merge_columns(choice.get("column_mapping") or {}, mapping)
    if "fields" in changes:
        answered = changes["fields"]
        changes["fields"] = {
            field: column
            for field, column in (choice.get("fields") or {}).items()
            if column is None or column not in answered.values()
        } | answered
    return {**choice, **changes}


def _problem_with(question: PreviewQuestion, value: str | None, columns: list[str]) -> str:
    """Why a value does not answer the question; "" if it does."""
    if question.kind in {"field", "join_location"}:
        if value in {None, NO_COLUMN}:
            return "" if question.optional else "This has to be answered: name a column."
        listed = ", ".join(columns[:30])
        known = value in columns or parse_pattern(value or "", columns) is not None
        return "" if known else f"The file has no column {value!r}; it has: {listed}."
    if question.kind == SCOPE:
        # Which warehouses can be chosen depends on the caller.
        return "" if value else "Answer whole, part, or the id of a warehouse."
    values = [choice.value for choice in question.choices]
    return "" if value in values else f"{value!r} is no choice; there are: {', '.join(values)}."


def _list_questions(questions: Mapping[str, PreviewQuestion]) -> str:
    return f"asked are: {', '.join(questions)}" if questions else "no question is open"


def _duplicate_columns(fields: Mapping[str, str | None]) -> Iterator[FieldError]:
    columns_seen: set[str] = set()
    for field, column in fields.items():
        if column in columns_seen:
            yield FieldError(
                f"/answers/field:{field}", f"{column!r} is the answer to two questions."
            )
        elif column is not None:
            columns_seen.add(column)


def _differs(name: str, previous: Mapping[str, Any], answers: Mapping[str, Any]) -> bool:
    return name in previous and name in answers and previous[name] != answers[name]


def _answers_to_keep(
    fields: Mapping[str, str | None], mapping: Mapping[str, str]
) -> Iterator[tuple[str, str | None]]:
    """The answers that a new mapping does not affect."""
    for field, column in fields.items():
        if field not in mapping.values() and column not in mapping:
            yield field, column


def _merge_columns(previous: Mapping[str, str], requested: Mapping[str, str]) -> dict[str, str]:
    mapped_fields = set(requested.values())
    return {
        **{column: field for column, field in previous.items() if field not in mapped_fields},
        **requested,
    }
