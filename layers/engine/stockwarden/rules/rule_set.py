"""The settings that are in force for every rule of a warehouse, and how a report pins them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from stockwarden.detection.detector import Detector
from stockwarden.detection.priority import Priority
from stockwarden.detection.rule_settings import RuleSettings
from stockwarden.detection.scope import Scope


@dataclass(frozen=True)
class VersionedSettings:
    """One rule's settings, the version that they are (0: nobody's), and who made it."""

    settings: RuleSettings = field(default_factory=RuleSettings)
    version: int = 0
    at: str | None = None
    by: str | None = None


DEFAULT = VersionedSettings()


@dataclass(frozen=True)
class RuleSet:
    """By code; a rule that is not in it has its defaults."""

    by_code: Mapping[str, VersionedSettings] = field(default_factory=dict)

    def of(self, code: str) -> VersionedSettings:
        return self.by_code.get(code, DEFAULT)

    def settings(self, codes: Iterable[str]) -> dict[str, RuleSettings]:
        return {code: self.of(code).settings for code in codes}

    def only(self, codes: Collection[str], wanted: Collection[str]) -> "RuleSet":
        """With every one of `codes` switched off that is not `wanted`."""
        off = {
            code: replace(own, settings=replace(own.settings, enabled=False))
            for code, own in ((code, self.of(code)) for code in codes)
            if code not in wanted
        }
        return RuleSet({**self.by_code, **off})

    def versions(self, codes: Iterable[str]) -> dict[str, int]:
        return {code: self.of(code).version for code in codes}

    def pinned(self, detectors: Iterable[Detector]) -> dict[str, Any]:
        """By code the whole settings, defaults spelled out: what is needed to do it all again."""
        return {
            detector.code: whole_document(detector, self.of(detector.code).settings)
            for detector in detectors
        }


def whole_document(detector: Detector, own: RuleSettings) -> dict[str, Any]:
    """JSON-able, with every parameter; `settings_of` takes it back."""
    parameters = detector.read_parameters(own.parameters)
    return {
        **document_of(own),
        "parameters": {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in parameters.items()
        },
    }


def document_of(own: RuleSettings) -> dict[str, Any]:
    """JSON-able, with the parameters that were given."""
    return {
        "enabled": own.enabled,
        "parameters": {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in own.parameters.items()
        },
        "priority": own.priority and own.priority.value,
        "scope": own.scope.to_document(),
    }


def settings_of(document: Mapping[str, Any]) -> RuleSettings:
    priority = document.get("priority")
    return RuleSettings(
        enabled=document["enabled"],
        parameters=document["parameters"],
        priority=Priority(priority) if priority else None,
        scope=Scope.read(document["scope"]),
    )
