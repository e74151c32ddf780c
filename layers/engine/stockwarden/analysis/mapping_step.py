"""What a file holds, in the light of what its sender has said of such files before.

What a person says of this very file counts first. Then a mapping learned from the same header, if
the values still fit it; one that no longer does is left out, and the report says why. Else the
file speaks for itself. A header that is not there cannot be known again, so nothing is learned of
files without one.
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
from stockwarden.ingestion.mapping.user_choice import UserChoice
from stockwarden.ingestion.mapping.values import KnownLocation, look_at, named_fit, value_scores
from stockwarden.ingestion.table.sheets import sample_rows
from stockwarden.mappings.repository import MappingRepository, header_fingerprint
from stockwarden.reports.repository import StoredReport
from stockwarden.storage.attributes import Item
from stockwarden.storage.tables import Operation

# Below this, values say nothing about a field; half of what they once said is a contradiction.
_TELLING = 0.2


@dataclass(frozen=True)
class MappingDecision:
    """`question` is what must be asked ("" if nothing); `used` is the saved mapping, if any."""

    inspection: Inspection
    question: str
    used: Mapping[str, Any] | None = None

    def preview(self) -> dict[str, Any]:
        return {**self.inspection.to_document(), "saved_mapping": self.used}


class MappingStep:
    def __init__(self, mappings: MappingRepository) -> None:
        self.mappings = mappings

    def decide(
        self, stored: StoredReport, workbook: Workbook, known: KnownLocation | None
    ) -> MappingDecision:
        """Raises UnreadableFile."""
        given = stored.source.get("choice") or {}
        if given.get("column_mapping") or given.get("exact"):
            return _as_given(workbook, given, known)
        before = (stored.detail or {}).get("saved_mapping")
        if before and before["applied"]:
            # The same file once more: under the mapping as it was then.
            choice = UserChoice(**{**before["choice"], **given})
            again = inspect_workbook(workbook, choice=choice, known_location=known)
            return MappingDecision(again, _questions(again), before)
        found = inspect_workbook(workbook, choice=UserChoice(**given), known_location=known)
        saved = self._saved(stored, found)
        if saved is None:
            return _plain(found)
        return _with_saved(workbook, found, saved, given, known)

    def learn(
        self, stored: StoredReport, inspected: MappingDecision, workbook: Workbook
    ) -> list[Operation]:
        """What saves the mapping that a person gave, once the analysis has succeeded with it."""
        source, inspection = stored.source, inspected.inspection
        wish = source.get("learn")
        if wish is None or not inspection.header_row:
            return []
        choice: dict[str, Any] = {"column_mapping": dict(inspection.mapping)}
        if inspection.date_order:
            choice["date_order"] = inspection.date_order
        met = inspection
        if source["choice"].keys() & {"sheet", "header_row"}:
            try:
                met = inspect_workbook(workbook)
            except Invalid:
                return []
            if met.sheet != inspection.sheet:
                choice["sheet"] = inspection.sheet
            if met.header_row != inspection.header_row:
                choice["header_row"] = inspection.header_row
        columns = [column.name for column in inspection.columns]
        learned = {
            # By the header that the next such file will show at first sight.
            "id": header_fingerprint(column.name for column in met.columns),
            "table": header_fingerprint(columns),
            "name": title_of(stored.summary["filename"])[:150],
            "columns": columns,
            "choice": choice,
            "fits": _fits(inspection),
            "report_id": stored.id,
        }
        return [self.mappings.learn(stored.summary["created_by"], learned, wish.get("name"))]

    def _saved(self, stored: StoredReport, found: Inspection) -> Item | None:
        if not found.header_row:
            return None
        fingerprint = header_fingerprint(column.name for column in found.columns)
        return self.mappings.find(stored.summary["created_by"], fingerprint)


def _plain(found: Inspection) -> MappingDecision:
    return MappingDecision(found, _questions(found))


def _as_given(
    workbook: Workbook, given: Mapping[str, Any], known: KnownLocation | None
) -> MappingDecision:
    try:
        return _plain(inspect_workbook(workbook, choice=UserChoice(**given), known_location=known))
    except UnreadableFile:
        raise
    except Invalid as error:
        return MappingDecision(inspect_workbook(workbook, known_location=known), error.detail)


def _with_saved(
    workbook: Workbook,
    found: Inspection,
    saved: Item,
    given: Mapping[str, Any],
    known: KnownLocation | None,
) -> MappingDecision:
    """What a person answered of this file goes over what is saved."""
    used = {"id": saved["id"], "name": saved["name"], "version": saved["version"]}
    try:
        choice = UserChoice(**{**saved["choice"], **given})
        fitted = inspect_workbook(workbook, choice=choice, known_location=known)
        wrong = _misfit(fitted, saved)
    except UnreadableFile:
        raise
    except Invalid as error:
        fitted, wrong = found, error.detail
    if not wrong:
        note = f"The saved mapping “{saved['name']}” was used."
        fitted = replace(fitted, notes=(*fitted.notes, note))
        applied = {**used, "applied": True, "detail": None, "choice": saved["choice"]}
        return MappingDecision(fitted, _questions(fitted), applied)
    note = f"The saved mapping “{saved['name']}” was not used: {wrong}"
    found = replace(found, notes=(*found.notes, note))
    asked = _questions(found)
    return MappingDecision(
        found, f"{note} {asked}" if asked else "", {**used, "applied": False, "detail": wrong}
    )


def _misfit(fitted: Inspection, saved: Item) -> str:
    """Why a saved mapping does not hold for this file; "" if it does."""
    if header_fingerprint(column.name for column in fitted.columns) != saved["table"]:
        return "the columns of its table have changed."
    order = saved["choice"].get("date_order")
    for name, column in fitted.dates.items():
        header = fitted.fields[name].name
        if {column.order, order} == {"DMY", "MDY"}:
            return f"the dates in “{header}” are {column.order} now, not {order}."
        read = column.read(as_of=datetime.now(UTC), timezone="UTC", order=fitted.date_order)
        if read.unparsed.mask.sum() > len(read.moments.dropna()):
            return f"most values of “{header}” can no longer be read as dates."
    now = _fits(fitted)
    for header, fit in saved["fits"].items():
        if fit >= _TELLING and now.get(header, fit) < fit / 2:
            field = LABELS[fitted.mapping[header]]
            return f"the values of “{header}” no longer look like the {field}."
    return ""


def _fits(inspection: Inspection) -> dict[str, float]:
    """{column: how well its values fit its field}, 0 to 1, for the columns with values."""
    rows = sample_rows(inspection.source, inspection.table)
    fits = {}
    for field, column in inspection.fields.items():
        look = look_at([row[column.index] for row in rows])
        if look.filled:
            fits[column.name] = round(named_fit(field, look, value_scores(look)), 3)
    return fits


def _questions(inspection: Inspection) -> str:
    return " ".join(asked.detail for asked in inspection.questions)
