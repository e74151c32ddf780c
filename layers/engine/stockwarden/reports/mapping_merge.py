"""What people have said of a file, one answer after the other."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from stockwarden.core.errors import FieldError, Invalid
from stockwarden.ingestion.mapping.fields import REQUIRED
from stockwarden.ingestion.mapping.user_choice import DATE_ORDER, NO_COLUMN, SHEET, asked_field
from stockwarden.reports.file_model import PreviewQuestion, ReportPreview
from stockwarden.reports.requests import MappingRequest

SCOPE = "scope"


@dataclass(frozen=True)
class Answers:
    """`choice` is what they say of the columns, dates and sheet (`Choice`, as far as given);
    `scope` is whole, part or the id of another warehouse."""

    choice: Mapping[str, Any]
    scope: str | None = None


def read_answers(preview: ReportPreview | None, answers: Mapping[str, str | None]) -> Answers:
    """Raises Invalid with one error at /answers/<id> for each answer to what is not asked, and for
    each value that is none of a question's choices."""
    asked = {question.id: question for question in preview.questions} if preview else {}
    columns = [column.name for column in preview.columns] if preview else []
    errors: list[FieldError] = []
    fields: dict[str, str | None] = {}
    choice: dict[str, Any] = {}
    for question_id, value in answers.items():
        question, field = asked.get(question_id), asked_field(question_id)
        wrong = (
            _why_not(question, value, columns)
            if question
            else f"Nothing is asked under this id; {_listed(asked)}."
        )
        if wrong:
            pointer = question_id.replace("~", "~0").replace("/", "~1")
            errors.append(FieldError(f"/answers/{pointer}", wrong))
        elif field:
            fields[field] = value or None
        else:
            choice[question_id] = value
    errors += _twice(fields)
    if errors:
        raise Invalid(errors[0].detail, errors)
    scope = choice.pop(SCOPE, None)
    if fields or choice:
        choice["answered"] = True
    if fields:
        choice["fields"] = fields
    return Answers(choice, scope)


def merged(before: Mapping[str, Any], request: MappingRequest, answers: Answers) -> dict[str, Any]:
    """The choice (as stored with a report) after a request.

    What it leaves out stays, unless it was said of another sheet or header row, or the request is
    to `replace` it.
    """
    said = request.model_dump(
        exclude_none=True, include={"column_mapping", "sheet", "header_row", "date_order"}
    )
    given = {name: value for name, value in said.items() if value != {}} | dict(answers.choice)
    if request.replace:
        return {**given, "exact": True}
    kept = dict(before)
    if _differs(SHEET, kept, given):
        kept = {name: kept[name] for name in (DATE_ORDER,) if name in kept}
    if _differs("header_row", kept, given):
        for name in ("column_mapping", "fields", "exact"):
            kept.pop(name, None)
    if "column_mapping" in given:
        mapping = given["column_mapping"]
        kept["fields"] = dict(_untouched(kept.get("fields") or {}, mapping))
        given["column_mapping"] = _columns(kept.get("column_mapping") or {}, mapping)
    if "fields" in given:
        answered = given["fields"]
        given["fields"] = {
            field: column
            for field, column in (kept.get("fields") or {}).items()
            if column is None or column not in answered.values()
        } | answered
    return {**kept, **given}


def _why_not(question: PreviewQuestion, value: str | None, columns: list[str]) -> str:
    """Why a value is no answer; "" if it is one."""
    if question.kind == "field":
        if value in {None, NO_COLUMN}:
            return "" if question.optional else "This has to be answered: name a column."
        listed = ", ".join(columns[:30])
        return "" if value in columns else f"The file has no column {value!r}; it has: {listed}."
    if question.kind == SCOPE:
        # Which warehouses there are to choose from depends on who asks.
        return "" if value else "Answer whole, part, or the id of a warehouse."
    values = [choice.value for choice in question.choices]
    return "" if value in values else f"{value!r} is no choice; there are: {', '.join(values)}."


def _listed(asked: Mapping[str, PreviewQuestion]) -> str:
    return f"asked are: {', '.join(asked)}" if asked else "no question is open"


def _twice(fields: Mapping[str, str | None]) -> Iterator[FieldError]:
    seen: set[str] = set()
    for field, column in fields.items():
        if column in seen:
            yield FieldError(
                f"/answers/field:{field}", f"{column!r} is the answer to two questions."
            )
        elif column is not None:
            seen.add(column)


def _differs(name: str, before: Mapping[str, Any], answers: Mapping[str, Any]) -> bool:
    return name in before and name in answers and before[name] != answers[name]


def _untouched(
    fields: Mapping[str, str | None], mapping: Mapping[str, str]
) -> Iterator[tuple[str, str | None]]:
    """The answers that a new mapping says nothing about; a whole one says all there is to say."""
    if set(REQUIRED) <= set(mapping.values()):
        return
    for field, column in fields.items():
        if field not in mapping.values() and column not in mapping:
            yield field, column


def _columns(before: Mapping[str, str], given: Mapping[str, str]) -> dict[str, str]:
    if set(REQUIRED) <= set(given.values()):
        return dict(given)
    settled = set(given.values())
    return {
        **{column: name for column, name in before.items() if name not in settled},
        **given,
    }
