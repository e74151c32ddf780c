"""What people do with rules, and who may."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from stockwarden.core.errors import FieldError, Invalid, NotFound, escaped
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
from stockwarden.warehouse.service import WarehouseService


class RuleService:
    """`precision` answers, for a warehouse, how often each rule was right there; `rates` what it
    reckons with."""

    def __init__(
        self,
        repository: RuleRepository,
        warehouses: WarehouseService,
        detectors: Sequence[Detector],
        precision: Callable[[str], Mapping[str, RulePrecision]],
        rates: Callable[[str | None], Prices],
    ) -> None:
        self.repository = repository
        self.warehouses = warehouses
        self.detectors = detectors
        self.precision = precision
        self.rates = rates

    def page(self, caller: Caller, warehouse_id: str | None) -> RuleList:
        """Every rule, as it is in the warehouse or by default. Raises NotFound, as all do."""
        self._see(caller, warehouse_id)
        found = self.repository.effective(warehouse_id)
        return RuleList(rules=self._rules(self.detectors, found.of, warehouse_id))

    def get(self, caller: Caller, code: str, warehouse_id: str | None) -> Rule:
        detector = self.detector(code)
        self._see(caller, warehouse_id)
        found = self.repository.effective(warehouse_id)
        return self._rules([detector], found.of, warehouse_id)[0]

    def settings(self, caller: Caller, code: str, warehouse_id: str) -> RuleSettings:
        """What is set of a rule; what is not is its default. Raises NotFound as all do."""
        self.detector(code)
        self._see(caller, warehouse_id)
        return self.repository.effective(warehouse_id).of(code).settings

    def change(
        self,
        caller: Caller,
        code: str,
        change: RuleChange,
        warehouse_id: str | None,
        expected_version: int | None,
    ) -> Rule:
        """`expected_version` is what If-Match names; without one the newest is changed.

        Raises Invalid (with bounds) for settings that the rule cannot have, and for no warehouse.
        """
        detector = self.detector(code)
        warehouse_id = self._edit(caller, warehouse_id)
        own = read_settings(detector, change)
        made = self.repository.change(warehouse_id, code, own, caller.username, expected_version)
        return self._rules([detector], lambda _: made, warehouse_id)[0]

    def reset(
        self, caller: Caller, code: str, warehouse_id: str | None, expected_version: int | None
    ) -> None:
        """Back to the defaults: a new version too."""
        self.detector(code)
        warehouse_id = self._edit(caller, warehouse_id)
        self.repository.change(warehouse_id, code, None, caller.username, expected_version)

    def versions(
        self, caller: Caller, code: str, warehouse_id: str | None, limit: int, cursor: str | None
    ) -> RuleVersionPage:
        """What the settings have been, newest first."""
        detector = self.detector(code)
        if warehouse_id is None:
            raise _names_no_warehouse("have no versions")
        self._see(caller, warehouse_id)
        items, more = self.repository.versions(warehouse_id, code, limit, cursor)
        found = [
            RuleVersion(
                version=item["version"],
                at=item["at"],
                by=item["by"],
                reset=item["reset"],
                settings=view_of(detector, settings_of(item)),
            )
            for item in items
        ]
        return RuleVersionPage(versions=found, next_cursor=more)

    def detector(self, code: str) -> Detector:
        """Raises NotFound."""
        for one in self.detectors:
            if one.code == code:
                return one
        known = ", ".join(one.code for one in self.detectors)
        raise NotFound(f"There is no rule {code!r}, only {known}.")

    def _rules(
        self,
        detectors: Iterable[Detector],
        setting_of: Callable[[str], VersionedSettings],
        warehouse_id: str | None,
    ) -> list[Rule]:
        judged = self.precision(warehouse_id) if warehouse_id else {}
        rates = self.rates(warehouse_id)
        return [
            _rule(one, setting_of(one.code), warehouse_id, rates, judged.get(one.code))
            for one in detectors
        ]

    def _see(self, caller: Caller, warehouse_id: str | None) -> None:
        if warehouse_id is not None:
            self.warehouses.entitled(caller, warehouse_id, Action.SEE)

    def _edit(self, caller: Caller, warehouse_id: str | None) -> str:
        if warehouse_id is None:
            raise _names_no_warehouse("cannot be changed")
        self.warehouses.entitled(caller, warehouse_id, Action.CONFIGURE)
        return warehouse_id


def read_settings(detector: Detector, change: RuleChange) -> RuleSettings:
    """Checked. Raises Invalid with pointers into the change."""
    check_names(change.parameters, "/parameters")
    check_names(change.scope.model_dump(), "/scope")
    read = detector.read_parameters(change.parameters)
    return RuleSettings(
        enabled=change.enabled,
        parameters={name: read[name] for name in change.parameters},
        priority=change.priority,
        scope=Scope.read(change.scope.model_dump()),
    )


def check_names(given: Mapping[str, Any], at: str) -> None:
    """Lists of patterns and words, as they are sent: what is stored already may hold more.

    Raises Invalid, with a pointer to each text with a character that is not seen.
    """
    errors = []
    for name, texts in given.items():
        for index, text in enumerate(texts if isinstance(texts, list) else ()):
            try:
                if isinstance(text, str):
                    check_name(text)
            except ValueError as error:
                errors.append(FieldError(f"{at}/{escaped(name)}/{index}", str(error)))
    if errors:
        raise Invalid(errors[0].detail, errors)


def _names_no_warehouse(what: str) -> Invalid:
    return Invalid.field("/warehouse_id", f"The defaults {what}; name a warehouse: ?warehouse_id=…")


def _rule(
    detector: Detector,
    setting: VersionedSettings,
    warehouse_id: str | None,
    rates: Prices,
    precision: RulePrecision | None,
) -> Rule:
    threshold = detector.threshold
    return Rule(
        code=detector.code,
        title=detector.title,
        rationale=detector.rationale,
        priority=detector.priority,
        subject=detector.subject,
        needs=list(detector.needs),
        parameters=[RuleParameter(**one.to_document()) for one in detector.parameters],
        what_if=threshold.parameter if threshold else None,
        cost_formula=formula_of(rates.basis(detector)),
        warehouse_id=warehouse_id,
        settings=view_of(detector, setting.settings),
        precision=precision,
        version=setting.version,
        changed_at=setting.at,
        changed_by=setting.by,
    )


def view_of(detector: Detector, own: RuleSettings) -> RuleSettingsView:
    document = whole_document(detector, own)
    return RuleSettingsView(**{**document, "scope": ScopeBody(**document["scope"])})
