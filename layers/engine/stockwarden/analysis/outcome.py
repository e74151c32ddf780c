"""How a message of the analysis queue ended."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Outcome:
    """For the log and the metrics. `anomalies` are counts by rule, `seconds` is the duration.

    `abandoned` marks a job that failed for lack of attempts or time, not because of its file.
    """

    report_id: str
    status: str
    rows: int = 0
    anomalies: Mapping[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    abandoned: bool = False
