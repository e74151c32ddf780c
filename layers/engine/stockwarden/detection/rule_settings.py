"""What a user may set about a detector; `rules` stores it, the run applies it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from stockwarden.detection.detector import Detector
from stockwarden.detection.priority import Priority
from stockwarden.detection.scope import EVERYTHING, Scope


@dataclass(frozen=True)
class RuleSettings:
    """On or off, parameters that differ from the defaults, another priority than the detector's,
    and what stock it looks at."""

    enabled: bool = True
    parameters: Mapping[str, Any] = field(default_factory=dict)
    priority: Priority | None = None
    scope: Scope = EVERYTHING


def basis_of(detector: Detector, own: RuleSettings) -> dict[str, Any]:
    """JSON-able: the settings besides the limit that decide what a rule counts."""
    others = detector.read_parameters(own.parameters)
    if detector.threshold:
        del others[detector.threshold.parameter]
    listed = {name: list(v) if isinstance(v, tuple) else v for name, v in others.items()}
    return {"parameters": listed, "scope": own.scope.to_document()}
