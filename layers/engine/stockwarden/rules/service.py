"""Use cases of rules: list, read, change and reset settings, with permission checks."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from stockwarden.audit.changes import differences
from stockwarden.audit.entry import Change, warehouse_scope
from stockwarden.audit.log import AuditLog
from stockwarden.core.errors import FieldError, Invalid, NotFound, check_all, escaped
from stockwarden.core.text import check_name
from stockwarden.detection.detector import Detector
from stockwarden.detection.rule_settings import RuleSettings
from stockwarden.detection.scope import Scope
from stockwarden.identity.access import Action, Caller
from stockwarden.rules.model import (
    Rule,
    RuleChange,
    RuleList,
    RuleParameter,
    RulePrecision,
    RuleSettingsView,
    RuleVersion,
    RuleVersionPage,
    ScopeBody,
)
from stockwarden.rules.pricing import Prices, formula_of
from stockwarden.rules.repository import RuleRepository
from stockwarden.rules.rule_set import VersionedSettings, settings_of, whole_document
from stockwarden.storage.tables import Operation
from stockwarden.warehouse.service import WarehouseService


class RuleService:
    """`precision` gives the precision of each rule in a warehouse, by code; `load_prices` gives
    the prices of a warehouse (None: the defaults)."""

    def __init__(
        self,
        repository: RuleRepository,
        warehouses: WarehouseService,
        detectors: Sequence[Detector],
        precision: Callable[[str], Mapping[str, RulePrecision]],
        load_prices: Callable[[str | None], Prices],
        *,
        audit: AuditLog,
    ) -> None:
        self.audit = audit
        self.repository = repository
        self.warehouses = warehouses
        self.detectors = detectors
        self.precision = precision
        self.load_prices = load_prices

    def list_rules(self, caller: Caller, warehouse_id: str | None) -> RuleList:
        """Every rule with its settings in the warehouse, or its defaults. Raises NotFound."""
        self._authorize_reading(caller, warehouse_id)
        rule_set = self.repository.load_rule_set(warehouse_id)
        return RuleList(rules=self._rules(self.detectors, rule_set.versioned, warehouse_id))

    def find_rule(self, caller: Caller, code: str, warehouse_id: str | None) -> Rule:
        """One rule with its settings, as in `list_rules`. Raises NotFound."""
        detector = self.find_detector(code)
        self._authorize_reading(caller, warehouse_id)
        rule_set = self.repository.load_rule_set(warehouse_id)
        return self._rules([detector], rule_set.versioned, warehouse_id)[0]

    def find_settings(self, caller: Caller, code: str, warehouse_id: str) -> RuleSettings:
        """The settings in force. Raises NotFound for an unknown rule or warehouse."""
        self.find_detector(code)
        self._authorize_reading(caller, warehouse_id)
        return self.repository.load_rule_set(warehouse_id).versioned(code).settings

    def change_rule(
        self,
        caller: Caller,
        code: str,
        change: RuleChange,
        warehouse_id: str | None,
        expected_version: int | None,
    ) -> Rule:
        """Stores new settings. `expected_version` comes from If-Match; None changes the newest.

        Raises Invalid for settings out of bounds and for a missing `warehouse_id`.
        """
        detector = self.find_detector(code)
        warehouse_id = self._authorize_change(caller, warehouse_id)
        settings = read_settings(detector, change)
        versioned = self.repository.change_settings(
            warehouse_id,
            code,
            settings,
            caller.username,
            expected_version,
            beside=lambda before: [
                self._entry(
                    caller, warehouse_id, detector, "changed", before=before, after=settings
                )
            ],
        )
        return self._rules([detector], lambda _: versioned, warehouse_id)[0]

    def reset_rule(
        self, caller: Caller, code: str, warehouse_id: str | None, expected_version: int | None
    ) -> None:
        """Resets the rule to its defaults, as a new version."""
        detector, defaults = self.find_detector(code), RuleSettings()
        warehouse_id = self._authorize_change(caller, warehouse_id)
        self.repository.change_settings(
            warehouse_id,
            code,
            None,
            caller.username,
            expected_version,
            beside=lambda before: [
                self._entry(caller, warehouse_id, detector, "reset", before=before, after=defaults)
            ],
        )

    def list_versions(
        self, caller: Caller, code: str, warehouse_id: str | None, limit: int, cursor: str | None
    ) -> RuleVersionPage:
        """Versions of the settings, newest first."""
        detector = self.find_detector(code)
        if warehouse_id is None:
            raise _warehouse_required("have no versions")
        self._authorize_reading(caller, warehouse_id)
        items, more = self.repository.list_versions(warehouse_id, code, limit, cursor)
        versions = [
            RuleVersion(
                version=item["version"],
                at=item["at"],
                by=item["by"],
                reset=item["reset"],
                settings=view_of(detector, settings_of(item)),
            )
            for item in items
        ]
        return RuleVersionPage(versions=versions, next_cursor=more)

    def find_detector(self, code: str) -> Detector:
        """The detector of a rule. Raises NotFound."""
        for detector in self.detectors:
            if detector.code == code:
                return detector
        known = ", ".join(detector.code for detector in self.detectors)
        raise NotFound(f"There is no rule {code!r}, only {known}.")

    def _rules(
        self,
        detectors: Iterable[Detector],
        settings_for: Callable[[str], VersionedSettings],
        warehouse_id: str | None,
    ) -> list[Rule]:
        precisions = self.precision(warehouse_id) if warehouse_id else {}
        prices = self.load_prices(warehouse_id)
        return [
            _rule(
                detector,
                settings_for(detector.code),
                warehouse_id,
                prices,
                precisions.get(detector.code),
            )
            for detector in detectors
        ]

    def _entry(
        self,
        caller: Caller,
        warehouse_id: str,
        detector: Detector,
        action: str,
        *,
        before: RuleSettings,
        after: RuleSettings,
    ) -> Operation:
        old, new = (_flat(whole_document(detector, settings)) for settings in (before, after))
        change = Change(
            warehouse_scope(warehouse_id),
            f"rule.{action}",
            f"rule/{detector.code}",
            differences(old, new, old),
        )
        return self.audit.entry(caller.origin, change)

    def _authorize_reading(self, caller: Caller, warehouse_id: str | None) -> None:
        if warehouse_id is not None:
            self.warehouses.authorize(caller, warehouse_id, Action.SEE)

    def _authorize_change(self, caller: Caller, warehouse_id: str | None) -> str:
        if warehouse_id is None:
            raise _warehouse_required("cannot be changed")
        self.warehouses.authorize(caller, warehouse_id, Action.CONFIGURE)
        return warehouse_id


def read_settings(detector: Detector, change: RuleChange) -> RuleSettings:
    """The requested settings. Raises Invalid with pointers into the request."""
    check_all(
        lambda: check_names(change.parameters, "/parameters"),
        lambda: check_names(change.scope.model_dump(), "/scope"),
        lambda: detector.read_parameters(change.parameters),
    )
    parameters = detector.read_parameters(change.parameters)
    return RuleSettings(
        enabled=change.enabled,
        parameters={name: parameters[name] for name in change.parameters},
        priority=change.priority,
        scope=Scope.read(change.scope.model_dump()),
    )


def check_names(lists: Mapping[str, Any], pointer: str) -> None:
    """Checks the texts of a request's lists of patterns and words for invisible characters.

    Raises Invalid with a pointer to each offending text. Stored texts are not checked.
    """
    errors = []
    for name, texts in lists.items():
        for index, text in enumerate(texts if isinstance(texts, list) else ()):
            try:
                if isinstance(text, str):
                    check_name(text)
            except ValueError as error:
                errors.append(FieldError(f"{pointer}/{escaped(name)}/{index}", str(error)))
    if errors:
        raise Invalid(errors[0].detail, errors)


def _flat(document: Mapping[str, Any]) -> dict[str, Any]:
    """Whole settings with a field for each parameter and part of the scope: `scope.zones`."""
    nested = {
        f"{group}.{name}": value
        for group in ("parameters", "scope")
        for name, value in document[group].items()
    }
    return {"enabled": document["enabled"], "priority": document["priority"], **nested}


def _warehouse_required(predicate: str) -> Invalid:
    return Invalid.field(
        "/warehouse_id", f"The defaults {predicate}; name a warehouse: ?warehouse_id=…"
    )


def _rule(
    detector: Detector,
    versioned: VersionedSettings,
    warehouse_id: str | None,
    prices: Prices,
    precision: RulePrecision | None,
) -> Rule:
    threshold = detector.threshold
    return Rule(
        code=detector.code,
        title=detector.title,
        rationale=detector.rationale,
        priority=detector.priority,
        subject=detector.subject,
        subjects=list(detector.subjects),
        needs=list(detector.needs),
        parameters=[RuleParameter(**parameter.to_document()) for parameter in detector.parameters],
        what_if=threshold.parameter if threshold else None,
        cost_formula=formula_of(prices.basis(detector)),
        warehouse_id=warehouse_id,
        settings=view_of(detector, versioned.settings),
        precision=precision,
        version=versioned.version,
        changed_at=versioned.at,
        changed_by=versioned.by,
    )


def view_of(detector: Detector, settings: RuleSettings) -> RuleSettingsView:
    document = whole_document(detector, settings)
    return RuleSettingsView(**{**document, "scope": ScopeBody(**document["scope"])})
