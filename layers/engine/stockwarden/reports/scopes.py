"""Scope statements: whether a report's file is a whole warehouse or a part, as stated by a person.

SOURCE.scope   {scope, by, at, warehouse_id, about?}: the statement about the file in that
               warehouse. `about` is the snapshot that the question compared it with; absent where
               the statement was made without a question
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from stockwarden.core.clock import Clock, iso
from stockwarden.core.errors import Invalid
from stockwarden.identity.access import Action, Caller, require
from stockwarden.reports.file_model import (
    PreviewQuestion,
    QuestionChoice,
    ReportPreview,
    ScopeFacts,
)
from stockwarden.reports.mapping_merge import SCOPE
from stockwarden.reports.moving import move_of
from stockwarden.reports.stored_report import StoredReport
from stockwarden.snapshots.scope import PART, WHOLE, Scope, ScopeClaim, SizeComparison
from stockwarden.warehouse.members import MemberRepository
from stockwarden.warehouse.service import WarehouseService

_LABELS: dict[Scope, str] = {WHOLE: "The whole warehouse", PART: "A part of it"}
# The number of the caller's warehouses offered as answers; any other may be named by its id.
_OFFERED = 100


class ScopeService:
    def __init__(
        self, warehouses: WarehouseService, members: MemberRepository, clock: Clock
    ) -> None:
        self.warehouses = warehouses
        self.members = members
        self.clock = clock

    def create_statement(
        self, caller: Caller, scope: Scope | None, warehouse_id: str | None
    ) -> dict[str, Any] | None:
        """The statement for SOURCE of a scope given with a request. Raises Invalid for a report
        without a warehouse."""
        if scope is None:
            return None
        if warehouse_id is None:
            raise Invalid.field("/scope", "Only a file of a warehouse is a whole or a part of one.")
        return self._create_statement(caller, scope, warehouse_id)

    def apply_answer(
        self, caller: Caller, stored: StoredReport, scope: str, preview: ReportPreview | None
    ) -> dict[str, Any]:
        """The changes to SOURCE for an answer to the scope question of `preview`: whole, part, or
        the id of another warehouse.

        Raises Invalid for a warehouse that the caller does not see, Forbidden where they may not
        send to it, or not take the report out of the warehouse that it is shown in.
        """
        warehouse_id = stored.destined.summary.get("warehouse_id", "")
        if scope in _LABELS:
            facts = next(
                (question.scope for question in _scope_questions(preview) if question.scope), None
            )
            comparison = {"about": facts.last.model_dump(mode="json")} if facts else {}
            return {"scope": self._create_statement(caller, scope, warehouse_id) | comparison}
        if scope == warehouse_id:
            return {}
        summary = stored.summary
        if summary.get("generation"):
            # Moving a report out of the warehouse that shows it deletes it there.
            role = self.members.role_of(caller, summary["username"], summary.get("warehouse_id"))
            require(role, Action.CONFIGURE, "report")
        return {"move": move_of(caller, stored, scope, self.warehouses, "/answers/scope")}

    def add_choices(
        self, caller: Caller, preview: ReportPreview, stored: StoredReport
    ) -> ReportPreview:
        """The preview with the caller's other warehouses as choices of its scope question."""
        if not _scope_questions(preview):
            return preview
        warehouse_id = stored.destined.summary.get("warehouse_id")
        warehouses = self.warehouses.list_warehouses(caller, _OFFERED, None).warehouses
        choices = [
            QuestionChoice(value=warehouse.id, label=warehouse.name)
            for warehouse in warehouses
            if warehouse.role != "viewer" and warehouse.id != warehouse_id
        ]
        questions = [
            question.model_copy(update={"choices": [*question.choices, *choices]})
            if question.kind == SCOPE
            else question
            for question in preview.questions
        ]
        return preview.model_copy(update={"questions": questions})

    def _create_statement(self, caller: Caller, scope: str, warehouse_id: str) -> dict[str, Any]:
        now = iso(self.clock())
        return {"scope": scope, "by": caller.username, "at": now, "warehouse_id": warehouse_id}


def statement_of(stored: StoredReport) -> Mapping[str, Any] | None:
    """The scope statement about the file, if it was made for the report's (destined) warehouse."""
    statement: Mapping[str, Any] | None = stored.source.get("scope")
    if statement is None or statement["warehouse_id"] != stored.summary.get("warehouse_id"):
        return None
    return statement


def claim_of(stored: StoredReport) -> ScopeClaim | None:
    statement = statement_of(stored)
    return ScopeClaim.from_document(statement) if statement else None


def ask_scope(
    sizes: SizeComparison, *, as_of: datetime, warehouse_id: str, warehouse_name: str
) -> PreviewQuestion:
    """The question whether a file is a whole warehouse or a part. `as_of` is the file's."""
    last = sizes.last
    detail = (
        f"This file has {_count(sizes.rows, 'row')}, the last snapshot of {warehouse_name} had "
        f"{last.rows:,}; {sizes.known:,} of its {_count(last.pallets, 'pallet')} "
        f"{'is' if sizes.known == 1 else 'are'} in this file. Is this the whole warehouse, a part "
        "of it, or another warehouse?"
    )
    return PreviewQuestion(
        id=SCOPE,
        kind="scope",
        detail=detail,
        choices=[QuestionChoice(value=scope, label=label) for scope, label in _LABELS.items()],
        scope=ScopeFacts(
            warehouse_id=warehouse_id,
            warehouse_name=warehouse_name,
            as_of=iso(as_of),
            **sizes.to_document(),
        ),
    )


def _scope_questions(preview: ReportPreview | None) -> list[PreviewQuestion]:
    return [question for question in preview.questions if question.kind == SCOPE] if preview else []


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
