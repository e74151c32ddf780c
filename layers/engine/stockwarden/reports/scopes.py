"""What people say that a report's file is, a whole warehouse or a part: asked, answered and kept.

SOURCE.scope   {scope, by, at, warehouse_id, about?}: what was said of the file in that warehouse.
               `about` is the snapshot beside which it was asked; absent where it was said unasked
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
from stockwarden.reports.repository import StoredReport
from stockwarden.snapshots.scope import PART, WHOLE, Scope, ScopeClaim, SizeComparison
from stockwarden.warehouse.members import MemberRepository
from stockwarden.warehouse.service import WarehouseService

_LABELS: dict[Scope, str] = {WHOLE: "The whole warehouse", PART: "A part of it"}
# Of the caller's own and shared warehouses; any other may be named by its id.
_OFFERED = 100


class ScopeService:
    def __init__(
        self, warehouses: WarehouseService, members: MemberRepository, clock: Clock
    ) -> None:
        self.warehouses = warehouses
        self.members = members
        self.clock = clock

    def given(
        self, caller: Caller, scope: Scope | None, warehouse_id: str | None
    ) -> dict[str, Any] | None:
        """For SOURCE, what is said unasked of a file. Raises Invalid for a report without a
        warehouse."""
        if scope is None:
            return None
        if warehouse_id is None:
            raise Invalid.field("/scope", "Only a file of a warehouse is a whole or a part of one.")
        return self._said(caller, scope, warehouse_id)

    def answer(
        self, caller: Caller, stored: StoredReport, scope: str, preview: ReportPreview | None
    ) -> dict[str, Any]:
        """To SOURCE, for an answer to `preview`: whole, part, or the id of another warehouse.

        Raises Invalid for one that the caller does not see, Forbidden where they may not send, or
        not take the report away from where it is shown.
        """
        here = stored.destined.summary.get("warehouse_id", "")
        if scope in _LABELS:
            about = next((one.scope for one in _asked(preview) if one.scope), None)
            last = {"about": about.last.model_dump(mode="json")} if about else {}
            return {"scope": self._said(caller, scope, here) | last}
        if scope == here:
            return {}
        summary = stored.summary
        if summary.get("generation"):
            # To take a report out of the warehouse that it is shown in is to delete it there.
            standing = self.members.standing(
                caller, summary["username"], summary.get("warehouse_id")
            )
            require(caller, Action.CONFIGURE, standing, "report")
        return {"move": move_of(caller, stored, scope, self.warehouses, "/answers/scope")}

    def offer(self, caller: Caller, preview: ReportPreview, stored: StoredReport) -> ReportPreview:
        """With the warehouses that the caller may send to, where the question is asked."""
        if not _asked(preview):
            return preview
        here = stored.destined.summary.get("warehouse_id")
        known = self.warehouses.page(caller, _OFFERED, None).warehouses
        choices = [
            QuestionChoice(value=one.id, label=one.name)
            for one in known
            if one.role != "viewer" and one.id != here
        ]
        questions = [
            question.model_copy(update={"choices": [*question.choices, *choices]})
            if question.kind == SCOPE
            else question
            for question in preview.questions
        ]
        return preview.model_copy(update={"questions": questions})

    def _said(self, caller: Caller, scope: str, warehouse_id: str) -> dict[str, Any]:
        at = iso(self.clock())
        return {"scope": scope, "by": caller.username, "at": at, "warehouse_id": warehouse_id}


def said_of(stored: StoredReport) -> Mapping[str, Any] | None:
    """What was said of the file as one of the warehouse that the report is in, or comes to."""
    kept: Mapping[str, Any] | None = stored.source.get("scope")
    if kept is None or kept["warehouse_id"] != stored.summary.get("warehouse_id"):
        return None
    return kept


def claim_of(stored: StoredReport) -> ScopeClaim | None:
    kept = said_of(stored)
    return ScopeClaim.of(kept) if kept else None


def ask_scope(
    beside: SizeComparison, *, as_of: datetime, warehouse_id: str, warehouse_name: str
) -> PreviewQuestion:
    """`as_of` is the moment that the file shows."""
    last = beside.last
    detail = (
        f"This file has {_count(beside.rows, 'row')}, the last snapshot of {warehouse_name} had "
        f"{last.rows:,}; {beside.known:,} of its {_count(last.pallets, 'pallet')} "
        f"{'is' if beside.known == 1 else 'are'} in this file. Is this the whole warehouse, a part "
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
            **beside.to_document(),
        ),
    )


def _asked(preview: ReportPreview | None) -> list[PreviewQuestion]:
    return [one for one in preview.questions if one.kind == SCOPE] if preview else []


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
