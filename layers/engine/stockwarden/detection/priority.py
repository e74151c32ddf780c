"""Priorities of anomalies."""

from enum import StrEnum


class Priority(StrEnum):
    VERY_HIGH = "Very High"
    HIGH = "High"
    MEDIUM = "Medium"
    LOW = "Low"

    @property
    def rank(self) -> int:
        """0 for the most urgent; sorts anomalies."""
        return _RANKS[self]


_RANKS = {priority: rank for rank, priority in enumerate(Priority)}
