"""Decides whether a file is the whole of its warehouse or a part of it, or must be asked about.

A file is compared with the *last whole snapshot* before it. With at least the warehouse's share of
its rows, and at least that share of its pallets, it counts as the whole. With less, a person has to
state the scope, and nothing is resolved before. A part is never the basis of such a comparison.
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
    """The size of a file (`rows`, distinct `pallets`) and of the last whole snapshot; `known` of
    that one's pallets are in the file."""

    rows: int
    pallets: int
    known: int
    last: LastWholeSnapshot

    def is_short(self, share: float) -> bool:
        """Whether the file has less than `share` of the snapshot's rows or pallets."""
        return any(
            count_before and count / count_before < share
            for count, count_before in (
                (self.rows, self.last.rows),
                (self.known, self.last.pallets),
            )
        )

    def to_document(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class ScopeClaim:
    """A person's statement of a file's scope. `about` is the snapshot that the question compared it
    with; None for a statement made without a question."""

    scope: Scope
    about: LastWholeSnapshot | None = None

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> "ScopeClaim":
        about = document.get("about")
        return cls(document["scope"], LastWholeSnapshot(**about) if about else None)

    def holds_against(self, last: LastWholeSnapshot) -> bool:
        """Whether the statement still applies when the file is compared with `last`. "Part" always
        does, as a part resolves little. "Whole" was stated in view of a snapshot: where the current
        one is larger, the question has to be asked again."""
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
    """`said`: stated by a person or with the upload; else it follows from the file's size."""

    scope: Scope
    said: bool

    @property
    def is_part(self) -> bool:
        return self.scope == PART


class ScopeUnclear(StockwardenError):
    """A person has to state the file's scope: nothing was compared or written."""

    def __init__(self, sizes: SizeComparison) -> None:
        super().__init__("The file may be a part of the warehouse.")
        self.sizes = sizes


def decide(
    sizes: SizeComparison | None,
    claim: ScopeClaim | None,
    share: float,
    snapshot: Mapping[str, Any] | None,
) -> ScopeDecision:
    """Decides by the claim and the sizes; `share` is the warehouse's limit, 0 to 1.

    `snapshot` is the report's shown snapshot: a scope stated for it is kept. `sizes` is None where
    there is no whole snapshot before it. Raises ScopeUnclear.
    """
    if claim:
        repeats = (
            snapshot is not None
            and snapshot.get("scope_said")
            and snapshot.get("scope") == claim.scope
        )
        if sizes is None or repeats or claim.holds_against(sizes.last):
            return ScopeDecision(claim.scope, said=True)
    if sizes is not None and sizes.is_short(share):
        raise ScopeUnclear(sizes)
    return ScopeDecision(claim.scope if claim else WHOLE, said=claim is not None)


def scope_of(snapshot: Mapping[str, Any]) -> Scope:
    """The scope of a stored snapshot; snapshots of earlier versions count as whole."""
    return PART if snapshot.get("scope") == PART else WHOLE


def is_part(snapshot: Mapping[str, Any]) -> bool:
    return scope_of(snapshot) == PART
