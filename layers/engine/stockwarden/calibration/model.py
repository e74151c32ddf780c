"""API models of calibration: what-if, suggestions, proposals and backtests of rules."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from stockwarden.rules.model import RuleChange, RuleSettingsView, ScopeBody

MAX_REPORTS = 50

Withheld = Literal["too_few", "too_many", "nothing"]
ExcludedKind = Literal["descriptions", "locations", "pallets"]


class Point(BaseModel):
    limit: float
    anomalies: int


class WhatIf(BaseModel):
    """How many anomalies each limit would have found, with everything else as in that analysis. A
    pallet is an anomaly if its number is `passes` (above, at least, below) the limit. `population`
    is the number of pallets that any limit could report, `current` the limit of the analysis."""

    report_id: str
    rule: str
    parameter: str
    unit: str
    passes: Literal["above", "at least", "below"]
    status: Literal["evaluated", "not_evaluated"]
    needs: list[str]
    population: int
    current: Point
    points: list[Point]


class Suggestion(BaseModel):
    """`suggestion` is null if the numbers do not support one; `reason` explains it in a sentence
    and `withheld` in a word: there are `too_few` pallets; even the loosest limit reports
    `too_many`; `nothing` of what is reported now would remain. `pallets` counts all `snapshots`
    together: a pallet that is in three of them counts three times."""

    rule: str
    warehouse_id: str
    parameter: str
    unit: str
    current: float
    suggestion: float | None
    reason: str
    withheld: Withheld | None
    share: float | None = Field(description="Share of the pallets that the limit would not report.")
    anomalies_now: int | None = Field(
        description="Number of anomalies with the current limit; null if that limit lies between "
        "the steps."
    )
    anomalies_then: int | None
    pallets: int
    snapshots: int


class BacktestRequest(BaseModel):
    """The settings to try: the current ones of the warehouse, with these changes."""

    model_config = ConfigDict(extra="forbid")

    warehouse_id: Annotated[str, StringConstraints(min_length=1, max_length=80)]
    params: dict[str, Any] = Field(
        default={}, max_length=20, description="Parameters by name, within their bounds."
    )
    scope: ScopeBody | None = Field(default=None, description="Replaces the current scope.")
    reports: int = Field(
        default=10,
        ge=1,
        le=MAX_REPORTS,
        description="Number of snapshots, counted from the newest, 1 to 50.",
    )


class Difference(BaseModel):
    """`before` = vanish + stay anomalies, `after` = appear + stay."""

    before: int
    after: int
    appear: int
    vanish: int
    stay: int


class ReportDifference(Difference):
    """`appeared` and `vanished` name the first few subjects."""

    report_id: str
    report_name: str
    as_of: str
    status: Literal["evaluated", "not_evaluated"]
    needs: list[str]
    appeared: list[str]
    vanished: list[str]


class LeftOut(BaseModel):
    report_id: str
    reason: str


class Backtest(BaseModel):
    """Both settings were run again on each snapshot, with the layout that it was analyzed with."""

    rule: str
    warehouse_id: str
    before: RuleSettingsView
    after: RuleSettingsView
    total: Difference
    reports: list[ReportDifference]
    left_out: list[LeftOut]


class ProposalVerdicts(BaseModel):
    """What people said of anomalies when they resolved them; `of` counts all three together. Data
    errors are faults of the file, and not counted."""

    real: int
    false_positive: int
    accepted: int
    of: int


class ProposalExample(BaseModel):
    """An anomaly, and its description, location or pallet id, whichever the proposal is about."""

    id: str
    subject: str
    text: str | None


class Proposal(BaseModel):
    """A kind of anomalies to exclude, most of which people called false or accepted."""

    rule: str
    kind: ExcludedKind
    text: str = Field(
        description="The word of the descriptions, or the pattern of the locations or pallets."
    )
    verdicts: ProposalVerdicts = Field(description="On the anomalies that it would exclude.")
    examples: list[ProposalExample] = Field(description="The first few false or accepted ones.")
    real_examples: list[ProposalExample] = Field(
        description="The first few that people called real, and that it would exclude, too."
    )
    settings: RuleChange = Field(description="The body of PUT /rules/{code} that applies it.")
    reason: str


class ProposalList(BaseModel):
    """What the verdicts of the newest `reports` suggest; nothing is applied by itself."""

    rule: str
    warehouse_id: str
    proposals: list[Proposal]
    judged: ProposalVerdicts = Field(
        description="Of the rule, each anomaly once, with the newest verdict on it."
    )
    excluded: int = Field(description="The judged ones that the settings in force exclude already.")
    unread: int = Field(
        description="The judged ones whose description is unknown, or known only in part: a word "
        "may exclude more of them than its proposal says."
    )
    unread_real: int = Field(description="Those of `unread` that people called real.")
    full: bool = Field(description="Whether the scope of the rule takes no more exclusions.")
    reports: int
    cut_reports: int = Field(
        description="Reports of which only the first `examined` resolved anomalies were read."
    )
    examined: int
