"""API models of rules: a detector, and the settings of a warehouse for it."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from stockwarden.detection.priority import Priority
from stockwarden.detection.scope import MAX_PATTERN, MAX_PATTERNS

Patterns = Annotated[
    list[Annotated[str, StringConstraints(max_length=MAX_PATTERN)]],
    Field(max_length=MAX_PATTERNS, examples=[["BOX-*"]]),
]


class ScopeBody(BaseModel):
    """What the rule looks at. Patterns are those of layouts; empty lists restrict nothing.

    Stock outside `locations` and `products` is not judged, but still fills locations and completes
    lots. Stock that is `excluded` (its pallet id, location, product code or description matches)
    is not there at all for this rule. Both are counted in the coverage as out of scope.
    """

    model_config = ConfigDict(extra="forbid")

    locations: Patterns = Field(default=[], description="Location codes: `A-0[1-5]-*`.")
    products: Patterns = Field(default=[], description="Product codes or descriptions.")
    excluded: Patterns = Field(
        default=[], description="Pallet ids, location codes, product codes or descriptions."
    )


class RuleChange(BaseModel):
    """The rule's settings from now on; what is left out goes back to its default."""

    model_config = ConfigDict(extra="forbid")

    enabled: bool = True
    parameters: dict[str, Any] = Field(
        default={}, max_length=20, description="By name; numbers within their bounds."
    )
    priority: Priority | None = Field(
        default=None, description="In place of the rule's own; null leaves that."
    )
    scope: ScopeBody = ScopeBody()


class RuleParameter(BaseModel):
    name: str
    kind: Literal["integer", "number", "location_types", "patterns", "texts"]
    default: int | float | list[str]
    description: str
    minimum: float | None = None
    maximum: float | None = None


class RulePrecision(BaseModel):
    """What people said when they resolved the rule's anomalies in the newest 20 reports.

    `precision` is the share that was right, real or accepted, of all but the data errors: those
    are the file's fault. Null until something was judged.
    """

    real: int
    false_positive: int
    data_error: int
    accepted: int
    precision: float | None


class RuleSettingsView(BaseModel):
    """`parameters` are all of them, with their defaults; a `priority` of null is the rule's own."""

    enabled: bool
    parameters: dict[str, int | float | list[str]]
    priority: Priority | None
    scope: ScopeBody


class Rule(BaseModel):
    """`version` 0 means that nobody has changed it; without a warehouse that is always so."""

    code: str
    title: str
    rationale: str
    priority: Priority
    subject: Literal["pallet", "location"]
    needs: list[str]
    parameters: list[RuleParameter]
    what_if: str | None = Field(
        description="The parameter that what-if and suggestions are about; null if there is none."
    )
    cost_formula: str
    warehouse_id: str | None
    settings: RuleSettingsView
    precision: RulePrecision | None = None
    version: int
    changed_at: str | None
    changed_by: str | None


class RuleList(BaseModel):
    """Every rule there is, in the order of the coverage receipt."""

    rules: list[Rule]


class RuleVersion(BaseModel):
    """What the settings became. `reset` says that they went back to the defaults."""

    version: int
    at: str
    by: str
    reset: bool
    settings: RuleSettingsView


class RuleVersionPage(BaseModel):
    versions: list[RuleVersion]
    next_cursor: str | None
