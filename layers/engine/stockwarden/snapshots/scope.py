"""Whether a file is the whole of its warehouse or a part of it, and when only a person can tell.

A file is held against the *last whole snapshot* before it. With at least the warehouse's share of
its rows, and at least that share of its pallets, it is taken for the whole without a word. With
less, somebody has to say, and nothing is resolved before. A part is never what the next file is
held against.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from stockwarden.core.errors import StockwardenError

Scope = Literal["whole", "part"]
WHOLE: Scope = "whole"
PART: Scope = "part"


@dataclass(frozen=True)
class LastWholeSnapshot:
    """The last whole snapshot of a warehouse. `as_of` as it is stored, in UTC."""

    report_id: str
    as_of: str
    rows: int
    pallets: int


@dataclass(frozen=True)
class SizeComparison:
    """A file (`rows`, distinct `pallets`) beside the last whole snapshot; `known` of that one's
    pallets are in the file."""

    rows: int
    pallets: int
    known: int
    last: LastWholeSnapshot

    def is_short(self, share: float) -> bool:
        """Whether less than `share` of the snapshot is there: exactly that much is enough."""
        return any(
            all_there_were and there / all_there_were < share
            for there, all_there_were in (
                (self.rows, self.last.rows),
                (self.known, self.last.pallets),
            )
        )

    def to_document(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class ScopeClaim:
    """What somebody has said that a file is. `about` is the snapshot beside which they were asked;
    None if they said it unasked, of the file as such."""

    scope: Scope
    about: LastWholeSnapshot | None = None

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> "ScopeClaim":
        about = document.get("about")
        return cls(document["scope"], LastWholeSnapshot(**about) if about else None)

    def holds_beside(self, last: LastWholeSnapshot) -> bool:
        """A part resolves so little that it may be one beside anything. Who said that a file is the
        whole has seen what was at stake: where more is now, they have to be asked again."""
        about = self.about
        return (
            self.scope == PART
            or about is None
            or (
                about.report_id == last.report_id
                and last.rows <= about.rows
                and last.pallets <= about.pallets
            )
        )


@dataclass(frozen=True)
class ScopeDecision:
    """`said`: by a person, or by whoever sent the file; else it was plain from its size."""

    scope: Scope
    said: bool

    @property
    def is_part(self) -> bool:
        return self.scope == PART


class ScopeUnclear(StockwardenError):
    """Only a person can tell what the file is: nothing was compared or written."""

    def __init__(self, beside: SizeComparison) -> None:
        super().__init__("The file may be a part of the warehouse.")
        self.beside = beside


def decide(
    beside: SizeComparison | None,
    claim: ScopeClaim | None,
    share: float,
    own: Mapping[str, Any] | None,
) -> ScopeDecision:
    """`own` is the report's present snapshot: what it was said to be there, it stays.

    `beside` is None where there is no whole snapshot before it. Raises ScopeUnclear.
    """
    if claim:
        stands = own is not None and own.get("scope_said") and own.get("scope") == claim.scope
        if beside is None or stands or claim.holds_beside(beside.last):
            return ScopeDecision(claim.scope, said=True)
    if beside is not None and beside.is_short(share):
        raise ScopeUnclear(beside)
    return ScopeDecision(claim.scope if claim else WHOLE, said=claim is not None)


def scope_of(snapshot: Mapping[str, Any]) -> Scope:
    """Of a stored snapshot; those of earlier versions of this program were all taken for wholes."""
    return PART if snapshot.get("scope") == PART else WHOLE


def is_part(snapshot: Mapping[str, Any]) -> bool:
    return scope_of(snapshot) == PART
