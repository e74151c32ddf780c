"""Decides the column mapping of a file: from its sender's choice, a saved mapping, or inspection.

A person's answers about this file come first. Next is a mapping learned from the same header, if
the values still fit it; one that no longer fits is not applied, and the report says why. Otherwise
the inspection decides. A file without a header cannot be recognized again, so nothing is learned
from it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from stockwarden.core.errors import Invalid, UnreadableFile
from stockwarden.core.filenames import title_of
from stockwarden.ingestion.formats.workbook import Workbook
from stockwarden.ingestion.inspection import Inspection, inspect_workbook
from stockwarden.ingestion.mapping.fields import LABELS
from stockwarden.ingestion.mapping.profiles import KnownLocation, profile_column
from stockwarden.ingestion.mapping.user_choice import UserChoice
from stockwarden.ingestion.mapping.values import named_fit, value_scores
from stockwarden.ingestion.table.sheets import sample_rows
from stockwarden.mappings.repository import MappingRepository, header_fingerprint
from stockwarden.reports.stored_report import StoredReport
from stockwarden.storage.attributes import Item
from stockwarden.storage.tables import Operation

# A lower fit of values to a field proves nothing; half of the saved fit contradicts the mapping.
_MIN_FIT = 0.2


@dataclass(frozen=True)
class MappingDecision:
    """`question` is the text of the open questions ("" if none); `used` is the saved mapping that
    was applied or rejected, if any."""

    inspection: Inspection
    question: str
    used: Mapping[str, Any] | None = None

    def preview(self) -> dict[str, Any]:
        return {**self.inspection.to_document(), "saved_mapping": self.used}


class MappingStep:
    def __init__(self, mappings: MappingRepository) -> None:
        self.mappings = mappings

    def decide(
        self, stored: StoredReport, workbook: Workbook, known_location: KnownLocation | None
    ) -> MappingDecision:
        """Raises UnreadableFile."""
        choice_given = stored.source.get("choice") or {}
        is_whole = bool(choice_given.get("column_mapping") or choice_given.get("exact"))
        previous = (stored.detail or {}).get("saved_mapping")
        if previous and previous["applied"] and not is_whole:
            # A new analysis of the same file uses the saved mapping as it was then.
            choice = _saved_choice(previous["choice"], choice_given)
            inspection = inspect_workbook(workbook, choice=choice, known_location=known_location)
            return MappingDecision(inspection, _questions(inspection), previous)
        decision = _decide_by_choice(workbook, choice_given, known_location)
        inspection = decision.inspection
        saved = None if is_whole else self._find_saved(stored, inspection)
        refused = decision.question and not inspection.questions
        if saved is None or refused:
            return decision
        return _decide_by_saved(workbook, inspection, saved, choice_given, known_location)

    def learn(
        self, stored: StoredReport, decision: MappingDecision, workbook: Workbook
    ) -> list[Operation]:
        """The operations that save a mapping a person gave, once the analysis succeeded with it."""
        source, inspection = stored.source, decision.inspection
        learn_request = source.get("learn")
        if learn_request is None or not inspection.header_row:
            return []
        choice: dict[str, Any] = {"column_mapping": dict(inspection.mapping)}
        if inspection.date_order:
            choice["date_order"] = inspection.date_order
        if inspection.number_format:
            choice["number_format"] = inspection.number_format
        if inspection.encoding:
            choice["encoding"] = inspection.encoding
        first_sight = inspection
        if source["choice"].keys() & {"encoding", "sheet", "header_row"}:
            try:
                first_sight = inspect_workbook(workbook)
            except Invalid:
                return []
            if first_sight.sheet != inspection.sheet:
                choice["sheet"] = inspection.sheet
            if first_sight.header_row != inspection.header_row:
                choice["header_row"] = inspection.header_row
        columns = [column.name for column in inspection.columns]
        learned = {
            # The header that inspection finds in the next such file, before any choice.
            "id": header_fingerprint(first_sight.header),
            "table": header_fingerprint(inspection.header),
            "name": title_of(stored.summary["filename"])[:150],
            "columns": columns,
            "choice": choice,
            "fits": _field_fits(inspection),
            "report_id": stored.id,
        }
        return [
            self.mappings.learn(stored.summary["created_by"], learned, learn_request.get("name"))
        ]

    def _find_saved(self, stored: StoredReport, inspection: Inspection) -> Item | None:
        if not inspection.header_row:
            return None
        fingerprint = header_fingerprint(inspection.header)
        return self.mappings.find(stored.summary["created_by"], fingerprint)


def _decision_of(inspection: Inspection) -> MappingDecision:
    return MappingDecision(inspection, _questions(inspection))


def _decide_by_choice(
    workbook: Workbook, choice: Mapping[str, Any], known_location: KnownLocation | None
) -> MappingDecision:
    try:
        return _decision_of(
            inspect_workbook(workbook, choice=UserChoice(**choice), known_location=known_location)
        )
    except UnreadableFile:
        raise
    except Invalid as error:
        return MappingDecision(
            inspect_workbook(workbook, known_location=known_location), error.detail
        )


def _decide_by_saved(
    workbook: Workbook,
    inspection: Inspection,
    saved: Item,
    choice_given: Mapping[str, Any],
    known_location: KnownLocation | None,
) -> MappingDecision:
    """Answers about this file take precedence over the saved mapping."""
    use = {"id": saved["id"], "name": saved["name"], "version": saved["version"]}
    try:
        choice = _saved_choice(saved["choice"], choice_given)
        inspected = inspect_workbook(workbook, choice=choice, known_location=known_location)
        misfit = _misfit(inspected, saved)
    except UnreadableFile:
        raise
    except Invalid as error:
        inspected, misfit = inspection, error.detail
    if not misfit:
        note = f"The saved mapping “{saved['name']}” was used."
        inspected = replace(inspected, notes=(*inspected.notes, note))
        applied = {**use, "applied": True, "detail": None, "choice": saved["choice"]}
        return MappingDecision(inspected, _questions(inspected), applied)
    note = f"The saved mapping “{saved['name']}” was not used: {misfit}"
    inspection = replace(inspection, notes=(*inspection.notes, note))
    question = _questions(inspection)
    return MappingDecision(
        inspection,
        f"{note} {question}" if question else "",
        {**use, "applied": False, "detail": misfit},
    )


def _saved_choice(saved: Mapping[str, Any], choice_given: Mapping[str, Any]) -> UserChoice:
    """A saved mapping is whole: a column that it does not have was left out on purpose."""
    return UserChoice(**{**saved, **choice_given, "exact": True})


def _misfit(inspection: Inspection, saved: Item) -> str:
    """Why a saved mapping does not fit this file; "" if it does."""
    if header_fingerprint(inspection.header) != saved["table"]:
        return "the columns of its table have changed."
    order = saved["choice"].get("date_order")
    for name, column in inspection.dates.items():
        header = inspection.fields[name].name
        if {column.order, order} == {"DMY", "MDY"}:
            return f"the dates in “{header}” are {column.order} now, not {order}."
        dates = column.read(as_of=datetime.now(UTC), timezone="UTC", order=inspection.date_order)
        if dates.unparsed.mask.sum() > len(dates.moments.dropna()):
            return f"most values of “{header}” can no longer be read as dates."
    fits_now = _field_fits(inspection)
    for header, saved_fit in saved["fits"].items():
        if saved_fit >= _MIN_FIT and fits_now.get(header, saved_fit) < saved_fit / 2:
            field = LABELS[inspection.mapping[header]]
            return f"the values of “{header}” no longer look like the {field}."
    return ""


def _field_fits(inspection: Inspection) -> dict[str, float]:
    """{column: fit of its values to its field, 0 to 1}, for the mapped columns with values."""
    rows = sample_rows(inspection.source, inspection.table)
    fits = {}
    for field, column in inspection.fields.items():
        shape = profile_column([row[column.index] for row in rows])
        if shape.filled:
            fits[column.name] = round(named_fit(field, shape, value_scores(shape)), 3)
    return fits


def _questions(inspection: Inspection) -> str:
    return " ".join(question.detail for question in inspection.questions)
