"""User settings of a detector; `rules` stores them, the evaluation applies them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from stockwarden.detection.detector import Detector
from stockwarden.detection.priority import Priority
from stockwarden.detection.scope import EVERYTHING, Scope


@dataclass(frozen=True)
class RuleSettings:
    """Enabled or not, parameters that differ from the defaults, a priority instead of the
    detector's, and the scope."""

    enabled: bool = True
    parameters: Mapping[str, Any] = field(default_factory=dict)
    priority: Priority | None = None
    scope: Scope = EVERYTHING


def basis_of(detector: Detector, settings: RuleSettings) -> dict[str, Any]:
    """JSON-able: the settings other than the threshold that affect the counts of a rule."""
    parameters = detector.read_parameters(settings.parameters)
    if detector.threshold:
        del parameters[detector.threshold.parameter]
    listed = {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in parameters.items()
    }
    return {"parameters": listed, "scope": settings.scope.to_document()}
