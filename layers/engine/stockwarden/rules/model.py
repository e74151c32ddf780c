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
    """The stock that a rule checks. Patterns are written as in layouts; empty lists restrict
    nothing. Stock outside `locations` and `products` is not checked, but still fills locations and
    completes lots. Stock that is `excluded` (by pallet id, location, product code or description)
    does not exist for this rule. The coverage counts both as out of scope."""

    model_config = ConfigDict(extra="forbid")

    locations: Patterns = Field(default=[], description="Location codes: `A-0[1-5]-*`.")
    products: Patterns = Field(default=[], description="Product codes or descriptions.")
    excluded: Patterns = Field(
        default=[], description="Pallet ids, location codes, product codes or descriptions."
    )


class RuleChange(BaseModel):
    """The new settings of the rule; a field that is left out goes back to its default."""

    model_config = ConfigDict(extra="forbid")

    enabled: bool = True
    parameters: dict[str, Any] = Field(
        default={}, max_length=20, description="By name; numbers within their bounds."
    )
    priority: Priority | None = Field(
        default=None, description="Replaces the rule's own priority; null keeps it."
    )
    scope: ScopeBody = ScopeBody()


class RuleParameter(BaseModel):
    name: str
    kind: Literal["integer", "number", "location_types", "patterns", "texts"]
    default: int | float | list[str]
    description: str
    minimum: float | None = None
    maximum: float | None = None
    minimum_items: int | None = Field(
        default=None, description="How many texts a list has at least; it has at most 50."
    )


class RulePrecision(BaseModel):
    """The reasons that people gave when they resolved the rule's anomalies in the newest 20
    reports. `precision` is the share of right anomalies (real or accepted) among all except the
    data errors, which are faults of the file. It is null until a person has given a reason."""

    real: int
    false_positive: int
    data_error: int
    accepted: int
    precision: float | None


class RuleSettingsView(BaseModel):
    """`parameters` lists all parameters, with the defaults of those that nobody set; a null
    `priority` stands for the rule's own."""

    enabled: bool
    parameters: dict[str, int | float | list[str]]
    priority: Priority | None
    scope: ScopeBody


class Rule(BaseModel):
    """`version` 0 means that nobody has changed the rule; without a warehouse it is always 0."""

    code: str
    title: str
    rationale: str
    priority: Priority
    subject: Literal["pallet", "stock_line", "location", "product"]
    subjects: list[Literal["pallet", "stock_line", "location", "product"]] = Field(
        description="All kinds of subjects that the rule judges. A stock line is an item with its "
        "lot at a location, where the file has no pallet id."
    )
    needs: list[str]
    parameters: list[RuleParameter]
    what_if: str | None = Field(
        description="The parameter of what-if and suggestions; null if the rule has none."
    )
    cost_formula: str
    warehouse_id: str | None
    settings: RuleSettingsView
    precision: RulePrecision | None = None
    version: int
    changed_at: str | None
    changed_by: str | None


class RuleList(BaseModel):
    """All rules, in the order of the coverage receipt."""

    rules: list[Rule]


class RuleVersion(BaseModel):
    """The settings after a change. `reset` says that they went back to the defaults."""

    version: int
    at: str
    by: str
    reset: bool
    settings: RuleSettingsView


class RuleVersionPage(BaseModel):
    versions: list[RuleVersion]
    next_cursor: str | None
