"""The rule settings in force for a warehouse, and their form in a report."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from stockwarden.detection.detector import Detector
from stockwarden.detection.priority import Priority
from stockwarden.detection.rule_settings import RuleSettings
from stockwarden.detection.scope import Scope


@dataclass(frozen=True)
class VersionedSettings:
    """A rule's settings with their version (0: defaults), and the time and user of the change."""

    settings: RuleSettings = field(default_factory=RuleSettings)
    version: int = 0
    at: str | None = None
    by: str | None = None


DEFAULT = VersionedSettings()


@dataclass(frozen=True)
class RuleSet:
    """Settings by rule code; a code that is absent has the defaults."""

    by_code: Mapping[str, VersionedSettings] = field(default_factory=dict)

    def versioned(self, code: str) -> VersionedSettings:
        return self.by_code.get(code, DEFAULT)

    def settings(self, codes: Iterable[str]) -> dict[str, RuleSettings]:
        return {code: self.versioned(code).settings for code in codes}

    def only(self, codes: Collection[str], enabled_codes: Collection[str]) -> "RuleSet":
        """A copy with every rule of `codes` disabled that is not in `enabled_codes`."""
        off = {
            code: replace(versioned, settings=replace(versioned.settings, enabled=False))
            for code, versioned in ((code, self.versioned(code)) for code in codes)
            if code not in enabled_codes
        }
        return RuleSet({**self.by_code, **off})

    def versions(self, codes: Iterable[str]) -> dict[str, int]:
        return {code: self.versioned(code).version for code in codes}

    def pinned(self, detectors: Iterable[Detector]) -> dict[str, Any]:
        """Complete settings by code, defaults included, so that the analysis can be repeated."""
        return {
            detector.code: whole_document(detector, self.versioned(detector.code).settings)
            for detector in detectors
        }


def whole_document(detector: Detector, settings: RuleSettings) -> dict[str, Any]:
    """JSON-able, with every parameter, defaults included; `settings_of` is the inverse."""
    parameters = detector.read_parameters(settings.parameters)
    return {
        **document_of(settings),
        "parameters": {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in parameters.items()
        },
    }


def document_of(settings: RuleSettings) -> dict[str, Any]:
    """JSON-able, with only the parameters that differ from the defaults."""
    return {
        "enabled": settings.enabled,
        "parameters": {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in settings.parameters.items()
        },
        "priority": settings.priority and settings.priority.value,
        "scope": settings.scope.to_document(),
    }


def settings_of(document: Mapping[str, Any]) -> RuleSettings:
    priority = document.get("priority")
    return RuleSettings(
        enabled=document["enabled"],
        parameters=document["parameters"],
        priority=Priority(priority) if priority else None,
        scope=Scope.read(document["scope"]),
    )
