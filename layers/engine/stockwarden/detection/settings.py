"""What a user may set about a detector; `rules` stores it, the run applies it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from stockwarden.detection.priority import Priority


@dataclass(frozen=True)
class RuleSettings:
    """On or off, parameters that differ from the defaults, another priority than the detector's."""

    enabled: bool = True
    parameters: Mapping[str, Any] = field(default_factory=dict)
    priority: Priority | None = None
